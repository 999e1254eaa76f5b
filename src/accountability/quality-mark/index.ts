export type * from "./decision.js";
export type * from "./published.js";
