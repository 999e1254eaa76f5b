import type { SurveyDesign } from "./design.js";
import type { Outcome, SurveyFault } from "./fault.js";
import type { Labels } from "./strata.js";
import { solveSymmetric } from "./taylor.js";

/** How far weights may move: `linear` (GREG), `exponential` (raking, always positive), `logit` (within bounds). */
export type CalibrationDistance =
  | { readonly kind: "linear" }
  | { readonly kind: "exponential" }
  | { readonly kind: "logit"; readonly low: number; readonly high: number };

/** An auxiliary variable and its total in the population. */
export interface Auxiliary {
  readonly name: string;
  readonly values: Float64Array;
  readonly total: number;
}

/** Weights that reproduce the totals. */
export interface CalibratedWeights {
  readonly weights: Float64Array;
  /** New over old weight. */
  readonly factors: Float64Array;
  readonly iterations: number;
  readonly cautions: readonly string[];
}

/** The factor and its derivative at u = x'λ (Deville and Särndal, JASP 1992, 87, table 1). */
function factorAt(distance: CalibrationDistance, u: number): readonly [number, number] {
  if (distance.kind === "linear") return [1 + u, 1];
  if (distance.kind === "exponential") {
    const e = Math.exp(Math.min(u, 500));
    return [e, e];
  }
  const { low, high } = distance;
  const a = (high - low) / ((1 - low) * (high - 1));
  const e = Math.exp(Math.max(-500, Math.min(500, a * u)));
  const below = high - 1 + (1 - low) * e;
  const factor = (low * (high - 1) + high * (1 - low) * e) / below;
  return [factor, (a * e * (high - low) * (high - 1) * (1 - low)) / below ** 2];
}

const fault = (place: string, message: string, remedy: string): SurveyFault => ({
  code: "survey-calibration-failed",
  place,
  message,
  remedy,
});

/** What stands against calibrating before it is tried. */
function faultsOf(weights: Float64Array, auxiliaries: readonly Auxiliary[], distance: CalibrationDistance) {
  const faults: SurveyFault[] = [];
  if (distance.kind === "logit" && !(distance.low >= 0 && distance.low < 1 && distance.high > 1))
    faults.push(
      fault(
        "bounds",
        `they are ${distance.low} and ${distance.high}`,
        "Give bounds on either side of 1, the lower from 0 on",
      ),
    );
  for (const { name, values, total } of auxiliaries) {
    if (values.length !== weights.length)
      faults.push(fault(name, `it has ${values.length} values for ${weights.length} persons`, "Bring one a person"));
    else if (values.some((x) => !Number.isFinite(x)) || !Number.isFinite(total))
      faults.push(fault(name, "a value or its total is missing", "Impute it, or leave the variable out"));
    else if (total !== 0 && values.every((x, i) => x === 0 || weights[i] === 0))
      faults.push(
        fault(name, `nobody in the sample has it and its total is ${total}`, "Join it with another category"),
      );
  }
  return faults;
}

/** A total is reached when it is missed by less than this share: rounding of sums over hundreds of thousands stays below. */
const reached = 1e-10;

/** Totals still missed at λ (as shares of their scale) and their derivatives; writes the factors. */
function newtonSums(
  weights: Float64Array,
  auxiliaries: readonly Auxiliary[],
  scale: readonly number[],
  distance: CalibrationDistance,
  lambda: Float64Array,
  factors: Float64Array,
) {
  const [n, p] = [weights.length, auxiliaries.length];
  const cross = new Float64Array(p * p);
  const misses = Float64Array.from(auxiliaries, ({ total }, a) => total / scale[a]!);
  const x = new Float64Array(p);
  for (let i = 0; i < n; i++) {
    let u = 0;
    for (let a = 0; a < p; a++) {
      x[a] = auxiliaries[a]!.values[i]! / scale[a]!;
      u += lambda[a]! * x[a]!;
    }
    const [factor, slope] = factorAt(distance, u * n);
    factors[i] = factor;
    for (let a = 0; a < p; a++) {
      misses[a]! -= weights[i]! * factor * x[a]!;
      for (let b = 0; b < p; b++) cross[a * p + b]! += weights[i]! * slope * n * x[a]! * x[b]!;
    }
  }
  return { misses, cross };
}

