import { fifths, phases, placeCount, regions } from "../classes.js";
import type { Country } from "../country/country.js";
import { classAt } from "../country/spread.js";
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

const at = Object.fromEntries(pupilSeries.map(({ name }, k) => [name, k * groupCount])) as Record<
  (typeof pupilSeries)[number]["name"],
  number
>;

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

/** Pupils as columns, a block a cohort: their year group is the cohort's. */
export class PupilShard {
  readonly #country: Country;
  readonly #luck: number;
  readonly #part: Part;
  /** Phase × place of every school. */
  readonly #group: Uint8Array;
  /** Schools of a phase and place, to draw one by size; and all primary schools. */
  readonly #within: readonly AliasTable[];
  readonly #primaries: AliasTable;
  readonly #regions: readonly AliasTable[];
  /** By group: the chance of becoming disadvantaged or supported for one of leaving it, so that the share at the school stands. */
  readonly #entry: { readonly disadvantaged: Float64Array; readonly supported: Float64Array };
  #cohorts: Cohort[] = [];

  constructor(country: Country, part: Part, luck: number) {
    const { schools } = country;
    this.#country = country;
    this.#part = part;
    this.#luck = mixWord(luck ^ 0x50555049); // pupils' numbers begin again at nought, and their luck isn't the teachers'
    this.#group = schools.place.map((place, school) => (school < schools.firstSecondary ? 0 : placeCount) + place);
    const table = (from: number, to: number) => aliasTable(schools.size.subarray(from, to), from);
    const starts = schools.starts;
    this.#within = Array.from({ length: groupCount }, (_, g) => table(starts[g]!, starts[g + 1]!));
    this.#primaries = table(0, schools.firstSecondary);
    this.#regions = Array.from({ length: phases.length * regions.length }, (_, k) =>
      table(starts[k * fifths.length]!, starts[(k + 1) * fifths.length]!),
    );
    const odds = (shares: Float64Array) => shares.map((share) => (share < 1 ? share / (1 - share) : 1));
    this.#entry = { disadvantaged: odds(country.disadvantaged), supported: odds(country.support) };
    for (let group = 0; group < 14; group++) this.#begin(group);
  }

  /** The pupils of a year group at the first census, school by school. */
  #begin(group: number): void {
    const { schools, pupils } = this.#country;
    const size = pupils.yearGroups[group]!;
    const cohort = this.#empty(13 - group, size);
    const [from, to] = group < 7 ? [0, schools.firstSecondary] : [schools.firstSecondary, schools.count];
    let all = 0;
    for (let s = from; s < to; s++) all += schools.size[s]!;
    let [school, filled] = [from, schools.size[from]!];
    for (let i = 0; i < cohort.school.length; i++) {
      const position = cohort.first + i * cohort.step;
      while (school < to - 1 && (position + 0.5) * all >= filled * size) filled += schools.size[++school]!;
      cohort.school[i] = school;
      cohort.need[i] = this.#needOf(
        personKey(this.#luck, 13 - group + 1 + position * cohortsApart),
        this.#group[school]!,
      );
    }
    this.#cohorts.push(cohort);
  }

  #empty(number: number, size: number): Cohort {
    const { every, shard, shards } = this.#part;
    const [first, step] = [shard * every, every * shards];
    const length = Math.max(0, Math.ceil((size - first) / step));
    return { number, first, step, school: new Uint16Array(length), need: new Uint8Array(length) };
  }

  #needOf(key: number, group: number): number {
    const disadvantaged = drawShare(key, lifePurposes.need) < this.#country.disadvantaged[group]! ? 1 : 0;
    return disadvantaged + (drawShare(key, lifePurposes.hours) < this.#country.support[group]! ? 2 : 0);
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
    const newest = 14 + of.year;
    for (const cohort of this.#cohorts) this.#countBefore(cohort, counts.tally);
    const leaving = this.#cohorts.filter((cohort) => newest - cohort.number > 13);
    for (const cohort of leaving) this.#leave(cohort, counts.tally);
    this.#cohorts = this.#cohorts.filter((cohort) => newest - cohort.number <= 13);
    for (const cohort of this.#cohorts) {
      const group = newest - cohort.number;
      if (group === 7) this.#transfer(cohort, of, counts.tally);
      else if (group === 12) this.#stayOn(cohort, of.stayingOn, of.year, counts.tally);
      else if (group === 13) this.#stayOn(cohort, of.stayingOnSecond, of.year, counts.tally);
      this.#happen(cohort, of, counts.tally);
    }
    this.#cohorts.push(this.#receive(newest, of.intake, counts.tally));
    for (const cohort of this.#cohorts) this.#count(cohort, stageOf[newest - cohort.number]!, counts);
    return counts;
  }

  #key(cohort: Cohort, i: number): number {
    return personKey(this.#luck, cohort.number + 1 + (cohort.first + i * cohort.step) * cohortsApart);
  }

  #countBefore(cohort: Cohort, tally: Float64Array): void {
    for (let i = 0; i < cohort.school.length; i++)
      if (cohort.school[i] !== gone) tally[at["pupils-before"] + this.#group[cohort.school[i]!]!]! += 1;
  }

  #leave(cohort: Cohort, tally: Float64Array): void {
    for (let i = 0; i < cohort.school.length; i++)
      if (cohort.school[i] !== gone) tally[at["pupils-left"] + this.#group[cohort.school[i]!]!]! += 1;
  }

  /** From Year 6 to Year 7: most to a secondary school of the region, the rest out of state schools. */
  #transfer(cohort: Cohort, of: PupilYear, tally: Float64Array): void {
    const { transfers } = this.#country;
    const [onward, toFifth, toSchool] = [
      inYear(purposes.pupilOnward, of.year),
      inYear(purposes.pupilFifth, of.year),
      inYear(purposes.pupilSchool, of.year),
    ];
    for (let i = 0; i < cohort.school.length; i++) {
      if (cohort.school[i] === gone) continue;
      const from = this.#group[cohort.school[i]!]!;
      const key = this.#key(cohort, i);
      if (drawShare(key, onward) >= of.transfer) {
        tally[at["pupils-left"] + from]! += 1;
        cohort.school[i] = gone;
        continue;
      }
      const row = from * fifths.length;
      const fifth = classAt(transfers, drawShare(key, toFifth), row, row + fifths.length) - row;
      const to = placeCount + from - (from % fifths.length) + fifth;
      cohort.school[i] = drawAlias(this.#within[to]!, drawShare(key, toSchool));
      tally[at["pupils-transferred-out"] + from]! += 1;
      tally[at["pupils-transferred-in"] + to]! += 1;
    }
  }

  #stayOn(cohort: Cohort, share: number, year: number, tally: Float64Array): void {
    const purpose = inYear(purposes.pupilOnward, year);
    for (let i = 0; i < cohort.school.length; i++) {
      if (cohort.school[i] === gone || drawShare(this.#key(cohort, i), purpose) < share) continue;
      tally[at["pupils-left"] + this.#group[cohort.school[i]!]!]! += 1;
      cohort.school[i] = gone;
    }
  }

  /** Moves, and changes of disadvantage and support: one draw says which, and for most that nothing happens. */
  #happen(cohort: Cohort, of: PupilYear, tally: Float64Array): void {
    const purpose = inYear(purposes.pupilEvent, of.year);
    const { disadvantaged, supported } = this.#entry;
    const moveUp = of.moving;
    const needUp = moveUp + of.disadvantageTurnover * Math.max(1, ...disadvantaged);
    const threshold = (needUp + of.supportTurnover * Math.max(1, ...supported)) * 4294967296;
    const { school, need } = cohort;
    for (let i = 0; i < school.length; i++) {
      const key = this.#key(cohort, i);
      const word = drawWord(key, purpose);
      if (word >= threshold || school[i] === gone) continue;
      const share = word * 2.3283064365386963e-10;
      const group = this.#group[school[i]!]!;
      if (share < moveUp) this.#move(cohort, i, group, inYear(purposes.pupilMove, of.year), key, tally);
      else if (share < needUp) {
        const rate = of.disadvantageTurnover * (need[i]! & 1 ? 1 : disadvantaged[group]!);
        if (share < moveUp + rate) need[i]! ^= 1;
      } else {
        const rate = of.supportTurnover * (need[i]! & 2 ? 1 : supported[group]!);
        if (share < needUp + rate) need[i]! ^= 2;
      }
    }
  }

  #move(cohort: Cohort, i: number, group: number, purpose: number, key: number, tally: Float64Array): void {
    const to = drawAlias(this.#regions[(group / fifths.length) | 0]!, drawShare(key, purpose));
    cohort.school[i] = to;
    tally[at["pupils-moved-out"] + group]! += 1;
    tally[at["pupils-moved-in"] + this.#group[to]!]! += 1;
  }

  /** A new cohort in Reception, each pupil in a primary school drawn by size. */
  #receive(number: number, intake: number, tally: Float64Array): Cohort {
    if (intake > largestIntake) throw new RangeError(`an intake of ${intake} is more than ${largestIntake}`);
    const cohort = this.#empty(number, intake);
    for (let i = 0; i < cohort.school.length; i++) {
      const key = this.#key(cohort, i);
      const school = drawAlias(this.#primaries, drawShare(key, lifePurposes.school));
      const group = this.#group[school]!;
      cohort.school[i] = school;
      cohort.need[i] = this.#needOf(key, group);
      tally[at["pupils-entered"] + group]! += 1;
    }
    return cohort;
  }

  #count(cohort: Cohort, stage: number, counts: PupilCounts): void {
    const { count } = this.#country.schools;
    const [from, { rolls, disadvantaged, supported, tally }] = [stage * count, counts];
    for (let i = 0; i < cohort.school.length; i++) {
      const school = cohort.school[i]!;
      if (school === gone) continue;
      const need = cohort.need[i]!;
      rolls[from + school]! += 1;
      disadvantaged[school]! += need & 1;
      supported[school]! += need >> 1;
      const group = this.#group[school]!;
      tally[at.pupils + group]! += 1;
      tally[at.disadvantaged + group]! += need & 1;
      tally[at.supported + group]! += need >> 1;
    }
  }
}
