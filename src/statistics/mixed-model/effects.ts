import { factorInUnits } from "./coefficient-basis.js";
import { autocorrelationOf, driftFactor } from "./covariance.js";
import type { Evaluation, Objective } from "./objective.js";

/** Predicted effects of one coefficient of a group, a value a level, in the response's units. */
export interface RandomEffects {
  readonly group: string;
  readonly coefficient: string;
  readonly levels: readonly string[];
  /** Best linear unbiased predictions (conditional modes). */
  readonly estimate: Float64Array;
  /** Standard deviation given the fixed effects: lme4's condVar. */
  readonly conditionalError: Float64Array;
  /** With the uncertainty of the fixed effects: the root of the prediction error variance. Henderson 1975, Biometrics 31:423–447. */
  readonly predictionError: Float64Array;
}

/** How a coefficient of a level is made of its unit's standard effects: loadings on those from `first` on. */
interface Loadings {
  /** Unit within the family; −1 for a level of no unit, whose effect has nothing to be told by. */
  unit: number;
  /** First of the unit's effects among all. */
  first: number;
  /** As many as the family's effects a unit. */
  readonly values: Float64Array;
}

/** Makes the function that answers the loadings of effects in the data's units; its answer is overwritten by the next call. */
function loadingsOf({ sums, layout }: Objective, { factors, theta }: Evaluation) {
  const inUnits = sums.terms.map(({ basis, width }, t) => factorInUnits(basis, factors[t]!, width));
  const shapes = sums.terms.map(({ drift, place }, t) =>
    drift
      ? driftFactor(drift, place.times!, drift === "autoregressive" ? autocorrelationOf(theta, layout, t) : 0).factor
      : null,
  );
  const answers = sums.families.map(
    ({ effects }): Loadings => ({ unit: 0, first: 0, values: new Float64Array(effects) }),
  );
  return (t: number, level: number, coefficient: number): Loadings => {
    const { place, width } = sums.terms[t]!;
    const { effects, firstEffect } = sums.families[place.family]!;
    const answer = answers[place.family]!;
    const { values } = answer;
    values.fill(0);
    if (place.kind === "fine") {
      const [at, n, shape] = [place.position![level]!, place.positions, shapes[t]];
      for (let j = 0; j < n; j++)
        values[place.firstEffect + j] = inUnits[t]![0]! * (shape ? shape[at * n + j]! : at === j ? 1 : 0);
    } else for (let j = 0; j < width; j++) values[j] = inUnits[t]![coefficient * width + j]!;
    answer.unit = place.unit ? place.unit[level]! : level;
    answer.first = firstEffect + answer.unit * effects;
    return answer;
  };
}

/** aᵀ H a for a symmetric block that begins at `at`. */
function quadratic(a: Float64Array, h: Float64Array, at: number): number {
  const n = a.length;
  let sum = 0;
  for (let i = 0; i < n; i++) {
    if (a[i] === 0) continue;
    for (let j = 0; j < n; j++) sum += a[i]! * h[at + i * n + j]! * a[j]!;
  }
  return sum;
}

/** Adds the loadings' sum of the solved rows to `row`, times a weight. */
function addRow({ first, values }: Loadings, solved: Float64Array, weight: number, row: Float64Array): void {
  const w = row.length;
  for (let j = 0; j < values.length; j++) {
    const times = weight * values[j]!;
    if (times === 0) continue;
    for (let c = 0, at = (first + j) * w; c < w; c++) row[c]! += times * solved[at + c]!;
  }
}

