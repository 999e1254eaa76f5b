import type { England } from "./england.js";
import { addUpSchools, correlationOf, type PupilView, type SchoolYears, spreadOf, varianceBetween } from "./moments.js";

/** What schools' published figures show of a phase, computed from the synthetic pupils in the same way. */
export interface SchoolMoments {
  /** Scores of mainstream schools with at least six pupils in the last year: means of pupils' progress. */
  readonly scores: Float64Array;
  /** What prior attainment leads to nationally, mean over each of these schools' pupils. */
  readonly expected: Float64Array;
  readonly cohorts: Float64Array;
  readonly deviation: number;
  /** Mean correlation of schools' scores over the pairs of years; `NaN` with one year. */
  readonly stability: number;
  readonly withFsm: number;
  readonly authorityVariance: number;
  /** Mean of each region's pupils less the country's, mainstream schools. */
  readonly regions: ReadonlyMap<string, number>;
  readonly special: { readonly mean: number; readonly deviation: number; readonly expected: number };
}

/** Pupils with whom a school's score is published. */
export const fewestPublished = 6;

/** Computes {@link SchoolMoments}; scores in the outcome's points. */
export function momentsOfSchools(england: England, view: PupilView): SchoolMoments {
  const sums = addUpSchools(view, england.schools.length);
  const last = view.years - 1;
  const isMainstream = (s: number) => england.schools[s]!.kind === "mainstream";
  const shown = shownIn(sums, last).filter(isMainstream);
  const score = (s: number, year = last) =>
    sums.progress[year * sums.schools + s]! / sums.count[year * sums.schools + s]!;
  const expected = (s: number) => sums.expected[last * sums.schools + s]! / sums.count[last * sums.schools + s]!;
  const scores = Float64Array.from(shown, (s) => score(s));
  const correlations: number[] = [];
  for (let a = 0; a < view.years; a++)
    for (let b = a + 1; b < view.years; b++) {
      const there = new Set(shownIn(sums, b));
      const both = shownIn(sums, a).filter((s) => there.has(s) && isMainstream(s));
      correlations.push(
        correlationOf(
          both.map((s) => score(s, a)),
          both.map((s) => score(s, b)),
        ),
      );
    }
  const special = shownIn(sums, last).filter((s) => england.schools[s]!.kind === "special");
  const ofSpecial = spreadOf(special.map((s) => score(s)));
  return {
    scores,
    expected: Float64Array.from(shown, expected),
    cohorts: Float64Array.from(shown, (s) => sums.cohort[last * sums.schools + s]!),
    deviation: spreadOf(scores).deviation,
    stability: spreadOf(correlations).mean,
    withFsm: correlationOf(
      shown.map((s) => england.schools[s]!.fsm6Percent),
      [...scores],
    ),
    authorityVariance: varianceBetween(
      [...scores],
      shown.map((s) => england.schools[s]!.region),
      shown.map((s) => england.schools[s]!.authority),
    ),
    regions: regionMeans(england, sums, isMainstream),
    special: { ...ofSpecial, expected: spreadOf(special.map(expected)).mean },
  };
}

/** Schools whose score would be published in a year. */
export function shownIn(sums: SchoolYears, year: number): number[] {
  const shown: number[] = [];
  for (let s = 0; s < sums.schools; s++) if (sums.count[year * sums.schools + s]! >= fewestPublished) shown.push(s);
  return shown;
}

function regionMeans(england: England, sums: SchoolYears, isMainstream: (s: number) => boolean): Map<string, number> {
  const totals = new Map(england.regions.map((region) => [region.code as string, [0, 0]]));
  const all = [0, 0];
  for (let at = 0; at < sums.count.length; at++) {
    const s = at % sums.schools;
    if (!isMainstream(s)) continue;
    for (const total of [totals.get(england.schools[s]!.region)!, all]) {
      total[0]! += sums.progress[at]!;
      total[1]! += sums.count[at]!;
    }
  }
  return new Map([...totals].map(([code, [sum, count]]) => [code, sum! / count! - all[0]! / all[1]!]));
}
