export { normalCdf, normalDensity, normalQuantile } from "./normal.js";
