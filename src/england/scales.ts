import { normalQuantile } from "../statistics/distributions/index.js";
import { interpolate } from "./distribution.js";
import type { Phase } from "./england.js";
import { latentGrid, type PhaseParameters, type SubjectParameters } from "./parameters.js";
import { expectedAttainment8, gradeSpread, keyStage2Transition, keyStage4Transition } from "./targets/index.js";

/** Upper ends of the bands of key stage 2 score in the published transition; scores go by halves. */
export const bandEnds: readonly number[] = [79.75, 89.75, 95.75, 99.75, 102.25, 104.75, 107.25, 109.75, 113.25, 116.75];
/** Lowest key stage 2 score: the nominal point of work below the tests. */
export const lowestScore = 59;

const total = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);

/** Pupils by attainment group at seven, 1 to 23, reading and mathematics averaged; the handful in group 24 join 23. */
export const seventhYearCounts: readonly number[] = Array.from({ length: 23 }, (_, i) => {
  const of = (group: number) =>
    (total(keyStage2Transition.reading[group]!) + total(keyStage2Transition.maths[group]!)) / 2;
  return i === 22 ? of(23) + of(24) : of(i + 1);
});

/** Share of pupils without attainment at seven. */
export const noneAtSeven =
  total([...keyStage2Transition.reading[0]!, ...keyStage2Transition.maths[0]!]) /
  total([...keyStage2Transition.reading.flat(), ...keyStage2Transition.maths.flat()]);

/** Normal scores of the upper ends of the attainment groups at seven (22), and the mean score within each group (23). */
const seven = (() => {
  const all = total(seventhYearCounts);
  const ends: number[] = [];
  const means: number[] = [];
  const density = (z: number) => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);
  let below = 0;
  let before = 0;
  for (const [i, count] of seventhYearCounts.entries()) {
    below += count / all;
    const after = i === 22 ? 0 : density(normalQuantile(below));
    means.push((before - after) / (count / all));
    if (i < 22) ends.push(normalQuantile(below));
    before = after;
  }
  return { ends, means };
})();

/** The prior attainment score of each group at seven: its mean normal score, with mean 100 and standard deviation 15. */
export const seventhYearScores: readonly number[] = seven.means.map((z) => Math.round(10 * (100 + 15 * z)) / 10);

/** Knots of prior attainment at which the outcome's mean and spread stand: 23 groups at seven, 34 ranges of the ready reckoner. */
export function knotsOf(phase: Phase): readonly number[] {
  return phase === "primary" ? seventhYearScores : expectedAttainment8.map(([from, to]) => (from + to) / 2);
}

/** The knot's number for a score. */
export function knotOf(phase: Phase, score: number): number {
  if (phase === "primary") return seventhYearScores.indexOf(score);
  return Math.max(
    0,
    expectedAttainment8.findLastIndex(([from]) => score >= from),
  );
}

const scoredBands = keyStage4Transition.total.slice(0, 11).map(([pupils]) => pupils!);
/** Normal scores of the ends of the bands of key stage 2 score. */
const bandScores = bandEnds.map((_, i) => normalQuantile(total(scoredBands.slice(0, i + 1)) / total(scoredBands)));
const latentScores = latentGrid.map(normalQuantile);

/** Straight through the points, and on beyond the outer ones with the slope of the outer pair. */
function extrapolate(x: readonly number[], y: readonly number[], at: number): number {
  const last = x.length - 1;
  const slope = (i: number) => (y[i + 1]! - y[i]!) / (x[i + 1]! - x[i]!);
  if (at < x[0]!) return y[0]! + (at - x[0]!) * slope(0);
  if (at > x[last]!) return y[last]! + (at - x[last]!) * slope(last - 1);
  return interpolate(x, y, at);
}

const bottom = -6;
const steps = 2400;
const perUnit = 200;

/** Prior attainment and its place among the knots, tabulated over the raw normal scores from −6 to 6. */
export interface PriorTable {
  /** The published score. */
  readonly score: Float64Array;
  /** Where the outcome's tables are read. */
  readonly place: Uint8Array;
}

/** Row of a {@link PriorTable} for a raw normal score. */
export function priorRow(z: number): number {
  const row = ((z - bottom) * perUnit + 0.5) | 0;
  return Math.min(steps, Math.max(0, row));
}

