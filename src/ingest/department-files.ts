import { basename } from "node:path";
import { err, ok, type Problem, type Result } from "../kernel/index.js";
import { censusLayout } from "./census.js";
import type { SourceFile } from "./file-bytes.js";
import { groupLinksLayout, groupsLayout, schoolLinksLayout } from "./gias-groups.js";
import { schoolLayouts } from "./gias-schools.js";
import { departmentFormat } from "./gias-table.js";
import { problem } from "./problems.js";
import { readHeader } from "./read-header.js";

/** What a file of the department is about. */
export type DepartmentFileKind = "schools" | "groups" | "group-links" | "school-links" | "census";

/** Told apart by their columns; links of groups before schools, since both describe schools. */
const kinds: readonly (readonly [DepartmentFileKind, readonly (readonly string[])[]])[] = [
  ["group-links", [groupLinksLayout.columns.needed]],
  ["school-links", [schoolLinksLayout.columns.needed]],
  ["groups", [groupsLayout.columns.needed]],
  ["census", [censusLayout.columns.needed]],
  ["schools", schoolLayouts.map(({ columns }) => columns.needed)],
];

/** What a file is about, from its header. */
export async function kindOfFile(file: SourceFile): Promise<Result<DepartmentFileKind, readonly Problem[]>> {
  const header = await readHeader(file, departmentFormat);
  if (!header.ok) return header;
  const present = new Set(header.value);
  const found = kinds.find(([, layouts]) => layouts.some((needed) => needed.every((name) => present.has(name))));
  if (found) return ok(found[0]);
  const [only] = header.value;
  const separator = header.value.length === 1 ? (/[;\t|]/.exec(only ?? "")?.[0] ?? null) : null;
  if (separator !== null) {
    const message = `its columns are separated by ${separator === "\t" ? "tabs" : `"${separator}"`}, and the department's files by commas`;
    return err([problem("file-kind-unknown", `${file.shown}, line 1`, message)]);
  }
  const first = header.value.slice(0, 6).map((name) => `"${name}"`);
  const message = `its columns begin ${first.join(", ")}, which is no file of schools, groups, links or the census`;
  return err([problem("file-kind-unknown", `${file.shown}, line 1`, message)]);
}

/** The day that a file's name states, as `edubasealldata20260821.csv` or `gias_links_2026-08-21.csv.gz`; null where none. */
export function dayInName(path: string): string | null {
  const found = basename(path).match(/(?<!\d)(20\d{2})-?(0[1-9]|1[0-2])-?(0[1-9]|[12]\d|3[01])(?!\d)/);
  return found ? `${found[1]}-${found[2]}-${found[3]}` : null;
}

/**
 * The January in which the census of a file was taken, from its name: `census_2023.csv` and `2022-2023_england_census.csv` are
 * both of January 2023; null where the name says nothing.
 */
export function censusYearInName(path: string): number | null {
  const name = basename(path);
  const span = name.match(/(?<!\d)(20\d{2})[-_](?:20)?(\d{2})(?!\d)/);
  if (span && (Number(span[1]) + 1) % 100 === Number(span[2])) return Number(span[1]) + 1;
  const year = name.match(/(?<!\d)(20\d{2})(?!\d)/);
  return year ? Number(year[1]) : null;
}
