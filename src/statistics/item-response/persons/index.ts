export { type Abilities, abilities } from "./abilities.js";
export { type LatentRegression, type LatentRegressionOptions, latentRegression } from "./latent-regression.js";
export { type PlausibleValuesOptions, plausibleValues } from "./plausible-values.js";
export type { ConditionalMeans, NormalGroup, Population } from "./population.js";
export type { ClusterColumns, RegressionErrors } from "./regression-errors.js";
