import { symmetricEigen } from "../linear-algebra/eigen.js";
import { minimise } from "../optimise/newton.js";
import { type FactorLayout, withPositiveDiagonal } from "./covariance.js";
import type { Evaluation, Objective } from "./objective.js";
import { startingFactors } from "./start.js";

/** Second derivatives by θ of the two parts of the criterion, as of their gradients in {@link Evaluation}. m×m, row-major. */
export interface Curvatures {
  readonly curvatureOfDeterminants: Float64Array;
  readonly curvatureOfSquares: Float64Array;
}

/** Stage 4: where the criterion has its minimum. */
export interface Optimum extends Curvatures {
  readonly theta: Float64Array;
  readonly evaluation: Evaluation;
  readonly iterations: number;
  readonly converged: boolean;
  /** The criterion still falls in some direction, by enough to matter. */
  readonly saddle: boolean;
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

/** Second derivatives of the profiled criterion, from those of its parts. m×m, row-major. */
function profiledHessian(objective: Objective, evaluation: Evaluation, curvature: Curvatures): Float64Array {
  const { squares, gradientOfSquares: g } = evaluation;
  const m = g.length;
  const freedom = objective.degreesOfFreedom;
  return curvature.curvatureOfDeterminants.map((value, at) => {
    const [i, j] = [Math.floor(at / m), at % m];
    return value + (freedom / squares) * (curvature.curvatureOfSquares[at]! - (g[i]! * g[j]!) / squares);
  });
}

/** The search stops where the criterion can't be expected to fall by more than this. */
const tolerance = 1e-9;

/** A fall of the criterion that is less than this moves no figure: along a flat valley, as where a variance is all but zero, it stays. */
const worthwhile = 1e-6;

/** A Newton step from where the criterion may still fall by this much leaves a fall that is below rounding. */
const withinReach = 1e-7;

/** Newton steps from the minimum that the search found, with the fine criterion's gradient: the coarse one has it very near. */
function polish(
  objective: Objective,
  start: Evaluation,
  curvature: Curvatures,
): { theta: Float64Array; steps: number; converged: boolean } {
  const m = start.theta.length;
  let { theta } = start;
  let last = Number.POSITIVE_INFINITY;
  let lowest = { theta, criterion: Number.POSITIVE_INFINITY };
  for (let steps = 0; steps < 6; steps++) {
    const known = steps === 0 && objective.system.method === "factorisation"; // it is as fine as it is coarse
    const evaluation = known ? start : objective.evaluate(theta);
    if (evaluation.criterion < lowest.criterion) lowest = { theta, criterion: evaluation.criterion };
    const { values, vectors } = symmetricEigen(profiledHessian(objective, evaluation, curvature), m);
    const step = new Float64Array(m);
    let predicted = 0;
    for (let k = 0; k < m; k++) {
      let along = 0;
      for (let i = 0; i < m; i++) along += vectors[i * m + k]! * evaluation.gradient[i]!;
      if (!(values[k]! > 1e-8)) continue;
      predicted += along ** 2 / (2 * values[k]!);
      for (let i = 0; i < m; i++) step[i]! -= (along / values[k]!) * vectors[i * m + k]!;
    }
    // The step is taken even at the goal: it costs nothing and squares what is left.
    theta = theta.map((value, i) => value + step[i]!);
    // What no longer shrinks and moves no figure is rounding, as along a variance of zero.
    const settled = predicted <= worthwhile && predicted > last / 10;
    // Within reach of one step, since a step leaves a square of what it found.
    if (predicted <= withinReach || settled) return { theta: settled ? lowest.theta : theta, steps, converged: true };
    last = predicted;
  }
  return { theta: lowest.theta, steps: 6, converged: last <= worthwhile };
}

/** Curvature below this, relative to the largest, is a way down and not rounding. */
const wayDown = -1e-6;

/** A diagonal entry of Λ below this leaves the later rows nearly free to turn: a round valley in which steps are short. */
const nearlyFree = 0.05;

/** Points along the valleys of nearly free rows: the later rows of Λ with two of its columns turned into each other. */
function turned(theta: Float64Array, layout: FactorLayout): Float64Array[] {
  const out: Float64Array[] = [];
  const at = (term: number, row: number, column: number) =>
    theta.findIndex((_, e) => layout.term[e] === term && layout.row[e] === row && layout.column[e] === column);
  for (let e = 0; e < layout.length; e++) {
    const [term, j] = [layout.term[e]!, layout.column[e]!];
    if (j < 0 || layout.row[e] !== j || Math.abs(theta[e]!) >= nearlyFree) continue;
    for (let i = j + 1; at(term, i, i) >= 0; i++)
      for (let eighth = 1; eighth < 16; eighth++) {
        const [c, s] = [Math.cos((eighth * Math.PI) / 8), Math.sin((eighth * Math.PI) / 8)];
        const there = Float64Array.from(theta);
        for (let row = i; at(term, row, i) >= 0; row++) {
          const [a, b] = [at(term, row, j), at(term, row, i)];
          there[a] = c * theta[a]! - s * theta[b]!;
          there[b] = s * theta[a]! + c * theta[b]!;
        }
        out.push(there);
      }
  }
  return out;
}

/**
 * Where the search may go on from a saddle: a point beside it, along the way in which the criterion falls. A column of Λ that is zero
 * is one, since the criterion does not mind its sign; the search comes to it when it passes from one sign to the other.
 * @returns null at a minimum
 */
function besideSaddle(
  objective: Objective,
  evaluation: Evaluation,
  curvature: Curvatures,
): { readonly there: Float64Array; readonly fall: number } | null {
  const { theta } = evaluation;
  const m = theta.length;
  const { values, vectors } = symmetricEigen(profiledHessian(objective, evaluation, curvature), m);
  let lowest = 0;
  for (let k = 1; k < m; k++) if (values[k]! < values[lowest]!) lowest = k;
  const candidates = turned(theta, objective.layout);
  if (values[lowest]! < wayDown * Math.max(1, ...values))
    for (const size of [0.01, 0.1, 0.5, 2, -0.01, -0.1, -0.5, -2])
      candidates.push(theta.map((value, i) => value + size * vectors[i * m + lowest]!));
  let best: { there: Float64Array; fall: number } | null = null;
  for (const there of candidates) {
    const fall = evaluation.criterion - objective.evaluate(there).criterion;
    if (fall > (best?.fall ?? worthwhile)) best = { there, fall };
  }
  return best;
}

/** A search goes on from so many saddles before it gives up. */
const mostSaddles = 5;

/** Minimises the criterion over θ, from the moment estimates. The objective is left as it stands at the minimum. */
export function optimise(objective: Objective): Optimum {
  const { system, layout } = objective;
  /** The minimum that the search comes to from a point, with every diagonal entry of Λ positive. */
  const search = (from: Float64Array) => {
    const minimum = minimise(
      (x: Float64Array) => {
        const evaluation = objective.evaluate(x);
        return { x, value: evaluation.criterion, gradient: evaluation.gradient, evaluation };
      },
      from,
      tolerance,
    );
    const found = minimum.at.evaluation;
    const theta = withPositiveDiagonal(found.theta, layout);
    const turnedRound = theta.some((value, e) => value !== found.theta[e]);
    const evaluation = turnedRound ? objective.evaluate(theta) : found;
    return { ...minimum, evaluation, curvature: curvatures(objective, theta) };
  };
  system.refine("coarse");
  let minimum = search(startingFactors(objective.sums, layout));
  let { iterations } = minimum;
  let beside = besideSaddle(objective, minimum.evaluation, minimum.curvature);
  for (let saddle = 0; beside && saddle < mostSaddles; saddle++) {
    minimum = search(beside.there);
    iterations += minimum.iterations;
    beside = besideSaddle(objective, minimum.evaluation, minimum.curvature);
  }
  let { converged, reason } = minimum;
  const { curvature } = minimum;
  system.refine("fine");
  const polished = polish(objective, minimum.evaluation, curvature);
  const theta = withPositiveDiagonal(polished.theta, layout);
  iterations += polished.steps;
  if (!polished.converged) reason = "the last steps to the minimum did not settle";
  converged &&= polished.converged;
  system.refine("final");
  return {
    theta,
    evaluation: objective.evaluate(theta),
    ...curvature,
    iterations,
    converged,
    saddle: beside !== null,
    reason,
  };
}
