export { planJob } from "./jobs.js";
export { charterNumberOf } from "./officer.js";
export type { Outcome } from "./outcome.js";
export type { OutcomeLine, SignedOutcome } from "./outcomes.js";
export { type ErasurePorts, erasureOfEvidence } from "./service-erase.js";
export { type OfficerRow, registerOfficers } from "./service-officers.js";
export { auditOutcomes, importOutcomes, type OutcomeImport } from "./service-outcomes.js";
export { assignByHand } from "./service-plan.js";
export { noPorts, type SafeguardingPorts } from "./service-sign.js";
export type { Site } from "./sites.js";
export { saveSites } from "./store-plans.js";
export { evidenceVerifier } from "./verify-evidence.js";

/** The proposal's own tables; they come after the register's. */
export const safeguardingMigrations = { schema: "safeguarding", folder: new URL("./", import.meta.url) };
