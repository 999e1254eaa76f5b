import { fifths, placeCount } from "../classes.js";
import type { Country } from "../country/country.js";
import { drawShare, drawWord, mixWord, personKey } from "../draws.js";
import { type AliasTable, aliasTable, drawAlias } from "./alias.js";
import type { Part } from "./part.js";
import {
  type Cohort,
  gone,
  groupCount,
  live,
  numberOf,
  packedPupil,
  pupilsAt,
  type Surroundings,
  surroundingsOf,
} from "./pupil-life.js";
import { type PupilYear, stageOf, stages } from "./pupil-year.js";
import { inYear, lifePurposes, purposes } from "./purposes.js";
import { pupilSeries } from "./series.js";

const largestIntake = 1 << 20;

/** What pupils were counted as: by school and stage for funding, by phase and place for the result. */
export interface PupilCounts {
  /** Stage × school. */
  readonly rolls: Int32Array;
  readonly disadvantaged: Int32Array;
  readonly supported: Int32Array;
  /** Series of `pupilSeries` × phase × place. */
  readonly tally: Float64Array;
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

/** Pupils as columns, a block a cohort: their year group is the cohort's. */
export class PupilShard {
  readonly #country: Country;
  readonly #luck: number;
  readonly #part: Part;
  /** Phase × place of every school. */
  readonly #group: Uint8Array;
  /** By primary place: the secondary schools of the region, likelier of a like fifth, each by size. */
  readonly #onward: readonly AliasTable[];
  readonly #surroundings: Surroundings;
  #cohorts: Cohort[] = [];
  /** Phase × place: pupils at the census before. */
  readonly #before = new Float64Array(groupCount);
  /** By school: what a cohort counts: eleven bits for pupils, eleven for disadvantaged, ten for supported. */
  readonly #rolls: Int32Array;

  constructor(country: Country, part: Part, luck: number) {
    const { schools } = country;
    this.#country = country;
    this.#rolls = new Int32Array(schools.count);
    this.#part = part;
    this.#luck = mixWord(luck ^ 0x50555049); // pupils' numbers begin again at nought, and their luck isn't the teachers'
    this.#group = schools.place.map((place, school) => (school < schools.firstSecondary ? 0 : placeCount) + place);
    this.#onward = Array.from({ length: placeCount }, (_, place) => onwardTable(country, place));
    this.#surroundings = surroundingsOf(country, this.#group, this.#rolls);
    for (let group = 0; group < 14; group++) this.#begin(group);
  }

  /** The pupils of a year group at the first census. */
  #begin(group: number): void {
    const cohort = this.#empty(13 - group, this.#country.pupils.yearGroups[group]!);
    this.#place(cohort, this.#country.pupils.yearGroups[group]!, group < 7 ? 0 : 1);
    for (const school of cohort.school) this.#before[this.#group[school]!]! += 1;
    this.#cohorts.push(cohort);
  }

  /**
   * Gives every school of a phase its share of a cohort by size, one school after another: places are fixed and filled, not drawn. Needs are
   * drawn.
   */
  #place(cohort: Cohort, size: number, phase: number): void {
    const { schools, disadvantaged, support } = this.#country;
    const [from, to] = phase === 0 ? [0, schools.firstSecondary] : [schools.firstSecondary, schools.count];
    let all = 0;
    for (let s = from; s < to; s++) all += schools.size[s]!;
    let [i, filled] = [0, 0];
    for (let s = from; s < to; s++) {
      filled += schools.size[s]!;
      // Positions in the whole cohort whose middle lies below the school's end in the row of places; the last school takes the rest.
      const end = s === to - 1 ? size : (filled * size) / all - 0.5;
      const group = this.#group[s]!;
      const [poorer, helped] = [disadvantaged[group]! * 65536, support[group]! * 65536];
      for (; i < cohort.school.length && cohort.first + i * cohort.step < end; i++) {
        // Disadvantage by the upper half of one draw, support by the lower.
        const word = drawWord(personKey(this.#luck, numberOf(cohort, i)), lifePurposes.need);
        cohort.school[i] = s;
        cohort.need[i] = (word >>> 16 < poorer ? 1 : 0) + ((word & 0xffff) < helped ? 2 : 0);
      }
    }
  }

  #empty(number: number, size: number): Cohort {
    const { every, shard, shards } = this.#part;
    const [first, step] = [shard * every, every * shards];
    const length = Math.max(0, Math.ceil((size - first) / step));
    return { number, first, step, school: new Uint16Array(length), need: new Uint8Array(length) };
  }

