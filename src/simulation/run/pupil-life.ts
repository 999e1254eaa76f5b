import { fifths, phases, placeCount, regions } from "../classes.js";
import type { Country } from "../country/country.js";
import { drawShare, drawWord, personKey } from "../draws.js";
import { type AliasTable, aliasTable, drawAlias } from "./alias.js";
import type { PupilYear } from "./pupil-year.js";
import { inYear, purposes } from "./purposes.js";
import { pupilSeries } from "./series.js";

/** Phase × region × fifth. */
export const groupCount = phases.length * placeCount;
/** A place of a cohort where nobody is any more. */
export const gone = 0xffff;
/** A pupil's number is their cohort's plus their position in it times this. */
const cohortsApart = 64;

const positionOf = (name: (typeof pupilSeries)[number]["name"]) =>
  pupilSeries.findIndex((series) => series.name === name) * groupCount;

/** Where each series begins in a tally of pupils. */
export const pupilsAt = {
  before: positionOf("pupils-before"),
  entered: positionOf("pupils-entered"),
  transferredIn: positionOf("pupils-transferred-in"),
  transferredOut: positionOf("pupils-transferred-out"),
  left: positionOf("pupils-left"),
  movedOut: positionOf("pupils-moved-out"),
  movedIn: positionOf("pupils-moved-in"),
  pupils: positionOf("pupils"),
  disadvantaged: positionOf("disadvantaged"),
  supported: positionOf("supported"),
};

/** A year group's pupils of one part, as columns. */
export interface Cohort {
  /** Number of the cohort: the year of Reception less that of the first census, plus 13. */
  readonly number: number;
  readonly school: Uint16Array;
  /** Bit 0: disadvantaged; bit 1: support or a plan. */
  readonly need: Uint8Array;
  /** Position in the cohort of the first pupil, and the step to the next. */
  readonly first: number;
  readonly step: number;
}

/** The number of a cohort's i-th pupil here. */
export function numberOf({ number, first, step }: Cohort, i: number): number {
  return number + 1 + (first + i * step) * cohortsApart;
}

/** What a cohort's year is lived in. */
export interface Surroundings {
  /** Phase × place of every school. */
  readonly group: Uint8Array;
  /** By phase and region: its schools, by size. */
  readonly regions: readonly AliasTable[];
  /** By group: the chance of becoming disadvantaged or supported for one of leaving it, so that the share at the school stands. */
  readonly disadvantaged: Float64Array;
  readonly supported: Float64Array;
  /** The greatest of each. */
  readonly mostDisadvantaged: number;
  readonly mostSupported: number;
  /** By school, added to: what the cohort counts, packed. */
  readonly rolls: Int32Array;
}

/** What one pupil adds to a school's packed count, by need: eleven bits for pupils, eleven for disadvantaged, ten for supported. */
export const packedPupil = Int32Array.of(1, 1 + (1 << 11), 1 + (1 << 22), 1 + (1 << 11) + (1 << 22));

/** @param group phase × place of every school */
export function surroundingsOf(
  { schools, disadvantaged, support }: Country,
  group: Uint8Array,
  rolls: Int32Array,
): Surroundings {
  const { starts } = schools;
  const odds = (shares: Float64Array) => shares.map((share) => (share < 1 ? share / (1 - share) : 1));
  const [poorer, helped] = [odds(disadvantaged), odds(support)];
  const tables = Array.from({ length: phases.length * regions.length }, (_, k) => {
    const [from, to] = [starts[k * fifths.length]!, starts[(k + 1) * fifths.length]!];
    return aliasTable(schools.size.subarray(from, to), from);
  });
  return {
    group,
    regions: tables,
    disadvantaged: poorer,
    supported: helped,
    mostDisadvantaged: Math.max(...poorer),
    mostSupported: Math.max(...helped),
    rolls,
  };
}

/** The most that can happen to a pupil in a year, by need (0 to 3), of 2³¹: leaving a need has its own chance, coming to it that of the school. */
function chancesOf(of: PupilYear, { mostDisadvantaged, mostSupported }: Surroundings): Float64Array {
  return Float64Array.from([0, 1, 2, 3], (need) => {
    const disadvantage = of.disadvantageTurnover * (need & 1 ? 1 : mostDisadvantaged);
    return (of.moving + disadvantage + of.supportTurnover * (need & 2 ? 1 : mostSupported)) * 2147483648;
  });
}

/**
 * A year of a cohort, and its count: moves, and changes of disadvantage and support. One draw says which, and for most that nothing happens; it is a
 * function of luck, year and person as all draws are, with one step of mixing less and written out here, since every pupil of the country passes
 * through this loop.
 */
export function live(cohort: Cohort, of: PupilYear, around: Surroundings, luck: number, tally: Float64Array): void {
  const chances = chancesOf(of, around);
  const { school, need, step } = cohort;
  const { rolls } = around;
  const yearly = drawWord(luck, inYear(purposes.pupilEvent, of.year));
  let id = numberOf(cohort, 0);
  for (let i = 0; i < school.length; i++, id = (id + step * cohortsApart) | 0) {
    const at = school[i]!;
    if (at === gone) continue;
    let h = id ^ yearly;
    h ^= h >>> 16;
    h = Math.imul(h, 0x85ebca6b);
    h ^= h >>> 13;
    h = Math.imul(h, 0xc2b2ae35);
    h ^= h >>> 16;
    if (h >>> 1 < chances[need[i]!]!) {
      happen(cohort, i, of, around, h >>> 1, luck, tally);
      rolls[school[i]!]! += packedPupil[need[i]!]!;
    } else rolls[at]! += packedPupil[need[i]!]!;
  }
}

/** What a draw below a pupil's chances says: a move, or a change of need, or after all nothing. */
function happen(
  cohort: Cohort,
  i: number,
  of: PupilYear,
  around: Surroundings,
  draw: number,
  luck: number,
  tally: Float64Array,
): void {
  const { school, need } = cohort;
  const group = around.group[school[i]!]!;
  const share = draw * 4.656612873077393e-10; // 2⁻³¹
  const needUp = of.moving + of.disadvantageTurnover * (need[i]! & 1 ? 1 : around.mostDisadvantaged);
  if (share < of.moving) {
    const key = personKey(luck, numberOf(cohort, i));
    const region = around.regions[(group / fifths.length) | 0]!;
    const to = drawAlias(region, drawShare(key, inYear(purposes.pupilMove, of.year)));
    school[i] = to;
    tally[pupilsAt.movedOut + group]! += 1;
    tally[pupilsAt.movedIn + around.group[to]!]! += 1;
  } else if (share < needUp) {
    const rate = of.disadvantageTurnover * (need[i]! & 1 ? 1 : around.disadvantaged[group]!);
    if (share < of.moving + rate) need[i]! ^= 1;
  } else {
    const rate = of.supportTurnover * (need[i]! & 2 ? 1 : around.supported[group]!);
    if (share < needUp + rate) need[i]! ^= 2;
  }
}
