import { factorInUnits } from "./coefficient-basis.js";
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

/** One effect's row of {@link Evaluation.effects} in the data's units: that of coefficient i of the level whose scalars begin at `first`. */
function effectRow(
  evaluation: Evaluation,
  basis: Float64Array,
  width: number,
  first: number,
  i: number,
  into: Float64Array,
): void {
  const w = into.length;
  into.fill(0);
  for (let a = i; a < width; a++) {
    const times = basis[i * width + a]!;
    if (times === 0) continue;
    for (let c = 0, at = (first + a) * w; c < w; c++) into[c]! += times * evaluation.effects[at + c]!;
  }
}

/** Predictions of all random effects with both kinds of standard error, term by term and coefficient by coefficient. */
export function estimateEffects(objective: Objective, evaluation: Evaluation, sigma: number): RandomEffects[] {
  const { sums } = objective;
  const p = sums.fixed.length;
  const w = p + 1;
  const variance = sigma * sigma;
  const { scale } = sums.standardisation;
  return sums.terms.flatMap((term, t) => {
    const { width, levels, firstNode, firstScalar, basis } = term;
    const factor = factorInUnits(basis, evaluation.factors[t]!, width);
    const row = new Float64Array(w);
    return term.coefficients.map((coefficient, i): RandomEffects => {
      const estimate = new Float64Array(levels.length);
      const conditionalError = new Float64Array(levels.length);
      const predictionError = new Float64Array(levels.length);
      for (let level = 0; level < levels.length; level++) {
        effectRow(evaluation, basis, width, firstScalar + level * width, i, row);
        let value = row[p]!;
        for (let c = 0; c < p; c++) value -= row[c]! * evaluation.coefficients[c]!;
        estimate[level] = scale * value;
        const block = sums.pattern.valueStart[sums.pattern.start[firstNode + level]!]!;
        let conditional = 0;
        for (let a = 0; a < width; a++)
          for (let b = 0; b < width; b++)
            conditional +=
              factor[i * width + a]! * evaluation.inverseValues[block + a * width + b]! * factor[i * width + b]!;
        let added = 0;
        for (let a = 0; a < p; a++)
          for (let b = 0; b < p; b++) added += row[a]! * evaluation.inverseInformation[a * p + b]! * row[b]!;
        conditionalError[level] = Math.sqrt(variance * conditional);
        predictionError[level] = Math.sqrt(variance * (conditional + added));
      }
      return { group: term.group, coefficient, levels, estimate, conditionalError, predictionError };
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
  const w = p + 1;
  const { scale } = sums.standardisation;
  const sensitivity = new Float64Array(p);
  const row = new Float64Array(w);
  const inUnits = sums.terms.map(({ basis, width }, t) => factorInUnits(basis, evaluation.factors[t]!, width));
  return (parts) => {
    const scalars: number[] = [];
    const values: number[] = [];
    let estimate = 0;
    sensitivity.fill(0);
    for (const { term, level, coefficient, weight } of parts) {
      const { width, firstScalar, basis } = sums.terms[term]!;
      const factor = inUnits[term]!;
      const first = firstScalar + level * width;
      for (let j = 0; j < width; j++) {
        scalars.push(first + j);
        values.push(weight * factor[coefficient * width + j]!);
      }
      effectRow(evaluation, basis, width, first, coefficient, row);
      let effect = row[p]!;
      for (let c = 0; c < p; c++) {
        effect -= row[c]! * evaluation.coefficients[c]!;
        sensitivity[c]! += weight * row[c]!;
      }
      estimate += weight * scale * effect;
    }
    const conditional = system.quadraticForm(scalars, values);
    let added = 0;
    for (let a = 0; a < p; a++)
      for (let b = 0; b < p; b++)
        added += sensitivity[a]! * evaluation.inverseInformation[a * p + b]! * sensitivity[b]!;
    return {
      estimate,
      conditionalError: sigma * Math.sqrt(conditional),
      predictionError: sigma * Math.sqrt(conditional + added),
    };
  };
}
