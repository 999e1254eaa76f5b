import type { ReviewFile, SchoolFiles, SchoolKind } from "../accountability/quality-mark/index.js";
import { columnOf, err, ok, type Problem, type Progress, type Result, type Table } from "../kernel/index.js";
import { collectProblems, type ProblemCollector, problem } from "./problems.js";
import { readReviewTable, type WantedColumn } from "./review-files.js";

/** What the table of schools says of one; null where it is silent. */
export interface SchoolFacts {
  readonly school: string;
  readonly name: string | null;
  /** Mainstream where the review names no column of kinds. */
  readonly kind: SchoolKind;
  readonly phase: string | null;
  readonly region: string | null;
  readonly authority: string | null;
}

/** The text of a category on a row, or null. */
export function textOn(table: Table, name: string | null, row: number): string | null {
  if (name === null) return null;
  const { codes, levels } = columnOf(table, name, "category");
  const code = codes[row]!;
  return code < 0 ? null : levels[code]!;
}

/** Reads the table of schools that a review names, by id; null where it names none. */
export async function readReviewSchools(
  review: ReviewFile,
  progress: Progress,
): Promise<Result<ReadonlyMap<string, SchoolFacts> | null, readonly Problem[]>> {
  const files = review.schools;
  if (files === null) return ok(null);
  const table = await readReviewTable(review, files, columnsOf(files), progress);
  if (!table.ok) return table;
  const problems = collectProblems();
  const schools = new Map<string, SchoolFacts>();
  const rowOf = new Map<string, number>();
  for (let row = 0; row < table.value.rows; row++) {
    const facts = factsOn(table.value, files, row, problems);
    const before = rowOf.get(facts.school);
    const place = `${table.value.placeOf(row)}, column "${files.school}"`;
    if (before !== undefined)
      problems.add(problem("school-twice", place, `"${facts.school}" is already on ${table.value.placeOf(before)}`));
    rowOf.set(facts.school, row);
    schools.set(facts.school, facts);
  }
  return problems.count() > 0 ? err(problems.all()) : ok(schools);
}

function columnsOf(files: SchoolFiles): WantedColumn[] {
  const optional = ["name", "kind", "phase", "region", "authority"] as const;
  const wanted = [
    { key: "school", name: files.school, missing: "refuse" as const },
    ...optional.flatMap((key) => (files[key] === null ? [] : [{ key, name: files[key], missing: "allow" as const }])),
  ];
  const seen = new Set<string>();
  return wanted.flatMap(({ key, name, missing }) => {
    if (seen.has(name)) return []; // one column may serve as phase and kind
    seen.add(name);
    return [{ name, kind: "category", missing, path: [...files.path, key] }];
  });
}

function factsOn(table: Table, files: SchoolFiles, row: number, problems: ProblemCollector): SchoolFacts {
  const word = textOn(table, files.kind, row);
  const kind = word === null ? "mainstream" : files.kinds.get(word.toLowerCase());
  if (kind === undefined) {
    const known = [...files.kinds.keys()].map((one) => `"${one}"`).join(", ");
    problems.add(
      problem("word-unknown", `${table.placeOf(row)}, column "${files.kind}"`, `"${word}" is none of ${known}`),
    );
  }
  return {
    school: textOn(table, files.school, row) ?? "",
    name: textOn(table, files.name, row),
    kind: kind ?? "mainstream",
    phase: textOn(table, files.phase, row),
    region: textOn(table, files.region, row),
    authority: textOn(table, files.authority, row),
  };
}

/** Reports each school of a table that the table of schools does not have, where it stands first. */
export function reportUnknownSchools(
  table: Table,
  column: string,
  schools: ReadonlyMap<string, SchoolFacts>,
  problems: ProblemCollector,
): void {
  const { codes, levels } = columnOf(table, column, "category");
  const unknown = new Set(levels.flatMap((school, code) => (schools.has(school) ? [] : [code])));
  for (let row = 0; row < codes.length && unknown.size > 0; row++) {
    const code = codes[row]!;
    if (!unknown.delete(code)) continue;
    const near = [...schools.keys()].find((known) => known.replace(/^0+/, "") === levels[code]!.replace(/^0+/, ""));
    const message = `the school "${levels[code]}" is not in the table of schools`;
    const remedy = near === undefined ? undefined : `There is "${near}"; ids are text, so write them alike.`;
    problems.add(problem("school-unknown", `${table.placeOf(row)}, column "${column}"`, message, remedy));
  }
}
