import type { EvidenceFiles, ReviewFile } from "../accountability/quality-mark/index.js";
import {
  type CivilDate,
  columnOf,
  dateOfDay,
  err,
  missingDay,
  ok,
  type Problem,
  type Progress,
  type Result,
} from "../kernel/index.js";
import { collectProblems, problem } from "./problems.js";
import { readReviewTable, type WantedColumn } from "./review-files.js";
import { textOn } from "./review-schools.js";

/** One school's outcome or opinion, with its date where the file gives one. */
export interface DatedOutcome<Outcome> {
  readonly outcome: Outcome;
  readonly on: CivilDate | null;
}

/**
 * Reads a table of outcomes by school. A school may be there more than once with the same outcome (the latest date counts),
 * not with different ones; a line without an outcome is a school that is still waited for.
 *
 * @param outcomeKey the key of the review file that names the outcome's column
 */
export async function readReviewEvidence<Outcome>(
  review: ReviewFile,
  files: EvidenceFiles<Outcome> | null,
  outcomeKey: "outcome" | "opinion",
  progress: Progress,
): Promise<Result<ReadonlyMap<string, DatedOutcome<Outcome>>, readonly Problem[]>> {
  if (files === null) return ok(new Map());
  const wanted: WantedColumn[] = [
    { name: files.school, kind: "category", missing: "refuse", path: [...files.path, "school"] },
    { name: files.outcome, kind: "category", missing: "allow", path: [...files.path, outcomeKey] },
  ];
  if (files.date !== null)
    wanted.push({ name: files.date, kind: "date", missing: "allow", path: [...files.path, "date"] });
  const read = await readReviewTable(review, files, wanted, progress);
  if (!read.ok) return read;
  const table = read.value;
  const days = files.date === null ? null : columnOf(table, files.date, "date").days;
  const problems = collectProblems();
  const found = new Map<string, DatedOutcome<Outcome>>();
  const rowOf = new Map<string, number>();
  for (let row = 0; row < table.rows; row++) {
    const word = textOn(table, files.outcome, row);
    if (word === null) continue;
    const outcome = files.words.get(word.toLowerCase());
    const place = `${table.placeOf(row)}, column "${files.outcome}"`;
    if (outcome === undefined) {
      const known = [...files.words.keys()].map((one) => `"${one}"`).join(", ");
      problems.add(problem("word-unknown", place, `"${word}" is none of ${known}`));
      continue;
    }
    const school = textOn(table, files.school, row)!;
    const day = days?.[row] ?? missingDay;
    const on = day === missingDay ? null : dateOfDay(day);
    const before = found.get(school);
    if (before && before.outcome !== outcome) {
      const message = `the school "${school}" has another outcome on ${table.placeOf(rowOf.get(school)!)}`;
      problems.add(problem("evidence-contradictory", place, message));
    }
    if (before && (on === null || (before.on !== null && before.on >= on))) continue;
    found.set(school, { outcome, on });
    rowOf.set(school, row);
  }
  return problems.count() > 0 ? err(problems.all()) : ok(found);
}
