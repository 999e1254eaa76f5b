export { currentPath, parameterAliases } from "./aliases.js";
export { faultsOfParameters } from "./check-parameters.js";
export { compileParameters, type Horizon, type Override, withOverrides } from "./compile.js";
export { simulationParameters } from "./declared/index.js";
export {
  type FormChoice,
  type Range,
  type SimulationParameter,
  type SourcedValue,
  type ValueSource,
  valueInYear,
} from "./simulation-parameter.js";
export { assumed, documents, proposed, ranging, scaling, since } from "./sources.js";
