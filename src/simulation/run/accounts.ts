import { fifths, phases, placeCount, regions } from "../classes.js";
import type { Country } from "../country/country.js";
import type { PupilCounts } from "./pupil-shard.js";
import { stages } from "./pupil-year.js";
import type { Reader } from "./reader.js";
import { moneySeries, pupilSeries } from "./series.js";
import type { Spending } from "./settle.js";

const groupCount = phases.length * placeCount;
const positionOf = (name: (typeof moneySeries)[number]["name"]) =>
  moneySeries.findIndex((series) => series.name === name) * groupCount;
const at = {
  funding: positionOf("funding"),
  formula: positionOf("funding-formula"),
  protection: positionOf("funding-protection"),
  premium: positionOf("premium"),
  programmes: positionOf("programmes"),
  teaching: positionOf("teaching"),
  other: positionOf("other-spending"),
  before: positionOf("balance-before"),
  balance: positionOf("balance"),
};
const pupilsAt = pupilSeries.findIndex(({ name }) => name === "pupils") * groupCount;

/** Schools' money, kept from year to year. Every sum is whole pence. Pupils are of the whole country: a sample's are multiplied before. */
export class Accounts {
  readonly #country: Country;
  readonly #reader: Reader;
  /** Phase × place of every school. */
  readonly #group: Uint8Array;
  /** By school: present funding over the formula's; set in the first year. */
  #present: Float64Array | null = null;
  /** By school: core funding a pupil in the year before, pence. */
  readonly #before: Float64Array;
  readonly #balance = new Float64Array(groupCount);
  /** By phase and place: pence a pupil that schools spend on all but teachers in the first year; set so that accounts then balance. */
  #other: Float64Array | null = null;

  constructor(country: Country, reader: Reader) {
    const { place, firstSecondary, count } = country.schools;
    this.#country = country;
    this.#reader = reader;
    this.#group = place.map((where, school) => (school < firstSecondary ? 0 : placeCount) + where);
    this.#before = new Float64Array(count);
  }

  #growth(year: number): number {
    let growth = 1;
    for (let t = 1; t <= year; t++) growth *= 1 + this.#reader.value("funding.growth", t);
    return growth;
  }

  #pupils({ rolls }: PupilCounts, school: number): number {
    const { count } = this.#country.schools;
    let sum = 0;
    for (let stage = 0; stage < stages.length; stage++) sum += rolls[stage * count + school]!;
    return sum;
  }

  /** What the formula gives every school in a year, pence. */
  #formula(counts: PupilCounts, year: number): Float64Array {
    const { count } = this.#country.schools;
    const value = (name: string) => this.#reader.value(name, year);
    const basic = stages.map((stage) => value(`funding.basic.${stage}`));
    const area = regions.map((region) => value(`pay.area.${region}`));
    const disadvantaged = phases.map((phase) => value(`funding.disadvantaged.${phase}`));
    const [support, lump, growth] = [value("funding.support"), value("funding.lump-sum"), this.#growth(year)];
    return Float64Array.from({ length: count }, (_, s) => {
      const group = this.#group[s]!;
      let pounds = lump + counts.supported[s]! * support;
      for (let stage = 0; stage < basic.length; stage++) pounds += counts.rolls[stage * count + s]! * basic[stage]!;
      pounds += counts.disadvantaged[s]! * disadvantaged[group < placeCount ? 0 : 1]!;
      return Math.round(pounds * area[Math.floor((group % placeCount) / fifths.length)]! * growth * 100);
    });
  }

  /** Present funding over the formula: the region's published unit, times the school's own standing, brought to the formula's sum. */
  #presentOver(formula: Float64Array, counts: PupilCounts): Float64Array {
    const { units, schools } = this.#country;
    const [sums, pupils] = [new Float64Array(units.length), new Float64Array(units.length)];
    const rowOf = (s: number) => Math.floor(this.#group[s]! / fifths.length);
    for (let s = 0; s < formula.length; s++) {
      sums[rowOf(s)]! += formula[s]!;
      pupils[rowOf(s)]! += this.#pupils(counts, s);
    }
    const over = formula.map((_, s) => {
      const row = rowOf(s);
      return sums[row]! > 0 ? (units[row]! * schools.presentFunding[s]! * pupils[row]!) / sums[row]! : 1;
    });
    let [all, present] = [0, 0];
    for (let s = 0; s < formula.length; s++) {
      all += formula[s]!;
      present += formula[s]! * over[s]!;
    }
    return over.map((ratio) => (present > 0 ? (ratio * all) / present : 1));
  }

  /**
   * A year of money: core funding on its path to the formula with its floor, premium, spending, balances.
   * @returns series of `moneySeries` × phase × place
   */
  settle(counts: PupilCounts, spending: Spending, year: number): Float64Array {
    const tally = new Float64Array(moneySeries.length * groupCount);
    const formula = this.#formula(counts, year);
    this.#present ??= this.#presentOver(formula, counts);
    const moved = this.#reader.value("funding.transition", year);
    const floor = this.#reader.value("funding.floor", year);
    const premium = phases.map((phase) => Math.round(this.#reader.value(`premium.${phase}`, year) * 100));
    for (let s = 0; s < formula.length; s++) {
      const group = this.#group[s]!;
      const pupils = this.#pupils(counts, s);
      const path = Math.round(formula[s]! * (1 + (this.#present[s]! - 1) * (1 - moved)));
      const least = moved > 0 && year > 0 ? Math.round(this.#before[s]! * pupils * (1 + floor)) : 0;
      const funding = Math.max(path, least);
      this.#before[s] = pupils > 0 ? funding / pupils : 0;
      tally[at.funding + group]! += funding;
      tally[at.formula + group]! += formula[s]!;
      tally[at.protection + group]! += funding - path;
      tally[at.premium + group]! += counts.disadvantaged[s]! * premium[group < placeCount ? 0 : 1]!;
      tally[at.programmes + group]! += spending.programmes[s]!;
      tally[at.teaching + group]! += spending.pay[s]! + spending.programmes[s]!;
    }
    this.#close(tally, counts, year);
    return tally;
  }

  /** Other spending, and balances carried on. */
  #close(tally: Float64Array, counts: PupilCounts, year: number): void {
    const income = (g: number) => tally[at.funding + g]! + tally[at.premium + g]! + tally[at.programmes + g]!;
    const pupils = counts.tally.subarray(pupilsAt, pupilsAt + groupCount);
    this.#other ??= pupils.map((count, g) => (count > 0 ? (income(g) - tally[at.teaching + g]!) / count : 0));
    const growth = this.#growth(year);
    for (let g = 0; g < groupCount; g++) {
      const other = Math.round(this.#other[g]! * pupils[g]! * growth);
      tally[at.other + g] = other;
      tally[at.before + g] = this.#balance[g]!;
      this.#balance[g]! += income(g) - tally[at.teaching + g]! - other;
      tally[at.balance + g] = this.#balance[g]!;
    }
  }
}
