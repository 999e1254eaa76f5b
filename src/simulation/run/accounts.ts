import { fifths, phases, placeCount, regions, trustSizes } from "../classes.js";
import { type Country, noTrust } from "../country/country.js";
import type { PupilCounts } from "./pupil-shard.js";
import { stages } from "./pupil-year.js";
import type { Reader } from "./reader.js";
import { moneySeries } from "./series.js";
import type { Spending } from "./settle.js";

const groupCount = phases.length * placeCount;
const sizeCount = trustSizes.length;
const cellCount = groupCount * sizeCount;
const positionOf = (name: (typeof moneySeries)[number]["name"]) =>
  moneySeries.findIndex((series) => series.name === name) * cellCount;
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

/**
 * Accounts are kept by trust and, within it, by phase and place; schools without a trust have one account a phase and place together. Money isn't
 * moved between accounts.
 */
interface Units {
  /** By school. */
  readonly ofSchool: Uint32Array;
  /** By account: its trust or `noTrust`, and its position among phase × place × size of trust. */
  readonly trust: readonly number[];
  readonly cell: readonly number[];
}

/** All spending but that on teachers, pence in prices of the first year. */
interface OtherSpending {
  /** By phase and place: for each pupil. */
  readonly aPupil: Float64Array;
  /** By account: what it spends beyond that, or less, whatever its pupils. */
  readonly more: Float64Array;
}

function unitsOf({ schools, trusts }: Country, group: Uint8Array): Units {
  const numbers = new Map<number, number>();
  const [trust, cell]: [number[], number[]] = [[], []];
  const ofSchool = Uint32Array.from({ length: schools.count }, (_, s) => {
    const own = trusts.ofSchool[s]!;
    const key = own * groupCount + group[s]!;
    const known = numbers.get(key);
    if (known !== undefined) return known;
    numbers.set(key, trust.length);
    trust.push(own);
    cell.push(group[s]! * sizeCount + (own === noTrust ? 0 : trusts.size[own]!));
    return trust.length - 1;
  });
  return { ofSchool, trust, cell };
}

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
  readonly #unit: Units;
  /** By account: balance carried on, pence. */
  readonly #balance: Float64Array;
  /** What is spent on all but teachers in the first year, set so that accounts then balance; null before it. */
  #other: OtherSpending | null = null;

  constructor(country: Country, reader: Reader) {
    const { place, firstSecondary, count } = country.schools;
    this.#country = country;
    this.#reader = reader;
    this.#group = place.map((where, school) => (school < firstSecondary ? 0 : placeCount) + where);
    this.#before = new Float64Array(count);
    this.#unit = unitsOf(country, this.#group);
    this.#balance = new Float64Array(this.#unit.cell.length);
  }

  /** What every trust has in reserve at the end of the last year, pence; and last, all schools without one. */
  reserves(): Float64Array {
    const sums = new Float64Array(this.#country.trusts.count + 1);
    for (const [unit, trust] of this.#unit.trust.entries())
      sums[trust === noTrust ? sums.length - 1 : trust]! += this.#balance[unit]!;
    return sums;
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
   * @returns series of `moneySeries` × phase × place × size of trust
   */
  settle(counts: PupilCounts, spending: Spending, year: number): Float64Array {
    const tally = new Float64Array(moneySeries.length * cellCount);
    const formula = this.#formula(counts, year);
    this.#present ??= this.#presentOver(formula, counts);
    const moved = this.#reader.value("funding.transition", year);
    const floor = this.#reader.value("funding.floor", year);
    const premium = phases.map((phase) => Math.round(this.#reader.value(`premium.${phase}`, year) * 100));
    const units = this.#unit.cell.length;
    const [over, pupilsOf] = [new Float64Array(units), new Float64Array(units)];
    for (let s = 0; s < formula.length; s++) {
      const unit = this.#unit.ofSchool[s]!;
      const cell = this.#unit.cell[unit]!;
      const pupils = this.#pupils(counts, s);
      const path = Math.round(formula[s]! * (1 + (this.#present[s]! - 1) * (1 - moved)));
      const least = moved > 0 && year > 0 ? Math.round(this.#before[s]! * pupils * (1 + floor)) : 0;
      const funding = Math.max(path, least);
      const extra = counts.disadvantaged[s]! * premium[this.#group[s]! < placeCount ? 0 : 1]!;
      this.#before[s] = pupils > 0 ? funding / pupils : 0;
      tally[at.funding + cell]! += funding;
      tally[at.formula + cell]! += formula[s]!;
      tally[at.protection + cell]! += funding - path;
      tally[at.premium + cell]! += extra;
      tally[at.programmes + cell]! += spending.programmes[s]!;
      tally[at.teaching + cell]! += spending.pay[s]! + spending.programmes[s]!;
      over[unit]! += funding + extra - spending.pay[s]!; // programmes are paid for
      pupilsOf[unit]! += pupils;
    }
    this.#close(tally, over, pupilsOf, year);
    return tally;
  }

  /**
   * Other spending, and balances carried on.
   * @param over by account: income less spending on teachers, pence
   */
  #close(tally: Float64Array, over: Float64Array, pupils: Float64Array, year: number): void {
    this.#other ??= this.#otherOf(over, pupils);
    const { aPupil, more } = this.#other;
    const growth = this.#growth(year);
    for (const [unit, cell] of this.#unit.cell.entries()) {
      const other = Math.round((aPupil[Math.floor(cell / sizeCount)]! * pupils[unit]! + more[unit]!) * growth);
      tally[at.other + cell]! += other;
      tally[at.before + cell]! += this.#balance[unit]!;
      this.#balance[unit]! += over[unit]! - other;
      tally[at.balance + cell]! += this.#balance[unit]!;
    }
  }

  #otherOf(over: Float64Array, pupils: Float64Array): OtherSpending {
    const [sums, all] = [new Float64Array(groupCount), new Float64Array(groupCount)];
    for (const [unit, cell] of this.#unit.cell.entries()) {
      sums[Math.floor(cell / sizeCount)]! += over[unit]!;
      all[Math.floor(cell / sizeCount)]! += pupils[unit]!;
    }
    const aPupil = sums.map((pence, group) => (all[group]! > 0 ? pence / all[group]! : 0));
    const groupOf = (unit: number) => Math.floor(this.#unit.cell[unit]! / sizeCount);
    return { aPupil, more: over.map((pence, unit) => pence - aPupil[groupOf(unit)]! * pupils[unit]!) };
  }
}