/** Maps raw normal scores to the published distribution of prior attainment. */
export function priorTable(phase: Phase, parameters: PhaseParameters): PriorTable {
  const score = new Float64Array(steps + 1);
  const place = new Uint8Array(steps + 1);
  for (let row = 0; row <= steps; row++) {
    const z = extrapolate(parameters.latent, latentScores, bottom + row / perUnit);
    if (phase === "primary") {
      const group = seven.ends.findIndex((end) => z < end);
      place[row] = group < 0 ? 22 : group;
      score[row] = seventhYearScores[place[row]!]!;
    } else {
      const raw = extrapolate([normalQuantile(0.0003), ...bandScores], [lowestScore, ...bandEnds], z);
      score[row] = Math.min(120, Math.max(lowestScore, Math.round(2 * raw) / 2));
      place[row] = 2 * (score[row]! - lowestScore);
    }
  }
  return { score, place };
}

/** Mean and spread of the outcome by place of prior attainment, and the bend that gives its skewness. */
export interface OutcomeTable {
  readonly mean: Float64Array;
  readonly spread: Float64Array;
  readonly bend: Float64Array;
}

/** Reads the tables of one subject (or the only outcome) at every place of {@link PriorTable}. */
export function outcomeTable(phase: Phase, parameters: PhaseParameters, subject: number): OutcomeTable {
  const places = phase === "primary" ? knotsOf(phase) : Array.from({ length: 123 }, (_, i) => lowestScore + i / 2);
  const [knots, means, spreads] = [knotsOf(phase), parameters.base[subject]!, parameters.spread[subject]!];
  const middles = bandMiddles();
  const bends = gradeSpread.skewness.map(bendFor);
  return {
    mean: Float64Array.from(places, (score) => interpolate(knots, means, score)),
    spread: Float64Array.from(places, (score) => interpolate(knots, spreads, score)),
    bend: Float64Array.from(places, (score) => (phase === "primary" ? 0 : interpolate(middles, bends, score))),
  };
}

/** Middles of the bands of key stage 2 score. */
export function bandMiddles(): number[] {
  const ends = [lowestScore - 0.25, ...bandEnds, 120.25];
  return ends.slice(1).map((end, i) => (end + ends[i]!) / 2);
}

/** The bend b that gives (ε + b(ε² − 1)) ÷ √(1 + 2b²) the skewness wanted: (6b + 8b³) ÷ (1 + 2b²)^1.5, by halving. */
function bendFor(skewness: number): number {
  let [low, high] = [-0.6, 0.6];
  for (let i = 0; i < 50; i++) {
    const b = (low + high) / 2;
    if ((6 * b + 8 * b ** 3) / (1 + 2 * b * b) ** 1.5 < skewness) low = b;
    else high = b;
  }
  return (low + high) / 2;
}

/** Raw key stage 2 scores to published ones: from 100 to 110 as they are, outside through the solved points of the tails. */
export function tailedScore(raw: number, [a, b, c, d, e]: SubjectParameters["tail"]): number {
  if (raw >= 110) {
    if (raw <= d) return 110 + ((raw - 110) / (d - 110)) * 3.25;
    return Math.min(120, 113.25 + ((raw - d) / (e - d)) * 3.5);
  }
  if (raw >= 100) return raw;
  if (raw >= c) return 95.75 + ((raw - c) / (100 - c)) * 4.25;
  if (raw >= b) return 89.75 + ((raw - b) / (c - b)) * 6;
  return Math.max(lowestScore, 89.75 - ((b - raw) / (b - a)) * 10);
}

/** First guesses for the outcome's mean and spread at seven from two published shares: at 100 or more and at 110 or more. */
export function probitOfTransition(
  subject: "reading" | "maths",
): { mean: number; spread: number; shares: [number, number] }[] {
  return seventhYearCounts.map((_, i) => {
    const rows = i === 22 ? [23, 24] : [i + 1];
    const sum = (column: number) => rows.reduce((all, row) => all + keyStage2Transition[subject][row]![column]!, 0);
    const tested = sum(1) + sum(2) + sum(3);
    const shares: [number, number] = [(sum(2) + sum(3)) / tested, sum(3) / tested];
    const informative = sum(3) >= 100 && sum(1) >= 100;
    const [z100, z110] = shares.map((share) => -normalQuantile(Math.min(0.9999, Math.max(0.0001, share)))) as [
      number,
      number,
    ];
    const spread = informative ? 10 / (z110 - z100) : 6;
    return { mean: 99.5 - z100 * spread, spread, shares };
  });
}