/** Predictions of all random effects with both kinds of standard error, term by term and coefficient by coefficient. */
export function estimateEffects(objective: Objective, evaluation: Evaluation, sigma: number): RandomEffects[] {
  const { sums } = objective;
  const p = sums.fixed.length;
  const variance = sigma * sigma;
  const { scale } = sums.standardisation;
  const loadings = loadingsOf(objective, evaluation);
  const row = new Float64Array(p + 1);
  return sums.terms.flatMap(({ coefficients, levels, group, place }, t) => {
    const { effects, firstBlock } = sums.families[place.family]!;
    return coefficients.map((coefficient, i): RandomEffects => {
      const estimate = new Float64Array(levels.length);
      const conditionalError = new Float64Array(levels.length);
      const predictionError = new Float64Array(levels.length);
      for (let level = 0; level < levels.length; level++) {
        const loading = loadings(t, level, i);
        if (loading.unit < 0) {
          conditionalError[level] = sigma * Math.hypot(...loading.values);
          predictionError[level] = conditionalError[level]!;
          continue;
        }
        row.fill(0);
        addRow(loading, evaluation.solved, 1, row);
        let value = row[p]!;
        for (let c = 0; c < p; c++) value -= row[c]! * evaluation.coefficients[c]!;
        estimate[level] = scale * value;
        const conditional = quadratic(
          loading.values,
          evaluation.inverseBlocks,
          firstBlock + loading.unit * effects * effects,
        );
        const added = quadratic(row.subarray(0, p), evaluation.inverseInformation, 0);
        conditionalError[level] = Math.sqrt(variance * conditional);
        predictionError[level] = Math.sqrt(variance * (conditional + added));
      }
      return { group, coefficient: coefficient, levels, estimate, conditionalError, predictionError };
    });
  });
}

/** One effect's part in a weighted sum of effects. */
export interface WeightedEffect {
  /** Place of the group among the terms, of the level in it, and of the coefficient. */
  readonly term: number;
  readonly level: number;
  readonly coefficient: number;
  readonly weight: number;
}

/** A weighted sum of random effects with both kinds of standard error. */
export interface Combination {
  readonly estimate: number;
  readonly conditionalError: number;
  readonly predictionError: number;
}

/**
 * Makes the function that answers weighted sums of effects, such as a school's lasting effect plus the mean of its years'.
 * The objective's factorisation must be the one of the evaluation.
 */
export function combiner(
  objective: Objective,
  evaluation: Evaluation,
  sigma: number,
): (parts: readonly WeightedEffect[]) => Combination {
  const { sums, system } = objective;
  const p = sums.fixed.length;
  const { scale } = sums.standardisation;
  const loadings = loadingsOf(objective, evaluation);
  const row = new Float64Array(p + 1);
  return (parts) => {
    row.fill(0);
    /** The weighted loadings of each unit that takes part, by its first effect. */
    const units = new Map<number, { readonly block: number; readonly values: Float64Array }>();
    let conditional = 0;
    for (const { term, level, coefficient, weight } of parts) {
      const { effects, firstBlock } = sums.families[sums.terms[term]!.place.family]!;
      const loading = loadings(term, level, coefficient);
      if (loading.unit < 0) {
        conditional += weight * weight * loading.values.reduce((sum, value) => sum + value * value, 0);
        continue;
      }
      addRow(loading, evaluation.solved, weight, row);
      const block = firstBlock + loading.unit * effects * effects;
      const known = units.get(loading.first) ?? { block, values: new Float64Array(effects) };
      units.set(loading.first, known);
      for (let j = 0; j < effects; j++) known.values[j]! += weight * loading.values[j]!;
    }
    if (units.size === 1) {
      for (const { block, values } of units.values()) conditional += quadratic(values, evaluation.inverseBlocks, block);
    } else if (units.size > 1) {
      const [places, values]: [number[], number[]] = [[], []];
      for (const [first, unit] of units)
        unit.values.forEach((value, j) => {
          places.push(first + j);
          values.push(value);
        });
      conditional += system.quadraticForm(places, values);
    }
    let estimate = row[p]!;
    for (let c = 0; c < p; c++) estimate -= row[c]! * evaluation.coefficients[c]!;
    const added = quadratic(row.subarray(0, p), evaluation.inverseInformation, 0);
    return {
      estimate: scale * estimate,
      conditionalError: sigma * Math.sqrt(Math.max(0, conditional)),
      predictionError: sigma * Math.sqrt(Math.max(0, conditional + added)),
    };
  };
}
