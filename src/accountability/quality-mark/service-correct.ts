import { checkWritable, compareIds, readCorrections, readReviewTables, writeTogether } from "../../ingest/index.js";
import { err, ok, type Problem, type Progress, type Result, valueOn } from "../../kernel/index.js";
import { admitMeasure } from "../measures/index.js";
import { correctableMeasure, correctionReasons, correctMeasure } from "../value-added/index.js";
import { isRedecided, largestElsewhere, schoolsConcerned } from "./corrected-schools.js";
import { correctionsTable, differencesTable } from "./corrections-table.js";
import type { Decision } from "./decision.js";
import { parseReviewFile } from "./review-file-parse.js";
import { parametersFor } from "./review-service.js";
import type { CorrectOrder } from "./review-thread-correct.js";

/** What corrections did, for a person who asked on a terminal. There is no pupil in it. */
export interface CorrectionSummary {
  readonly title: string;
  /** Pupils left out, counted otherwise, and not in the model, where a correction changes nothing. */
  readonly leftOut: number;
  readonly reweighted: number;
  readonly withoutEffect: number;
  /** Pupils by reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** Whether the ratios of the variances were held as published, or all was measured anew. */
  readonly held: boolean;
  readonly schools: readonly {
    readonly school: string;
    readonly before: number;
    readonly after: number;
    readonly difference: number;
    /** Of the figure before. */
    readonly predictionError: number;
    readonly decisionBefore: Decision | null;
    readonly decisionAfter: Decision | null;
  }[];
  readonly redecided: number;
  /** The largest change of any other school, in its prediction errors. */
  readonly largestElsewhere: number;
  readonly converged: boolean;
  readonly notDecided: readonly string[];
  readonly files: readonly string[];
}

/**
 * Measures the schools of a review file with some pupils left out or counted for other schools, and writes `corrections.csv` and
 * `corrections-explained.csv` where a folder is named, both or neither.
 */
export async function correctFromFile(
  { path, corrections: correctionsPath, folder, refit, today }: CorrectOrder,
  progress: Progress,
): Promise<Result<CorrectionSummary, readonly Problem[]>> {
  if (folder !== null) {
    const writable = await checkWritable(folder);
    if (!writable.ok) return err([writable.error]);
  }
  const parsed = await parseReviewFile(path);
  if (!parsed.ok) return parsed;
  const file = parsed.value;
  const date = file.date ?? today;
  const read = await readReviewTables(file, progress);
  if (!read.ok) return read;
  const tables = read.value;
  const asked = await readCorrections(correctionsPath, tables, valueOn(correctionReasons, date).value, progress);
  if (!asked.ok) return asked;
  const { specification } = tables;
  const published = correctableMeasure(specification, tables, progress);
  if (!published.ok) return published;
  const corrected = correctMeasure(published.value, asked.value.corrections, refit, progress);
  if (!corrected.ok) return corrected;
  const admission = admitMeasure({
    ...{ lineOn: "value-added", usesPriorAttainment: specification.prior.length > 0 },
    outcomes: file.declaredOutcomes,
  });
  const notDecided = admission.ok ? [] : admission.error.map(({ text }) => text);
  const parameters = admission.ok ? parametersFor(file.decision, date, published.value) : null;
  const schools = schoolsConcerned(corrected.value, tables, parameters).sort((a, b) =>
    compareIds(a.before.school, b.before.school),
  );
  const files = folder === null ? [] : ["corrections.csv", "corrections-explained.csv"];
  if (folder !== null)
    await writeTogether(folder, {
      "corrections.csv": correctionsTable(schools, notDecided.join(" ")),
      "corrections-explained.csv": differencesTable(schools),
    });
  const { leftOut, reweighted, withoutEffect, converged } = corrected.value;
  return ok({
    title: file.title,
    ...{ leftOut, reweighted, withoutEffect, converged, notDecided, files },
    reasons: asked.value.reasons,
    held: !refit,
    schools: schools.map(({ before, after, difference, decisionBefore, decisionAfter }) => ({
      school: before.school,
      ...{ before: before.valueAdded, after: after.valueAdded, difference },
      predictionError: before.predictionError,
      decisionBefore: decisionBefore?.decision ?? null,
      decisionAfter: decisionAfter?.decision ?? null,
    })),
    redecided: schools.filter(isRedecided).length,
    largestElsewhere: largestElsewhere(corrected.value),
  });
}
