export { type Abilities, abilities } from "./abilities.js";
export { type ComponentOptions, type Components, principalComponents } from "./components.js";
export { type LatentRegression, type LatentRegressionOptions, latentRegression } from "./latent-regression.js";
export { PersonLikelihoods } from "./likelihood.js";
export { type PlausibleValuesOptions, plausibleValues } from "./plausible-values.js";
export type { ConditionalMeans, NormalGroup, Population } from "./population.js";
export { gridOf, priorsOf } from "./population.js";
export { Posterior } from "./posterior.js";
export type { ClusterColumns, RegressionErrors } from "./regression-errors.js";
