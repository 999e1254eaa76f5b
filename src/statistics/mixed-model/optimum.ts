import { minimise } from "../optimise/newton.js";
import { startingFactors, withPositiveDiagonal } from "./covariance.js";
import type { Evaluation, Objective } from "./objective.js";

/** Fitted values of stage 4: where the criterion has its minimum. */
export interface Optimum {
  readonly theta: Float64Array;
  readonly evaluation: Evaluation;
  readonly hessian: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
  readonly reason: string;
}

/** Stage 4: minimises the criterion over θ, from the identity. */
export function optimise(objective: Objective): Optimum {
  const evaluate = (x: Float64Array) => {
    const evaluation = objective.evaluate(x);
    return { x, value: evaluation.criterion, gradient: evaluation.gradient, evaluation };
  };
  const minimum = minimise(evaluate, startingFactors(objective.layout), 1e-10);
  const theta = withPositiveDiagonal(minimum.at.x, objective.layout);
  // Evaluated once more so that the objective's factorisation is the one at the minimum.
  const { evaluation } = evaluate(theta);
  const flips = theta.map((value, e) => (value === minimum.at.x[e] ? 1 : -1));
  const n = theta.length;
  const hessian = minimum.hessian.map((value, at) => value * flips[Math.floor(at / n)]! * flips[at % n]!);
  return {
    theta,
    evaluation,
    hessian,
    iterations: minimum.iterations,
    converged: minimum.converged,
    reason: minimum.reason,
  };
}
