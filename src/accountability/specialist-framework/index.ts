export type { Criterion, CriterionFinding, Framework, FrameworkReason, SpecialistKind } from "./framework.js";
export { judgeByFramework } from "./framework.js";
export { frameworkParameters } from "./parameters.js";
export { type ConsultationDraft, createConsultation, stepConsultation } from "./service.js";
export {
  type AdoptedFramework,
  adoptedFramework,
  loadConsultations,
  loadFindings,
  loadFindingsOfSchools,
} from "./store.js";

/** The specialist framework's own tables; they refer to the register's. */
export const specialistFrameworkMigrations = { schema: "specialist_framework", folder: new URL("./", import.meta.url) };
