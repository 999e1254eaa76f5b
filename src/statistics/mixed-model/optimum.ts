import { minimise } from "../optimise/newton.js";
import { startingFactors, withPositiveDiagonal } from "./covariance.js";
import type { Evaluation, Objective } from "./objective.js";

/** Stage 4: where the criterion has its minimum. */
export interface Optimum {
  readonly theta: Float64Array;
  readonly evaluation: Evaluation;
  /** Second derivatives by θ of the two parts of the criterion, as of their gradients in {@link Evaluation}. m×m, row-major. */
  readonly curvatureOfDeterminants: Float64Array;
  readonly curvatureOfSquares: Float64Array;
  readonly iterations: number;
  readonly converged: boolean;
  readonly reason: string;
}

/** Central differences of the two gradients, symmetrised. */
function curvatures(
  objective: Objective,
  theta: Float64Array,
): Pick<Optimum, "curvatureOfDeterminants" | "curvatureOfSquares"> {
  const m = theta.length;
  const [determinants, squares] = [new Float64Array(m * m), new Float64Array(m * m)];
  for (let j = 0; j < m; j++) {
    const size = 1e-4 * Math.max(1, Math.abs(theta[j]!));
    const at = (sign: number) => objective.evaluate(theta.map((value, k) => (k === j ? value + sign * size : value)));
    const [ahead, behind] = [at(1), at(-1)];
    for (let i = 0; i < m; i++) {
      determinants[i * m + j] = (ahead.gradientOfDeterminants[i]! - behind.gradientOfDeterminants[i]!) / (2 * size);
      squares[i * m + j] = (ahead.gradientOfSquares[i]! - behind.gradientOfSquares[i]!) / (2 * size);
    }
  }
  for (const h of [determinants, squares])
    for (let i = 0; i < m; i++)
      for (let j = 0; j < i; j++) {
        const mean = (h[i * m + j]! + h[j * m + i]!) / 2;
        h[i * m + j] = mean;
        h[j * m + i] = mean;
      }
  return { curvatureOfDeterminants: determinants, curvatureOfSquares: squares };
}

/** Second derivatives of the profiled criterion at the optimum. m×m, row-major. */
export function profiledHessian(objective: Objective, optimum: Optimum): Float64Array {
  const m = optimum.theta.length;
  const { squares, gradientOfSquares: g } = optimum.evaluation;
  const freedom = objective.degreesOfFreedom;
  return optimum.curvatureOfDeterminants.map((value, at) => {
    const [i, j] = [Math.floor(at / m), at % m];
    return value + (freedom / squares) * (optimum.curvatureOfSquares[at]! - (g[i]! * g[j]!) / squares);
  });
}

/** Minimises the criterion over θ, from the identity. The objective is left as it stands at the minimum. */
export function optimise(objective: Objective): Optimum {
  const evaluate = (x: Float64Array) => {
    const evaluation = objective.evaluate(x);
    return { x, value: evaluation.criterion, gradient: evaluation.gradient, evaluation };
  };
  const minimum = minimise(evaluate, startingFactors(objective.layout), 1e-9);
  const theta = withPositiveDiagonal(minimum.at.x, objective.layout);
  const curvature = curvatures(objective, theta);
  objective.system.refine(true);
  const { evaluation } = evaluate(theta);
  const { iterations, converged, reason } = minimum;
  return { theta, evaluation, ...curvature, iterations, converged, reason };
}