function cautionsOf(factors: Float64Array): string[] {
  const low = factors.reduce((least, g) => Math.min(least, g), Number.POSITIVE_INFINITY);
  const high = factors.reduce((most, g) => Math.max(most, g), Number.NEGATIVE_INFINITY);
  const cautions = low < 0 ? [`a weight became negative (its factor is ${low.toPrecision(3)}): use bounds`] : [];
  return high > 5 ? [...cautions, `a weight was raised ${high.toPrecision(3)} times`] : cautions;
}

/**
 * Calibrates weights to totals of auxiliary variables: the generalised regression estimator, raking and the bounded logit, by Newton's
 * method (Deville and Särndal, Journal of the American Statistical Association 1992, 87).
 *
 * @returns the weights, or what stands against them: collinear variables, totals out of reach (by name)
 */
export function calibrateWeights(
  weights: Float64Array,
  auxiliaries: readonly Auxiliary[],
  distance: CalibrationDistance = { kind: "linear" },
): Outcome<CalibratedWeights> {
  const faults = faultsOf(weights, auxiliaries, distance);
  if (faults.length > 0) return { ok: false, error: faults };
  const p = auxiliaries.length;
  const lambda = new Float64Array(p);
  const factors = new Float64Array(weights.length);
  const scale = auxiliaries.map(({ values, total }) =>
    Math.max(
      Math.abs(total),
      values.reduce((sum, x, i) => sum + weights[i]! * Math.abs(x), 0),
      1e-300,
    ),
  );
  let misses = new Float64Array(p);
  for (let iteration = 0; iteration <= 100; iteration++) {
    const sums = newtonSums(weights, auxiliaries, scale, distance, lambda, factors);
    ({ misses } = sums);
    if (misses.every((miss) => Math.abs(miss) < reached)) {
      const cautions = cautionsOf(factors);
      return {
        ok: true,
        value: { weights: weights.map((w, i) => w * factors[i]!), factors, iterations: iteration, cautions },
      };
    }
    const step = solveSymmetric(sums.cross, misses);
    if (!step) {
      if (iteration > 0) break; // flat at the bounds: the totals can't be reached
      return {
        ok: false,
        error: [
          fault(
            auxiliaries.map(({ name }) => name).join(", "),
            "the variables are collinear",
            "Leave one category of each further margin out",
          ),
        ],
      };
    }
    for (let a = 0; a < p; a++) lambda[a]! += step[a]!;
  }
  return {
    ok: false,
    error: auxiliaries.flatMap(({ name, total }, a) =>
      Math.abs(misses[a]!) < reached
        ? []
        : [
            fault(
              name,
              `its total ${total} is missed by ${(misses[a]! * scale[a]!).toPrecision(4)}`,
              "Widen the bounds, join categories, or check the total",
            ),
          ],
    ),
  };
}

/** A margin for raking: the category of each person, and the categories' totals. */
export interface Margin {
  readonly name: string;
  readonly category: Labels;
  readonly totals: ReadonlyMap<string, number>;
}

/** Margins with their categories by position, and what stands against raking to them. */
function codeMargins(weights: Float64Array, margins: readonly Margin[]) {
  const faults: SurveyFault[] = [];
  const sums = margins.map(({ totals }) => [...totals.values()].reduce((sum, t) => sum + t, 0));
  const coded = margins.map(({ name, category, totals }) => {
    const names = [...totals.keys()];
    const of = Int32Array.from({ length: weights.length }, (_, i) => names.indexOf(String(category[i])));
    const missing = of.findIndex((c, i) => c < 0 && weights[i]! > 0);
    if (missing >= 0)
      faults.push(
        fault(
          name,
          `there is no total of the category ${category[missing]}`,
          "Give one, or join the category with another",
        ),
      );
    names.forEach((label, c) => {
      if (totals.get(label)! > 0 && !of.some((o, i) => o === c && weights[i]! > 0))
        faults.push(fault(name, `nobody is in the category ${label}`, "Join it with another"));
    });
    return { of, targets: Float64Array.from(totals.values()) };
  });
  sums.forEach((sum, m) => {
    if (Math.abs(sum / sums[0]! - 1) > 1e-6)
      faults.push(
        fault(
          margins[m]!.name,
          `its totals sum to ${sum} and those of ${margins[0]!.name} to ${sums[0]}`,
          "Make them sum alike",
        ),
      );
  });
  return { coded, faults };
}

