import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import { findAuthority, openAuthorities, regions } from "../../../register/index.js";
import { problemOf } from "../problems.js";
import { borderTable } from "./border-table.js";
import type { AuthorityBorder } from "./boundaries.js";
import type { Country, TodaysRegion } from "./country.js";

/** Schools and pupils of an authority. */
export interface Counts {
  readonly schools: number;
  readonly pupils: number;
}

/** The borders that come with the program. */
export const givenBorders: readonly AuthorityBorder[] = borderTable.map(([code, longitude, latitude, touches]) => ({
  code,
  middle: [longitude, latitude],
  touches: touches
    .split(" ")
    .filter((text) => text !== "")
    .map((text) => {
      const [to, km] = text.split(":");
      return [to!, Number(km)] as const;
    }),
}));

/**
 * England to be drawn.
 * @param today the region of each authority today, and the regions in their order; the nine of the register unless given
 */
export function countryOf(
  borders: readonly AuthorityBorder[],
  counts: ReadonlyMap<string, Counts>,
  today: { readonly regions: readonly TodaysRegion[]; readonly regionOf: ReadonlyMap<string, string> } = nineRegions,
): Country {
  const codes = borders.map(({ code }) => code).sort();
  const placeOf = new Map(codes.map((code, i) => [code, i]));
  const offices = today.regions.map(({ code, name }) => ({ code, name }));
  return {
    units: codes.map((code) => ({
      code,
      name: findAuthority(code)?.name ?? code,
      ...(counts.get(code) ?? { schools: 0, pupils: 0 }),
      today: offices.findIndex((office) => office.code === today.regionOf.get(code)),
    })),
    borders: borders.flatMap(({ code, touches }) =>
      touches.map(([to, km]) => ({ a: placeOf.get(code)!, b: placeOf.get(to)!, km })),
    ),
    offices,
  };
}

const nineRegions = {
  regions,
  regionOf: new Map<string, string>(openAuthorities.flatMap(({ code, region }) => (region ? [[code, region]] : []))),
};

/** A line of a file of counts. */
export interface CountRow {
  readonly line: number;
  readonly fields: Readonly<Record<"authority" | "schools" | "pupils", string>>;
}

/** Checks a file of counts: every authority of today once, with whole numbers. */
export function countsFrom(
  rows: readonly CountRow[],
  shown: string,
): Result<ReadonlyMap<string, Counts>, readonly Problem[]> {
  const problems: Problem[] = [];
  const counts = new Map<string, Counts>();
  for (const { line, fields } of rows) {
    const place = `${shown}, line ${line}`;
    const refusal = refusedAuthority(fields.authority, counts);
    if (refusal) problems.push(problemOf("authority-not-drawn", place, refusal));
    for (const what of ["schools", "pupils"] as const)
      if (!/^\d{1,8}$/.test(fields[what]))
        problems.push(
          problemOf("count-expected", `${place}, column "${what}"`, `"${fields[what]}" is no whole number`),
        );
    if (!refusal) counts.set(fields.authority, { schools: Number(fields.schools), pupils: Number(fields.pupils) });
  }
  const missing = openAuthorities.filter(({ code }) => !counts.has(code));
  if (problems.length === 0 && missing.length > 0)
    problems.push(
      problemOf(
        "counts-missing",
        shown,
        `no line for ${missing.map(({ code, name }) => `${code} ${name}`).join(", ")}`,
      ),
    );
  return problems.length > 0 ? err(problems) : ok(counts);
}

/** Why a line's authority can't be taken, or null where it can. */
export function refusedAuthority(code: string, taken: { has(code: string): boolean }): string | null {
  const found = findAuthority(code);
  if (!found || found.region === null) return `there is no authority "${code}"`;
  if (found.abolished !== null)
    return `authority ${code} (${found.name}) was abolished on ${found.abolished}; give ${found.successors.join(" and ")} instead`;
  return taken.has(code) ? `authority ${code} stands in the file already` : null;
}
