import { fifths, phases, placeCount, regions } from "../classes.js";
import type { Country } from "../country/country.js";
import { drawShare, drawWord, mixWord, personKey } from "../draws.js";
import { type AliasTable, aliasTable, drawAlias } from "./alias.js";
import type { Part } from "./part.js";
import { type PupilYear, stageOf, stages } from "./pupil-year.js";
import { inYear, lifePurposes, purposes } from "./purposes.js";
import { pupilSeries } from "./series.js";

/** Phase × region × fifth. */
const groupCount = phases.length * placeCount;
/** A place of a cohort where nobody is any more. */
const gone = 0xffff;
/** A pupil's number is their cohort's plus their position in it times this. */
const cohortsApart = 64;
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

const positionOf = (name: (typeof pupilSeries)[number]["name"]) =>
  pupilSeries.findIndex((series) => series.name === name) * groupCount;
const at = {
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

interface Cohort {
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
function numberOf({ number, first, step }: Cohort, i: number): number {
  return number + 1 + (first + i * step) * cohortsApart;
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
  /** By phase and region: its schools, by size. */
  readonly #regions: readonly AliasTable[];
  /** By group: the chance of becoming disadvantaged or supported for one of leaving it, so that the share at the school stands. */
  readonly #entry: { readonly disadvantaged: Float64Array; readonly supported: Float64Array };
  /** The greatest of each of those. */
  readonly #most: readonly [number, number];
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
    const { starts } = schools;
    const table = (from: number, to: number) => aliasTable(schools.size.subarray(from, to), from);
    this.#onward = Array.from({ length: placeCount }, (_, place) => onwardTable(country, place));
    this.#regions = Array.from({ length: phases.length * regions.length }, (_, k) =>
      table(starts[k * fifths.length]!, starts[(k + 1) * fifths.length]!),
    );
    const odds = (shares: Float64Array) => shares.map((share) => (share < 1 ? share / (1 - share) : 1));
    this.#entry = { disadvantaged: odds(country.disadvantaged), supported: odds(country.support) };
    this.#most = [Math.max(...this.#entry.disadvantaged), Math.max(...this.#entry.supported)];
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
    const { schools } = this.#country;
    const [from, to] = phase === 0 ? [0, schools.firstSecondary] : [schools.firstSecondary, schools.count];
    let all = 0;
    for (let s = from; s < to; s++) all += schools.size[s]!;
    let [school, filled] = [from, schools.size[from]!];
    for (let i = 0; i < cohort.school.length; i++) {
      const position = cohort.first + i * cohort.step;
      while (school < to - 1 && (position + 0.5) * all >= filled * size) filled += schools.size[++school]!;
      cohort.school[i] = school;
      cohort.need[i] = this.#needOf(this.#key(cohort, i), this.#group[school]!);
    }
  }

  #empty(number: number, size: number): Cohort {
    const { every, shard, shards } = this.#part;
    const [first, step] = [shard * every, every * shards];
    const length = Math.max(0, Math.ceil((size - first) / step));
    return { number, first, step, school: new Uint16Array(length), need: new Uint8Array(length) };
  }

  /** Disadvantage by the upper half of one draw, support by the lower. */
  #needOf(key: number, group: number): number {
    const word = drawWord(key, lifePurposes.need);
    const disadvantaged = word >>> 16 < this.#country.disadvantaged[group]! * 65536 ? 1 : 0;
    return disadvantaged + ((word & 0xffff) < this.#country.support[group]! * 65536 ? 2 : 0);
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
    tally.set(this.#before, at.before);
    const newest = 14 + of.year;
    for (const cohort of this.#cohorts) if (newest - cohort.number > 13) this.#leave(cohort, tally);
    this.#cohorts = this.#cohorts.filter((cohort) => newest - cohort.number <= 13);
    for (const cohort of this.#cohorts) {
      const group = newest - cohort.number;
      if (group === 7) this.#transfer(cohort, of, tally);
      else if (group === 12) this.#stayOn(cohort, of.stayingOn, of.year, tally);
      else if (group === 13) this.#stayOn(cohort, of.stayingOnSecond, of.year, tally);
      this.#live(cohort, of, tally);
      this.#countUp(stageOf[group]!, counts);
    }
    this.#cohorts.push(this.#receive(newest, of.intake, tally));
    this.#countUp(0, counts);
    this.#before.set(tally.subarray(at.pupils, at.pupils + groupCount));
    return counts;
  }

  #key(cohort: Cohort, i: number): number {
    return personKey(this.#luck, numberOf(cohort, i));
  }

  #leave(cohort: Cohort, tally: Float64Array): void {
    for (let i = 0; i < cohort.school.length; i++)
      if (cohort.school[i] !== gone) tally[at.left + this.#group[cohort.school[i]!]!]! += 1;
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
        tally[at.left + from]! += 1;
        school[i] = gone;
        continue;
      }
      const to = drawAlias(this.#onward[from]!, share / of.transfer);
      school[i] = to;
      tally[at.transferredOut + from]! += 1;
      tally[at.transferredIn + this.#group[to]!]! += 1;
    }
  }

  #stayOn(cohort: Cohort, share: number, year: number, tally: Float64Array): void {
    const purpose = inYear(purposes.pupilOnward, year);
    for (let i = 0; i < cohort.school.length; i++) {
      if (cohort.school[i] === gone || drawShare(this.#key(cohort, i), purpose) < share) continue;
      tally[at.left + this.#group[cohort.school[i]!]!]! += 1;
      cohort.school[i] = gone;
    }
  }

  /**
   * A year of a cohort, and its count: moves, and changes of disadvantage and support. One draw says which, and for most that nothing happens; it is
   * a function of luck, year and person as all draws are, with one step of mixing less, since this loop has every pupil of the country.
   */
  #live(cohort: Cohort, of: PupilYear, tally: Float64Array): void {
    const thresholds = this.#chances(of).map((chance) => chance * 4294967296);
    const { school, need, step } = cohort;
    const rolls = this.#rolls;
    const luck = drawWord(this.#luck, inYear(purposes.pupilEvent, of.year));
    let id = numberOf(cohort, 0);
    for (let i = 0; i < school.length; i++, id = (id + step * cohortsApart) | 0) {
      if (school[i] === gone) continue;
      const word = mixWord(id ^ luck);
      if (word < thresholds[need[i]!]!) this.#happen(cohort, i, of, word * 2.3283064365386963e-10, tally);
      const value = need[i]!;
      rolls[school[i]!]! += 1 + ((value & 1) << 11) + ((value & 2) << 21);
    }
  }

  /** The most that can happen to a pupil in a year, by need (0 to 3): leaving a need has its own chance, coming to it that of the school. */
  #chances(of: PupilYear): Float64Array {
    const [poorer, helped] = this.#most;
    return Float64Array.from([0, 1, 2, 3], (need) => {
      const changes = of.disadvantageTurnover * (need & 1 ? 1 : poorer) + of.supportTurnover * (need & 2 ? 1 : helped);
      return of.moving + changes;
    });
  }

  #happen(cohort: Cohort, i: number, of: PupilYear, share: number, tally: Float64Array): void {
    const { school, need } = cohort;
    const { disadvantaged, supported } = this.#entry;
    const needUp = of.moving + of.disadvantageTurnover * (need[i]! & 1 ? 1 : this.#most[0]);
    const group = this.#group[school[i]!]!;
    if (share < of.moving) {
      const to = drawAlias(
        this.#regions[(group / fifths.length) | 0]!,
        drawShare(this.#key(cohort, i), inYear(purposes.pupilMove, of.year)),
      );
      school[i] = to;
      tally[at.movedOut + group]! += 1;
      tally[at.movedIn + this.#group[to]!]! += 1;
    } else if (share < needUp) {
      const rate = of.disadvantageTurnover * (need[i]! & 1 ? 1 : disadvantaged[group]!);
      if (share < of.moving + rate) need[i]! ^= 1;
    } else {
      const rate = of.supportTurnover * (need[i]! & 2 ? 1 : supported[group]!);
      if (share < needUp + rate) need[i]! ^= 2;
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
      tally[at.pupils + group]! += pupils;
      tally[at.disadvantaged + group]! += poorer;
      tally[at.supported + group]! += helped;
    }
  }

  /** A new cohort in Reception. */
  #receive(number: number, intake: number, tally: Float64Array): Cohort {
    if (intake > largestIntake) throw new RangeError(`an intake of ${intake} is more than ${largestIntake}`);
    const cohort = this.#empty(number, intake);
    this.#place(cohort, intake, 0);
    for (let i = 0; i < cohort.school.length; i++) {
      const [school, value] = [cohort.school[i]!, cohort.need[i]!];
      tally[at.entered + this.#group[school]!]! += 1;
      this.#rolls[school]! += 1 + ((value & 1) << 11) + ((value & 2) << 21);
    }
    return cohort;
  }
}
