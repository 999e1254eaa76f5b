export { correlation, midranks, rankCorrelation } from "./correlation.js";