/**
 * Raking: weights to each margin in turn until all hold (iterative proportional fitting; Deming and Stephan 1940).
 * @returns the weights; or the category without persons, without a total, or the margins that contradict each other
 */
export function rake(weights: Float64Array, margins: readonly Margin[], most = 1000): Outcome<CalibratedWeights> {
  const { coded, faults } = codeMargins(weights, margins);
  if (faults.length > 0) return { ok: false, error: faults };
  const raked = Float64Array.from(weights);
  for (let iteration = 1; iteration <= most; iteration++) {
    let worst = 0;
    for (const { of, targets } of coded) {
      const sum = new Float64Array(targets.length);
      for (let i = 0; i < raked.length; i++) if (of[i]! >= 0) sum[of[i]!]! += raked[i]!;
      for (let c = 0; c < sum.length; c++)
        if (targets[c]! > 0) worst = Math.max(worst, Math.abs(sum[c]! / targets[c]! - 1));
      for (let i = 0; i < raked.length; i++)
        if (of[i]! >= 0 && sum[of[i]!]! > 0) raked[i]! *= targets[of[i]!]! / sum[of[i]!]!;
    }
    if (worst < 1e-11)
      return {
        ok: true,
        value: {
          weights: raked,
          factors: raked.map((w, i) => (weights[i]! > 0 ? w / weights[i]! : 1)),
          iterations: iteration,
          cautions: [],
        },
      };
  }
  return {
    ok: false,
    error: [
      fault(
        margins.map(({ name }) => name).join(", "),
        `the margins don't hold together after ${most} rounds`,
        "Join rare categories: an empty combination may make them contradict each other",
      ),
    ],
  };
}

/**
 * Brings weights down to `most` times the median of their cell, and spreads what was taken over the cell's others, so that its total stays.
 * @param most ≥ 1, as 4 (PISA: four times the stratum's weight)
 * @returns the weights and how many were trimmed
 * @throws {RangeError} when `most` is below 1.
 */
export function trimWeights(
  weights: Float64Array,
  most: number,
  cells?: Labels,
): { readonly weights: Float64Array; readonly trimmed: number } {
  if (!(most >= 1)) throw new RangeError(`weights are trimmed to 1 or more times the median, got ${most}`);
  const trimmed = Float64Array.from(weights);
  const members = new Map<string, number[]>();
  for (let i = 0; i < weights.length; i++) {
    if (!(weights[i]! > 0)) continue;
    const key = cells ? String(cells[i]) : "";
    const home = members.get(key) ?? [];
    members.set(key, home);
    home.push(i);
  }
  const cut = new Set<number>();
  for (const cell of members.values()) {
    const sorted = cell.map((i) => weights[i]!).sort((a, b) => a - b);
    const limit = most * (sorted[(sorted.length - 1) >> 1]! * 0.5 + sorted[sorted.length >> 1]! * 0.5);
    for (;;) {
      let excess = 0;
      for (const i of cell)
        if (trimmed[i]! > limit * (1 + 1e-12)) {
          excess += trimmed[i]! - limit;
          trimmed[i] = limit;
          cut.add(i);
        }
      if (excess === 0) break;
      const room = cell.filter((i) => trimmed[i]! < limit);
      const sum = room.reduce((total, i) => total + trimmed[i]!, 0);
      if (!(sum > 0)) break; // all at the limit: the cell's total can't be kept
      for (const i of room) trimmed[i]! *= 1 + excess / sum;
    }
  }
  return { weights: trimmed, trimmed: cut.size };
}

/**
 * The design with its weights adjusted, and every replicate's by the same rule run anew on it, so that the adjustment's own variance is counted.
 * @param adjust from weights to adjusted weights; what it refuses is refused with the replicate's number
 */
export function adjustDesign(
  design: SurveyDesign,
  adjust: (weights: Float64Array) => Outcome<Float64Array>,
): Outcome<SurveyDesign> {
  const whole = adjust(design.weights);
  if (!whole.ok) return whole;
  const weights: Float64Array[] = [];
  for (const [r, replicate] of design.replicates.weights.entries()) {
    const adjusted = adjust(replicate);
    if (!adjusted.ok)
      return { ok: false, error: adjusted.error.map((f) => ({ ...f, place: `replicate ${r + 1}, ${f.place}` })) };
    weights.push(adjusted.value);
  }
  return { ok: true, value: { ...design, weights: whole.value, replicates: { ...design.replicates, weights } } };
}
