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

/** Predictions of all random effects with both kinds of standard error, term by term and coefficient by coefficient. */
export function estimateEffects(objective: Objective, evaluation: Evaluation, sigma: number): RandomEffects[] {
  const { sums } = objective;
  const p = sums.fixed.length;
  const w = p + 1;
  const variance = sigma * sigma;
  const { scale } = sums.standardisation;
  return sums.terms.flatMap((term, t) => {
    const { width, levels, firstNode, firstScalar, sizes } = term;
    const factor = evaluation.factors[t]!;
    return term.coefficients.map((coefficient, i): RandomEffects => {
      const estimate = new Float64Array(levels.length);
      const conditionalError = new Float64Array(levels.length);
      const predictionError = new Float64Array(levels.length);
      for (let level = 0; level < levels.length; level++) {
        const at = (firstScalar + level * width + i) * w;
        let value = evaluation.effects[at + p]!;
        for (let c = 0; c < p; c++) value -= evaluation.effects[at + c]! * evaluation.coefficients[c]!;
        estimate[level] = (scale * value) / sizes[i]!;
        const block = sums.pattern.valueStart[sums.pattern.start[firstNode + level]!]!;
        let conditional = 0;
        for (let a = 0; a <= i; a++)
          for (let b = 0; b <= i; b++)
            conditional +=
              factor[i * width + a]! * evaluation.inverseValues[block + a * width + b]! * factor[i * width + b]!;
        let added = 0;
        for (let a = 0; a < p; a++)
          for (let b = 0; b < p; b++)
            added +=
              evaluation.effects[at + a]! * evaluation.inverseInformation[a * p + b]! * evaluation.effects[at + b]!;
        conditionalError[level] = Math.sqrt(variance * conditional) / sizes[i]!;
        predictionError[level] = Math.sqrt(variance * (conditional + added)) / sizes[i]!;
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
  return (parts) => {
    const scalars: number[] = [];
    const values: number[] = [];
    let estimate = 0;
    sensitivity.fill(0);
    for (const { term, level, coefficient, weight } of parts) {
      const { width, firstScalar, sizes } = sums.terms[term]!;
      const factor = evaluation.factors[term]!;
      const first = firstScalar + level * width;
      const scaled = weight / sizes[coefficient]!;
      for (let j = 0; j <= coefficient; j++) {
        scalars.push(first + j);
        values.push(scaled * factor[coefficient * width + j]!);
      }
      const at = (first + coefficient) * w;
      let effect = evaluation.effects[at + p]!;
      for (let c = 0; c < p; c++) {
        effect -= evaluation.effects[at + c]! * evaluation.coefficients[c]!;
        sensitivity[c]! += scaled * evaluation.effects[at + c]!;
      }
      estimate += scaled * scale * effect;
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
