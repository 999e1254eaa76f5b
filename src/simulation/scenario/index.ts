export { type ByteTransform, readScenarioLink, scenarioLink } from "./link.js";
export type { ScenarioMigration } from "./migrations.js";
export { modelHorizon, modelVersion, reformFrom } from "./model.js";
export { overrideProblems, type ReadScenario, readScenario, type ScenarioContext } from "./read-scenario.js";
export { type Scenario, scenarioLimits, scenarioSchema, scenarioText } from "./scenario.js";
