import { keyedDraws } from "../../random/index.js";
import type { Posterior } from "./posterior.js";

/** Purposes of the draws of a seed. */
const purposes = { person: 0x5056_0004, unit: 0x5056_0005, variance: 0x5056_0006 } as const;

/** With fewer units their variance can't be told from nothing. */
const fewestUnits = 5;

/** Sweeps before the first value, in two rounds, since the grid follows the residual standard deviation; and between one value and the next. */
export const sweeps = { first: [4, 8], between: 3 } as const;

/**
 * Effects of the units that persons were drawn in (schools), drawn together with the persons' abilities: θ = x β + u + e, u ~ N(0, τ²), e ~ N(0, σ²), by data
 * augmentation (Johnson & Jenkins 2005; Li, Oranje & Jiang 2009). Without them plausible values draw units' means to the regression: between
 * units they vary too little, and replicates that drop units give too small an error.
 *
 * A sweep draws every person's θ given u, then u, then σ² and τ² (flat priors of β, log σ and τ). What follows from one sweep to the next dies out quickly, since responses tell most of θ.
 */
export class UnitEffects {
  /** σ of the persons within units. */
  residualSd: number;
  /** τ of the units. */
  betweenSd: number;
  readonly #units: Int32Array;
  readonly #keyOfUnit: readonly number[];
  readonly #keyOfPerson: (person: number) => number;
  readonly #effect: Float64Array;
  readonly #members: Float64Array;
  readonly #seed: number;
  #sweep = 0;

  /**
   * @param units of each person, whole numbers from 0; a unit's draws follow its number
   * @param sd of persons about the regression, from which the search begins
   */
  constructor(units: Int32Array, keyOfPerson: (person: number) => number, seed: number, sd: number) {
    const places = new Map<number, number>();
    this.#units = units.map((unit) => {
      const place = places.get(unit) ?? places.size;
      places.set(unit, place);
      return place;
    });
    this.#keyOfUnit = [...places.keys()];
    this.#keyOfPerson = keyOfPerson;
    this.#effect = new Float64Array(places.size);
    this.#members = new Float64Array(places.size);
    for (const unit of this.#units) this.#members[unit]! += 1;
    this.#seed = seed;
    this.residualSd = Math.sqrt(0.9) * sd;
    this.betweenSd = Math.sqrt(0.1) * sd;
  }

  /** Whether there are enough units, with several persons in some of them, for their variance to be told. */
  static areTold(units: Int32Array): boolean {
    const different = new Set(units).size;
    return different >= fewestUnits && units.length >= 2 * different;
  }

  /**
   * Draws anew so many times.
   * @param fitted x β of each person
   * @param into the persons' abilities of the last sweep
   */
  run(times: number, posterior: Posterior, fitted: Float64Array, into: Float64Array): void {
    const { uniform } = keyedDraws(this.#seed, purposes.person);
    const n = this.#units.length;
    for (let k = 0; k < times; k++, this.#sweep++) {
      for (let i = 0; i < n; i++) {
        posterior.take(i, fitted[i]! + this.#effect[this.#units[i]!]!, this.residualSd);
        into[i] = posterior.quantile(uniform(this.#keyOfPerson(i), this.#sweep));
      }
      this.#drawEffects(fitted, into);
    }
  }

  #drawEffects(fitted: Float64Array, values: Float64Array): void {
    const units = this.#effect.length;
    const sums = new Float64Array(units);
    for (let i = 0; i < values.length; i++) sums[this.#units[i]!]! += values[i]! - fitted[i]!;
    const { normal } = keyedDraws(this.#seed, purposes.unit);
    const [within, between] = [this.residualSd ** 2, this.betweenSd ** 2];
    let squares = 0;
    for (let u = 0; u < units; u++) {
      const variance = 1 / (this.#members[u]! / within + 1 / between);
      const effect = (variance * sums[u]!) / within + Math.sqrt(variance) * normal(this.#keyOfUnit[u]!, this.#sweep);
      this.#effect[u] = effect;
      squares += effect * effect;
    }
    let residual = 0;
    for (let i = 0; i < values.length; i++) residual += (values[i]! - fitted[i]! - this.#effect[this.#units[i]!]!) ** 2;
    const chance = keyedDraws(this.#seed, purposes.variance);
    this.residualSd = Math.sqrt(residual / chiSquare(values.length - 1, chance.normal(0, this.#sweep)));
    this.betweenSd = Math.sqrt(squares / chiSquare(units - 1, chance.normal(1, this.#sweep)));
  }
}

/** A χ² of so many degrees of freedom from a standard normal number (Wilson & Hilferty 1931): to a hundredth from 4 degrees on. */
function chiSquare(freedom: number, z: number): number {
  const a = 2 / (9 * freedom);
  return freedom * Math.max(0.01, 1 - a + z * Math.sqrt(a)) ** 3;
}
