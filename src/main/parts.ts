import { disadvantageApi } from "../accountability/disadvantage/api.js";
import { disadvantageMigrations } from "../accountability/disadvantage/index.js";
import { disadvantagePages } from "../accountability/disadvantage/web.js";
import { measuresApi } from "../accountability/measures/api.js";
import { measuresMigrations } from "../accountability/measures/index.js";
import { measuresPages } from "../accountability/measures/web.js";
import { reviewApi } from "../accountability/quality-mark/api.js";
import { casesApi } from "../accountability/quality-mark/cases/api.js";
import { casePages } from "../accountability/quality-mark/cases/web.js";
import { certificateApi } from "../accountability/quality-mark/certificate/api.js";
import { certificatePages } from "../accountability/quality-mark/certificate/web.js";
import { exemptionApi } from "../accountability/quality-mark/exemption/api.js";
import { exemptionMigrations } from "../accountability/quality-mark/exemption/index.js";
import { exemptionPages } from "../accountability/quality-mark/exemption/web.js";
import {
  caseJobs,
  caseVerifiers,
  caseWork,
  outcomeSigned,
  qualityMarkMigrations,
  type ReviewReader,
  schoolsHeard,
} from "../accountability/quality-mark/index.js";
import { schoolSideApi } from "../accountability/quality-mark/school-side/api.js";
import { effectsJob, schoolSideMigrations } from "../accountability/quality-mark/school-side/index.js";
import { schoolSidePages } from "../accountability/quality-mark/school-side/web.js";
import { reviewPages } from "../accountability/quality-mark/web.js";
import { markParts } from "../accountability/quality-mark/web-marks.js";
import { referenceAssessmentsApi } from "../accountability/reference-assessments/api.js";
import { fieldworkApi } from "../accountability/reference-assessments/fieldwork/api.js";
import {
  drawSampleJob,
  eraseJob,
  exportJob,
  fieldworkMigrations,
  startDueErasings,
} from "../accountability/reference-assessments/fieldwork/index.js";
import { fieldworkPages } from "../accountability/reference-assessments/fieldwork/web.js";
import { referenceAssessmentsMigrations } from "../accountability/reference-assessments/index.js";
import { referenceAssessmentsPages } from "../accountability/reference-assessments/web.js";
import { regionsApi } from "../accountability/regions/api.js";
import { regionsMigrations } from "../accountability/regions/index.js";
import { drawJob } from "../accountability/regions/jobs.js";
import { regionsPages } from "../accountability/regions/web.js";
import { safeguardingApi } from "../accountability/safeguarding/api.js";
import {
  erasureOfEvidence,
  evidenceVerifier,
  planJob,
  safeguardingMigrations,
} from "../accountability/safeguarding/index.js";
import { safeguardingPages } from "../accountability/safeguarding/web.js";
import { schoolApi } from "../accountability/school-information/api.js";
import { schoolInformationMigrations } from "../accountability/school-information/index.js";
import { schoolPages } from "../accountability/school-information/web.js";
import { knownSchools } from "../accountability/school-information/web-known.js";
import { specialistFrameworkApi } from "../accountability/specialist-framework/api.js";
import { specialistFrameworkMigrations } from "../accountability/specialist-framework/index.js";
import { specialistFrameworkPages } from "../accountability/specialist-framework/web.js";
import { proposalPage, proposalPages } from "../discussion/proposals/web.js";
import { simulationApi } from "../discussion/runs/api.js";
import { simulatorOf, simulatorPages } from "../discussion/simulate/web.js";
import type { CalibrationRow } from "../england/index.js";
import type { Json } from "../kernel/index.js";
import { type Database, homeFolder, type MigrationSet } from "../platform/database/index.js";
import { type AnswerStore, httpMigrations, type KeptPages, type RouteGroup } from "../platform/http/index.js";
import { identityMigrations, type WorkEntry } from "../platform/identity/index.js";
import { jobsApi } from "../platform/jobs/api.js";
import { type DayWork, type JobKind, jobsMigrations } from "../platform/jobs/index.js";
import { jobsPages } from "../platform/jobs/web.js";
import { logMigrations, type Verifier } from "../platform/log/index.js";
import type { Site } from "../platform/pages/index.js";
import { registerMigrations } from "../register/index.js";
import { ordersApi } from "../register/orders/api.js";
import { importJob } from "../register/orders/job.js";
import { orderPages } from "../register/orders/web.js";
import { accountsApi } from "../structures/accounts/api.js";
import { accountsMigrations } from "../structures/accounts/index.js";
import { accountsPages } from "../structures/accounts/web.js";
import { supplyApi } from "../teachers/supply/api.js";
import { listOverrides, shortageLists, supplyMigrations } from "../teachers/supply/index.js";
import { statementJob } from "../teachers/supply/jobs.js";
import { supplyPages } from "../teachers/supply/web.js";
import { endWithSchools } from "./after-import.js";
import { proposals } from "./proposals.js";
import { pupilSideIn } from "./pupil-side.js";
import { servicesPage } from "./services-page.js";
import { projectFolder, projectVersion } from "./version.js";

