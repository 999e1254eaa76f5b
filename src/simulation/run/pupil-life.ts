import { fifths, phases, placeCount, regions } from "../classes.js";
import type { Country } from "../country/country.js";
import { boundOf, drawShare, drawWord, isBelow, personKey } from "../draws.js";
import { type AliasTable, aliasTable, drawAlias } from "./alias.js";
import {
  addPupils,
  type Cohort,
  cohortsApart,
  disadvantaged,
  gone,
  groupCount,
  groupsOf,
  needCount,
  numberOf,
  packedPupil,
  supported,
} from "./pupil-cohort.js";
import type { PupilYear } from "./pupil-year.js";
import { inYear, purposes } from "./purposes.js";
import { pupilSeries } from "./series.js";

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

/** A series of pupils in a tally, by phase and place. */
export function seriesOf(tally: Float64Array, series: keyof typeof pupilsAt): Float64Array {
  return tally.subarray(pupilsAt[series], pupilsAt[series] + groupCount);
}

/** What cohorts live in. */
export interface Surroundings {
  /** Phase × place of every school. */
  readonly group: Uint8Array;
  /** By phase and region: its schools, by size. */
  readonly regions: readonly AliasTable[];
  /** By primary place: the secondary schools of the region, likelier of a like fifth, each by size. */
  readonly onward: readonly AliasTable[];
  /** By group: the chance of becoming disadvantaged or supported for one of leaving it, so that the share at the school stands. */
  readonly disadvantaged: Float64Array;
  readonly supported: Float64Array;
}

/** Where pupils of a primary place go: to each secondary fifth of the region as the table of transfers says, there by size. */
function onwardTable({ schools, transfers }: Country, place: number): AliasTable {
  const { starts, size } = schools;
  const region = (place / fifths.length) | 0;
  const [from, to] = [0, fifths.length].map((f) => starts[placeCount + region * fifths.length + f]!);
  const weights = size.slice(from, to);
  for (let f = 0; f < fifths.length; f++) {
    const group = placeCount + region * fifths.length + f;
    const row = place * fifths.length + f;
    const share = transfers[row]! - (f > 0 ? transfers[row - 1]! : 0);
    let all = 0;
    for (let s = starts[group]!; s < starts[group + 1]!; s++) all += size[s]!;
    for (let s = starts[group]!; s < starts[group + 1]!; s++) weights[s - from!] = (size[s]! * share) / all;
  }
  return aliasTable(weights, from!);
}

/** What the cohorts of a country live in. */
export function surroundingsOf(country: Country): Surroundings {
  const { starts, size } = country.schools;
  const odds = (shares: Float64Array) => shares.map((share) => (share < 1 ? share / (1 - share) : 1));
  return {
    group: groupsOf(country),
    regions: Array.from({ length: phases.length * regions.length }, (_, k) => {
      const [from, to] = [starts[k * fifths.length]!, starts[(k + 1) * fifths.length]!];
      return aliasTable(size.subarray(from, to), from);
    }),
    onward: Array.from({ length: placeCount }, (_, place) => onwardTable(country, place)),
    disadvantaged: odds(country.disadvantaged),
    supported: odds(country.support),
  };
}

/**
 * What a pupil's draw of the year, of 2³¹, says, as bounds: below `moving` a move; otherwise below `disadvantage` a change of it; from `support` to
 * `supportEnd` a change of that; from `most` nothing, whoever it is. Leaving a need has its own chance, coming to it that of the school.
 */
export interface PupilChances {
  readonly most: number;
  /** By need; nothing happens to those who are gone. */
  readonly moving: Uint32Array;
  readonly support: Uint32Array;
  /** By need and group. */
  readonly disadvantage: Uint32Array;
  readonly supportEnd: Uint32Array;
}

/** The bounds of a year. */
export function chancesOf(of: PupilYear, around: Surroundings): PupilChances {
  const [mostDisadvantaged, mostSupported] = [Math.max(...around.disadvantaged), Math.max(...around.supported)];
  const disadvantage = (need: number, odds: number) =>
    of.moving + of.disadvantageTurnover * (need & disadvantaged ? 1 : odds);
  const support = (need: number, odds: number) =>
    disadvantage(need, mostDisadvantaged) + of.supportTurnover * (need & supported ? 1 : odds);
  const bounds = (length: number, share: (k: number) => number) =>
    Uint32Array.from({ length }, (_, k) => (k < (length * gone) / needCount ? boundOf(share(k), 31) : 0));
  const byGroup = (share: (need: number, group: number) => number) =>
    bounds(needCount * groupCount, (k) => share(Math.floor(k / groupCount), k % groupCount));
  return {
    most: Math.max(...bounds(needCount, (need) => support(need, mostSupported))),
    moving: bounds(needCount, () => of.moving),
    support: bounds(needCount, (need) => disadvantage(need, mostDisadvantaged)),
    disadvantage: byGroup((need, group) => disadvantage(need, around.disadvantaged[group]!)),
    supportEnd: byGroup((need, group) => support(need, around.supported[group]!)),
  };
}

/** Pupils whose year is lived at a time, and room for the positions of those to whom something happens. */
const blockSize = 2048;
const who = new Int32Array(blockSize);

/**
 * The draw of a pupil's year, 31 bits: a function of luck, year and person as all draws are, with one step of mixing less, since every pupil of
 * the country has one every year.
 */
function eventDraw(id: number, yearly: number): number {
  let h = id ^ yearly;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 1;
}

