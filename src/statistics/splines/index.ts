export { knotsFor, naturalSplineBasis, type SplineKnots } from "./natural.js";