/** What the parts of the product are given to serve their routes; `pagesOn` takes it whole, and `apiOn` beside a tag. */
export interface PartsContext {
  readonly database: Database;
  readonly site: Site;
  /** The sentence that every page carries; null for none. */
  readonly band: () => Promise<string | null>;
  readonly clock: () => Date;
  /** Public pages, kept from one publication to the next. */
  readonly kept: KeptPages;
  /** Answers to idempotency keys. */
  readonly answers: AnswerStore;
  readonly reader: ReviewReader;
  /** How a synthetic England compares with the real one; empty where there is no report. */
  readonly calibration: readonly CalibrationRow[];
}

/** The tables of every part, in the order in which they are made. */
export const migrationSets: readonly MigrationSet[] = [
  // One a line, so that two parts can be added at once.
  identityMigrations,
  httpMigrations,
  logMigrations,
  jobsMigrations,
  registerMigrations,
  accountsMigrations,
  qualityMarkMigrations,
  schoolInformationMigrations,
  exemptionMigrations,
  schoolSideMigrations,
  safeguardingMigrations,
  regionsMigrations,
  measuresMigrations,
  specialistFrameworkMigrations,
  referenceAssessmentsMigrations,
  disadvantageMigrations,
  supplyMigrations,
  fieldworkMigrations,
];

/** Where pupils' files are read: this machine's home folder. */
const pupilSide = pupilSideIn(homeFolder(process.env, projectFolder), process.env);

const evidenceErasure = erasureOfEvidence({ schoolsHeard });

const registerImport = importJob(endWithSchools);

/** The kinds of work longer than a request that the server does. */
export const jobKinds: readonly JobKind<Json>[] = [
  // One a line, so that two parts can be added at once.
  planJob,
  ...caseJobs,
  effectsJob(pupilSide),
  drawJob,
  registerImport,
  statementJob,
  drawSampleJob,
  exportJob,
  eraseJob,
  evidenceErasure.job,
];

/** What is begun because its day has come. */
export const dayWork: readonly DayWork[] = [startDueErasings, evidenceErasure.dayWork];

/** What `greenpaper verify` checks beside the log itself. */
export const verifiers: readonly Verifier[] = [
  // One a line, so that two parts can be added at once.
  ...caseVerifiers,
  evidenceVerifier,
];