  /** A year passes: pupils enter, move on, leave, move, and are counted. */
  step(of: PupilYear): PupilCounts {
    const { count } = this.#country.schools;
    const counts: PupilCounts = {
      rolls: new Int32Array(stages.length * count),
      disadvantaged: new Int32Array(count),
      supported: new Int32Array(count),
      tally: new Float64Array(pupilSeries.length * groupCount),
    };
    const { tally } = counts;
    tally.set(this.#before, pupilsAt.before);
    const newest = 14 + of.year;
    for (const cohort of this.#cohorts) if (newest - cohort.number > 13) this.#leave(cohort, tally);
    this.#cohorts = this.#cohorts.filter((cohort) => newest - cohort.number <= 13);
    for (const cohort of this.#cohorts) {
      const group = newest - cohort.number;
      if (group === 7) this.#transfer(cohort, of, tally);
      else if (group === 12) this.#stayOn(cohort, of.stayingOn, of.year, tally);
      else if (group === 13) this.#stayOn(cohort, of.stayingOnSecond, of.year, tally);
      live(cohort, of, this.#surroundings, this.#luck, tally);
      this.#countUp(stageOf[group]!, counts);
    }
    this.#cohorts.push(this.#receive(newest, of.intake, tally));
    this.#countUp(0, counts);
    this.#before.set(tally.subarray(pupilsAt.pupils, pupilsAt.pupils + groupCount));
    return counts;
  }

  #key(cohort: Cohort, i: number): number {
    return personKey(this.#luck, numberOf(cohort, i));
  }

  #leave(cohort: Cohort, tally: Float64Array): void {
    for (let i = 0; i < cohort.school.length; i++)
      if (cohort.school[i] !== gone) tally[pupilsAt.left + this.#group[cohort.school[i]!]!]! += 1;
  }

  /** From Year 6 to Year 7: most to a secondary school of the region, the rest out of state schools. One draw decides both. */
  #transfer(cohort: Cohort, of: PupilYear, tally: Float64Array): void {
    const purpose = inYear(purposes.pupilOnward, of.year);
    const { school } = cohort;
    for (let i = 0; i < school.length; i++) {
      if (school[i] === gone) continue;
      const from = this.#group[school[i]!]!;
      const share = drawShare(this.#key(cohort, i), purpose);
      if (share >= of.transfer) {
        tally[pupilsAt.left + from]! += 1;
        school[i] = gone;
        continue;
      }
      const to = drawAlias(this.#onward[from]!, share / of.transfer);
      school[i] = to;
      tally[pupilsAt.transferredOut + from]! += 1;
      tally[pupilsAt.transferredIn + this.#group[to]!]! += 1;
    }
  }

  #stayOn(cohort: Cohort, share: number, year: number, tally: Float64Array): void {
    const purpose = inYear(purposes.pupilOnward, year);
    for (let i = 0; i < cohort.school.length; i++) {
      if (cohort.school[i] === gone || drawShare(this.#key(cohort, i), purpose) < share) continue;
      tally[pupilsAt.left + this.#group[cohort.school[i]!]!]! += 1;
      cohort.school[i] = gone;
    }
  }

  /** Takes what the last cohort counted at each school, eleven bits for pupils, eleven for disadvantaged, ten for supported, into the year's counts. */
  #countUp(stage: number, { rolls, disadvantaged, supported, tally }: PupilCounts): void {
    const own = this.#rolls;
    const from = stage * own.length;
    for (let s = 0; s < own.length; s++) {
      const packed = own[s]!;
      if (packed === 0) continue;
      const [pupils, poorer, helped] = [packed & 2047, (packed >>> 11) & 2047, packed >>> 22];
      own[s] = 0;
      rolls[from + s]! += pupils;
      disadvantaged[s]! += poorer;
      supported[s]! += helped;
      const group = this.#group[s]!;
      tally[pupilsAt.pupils + group]! += pupils;
      tally[pupilsAt.disadvantaged + group]! += poorer;
      tally[pupilsAt.supported + group]! += helped;
    }
  }

  /** A new cohort in Reception. */
  #receive(number: number, intake: number, tally: Float64Array): Cohort {
    if (intake > largestIntake) throw new RangeError(`an intake of ${intake} is more than ${largestIntake}`);
    const cohort = this.#empty(number, intake);
    this.#place(cohort, intake, 0);
    for (let i = 0; i < cohort.school.length; i++) {
      const school = cohort.school[i]!;
      tally[pupilsAt.entered + this.#group[school]!]! += 1;
      this.#rolls[school]! += packedPupil[cohort.need[i]!]!;
    }
    return cohort;
  }
}
