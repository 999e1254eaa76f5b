import { symmetricEigen } from "../linear-algebra/eigen.js";

/** A function's value and gradient at a point. */
export interface Point {
  readonly x: Float64Array;
  readonly value: number;
  readonly gradient: Float64Array;
}

/** Where a minimisation ended and why. */
export interface Minimum<P extends Point> {
  readonly at: P;
  readonly iterations: number;
  readonly converged: boolean;
  /** In words. */
  readonly reason: string;
}

/** Hessian from differences of the gradient, symmetrised. n×n, row-major. */
function differenceHessian<P extends Point>(evaluate: (x: Float64Array) => P, at: P, step: number): Float64Array {
  const n = at.x.length;
  const h = new Float64Array(n * n);
  for (let j = 0; j < n; j++) {
    const size = step * Math.max(1, Math.abs(at.x[j]!));
    const ahead = Float64Array.from(at.x);
    ahead[j]! += size;
    const forward = evaluate(ahead).gradient;
    const width = ahead[j]! - at.x[j]!;
    for (let i = 0; i < n; i++) h[i * n + j] = (forward[i]! - at.gradient[i]!) / width;
  }
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const mean = (h[i * n + j]! + h[j * n + i]!) / 2;
      h[i * n + j] = mean;
      h[j * n + i] = mean;
    }
  return h;
}

interface Step {
  readonly step: Float64Array;
  /** What the quadratic model says the value falls by. */
  readonly predicted: number;
}

/** The step that minimises the quadratic model, directions of negative curvature turned round, within the radius. */
function stepWithin(gradient: Float64Array, hessian: Float64Array, radius: number): Step {
  const n = gradient.length;
  const { values, vectors } = symmetricEigen(hessian, n);
  const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  const floor = Math.max(1e-10 * largest, 1e-300);
  const along = new Float64Array(n);
  for (let k = 0; k < n; k++) for (let i = 0; i < n; i++) along[k]! += vectors[i * n + k]! * gradient[i]!;
  const lengthFor = (shift: number) =>
    Math.hypot(...along.map((a, k) => a / (Math.max(Math.abs(values[k]!), floor) + shift)));
  let shift = 0;
  if (lengthFor(0) > radius) {
    let [low, high] = [0, Math.hypot(...along) / radius];
    for (let k = 0; k < 60; k++) {
      shift = (low + high) / 2;
      if (lengthFor(shift) > radius) low = shift;
      else high = shift;
    }
    shift = high;
  }
  const step = new Float64Array(n);
  let predicted = 0;
  for (let k = 0; k < n; k++) {
    const curvature = Math.max(Math.abs(values[k]!), floor);
    const length = -along[k]! / (curvature + shift);
    predicted -= along[k]! * length + 0.5 * curvature * length * length;
    for (let i = 0; i < n; i++) step[i]! += length * vectors[i * n + k]!;
  }
  return { step, predicted };
}

/** The symmetric rank-one update: the Hessian that would have foretold the last change of the gradient. Skipped where it is unsafe. */
function updateHessian(hessian: Float64Array, step: Float64Array, change: Float64Array): void {
  const n = step.length;
  const missed = change.map((value, i) => {
    let foretold = 0;
    for (let j = 0; j < n; j++) foretold += hessian[i * n + j]! * step[j]!;
    return value - foretold;
  });
  let along = 0;
  for (let i = 0; i < n; i++) along += missed[i]! * step[i]!;
  if (Math.abs(along) < 1e-8 * norm(missed) * norm(step)) return;
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) hessian[i * n + j]! += (missed[i]! * missed[j]!) / along;
}

/**
 * Minimises a smooth function of a few variables in a trust region. The Hessian is taken from differences of the gradient at the
 * start and kept up by rank-one updates, so that an iteration costs one evaluation.
 *
 * @param evaluate value and gradient at a point
 * @param tolerance how much the value may still be expected to fall at the end, in its own units
 */
export function minimise<P extends Point>(
  evaluate: (x: Float64Array) => P,
  start: Float64Array,
  tolerance: number,
  mostIterations = 200,
): Minimum<P> {
  let at = evaluate(start);
  let radius = Math.max(0.1, norm(start) / 3);
  let hessian = differenceHessian(evaluate, at, 1e-6);
  for (let iteration = 1; iteration <= mostIterations; iteration++) {
    const { step, predicted } = stepWithin(at.gradient, hessian, radius);
    const noise = 4e-15 * Math.abs(at.value);
    if (predicted <= tolerance)
      return { at, iterations: iteration, converged: true, reason: "the criterion can't be expected to fall further" };
    const next = evaluate(at.x.map((value, i) => value + step[i]!));
    const fallen = at.value - next.value;
    updateHessian(
      hessian,
      step,
      next.gradient.map((value, i) => value - at.gradient[i]!),
    );
    if (fallen > 0 || (predicted < noise && norm(next.gradient) < norm(at.gradient))) {
      at = next;
      if (fallen > 0.75 * predicted) radius = Math.max(radius, 2 * norm(step));
      else if (fallen < 0.25 * predicted) radius = norm(step) / 2;
      continue;
    }
    if (predicted < Math.max(1e3 * noise, 1e-9))
      return { at, iterations: iteration, converged: true, reason: "the criterion's rounding is reached" };
    radius = norm(step) / 4;
    if (radius < 1e-12) return { at, iterations: iteration, converged: false, reason: "no step lowers the criterion" };
    if (iteration % 10 === 0) hessian = differenceHessian(evaluate, at, 1e-6);
  }
  return { at, iterations: mostIterations, converged: false, reason: `no minimum after ${mostIterations} iterations` };
}

function norm(x: Float64Array): number {
  return Math.hypot(...x);
}