/** What each role has to do: what people see on the page that they begin with. */
export const workEntries: readonly WorkEntry[] = [
  // One a line, so that two parts can be added at once.
  { role: "school", text: "Your school's case: corrections, answers, appeals", href: "/my-school" },
  ...(["trust", "school"] as const).map((role) => ({ role, text: "Auditors' opinions to file", href: "/accounts" })),
  { role: "agency", text: "Ask whether a school may be visited", href: "/exemption" },
  { role: "agency", text: "Ask about a list of schools", href: "/exemption/list" },
  { role: "policy-official", text: "Register of accountability measures", href: "/measures" },
  { role: "policy-official", text: "Propose a measure", href: "/measures/propose" },
  { role: "policy-official", text: "Statements of sufficiency and shortage lists", href: "/teacher-supply/history" },
  { role: "statistician", text: "Statements of sufficiency and shortage lists", href: "/teacher-supply/history" },
  { role: "statistician", text: "Register of accountability measures", href: "/measures" },
  { role: "statistician", text: "The method and its numbers", href: "/method" },
  { role: "statistician", text: "Plan and run reference assessments", href: "/assessment-fieldwork" },
  {
    role: "working-group",
    text: "Consultations and frameworks of the Expert Working Group",
    href: "/specialist-framework/group",
  },
  ...(["school", "teacher"] as const).map((role) => ({
    ...{ role, text: "Reference assessments in your school", href: "/assessment-fieldwork" },
  })),
  { role: "teacher", text: "Find your school", href: "/schools" },
  { role: "safeguarding-officer", text: "My safeguarding audits", href: "/safeguarding/audits" },
  ...(["regional-officer", "regional-director", "school", "trust"] as const).map((role) => ({
    ...{ role, text: "Safeguarding audits", href: "/safeguarding" },
  })),
  { role: "regional-director", text: "Draw regions", href: "/drawings" },
  { role: "regional-director", text: "Offices and posts", href: "/offices" },
  { role: "administrator", text: "People and their roles", href: "/people" },
  { role: "administrator", text: "Import files into the register", href: "/register/imports" },
  { role: "administrator", text: "Chartered Safeguarding Officers", href: "/safeguarding/officers" },
  ...caseWork,
  ...(["regional-officer", "regional-director"] as const).map((role) => ({
    ...{ role, text: "Who answers for what, region by region", href: "/who-is-responsible/regions" },
  })),
  { role: "administrator", text: "Jobs under way", href: "/jobs" },
  { role: "regional-director", text: "Your jobs", href: "/jobs" },
  { role: "regional-officer", text: "Your jobs", href: "/jobs" },
];

/** The pages and interfaces of every part. */
export function routeGroups(context: PartsContext): readonly RouteGroup[] {
  const known = knownSchools(context);
  return [
    // One a line, so that two parts can be added at once.
    servicesPage(context),
    jobsPages(context),
    jobsApi(context),
    orderPages({ ...context, importJob: registerImport }),
    ordersApi({ ...context, importJob: registerImport }),
    reviewPages({
      ...context,
      proposals: proposals.map((one) => ({ ...one, simulator: simulatorOf(one.id), details: proposalPage(one.id) })),
    }),
    schoolPages({ ...context, known, parts: markParts(context.reader, context.database.queries) }),
    schoolApi({ ...context, known }),
    reviewApi(context),
    safeguardingPages({ ...context, ports: { outcomeSigned } }),
    safeguardingApi({ ...context, ports: { outcomeSigned } }),
    casePages({ ...context, version: projectVersion() }),
    casesApi(context),
    measuresPages(context),
    measuresApi(context),
    specialistFrameworkPages(context),
    specialistFrameworkApi(context),
    accountsPages(context),
    accountsApi(context),
    exemptionPages(context),
    schoolSidePages({ ...context, side: pupilSide }),
    schoolSideApi({ ...context, side: pupilSide }),
    certificatePages(context),
    certificateApi(context),
    exemptionApi(context),
    referenceAssessmentsPages({ ...context, version: projectVersion() }),
    referenceAssessmentsApi({ ...context, version: projectVersion() }),
    disadvantagePages(context),
    disadvantageApi(context),
    fieldworkPages(context),
    fieldworkApi(context),
    regionsPages(context),
    regionsApi(context),
    supplyPages(context),
    supplyApi(context),
    simulationApi(context),
    proposalPages({ ...context, proposals }),
    simulatorPages({
      ...{ ...context, proposals },
      shortageLists: async () => listOverrides(await shortageLists(context.database.queries)),
    }),
  ];
}
