export type * from "./measure.js";
export type * from "./specification.js";
