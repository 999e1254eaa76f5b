export * from "./england.js";