/** A year of a cohort: moves, and changes of disadvantage and support. One draw says which, and for most that nothing happens. */
export function live(
  cohort: Cohort,
  year: number,
  chances: PupilChances,
  around: Surroundings,
  luck: number,
  tally: Float64Array,
): void {
  const yearly = drawWord(luck, inYear(purposes.pupilEvent, year));
  for (let from = 0; from < cohort.need.length; from += blockSize) {
    const found = findEvents(cohort, from, yearly, chances.most);
    const movers = changeNeeds(cohort, found, yearly, chances, around.group);
    move(cohort, movers, year, around, luck, tally);
  }
}

/** Finds those of a block to whom something may happen. @returns how many are found */
function findEvents(cohort: Cohort, from: number, yearly: number, most: number): number {
  const found = who;
  const to = Math.min(from + blockSize, cohort.need.length);
  const stride = cohort.step * cohortsApart;
  let count = 0;
  let id = numberOf(cohort, from);
  for (let i = from; i < to; i++, id = (id + stride) | 0) {
    found[count] = i;
    count = (count + isBelow(eventDraw(id, yearly), most)) | 0;
  }
  return count;
}

/** Changes the needs of those found whose draw says so. @returns how many of them move; who they are takes the place of those found */
function changeNeeds(
  cohort: Cohort,
  count: number,
  yearly: number,
  { moving, support, disadvantage, supportEnd }: PupilChances,
  group: Uint8Array,
): number {
  const { school, need, rolls } = cohort;
  // Bound here, where the compiler knows that they stay as they are, also in a bundle for browsers.
  const [found, packed, groups] = [who, packedPupil, groupCount];
  const [id, stride] = [numberOf(cohort, 0), cohort.step * cohortsApart];
  let movers = 0;
  for (let k = 0; k < count; k++) {
    const i = found[k]!;
    const draw = eventDraw(id + i * stride, yearly);
    const at = school[i]!;
    const before = need[i]!;
    const row = before * groups + group[at]!;
    const moves = isBelow(draw, moving[before]!);
    const poorer = isBelow(draw, disadvantage[row]!) ^ moves;
    const helped = isBelow(draw, supportEnd[row]!) & ~isBelow(draw, support[before]!);
    const after = before ^ poorer ^ (helped << 1);
    need[i] = after;
    rolls[at]! += packed[after]! - packed[before]!;
    found[movers] = i;
    movers = (movers + moves) | 0;
  }
  return movers;
}

/** Moves the first of those found, each to a school of the phase and region by size; it may be their own. */
function move(
  cohort: Cohort,
  movers: number,
  year: number,
  { group, regions: schoolsOf }: Surroundings,
  luck: number,
  tally: Float64Array,
): void {
  const { school, need, rolls } = cohort;
  const found = who;
  const purpose = inYear(purposes.pupilMove, year);
  for (let k = 0; k < movers; k++) {
    const i = found[k]!;
    const from = school[i]!;
    const region = (group[from]! / fifths.length) | 0;
    const to = drawAlias(schoolsOf[region]!, drawShare(personKey(luck, numberOf(cohort, i)), purpose));
    const packed = packedPupil[need[i]!]!;
    school[i] = to;
    rolls[from]! -= packed;
    rolls[to]! += packed;
    tally[pupilsAt.movedOut + group[from]!]! += 1;
    tally[pupilsAt.movedIn + group[to]!]! += 1;
  }
}

/** From Year 6 to Year 7: most to a secondary school of the region, the rest out of state schools. One draw decides both. */
export function transfer(
  cohort: Cohort,
  { year, transfer: share }: PupilYear,
  { group, onward }: Surroundings,
  luck: number,
  tally: Float64Array,
): void {
  const { school, need, rolls } = cohort;
  const purpose = inYear(purposes.pupilOnward, year);
  const stride = cohort.step * cohortsApart;
  const left = seriesOf(tally, "left");
  const out = seriesOf(tally, "transferredOut");
  const packed = packedPupil;
  addPupils(cohort, group, out);
  rolls.fill(0);
  let id = numberOf(cohort, 0);
  for (let i = 0; i < need.length; i++, id = (id + stride) | 0) {
    const from = group[school[i]!]!;
    const draw = drawShare(personKey(luck, id), purpose);
    if (draw < share) {
      const to = drawAlias(onward[from]!, draw / share);
      school[i] = to;
      rolls[to]! += packed[need[i]!]!;
    } else {
      need[i]! |= gone;
      left[from]! += 1;
      out[from]! -= 1;
    }
  }
  addPupils(cohort, group, seriesOf(tally, "transferredIn"));
}

/** A share stays at its school for another year; the others leave. */
export function stayOn(
  cohort: Cohort,
  year: number,
  share: number,
  { group }: Surroundings,
  luck: number,
  tally: Float64Array,
): void {
  const { school, need, rolls } = cohort;
  const purpose = inYear(purposes.pupilOnward, year);
  const stride = cohort.step * cohortsApart;
  const left = seriesOf(tally, "left");
  const staying = boundOf(share, 32);
  const packed = packedPupil;
  addPupils(cohort, group, left);
  rolls.fill(0);
  let id = numberOf(cohort, 0);
  for (let i = 0; i < need.length; i++, id = (id + stride) | 0) {
    const leaves = Number(drawWord(personKey(luck, id), purpose) >= staying);
    const after = need[i]! | (leaves << 2);
    need[i] = after;
    rolls[school[i]!]! += packed[after]!;
  }
  addPupils(cohort, group, left, -1);
}
