import { phases, placeCount } from "../classes.js";
import type { Country } from "../country/country.js";
import { boundOf, drawWord, isBelow, personKey } from "../draws.js";
import type { Part } from "./part.js";
import { lifePurposes } from "./purposes.js";

/** Phase × region × fifth. */
export const groupCount = phases.length * placeCount;

/** A pupil's number is their cohort's plus their position in it times this. */
export const cohortsApart = 64;

/** The bits of a pupil's need. */
export const disadvantaged = 1;
export const supported = 2;
/** They have left state schools: nothing happens to them any more, and they aren't counted. */
export const gone = 4;
/** Needs that the bits make. */
export const needCount = 8;

/** A year group's pupils of one part, as columns. */
export interface Cohort {
  /** Number of the cohort: the year of Reception less that of the first census, plus 13. */
  readonly number: number;
  readonly school: Uint16Array;
  /** Sum of `disadvantaged`, `supported` (support or a plan) and `gone`. */
  readonly need: Uint8Array;
  /** Position in the cohort of the first pupil, and the step to the next. */
  readonly first: number;
  readonly step: number;
  /** By school, kept with every change: its pupils of the cohort, packed. */
  readonly rolls: Int32Array;
}

/** What one pupil adds to a school's packed count, by need: eleven bits for pupils, eleven for disadvantaged, ten for supported. */
export const packedPupil = Int32Array.of(1, 1 + (1 << 11), 1 + (1 << 22), 1 + (1 << 11) + (1 << 22), 0, 0, 0, 0);

/** What a school's share of a cohort may be, so that those who come later still find room in the packed count. */
const mostOfSchool = 900;

/** A packed count's pupils, and of them the disadvantaged and the supported. */
export const pupilsOf = (packed: number): number => packed & 2047;
export const disadvantagedOf = (packed: number): number => (packed >>> 11) & 2047;
export const supportedOf = (packed: number): number => packed >>> 22;

/** The number of a cohort's i-th pupil here. */
export function numberOf({ number, first, step }: Cohort, i: number): number {
  return number + 1 + (first + i * step) * cohortsApart;
}

/** The phase and place of every school. */
export function groupsOf({ schools: { place, firstSecondary } }: Country): Uint8Array {
  return place.map((where, school) => (school < firstSecondary ? 0 : placeCount) + where);
}

/** Adds a cohort's pupils to a count by phase and place, or takes them off it. */
export function addPupils({ rolls }: Cohort, group: Uint8Array, count: Float64Array, sign: 1 | -1 = 1): void {
  for (let s = 0; s < rolls.length; s++) count[group[s]!]! += sign * pupilsOf(rolls[s]!);
}

/**
 * A cohort as it begins. Every school of the phase is given its share by size, one school after another: places are fixed and filled, not drawn.
 * Needs are drawn.
 * @param size pupils in the whole country
 * @param luck first word of pupils' draws
 * @param ended a cohort that is needed no more: its memory is taken over, if it suffices
 */
export function beginCohort(
  country: Country,
  { every, shard, shards }: Part,
  [number, size, phase]: readonly [number, number, number],
  luck: number,
  ended: Cohort | null = null,
): Cohort {
  const { schools } = country;
  const [first, step] = [shard * every, every * shards];
  const length = Math.max(0, Math.ceil((size - first) / step));
  const old = ended !== null && ended.need.buffer.byteLength >= length ? ended : null;
  const school = old ? new Uint16Array(old.school.buffer, 0, length) : new Uint16Array(length);
  const need = old ? new Uint8Array(old.need.buffer, 0, length) : new Uint8Array(length);
  const rolls = ended ? ended.rolls.fill(0) : new Int32Array(schools.count);
  const cohort = { number, school, need, first, step, rolls };
  const [from, to] = phase === 0 ? [0, schools.firstSecondary] : [schools.firstSecondary, schools.count];
  let all = 0;
  for (let s = from; s < to; s++) all += schools.size[s]!;
  let [i, filled] = [0, 0];
  for (let s = from; s < to; s++) {
    filled += schools.size[s]!;
    // Positions in the whole cohort whose middle lies below the school's end in the row of places; the last school takes the rest.
    const below = s === to - 1 ? size : Math.ceil((filled * size) / all - 0.5);
    const end = Math.min(length, Math.max(i, Math.ceil((below - first) / step)));
    if (end - i > mostOfSchool)
      throw new RangeError(`school ${s} would have ${end - i} of a year group, over ${mostOfSchool}`);
    const group = phase * placeCount + schools.place[s]!;
    fillSchool(cohort, s, i, end, country.disadvantaged[group]!, country.support[group]!, luck);
    i = end;
  }
  return cohort;
}

/** Some pupils of one school, with needs by its shares: disadvantage by the upper half of a draw and support by the lower. */
function fillSchool(
  cohort: Cohort,
  at: number,
  from: number,
  to: number,
  shareDisadvantaged: number,
  shareSupported: number,
  luck: number,
): void {
  const poorer = boundOf(shareDisadvantaged, 16);
  const helped = boundOf(shareSupported, 16);
  const { school, need } = cohort;
  const packed = packedPupil;
  const purpose = lifePurposes.need;
  const stride = cohort.step * cohortsApart;
  let id = numberOf(cohort, from);
  let roll = 0;
  for (let i = from; i < to; i++, id = (id + stride) | 0) {
    const word = drawWord(personKey(luck, id), purpose);
    const needs = isBelow(word >>> 16, poorer) | (isBelow(word & 0xffff, helped) << 1);
    school[i] = at;
    need[i] = needs;
    roll = (roll + packed[needs]!) | 0;
  }
  cohort.rolls[at] = roll;
}
