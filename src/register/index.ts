export * from "./authorities.js";
export * from "./regions.js";
