import { type CivilDate, err, ok, type Problem, type Result } from "../../kernel/index.js";
import { openAuthorities } from "../../register/index.js";
import { refusedAuthority } from "./drawing/england.js";
import { type Duty, duties } from "./duties.js";
import { problemOf } from "./problems.js";
import type { Responsibility } from "./responsibility.js";

/** A region as it is to be: an office of today keeps it, or a new one opens. */
export interface WantedRegion {
  readonly code: string;
  readonly name: string;
  /** The code of the office, and the name of it where it is new. */
  readonly office: string;
  readonly officeName: string | null;
}

/** A drawing as it is to be adopted. */
export interface WantedDrawing {
  readonly regions: readonly WantedRegion[];
  readonly regionOf: ReadonlyMap<string, string>;
}

/** A line of a file of regions. */
export interface RegionRow {
  readonly line: number;
  readonly fields: Readonly<Record<"authority" | "region_code" | "region_name" | "office", string>>;
}

/** A name as a code: small letters, digits and hyphens. */
export function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/**
 * Reads given regions: a line for each authority of today with its region's code and name and its office. The office is the code of
 * one that exists, or the name of one that is to open; all lines of a region say the same.
 * @param offices codes of the offices that exist
 */
export function drawingFrom(
  rows: readonly RegionRow[],
  offices: ReadonlySet<string>,
  shown: string,
): Result<WantedDrawing, readonly Problem[]> {
  const problems: Problem[] = [];
  const regions = new Map<string, WantedRegion>();
  const regionOf = new Map<string, string>();
  for (const { line, fields } of rows) {
    const place = `${shown}, line ${line}`;
    const refusal = refusedAuthority(fields.authority, regionOf);
    if (refusal) problems.push(problemOf("authority-not-drawn", place, refusal));
    if (!/^[A-Z][A-Z0-9]{1,11}$/.test(fields.region_code))
      problems.push(
        problemOf("region-line", place, `"${fields.region_code}" is no code of a region, as E12000001 or N2`),
      );
    if (fields.region_name === "") problems.push(problemOf("region-line", place, "the region has no name"));
    if (fields.office === "")
      problems.push(problemOf("region-without-office", place, `region ${fields.region_code} has no office`));
    const known = offices.has(fields.office);
    const wanted: WantedRegion = {
      code: fields.region_code,
      name: fields.region_name,
      office: known ? fields.office : slug(fields.office),
      officeName: known ? null : fields.office,
    };
    const before = regions.get(wanted.code);
    if (before && (before.name !== wanted.name || before.office !== wanted.office))
      problems.push(
        problemOf(
          "region-line",
          place,
          `region ${wanted.code} was "${before.name}" of office "${before.office}" in a line before`,
        ),
      );
    regions.set(wanted.code, before ?? wanted);
    if (!refusal) regionOf.set(fields.authority, wanted.code);
  }
  const missing = openAuthorities.filter(({ code }) => !regionOf.has(code));
  if (problems.length === 0 && missing.length > 0)
    problems.push(
      problemOf(
        "counts-missing",
        shown,
        `no line for ${missing.map(({ code, name }) => `${code} ${name}`).join(", ")}`,
      ),
    );
  if (problems.length > 0) return err(problems);
  const shared =
    twice([...regions.values()].map(({ office }) => office)) ?? twice([...regions.values()].map(({ name }) => name));
  if (shared)
    return err([
      problemOf("region-line", shown, `two regions share "${shared}"; each has an office and a name of its own`),
    ]);
  return ok({ regions: [...regions.values()].sort((a, b) => (a.code < b.code ? -1 : 1)), regionOf });
}

function twice(texts: readonly string[]): string | null {
  return texts.find((text, i) => texts.indexOf(text) !== i) ?? null;
}

/** Whether a drawing may begin on a day, given today and the first day of the newest. */
export function checkStart(startsOn: CivilDate, today: CivilDate, newest: CivilDate): readonly Problem[] {
  const problems: Problem[] = [];
  if (startsOn <= today)
    problems.push(problemOf("drawing-starts-too-early", "first day", `${startsOn} is not after today, ${today}`));
  if (startsOn <= newest)
    problems.push(
      problemOf(
        "drawing-dates-overlap",
        "first day",
        `the newest drawing begins on ${newest}, and this one on ${startsOn}`,
      ),
    );
  return problems;
}

/** The duties that offices of new regions, or offices that take over a region, hold from the first day. */
export function newResponsibilities(
  regions: readonly WantedRegion[],
  before: ReadonlyMap<string, string>,
  from: CivilDate,
): readonly Responsibility[] {
  const ofARegion = duties.filter(
    (duty): duty is Duty & { post: NonNullable<Duty["post"]> } =>
      duty.holder === "regional-office" && duty.post !== null && (duty.to === null || duty.to > from),
  );
  return regions
    .filter(({ code, office }) => before.get(code) !== office)
    .flatMap(({ code, office }) =>
      ofARegion.map((duty) => ({ duty: duty.code, region: code, office, post: duty.post, from, to: null })),
    );
}
