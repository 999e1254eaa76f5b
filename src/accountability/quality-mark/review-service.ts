import { basename } from "node:path";
import {
  checkWritable,
  compareIds,
  filesOfReview,
  fingerprint,
  formatCsv,
  type ReviewTables,
  readReviewTables,
  writeTogether,
} from "../../ingest/index.js";
import { type CivilDate, dateInWords, err, ok, type Problem, type Progress, type Result } from "../../kernel/index.js";
import type { Crew } from "../../statistics/parallel/index.js";
import {
  type AlternativeMeasure,
  measureWithAlternatives,
  mostPupilsForRefits,
  type SchoolMeasure,
  type ValueAddedMeasure,
} from "../value-added/index.js";
import { alternativesTable } from "./alternatives-table.js";
import type { DecisionParameters, SchoolDecision } from "./decision.js";
import { currentYearColumns, figuresTable } from "./figures-table.js";
import { decisionParametersOn } from "./parameters.js";
import { reviewReport } from "./report.js";
import { type Review, reviewSchools } from "./review.js";
import type { DecisionSettings, ReviewFile } from "./review-file.js";
import { parseReviewFile } from "./review-file-parse.js";

/** The numbers of the rule: those of the review file, and for what it leaves out those of the day. */
export function parametersFor(
  settings: DecisionSettings,
  date: CivilDate,
  measure: Pick<ValueAddedMeasure, "outcomeDeviation">,
): DecisionParameters {
  const dated = decisionParametersOn(date, measure.outcomeDeviation);
  const { line } = settings;
  return {
    line: line === null ? dated.line : line.value * (line.unit === "outcome" ? 1 : measure.outcomeDeviation),
    refusalProbability: settings.refusalProbability ?? dated.refusalProbability,
    fewestPupilEquivalents: settings.fewestPupilEquivalents ?? dated.fewestPupilEquivalents,
  };
}

/** A review of somebody's own files, made and decided. */
export interface FileReview {
  readonly file: ReviewFile;
  readonly date: CivilDate;
  readonly tables: ReviewTables;
  readonly review: Review;
  /** The same schools measured in other ways. */
  readonly alternatives: readonly AlternativeMeasure[];
}

/** Says so where the number of pupils alone left other models out. */
function notFitted({ alternatives }: ReviewFile, { pupils }: ValueAddedMeasure): string[] {
  if (alternatives !== "by-size" || pupils.used <= mostPupilsForRefits) return [];
  return [
    `With more than ${mostPupilsForRefits.toLocaleString("en-GB")} pupils, other models are fitted only where the review file asks for them: \`alternatives: all\`.`,
  ];
}

/**
 * Reads a review file and all that it names, measures and decides.
 * @param today the day whose agreed numbers hold where the review file names none
 * @param crew who fits the models; left out, this thread alone
 */
export async function reviewFromFile(
  path: string,
  today: CivilDate,
  progress: Progress,
  crew?: Crew,
): Promise<Result<FileReview, readonly Problem[]>> {
  const parsed = await parseReviewFile(path);
  if (!parsed.ok) return parsed;
  const file = parsed.value;
  const date = file.date ?? today;
  const read = await readReviewTables(file, progress);
  if (!read.ok) return read;
  const tables = read.value;
  const compared = measureWithAlternatives(
    tables.specification,
    { pupils: tables.pupils, membership: tables.membership },
    file.alternatives,
    progress,
    crew,
  );
  if (!compared.ok) return compared;
  const { measure, ...beside } = compared.value;
  progress.stage("deciding each school");
  const { specification } = tables;
  const declaration = {
    lineOn: "value-added",
    usesPriorAttainment: specification.prior.length > 0,
    outcomes: file.declaredOutcomes,
  } as const;
  const review = reviewSchools(measure, declaration, tables, parametersFor(file.decision, date, measure), beside);
  const notes = [...tables.notes, ...review.notes, ...notFitted(file, measure)];
  return ok({ file, date, tables, review: { ...review, notes }, alternatives: beside.alternatives });
}

const schoolColumns = [
  "school",
  "value_added",
  "standard_error",
  "prediction_error",
  "lower",
  "upper",
  "pupils",
  "pupil_equivalents",
  "reliability",
  "decision",
  "reasons",
] as const;

function schoolRow(
  school: string,
  measure: SchoolMeasure | null,
  decision: SchoolDecision | null,
  otherwise: string,
): (string | number | null)[] {
  const m = measure;
  return [
    school,
    m?.valueAdded ?? null,
    m?.standardError ?? null,
    m?.predictionError ?? null,
    m?.lower ?? null,
    m?.upper ?? null,
    m?.pupils ?? null,
    m?.pupilEquivalents ?? null,
    m?.reliability ?? null,
    decision?.decision ?? null,
    decision ? decision.reasons.map(({ text }) => text).join(" ") : otherwise,
  ];
}

