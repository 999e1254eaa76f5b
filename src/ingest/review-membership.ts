import type { MembershipFiles, ReviewFile } from "../accountability/quality-mark/index.js";
import {
  type CategoryColumn,
  columnOf,
  err,
  ok,
  type Problem,
  type Progress,
  type Result,
  type Table,
} from "../kernel/index.js";
import { collectProblems, type ProblemCollector, problem } from "./problems.js";
import { withPupilColumn } from "./pupil-ids.js";
import { readReviewTable, type WantedColumn } from "./review-files.js";

/** @param own the pupils' ids */
function columnsOf(review: ReviewFile, files: MembershipFiles, own: CategoryColumn): WantedColumn[] {
  const { membership } = review.specification;
  if (membership.kind === "one-school" || membership.kind === "columns") return [];
  const wanted = (name: string, kind: WantedColumn["kind"], missing: WantedColumn["missing"], key: string) => ({
    ...{ name, kind, missing, path: [...files.path, key] },
  });
  const ids = [
    ...files.pupil.map((name) => ({
      ...wanted(name, "category", "refuse", "pupil"),
      ...(files.pupil.length === 1 ? { numberedAs: own } : {}),
    })),
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
  const own = columnOf(pupils, review.specification.pupil, "category");
  const read = await readReviewTable(review, files, columnsOf(review, files, own), progress);
  if (!read.ok) return read;
  const problems = collectProblems();
  let table = withPupilColumn(read.value, files.pupil, membership.pupil);
  comparePupils(pupils, own, table, columnOf(table, membership.pupil, "category"), problems);
  if (membership.kind === "spells" && membership.status !== null)
    table = withPlainStatus(table, membership.status, files, problems);
  return problems.count() > 0 ? err(problems.all()) : ok(table);
}

/** Pupils of the membership that are not in the pupil files, and the other way round; each named once. */
export function comparePupils(
  pupils: Table,
  own: CategoryColumn,
  table: Table,
  theirs: CategoryColumn,
  problems: ProblemCollector,
): void {
  const same = sameCodes(own, theirs);
  const known = codesPresent(own.codes, same.size);
  const members = new Uint8Array(same.size);
  const name = theirs.name;
  for (let row = 0; row < table.rows; row++) {
    const code = same.codeOf(theirs.codes[row]!);
    if (code < 0 || members[code] === 1) continue;
    members[code] = 1;
    if (known[code] === 1) continue;
    const place = `${table.placeOf(row)}, column "${name}"`;
    problems.add(problem("membership-pupil-unknown", place, "no pupil of the pupil files has this id"));
  }
  for (let row = 0; row < pupils.rows; row++) {
    const code = own.codes[row]!;
    if (code < 0 || members[code] === 1) continue;
    const place = `${pupils.placeOf(row)}, column "${own.name}"`;
    problems.add(problem("pupil-without-membership", place, `the pupil has no line in ${table.name}`));
  }
}

/** The second column's codes in the numbering of the first; texts that only the second has are numbered behind. */
function sameCodes(
  own: CategoryColumn,
  theirs: CategoryColumn,
): { readonly size: number; readonly codeOf: (code: number) => number } {
  if (own.coding !== undefined && own.coding === theirs.coding) {
    let most = -1;
    for (const { codes } of [own, theirs]) for (let i = 0; i < codes.length; i++) most = Math.max(most, codes[i]!);
    return { size: most + 1, codeOf: (code) => code };
  }
  const numbers = new Map(own.levels.map((id, code) => [id, code]));
  const codes = Int32Array.from(theirs.levels, (id) => {
    const code = numbers.get(id) ?? numbers.size;
    numbers.set(id, code);
    return code;
  });
  return { size: numbers.size, codeOf: (code) => (code < 0 ? -1 : codes[code]!) };
}

function codesPresent(codes: Int32Array, size: number): Uint8Array {
  const present = new Uint8Array(size);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) present[codes[i]!] = 1;
  return present;
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
  const plainOf = levels.map((level) => plain.indexOf(level!));
  const codes = column.codes.map((code) => (code < 0 ? -1 : plainOf[code]!));
  return { ...table, columns: new Map([...table.columns, [name, { kind: "category", name, codes, levels: plain }]]) };
}
