export type { Outcome } from "./outcome.js";
export type { OutcomeLine, SignedOutcome } from "./outcomes.js";
export { auditOutcomes, importOutcomes, type OutcomeImport } from "./service-outcomes.js";

/** The proposal's own tables; they come after the register's. */
export const safeguardingMigrations = { schema: "safeguarding", folder: new URL("./", import.meta.url) };
