import { randomBytes } from "node:crypto";
import { civilDate, type Json } from "../../../kernel/index.js";
import {
  defineJob,
  JobFailure,
  type JobKind,
  type StepContext,
  type StepOutcome,
} from "../../../platform/jobs/index.js";
import { qualityMarkParameters } from "../parameters.js";
import { parametersInForce } from "../service-publish.js";
import { caseParameters, caseParametersOn } from "./parameters.js";
import type { EvidenceSources } from "./sources.js";
import { sourcesOfRecord } from "./sources-of-record.js";
import { closeWithSchools } from "./store-close.js";
import {
  beginYear,
  completeYear,
  loadYearReview,
  newestMeasuredReview,
  nextMeasured,
  openCases,
  rulesOf,
  type YearReview,
} from "./store-open.js";
import { finishPublication, publishNext } from "./store-publish.js";
import { lockNextCases, refreshCases } from "./store-refresh.js";

/** Cases a step, so that a page that waits for the embedded database's one connection does not wait long. */
const usualStep = 250;

/** Where a step begins: after this school, with so many done before it. */
type Place = { readonly after: string; readonly done: number; readonly leftOut: number };

const placeOf = (cursor: Json | null): Place =>
  cursor === null ? { after: "", done: 0, leftOut: 0 } : (cursor as Place);

const caseList = (academicYear: string, text: string): Json => ({
  ...{ href: `/cases?year=${encodeURIComponent(academicYear)}`, text },
});

/** Which year's review to open, on the evidence of which day. */
export type OpenYearInput = {
  readonly academicYear: string;
  readonly evidenceOn: string;
  readonly codeVersion: string;
};

async function beginning({ queries, input, startedBy, now }: StepContext<OpenYearInput>): Promise<YearReview> {
  const { academicYear, codeVersion } = input;
  const found = await loadYearReview(queries, academicYear);
  if (found) throw new JobFailure(`The review of ${academicYear} has been opened already.`);
  const reviewId = await newestMeasuredReview(queries);
  if (reviewId === null) throw new JobFailure("No review has been measured yet: there is nothing to open cases from.");
  const evidenceOn = civilDate(input.evidenceOn);
  const parameters = parametersInForce(evidenceOn, [...qualityMarkParameters, ...caseParameters]);
  const drawShare = caseParametersOn(evidenceOn).secondReadingShare;
  const seed = randomBytes(32).toString("hex");
  const year = { academicYear, reviewId, evidenceOn, codeVersion, parameters, drawShare, seed };
  await beginYear(queries, year, startedBy, now);
  return (await loadYearReview(queries, academicYear))!;
}

async function openStep(
  context: StepContext<OpenYearInput>,
  sources: EvidenceSources,
  casesPerStep: number,
): Promise<StepOutcome> {
  const { queries, input, cursor, startedBy, now } = context;
  const { academicYear } = input;
  const place = placeOf(cursor);
  const year = cursor === null ? await beginning(context) : (await loadYearReview(queries, academicYear))!;
  const rules = await rulesOf(queries, year.reviewId);
  const schools = await nextMeasured(queries, year.reviewId, place.after, casesPerStep);
  const batch = await openCases(queries, year, schools, sources, rules, startedBy, now);
  const next: Place = {
    after: schools.at(-1)?.urn ?? place.after,
    done: place.done + batch.opened,
    leftOut: place.leftOut + batch.leftOut.length,
  };
  const finished = schools.length < casesPerStep;
  if (!finished) return { cursor: next, done: next.done, of: null, finished };
  await completeYear(queries, academicYear, startedBy, now);
  const left = next.leftOut === 0 ? "" : `; ${next.leftOut} schools have none, being closed or in no region of England`;
  const result = caseList(academicYear, `${next.done} cases of ${academicYear}${left}`);
  return { cursor: next, done: next.done, of: next.done, finished, result };
}

