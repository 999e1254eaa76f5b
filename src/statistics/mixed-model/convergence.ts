import { factorInUnits } from "./coefficient-basis.js";
import type { Objective } from "./objective.js";
import type { Optimum } from "./optimum.js";
import { levelScalars, squareOf } from "./sums.js";
import { residualGroup, type VarianceEstimate, zeroFactor } from "./variances.js";

/** How the search ended, and what a reader of the figures should know. */
export interface ConvergenceReport {
  readonly converged: boolean;
  readonly reason: string;
  readonly iterations: number;
  /** Largest absolute element of the criterion's gradient in θ. */
  readonly gradient: number;
  /** Some variance is zero, or a correlation is ±1. */
  readonly singular: boolean;
  /** How the random effects' equations were solved, and the bound on what that leaves out of the criterion: 0 where it is exact to rounding. */
  readonly solved: { readonly method: "factorisation" | "series"; readonly remainder: number };
  /** Sentences, each naming its group. */
  readonly warnings: readonly string[];
}

/** A criterion that is out by this much could move a variance by a hundredth of its standard error. */
const noticeable = 0.01;

/** Checks an optimum: gradient, curvature, variances at zero, groups with few or empty levels. */
export function checkConvergence(
  objective: Objective,
  optimum: Optimum,
  variances: readonly VarianceEstimate[],
): ConvergenceReport {
  const warnings: string[] = [];
  const { terms } = objective.sums;
  let singular = false;
  terms.forEach(({ group, width, basis, coefficients, levels, place }, t) => {
    const factor = optimum.evaluation.factors[t]!;
    const inUnits = factorInUnits(basis, factor, width);
    for (let k = 0; k < width; k++) {
      if (Math.abs(factor[k * width + k]!) >= zeroFactor) continue;
      singular = true;
      const [row, unit] = [k * width, basis[k * width + k]!];
      warnings.push(
        inUnits.subarray(row, row + width).some((value) => Math.abs(value / unit) >= zeroFactor)
          ? `The effects of ${coefficients[k]} between the levels of ${group} follow wholly from its other effects (a correlation of ±1): the data can't tell them apart.`
          : `The variance of ${coefficients[k]} between the levels of ${group} is estimated as zero: they differ no more than chance alone would make them.`,
      );
    }
    let empty = 0;
    for (let level = 0; level < levels.length; level++) {
      const { from, count } = levelScalars(objective.sums, t, level);
      let size = 0;
      for (let scalar = from; scalar < from + count; scalar++) size += squareOf(objective.sums, place.family, scalar);
      if (size === 0) empty++;
    }
    if (empty > 0)
      warnings.push(
        `${empty} of ${levels.length} levels of ${group} have no rows: their effect is zero with the whole variance as its uncertainty.`,
      );
    if (levels.length - empty < 5)
      warnings.push(`${group} has only ${levels.length - empty} levels with rows: its variance rests on very little.`);
  });
  const { gradient } = optimum.evaluation;
  const largest = gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  if (!optimum.converged) warnings.push(`The search for the best variances did not end well: ${optimum.reason}.`);
  if (optimum.saddle) warnings.push("The criterion has no minimum at the estimates: it falls in some direction.");
  const { method, remainder } = objective.system;
  if (remainder > noticeable)
    warnings.push(
      `The series that solves for the effects leaves up to ${remainder.toPrecision(2)} out of the criterion: the groups are strongly coupled, and the standard errors are rounded accordingly.`,
    );
  const unknown = variances
    .filter((v) => v.standardError === null)
    .map((v) => (v.group === residualGroup ? v.group : `${v.group} ${v.term}`));
  if (unknown.length > 0)
    warnings.push(`No standard error of the variance could be computed for ${unknown.join("; ")}.`);
  return {
    converged: optimum.converged && !optimum.saddle,
    reason: optimum.reason,
    iterations: optimum.iterations,
    gradient: largest,
    singular,
    solved: { method, remainder },
    warnings,
  };
}
