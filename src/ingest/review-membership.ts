import type { MembershipFiles, ReviewFile } from "../accountability/quality-mark/index.js";
import { columnOf, err, ok, type Problem, type Progress, type Result, type Table } from "../kernel/index.js";
import { collectProblems, type ProblemCollector, problem } from "./problems.js";
import { withPupilColumn } from "./pupil-ids.js";
import { readReviewTable, type WantedColumn } from "./review-files.js";

function columnsOf(review: ReviewFile, files: MembershipFiles): WantedColumn[] {
  const { membership } = review.specification;
  if (membership.kind === "one-school" || membership.kind === "columns") return [];
  const wanted = (name: string, kind: WantedColumn["kind"], missing: WantedColumn["missing"], key: string) => ({
    ...{ name, kind, missing, path: [...files.path, key] },
  });
  const ids = [
    ...files.pupil.map((name) => wanted(name, "category", "refuse", "pupil")),
    wanted(membership.school, "category", "allow", "school"),
  ];
  if (membership.kind === "table") return [...ids, wanted(membership.share, "number", "allow", "share")];
  return [
    ...ids,
    wanted(membership.entered, "date", "allow", "entered"),
    wanted(membership.left, "date", "allow", "left"),
    ...(membership.status === null ? [] : [wanted(membership.status, "category", "allow", "status")]),
  ];
}

/**
 * Reads the membership table or the spells that a review names, null where it names none. Every row's pupil is among the
 * pupils and every pupil has a row; the words of a spell's status are those that the rules know. What the shares and dates
 * themselves must fulfil is checked where they are computed (`value-added/membership.ts`).
 */
export async function readReviewMembership(
  review: ReviewFile,
  pupils: Table,
  progress: Progress,
): Promise<Result<Table | null, readonly Problem[]>> {
  const { membership } = review.specification;
  const files = review.membership;
  if (files === null || membership.kind === "one-school" || membership.kind === "columns") return ok(null);
  const read = await readReviewTable(review, files, columnsOf(review, files), progress);
  if (!read.ok) return read;
  const problems = collectProblems();
  let table = withPupilColumn(read.value, files.pupil, membership.pupil);
  comparePupils(pupils, review.specification.pupil, table, membership.pupil, problems);
  if (membership.kind === "spells" && membership.status !== null)
    table = withPlainStatus(table, membership.status, files, problems);
  return problems.count() > 0 ? err(problems.all()) : ok(table);
}

/** Pupils of the membership that are not in the pupil files, and the other way round; each named once. */
export function comparePupils(
  pupils: Table,
  pupilColumn: string,
  table: Table,
  column: string,
  problems: ProblemCollector,
): void {
  const own = columnOf(pupils, pupilColumn, "category");
  const theirs = columnOf(table, column, "category");
  const known = new Set(own.levels);
  const seen = new Uint8Array(theirs.levels.length);
  const strange = Uint8Array.from(theirs.levels, (id) => (known.has(id) ? 0 : 1));
  for (let row = 0; row < table.rows; row++) {
    const code = theirs.codes[row]!;
    if (code < 0 || seen[code] === 1) continue;
    seen[code] = 1;
    const place = `${table.placeOf(row)}, column "${column}"`;
    if (strange[code] === 1)
      problems.add(problem("membership-pupil-unknown", place, "no pupil of the pupil files has this id"));
  }
  const members = new Set(theirs.levels);
  const alone = Uint8Array.from(own.levels, (id) => (members.has(id) ? 0 : 1));
  for (let row = 0; row < pupils.rows; row++) {
    const code = own.codes[row]!;
    if (code < 0 || alone[code] === 0) continue;
    const place = `${pupils.placeOf(row)}, column "${pupilColumn}"`;
    problems.add(problem("pupil-without-membership", place, `the pupil has no line in ${table.name}`));
  }
}

/** The table with each word of the status in place of what the review says it stands for. */
function withPlainStatus(table: Table, name: string, files: MembershipFiles, problems: ProblemCollector): Table {
  const column = columnOf(table, name, "category");
  const levels = column.levels.map((word) => files.status.get(word.toLowerCase()) ?? null);
  if (levels.includes(null)) {
    const words = [...files.status.keys()].map((word) => `"${word}"`).join(", ");
    column.codes.forEach((code, row) => {
      if (code < 0 || levels[code] !== null) return;
      const place = `${table.placeOf(row)}, column "${name}"`;
      problems.add(problem("word-unknown", place, `"${column.levels[code]}" is none of ${words}`));
    });
    return table;
  }
  const plain = [...new Set(levels as string[])];
  const codes = column.codes.map((code) => (code < 0 ? -1 : plain.indexOf(levels[code]!)));
  return { ...table, columns: new Map([...table.columns, [name, { kind: "category", name, codes, levels: plain }]]) };
}
