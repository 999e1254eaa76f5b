import type { Country } from "../country/country.js";
import { mixWord } from "../draws.js";
import type { Part } from "./part.js";
import {
  addPupils,
  beginCohort,
  type Cohort,
  disadvantagedOf,
  groupCount,
  pupilsOf,
  supportedOf,
} from "./pupil-cohort.js";
import {
  chancesOf,
  live,
  pupilsAt,
  type Surroundings,
  seriesOf,
  stayOn,
  surroundingsOf,
  transfer,
} from "./pupil-life.js";
import { type PupilYear, stageOf, stages } from "./pupil-year.js";
import { pupilSeries } from "./series.js";

/** What pupils were counted as: by school and stage for funding, by phase and place for the result. */
export interface PupilCounts {
  /** Stage × school. */
  readonly rolls: Int32Array;
  readonly disadvantaged: Int32Array;
  readonly supported: Int32Array;
  /** Series of `pupilSeries` × phase × place. */
  readonly tally: Float64Array;
}

/** Pupils as columns, a block a cohort: their year group is the cohort's. */
export class PupilShard {
  readonly #country: Country;
  readonly #luck: number;
  readonly #part: Part;
  readonly #surroundings: Surroundings;
  #cohorts: Cohort[];
  /** Phase × place: pupils at the census before. */
  readonly #before = new Float64Array(groupCount);

  constructor(country: Country, part: Part, luck: number) {
    this.#country = country;
    this.#part = part;
    this.#luck = mixWord(luck ^ 0x50555049); // pupils' numbers begin again at nought, and their luck isn't the teachers'
    this.#surroundings = surroundingsOf(country);
    this.#cohorts = country.pupils.yearGroups.map((size, group) =>
      beginCohort(country, part, [13 - group, size, group < 7 ? 0 : 1], this.#luck),
    );
    for (const cohort of this.#cohorts) addPupils(cohort, this.#surroundings.group, this.#before);
  }

  /** A year passes: pupils enter, move on, leave, move, and are counted. */
  step(of: PupilYear): PupilCounts {
    const tally = new Float64Array(pupilSeries.length * groupCount);
    const newest = 14 + of.year;
    tally.set(this.#before, pupilsAt.before);
    const ended = this.#cohorts.filter(({ number }) => newest - number > 13);
    for (const cohort of ended) addPupils(cohort, this.#surroundings.group, seriesOf(tally, "left"));
    const staying = this.#cohorts.filter(({ number }) => newest - number <= 13);
    const chances = chancesOf(of, this.#surroundings);
    for (const cohort of staying) {
      this.#moveOn(cohort, newest - cohort.number, of, tally);
      live(cohort, of.year, chances, this.#surroundings, this.#luck, tally);
    }
    const received = beginCohort(this.#country, this.#part, [newest, of.intake, 0], this.#luck, ended[0]);
    addPupils(received, this.#surroundings.group, seriesOf(tally, "entered"));
    this.#cohorts = [...staying, received];
    return this.#count(tally, newest);
  }

  /** What a cohort does on coming to a year group. */
  #moveOn(cohort: Cohort, group: number, of: PupilYear, tally: Float64Array): void {
    if (group === 7) transfer(cohort, of, this.#surroundings, this.#luck, tally);
    else if (group === 12) stayOn(cohort, of.year, of.stayingOn, this.#surroundings, this.#luck, tally);
    else if (group === 13) stayOn(cohort, of.year, of.stayingOnSecond, this.#surroundings, this.#luck, tally);
  }

  /** The census of a year. */
  #count(tally: Float64Array, newest: number): PupilCounts {
    const { count } = this.#country.schools;
    const { group } = this.#surroundings;
    const rolls = new Int32Array(stages.length * count);
    const [disadvantaged, supported] = [new Int32Array(count), new Int32Array(count)];
    for (const cohort of this.#cohorts) {
      const from = stageOf[newest - cohort.number]! * count;
      for (let s = 0; s < count; s++) {
        const packed = cohort.rolls[s]!;
        rolls[from + s]! += pupilsOf(packed);
        disadvantaged[s]! += disadvantagedOf(packed);
        supported[s]! += supportedOf(packed);
      }
      addPupils(cohort, group, seriesOf(tally, "pupils"));
    }
    for (let s = 0; s < count; s++) {
      tally[pupilsAt.disadvantaged + group[s]!]! += disadvantaged[s]!;
      tally[pupilsAt.supported + group[s]!]! += supported[s]!;
    }
    this.#before.set(seriesOf(tally, "pupils"));
    return { rolls, disadvantaged, supported, tally };
  }
}