/** Opens a year's review: a case for every school of the newest measured review, and the draw for second reading. */
export const openYearJob = (sources: EvidenceSources, casesPerStep = usualStep): JobKind<OpenYearInput> =>
  defineJob<OpenYearInput>({
    kind: "quality-mark/open-year",
    title: ({ academicYear }) => `Open the review of ${academicYear}`,
    key: ({ academicYear }) => academicYear,
    step: (context) => openStep(context, sources, casesPerStep),
  });

/** Which year's cases to bring up to the newest evidence. */
export type RefreshInput = { readonly academicYear: string };

/** Brings a year's undecided cases up to the newest evidence, and its marks up to the newest audits. */
export const refreshJob = (sources: EvidenceSources): JobKind<RefreshInput> =>
  defineJob<RefreshInput>({
    kind: "quality-mark/refresh",
    title: ({ academicYear }) => `Bring the cases of ${academicYear} up to the newest evidence`,
    key: ({ academicYear }) => academicYear,
    async step({ queries, input: { academicYear }, cursor, startedBy, now }) {
      const place = placeOf(cursor);
      const year = await loadYearReview(queries, academicYear);
      if (year === null) throw new JobFailure(`No review of ${academicYear} has been opened.`);
      if (cursor === null) await closeWithSchools(queries, now);
      const cases = await lockNextCases(queries, academicYear, place.after, usualStep);
      const changed = await refreshCases(queries, cases, year.reviewId, sources, startedBy, now);
      const next: Place = { ...place, after: cases.at(-1)?.urn ?? place.after, done: place.done + changed };
      const finished = cases.length < usualStep;
      const result = finished ? { result: caseList(academicYear, `${next.done} cases changed`) } : {};
      return { cursor: next, done: next.done, of: finished ? next.done : null, finished, ...result };
    },
  });

/** Which decisions to publish; the batch itself is begun with the job. */
export type PublishInput = {
  readonly academicYear: string;
  readonly region: string | null;
  readonly publication: number;
  readonly marksFrom: string;
  /** How many cases were decided when the job was started. */
  readonly cases: number;
};

/** Publishes the decided cases of a region or of the country: each once with its event, all public in one moment. */
const publishInSteps = (casesPerStep: number): JobKind<PublishInput> =>
  defineJob<PublishInput>({
    kind: "quality-mark/publish",
    title: ({ academicYear, region }) =>
      `Publish the decisions of ${academicYear}${region === null ? "" : ` in the region ${region}`}`,
    key: ({ academicYear, region }) => `${academicYear} ${region ?? "everywhere"}`,
    async step({ queries, input, cursor, startedBy, now }) {
      const place = placeOf(cursor);
      const batch = { id: input.publication, marksFrom: civilDate(input.marksFrom) };
      const step = await publishNext(queries, input, batch, place.after, casesPerStep, startedBy, now);
      const next: Place = { ...place, after: step.last ?? place.after, done: place.done + step.published };
      if (step.last !== null) return { cursor: next, done: next.done, of: input.cases, finished: false };
      await finishPublication(queries, input, batch.id, next.done, startedBy, now);
      const result = caseList(input.academicYear, `${next.done} decisions are public`);
      return { cursor: next, done: next.done, of: next.done, finished: true, result };
    },
  });

/** {@link publishInSteps} of the usual size. */
export const publishJob: JobKind<PublishInput> = publishInSteps(usualStep);

/** Opening and publishing in larger steps, for a program on which no page waits. */
export const caseJobsInSteps = (casesPerStep: number): readonly JobKind<Json>[] => [
  openYearJob(sourcesOfRecord, casesPerStep),
  publishInSteps(casesPerStep),
];

/** The jobs of the cases, on the evidence of the product's own registers. */
export const caseJobs: readonly JobKind<Json>[] = [
  openYearJob(sourcesOfRecord),
  refreshJob(sourcesOfRecord),
  publishJob,
];
