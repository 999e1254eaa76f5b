import type { Random } from "../../src/kernel/random.js";
import type { Country } from "./country.js";
import { nearestPoints } from "./neighbours.js";
import { trueDeviations } from "./truth.js";

/** How many of the nearest schools a pupil may move to. */
const neighbourCount = 15;

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

/** The made-up schools: what their intake is like, where they are, and what they really add. */
export interface Schools {
  readonly count: number;
  /** A school by its intake: bigger schools are drawn more often. */
  draw(random: Random): number;
  /** Where a mover comes from: one of the nearest 15, or any. */
  drawOrigin(from: number, anywhere: boolean, random: Random): number;
  readonly priorMean: Float64Array;
  readonly deprivation: Float64Array;
  /** Shares of pupils, 0–1. */
  readonly eal: Float64Array;
  readonly black: Float64Array;
  readonly asian: Float64Array;
  /** What the school adds in every year, and what a year adds to that (school × cohort; empty with one cohort). */
  readonly effect: Float64Array;
  readonly cohortEffect: Float64Array;
  /** The authority of each school and what each authority adds; empty where they add nothing. */
  readonly authority: Int32Array;
  readonly authorityEffect: Float64Array;
}

/** Authorities as the fields of a grid, 12 by 13, as the study's generator has them; numbered in the order of their first schools. */
function drawAuthorities(x: Float64Array, y: Float64Array): { readonly authority: Int32Array; readonly count: number } {
  const number = new Map<number, number>();
  const authority = Int32Array.from(x, (at, j) => {
    const field = 13 * Math.floor(12 * at) + Math.floor(12.5 * y[j]!);
    const known = number.get(field) ?? number.size;
    number.set(field, known);
    return known;
  });
  return { authority, count: number.size };
}

/** Gamma with mean 1 and shape 6: the mean of six exponentials. */
function relativeSize(random: Random): number {
  let sum = 0;
  for (let k = 0; k < 6; k++) sum -= Math.log(1 - random.uniform());
  return sum / 6;
}

/** Draws a country's schools from its seed. */
export function drawSchools(country: Country, random: Random): Schools {
  const { schools: count, cohorts, moves, authorities } = country;
  const column = (draw: (j: number) => number) => Float64Array.from({ length: count }, (_, j) => draw(j));
  const cumulative = column(() => relativeSize(random));
  for (let j = 1; j < count; j++) cumulative[j]! += cumulative[j - 1]!;
  const x = column(() => random.uniform());
  const y = column(() => random.uniform());
  const priorMean = column(() => 0.35 * random.normal());
  const neighbours = moves === "none" ? new Int32Array(0) : nearestPoints(x, y, neighbourCount);
  const drawn = authorities ? drawAuthorities(x, y) : { authority: new Int32Array(0), count: 0 };
  return {
    count,
    draw(stream) {
      const at = stream.uniform() * cumulative[count - 1]!;
      let [low, high] = [0, count - 1];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (cumulative[middle]! > at) high = middle;
        else low = middle + 1;
      }
      return low;
    },
    drawOrigin: (from, anywhere, stream) =>
      anywhere ? stream.below(count) : neighbours[from * neighbourCount + stream.below(neighbourCount)]!,
    priorMean,
    deprivation: column((j) => 0.8 * random.normal() - 0.8 * priorMean[j]!),
    eal: column(() => logistic(-2.2 + 1.3 * random.normal())),
    black: column(() => logistic(-3.5 + 1.2 * random.normal())),
    asian: column(() => logistic(-3 + 1.4 * random.normal())),
    effect: column(() => trueDeviations.school * random.normal()),
    cohortEffect: Float64Array.from(
      { length: cohorts > 1 ? count * cohorts : 0 },
      () => trueDeviations.cohort * random.normal(),
    ),
    authority: drawn.authority,
    authorityEffect: Float64Array.from({ length: drawn.count }, () => trueDeviations.authority * random.normal()),
  };
}