/**
 * The schools as CSV, in the natural order of their ids; a measure that may not decide leaves the decision empty and says why.
 * Where schools have years of their own, the current year's figure stands behind, beside its difference from the published average.
 */
export function schoolsTable({ measure, decisions, notAdmitted }: Review): string {
  const measures = new Map(measure.schools.map((school) => [school.school, school]));
  const decided = new Map(decisions.map((decision) => [decision.school, decision]));
  const schools = [...new Set([...measures.keys(), ...decided.keys()])].sort(compareIds);
  const otherwise = notAdmitted.map(({ text }) => text).join(" ");
  const current = currentYearColumns(measure);
  return formatCsv(
    [...schoolColumns, ...current.names],
    schools.map((school) => {
      const own = measures.get(school) ?? null;
      return [...schoolRow(school, own, decided.get(school) ?? null, otherwise), ...current.valuesOf(own)];
    }),
  );
}

/** How each school's figure came about, step by step, as CSV in the order of the schools' ids. */
export function explanationsTable({ measure }: Review): string {
  const schools = [...measure.schools].sort((a, b) => compareIds(a.school, b.school));
  return formatCsv(
    ["school", "step", "label", "change", "total"],
    schools.flatMap(({ school, explanation }) =>
      explanation.map(({ code, label, change, total }) => [school, code, label, change, total]),
    ),
  );
}

/** What a review was made from and with, so that it can be made again and compared. */
async function recordText(
  { file, date, review }: FileReview,
  files: readonly string[],
  version: string,
): Promise<string> {
  const hashed = await Promise.all(
    files.map(async (path) => ({ name: basename(path), sha256: await fingerprint(path) })),
  );
  return JSON.stringify({ title: file.title, date, version, parameters: review.parameters, files: hashed }, null, 2);
}

/** Totals for a person who asked on a terminal. */
export interface ReviewSummary {
  readonly title: string;
  readonly files: readonly string[];
  readonly n: number;
  readonly schools: number;
  readonly decisions: Readonly<Record<string, number>>;
  readonly converged: boolean;
  readonly warnings: readonly string[];
  readonly notes: readonly string[];
  readonly notAdmitted: readonly string[];
}

/**
 * Makes a review from its file and writes `model.json`, `schools.csv`, `explanations.csv`, `figures.csv`, `alternatives.csv`, `report.html` and `record.json` into a folder, all or none.
 * @param version of the program, for the record
 */
export async function reviewToFolder(
  path: string,
  folder: string,
  today: CivilDate,
  version: string,
  progress: Progress,
  crew?: Crew,
): Promise<Result<ReviewSummary, readonly Problem[]>> {
  const writable = await checkWritable(folder);
  if (!writable.ok) return err([writable.error]);
  const made = await reviewFromFile(path, today, progress, crew);
  if (!made.ok) return made;
  const { review, alternatives, file, date, tables } = made.value;
  progress.stage("writing the report");
  const { measure } = review;
  await writeTogether(folder, {
    "model.json": `${JSON.stringify(measure.model, null, 2)}\n`,
    "schools.csv": schoolsTable(review),
    "explanations.csv": explanationsTable(review),
    "figures.csv": figuresTable(review, alternatives),
    "alternatives.csv": alternativesTable(review),
    "report.html": reviewReport({
      title: file.title,
      made: dateInWords(date),
      measure,
      decisions: review.decisions,
      alternatives: review.alternatives,
      comparison: review.comparison,
      parameters: review.parameters,
      notes: [
        ...review.notAdmitted.map(({ text }) => text),
        ...review.notes.filter((note) => !measure.notes.includes(note)),
      ],
      confidence: tables.specification.confidence,
    }),
    "record.json": `${await recordText(made.value, [file.path, ...(await filesOfReview(file))], version)}\n`,
  });
  const decisions: Record<string, number> = {};
  for (const { decision } of review.decisions) decisions[decision] = (decisions[decision] ?? 0) + 1;
  return ok({
    title: file.title,
    files: [
      "model.json",
      "schools.csv",
      "explanations.csv",
      "figures.csv",
      "alternatives.csv",
      "report.html",
      "record.json",
    ],
    n: measure.model.n,
    schools: measure.schools.length,
    decisions,
    converged: measure.model.converged,
    warnings: measure.model.warnings,
    notes: [
      ...review.notes,
      ...measure.pupils.leftOut.map(({ reason, count }) => `${count} pupils left out: ${reason}.`),
    ],
    notAdmitted: review.notAdmitted.map(({ text }) => text),
  });
}
