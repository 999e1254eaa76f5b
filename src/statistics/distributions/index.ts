export { chiSquareUpper } from "./chi-square.js";
export { normalCdf, normalDensity, normalQuantile } from "./normal.js";
export { incompleteBeta, logGamma, studentCdf, studentQuantile } from "./student.js";
