import { invertSymmetric } from "../linear-algebra/small.js";
import type { Slope } from "./gradient.js";

/** Where a search for the largest likelihood ended. */
export interface Ascent {
  readonly x: Float64Array;
  readonly slope: Slope;
  readonly evaluations: number;
  readonly converged: boolean;
  /** In words. */
  readonly reason: string;
  /** Largest element of the gradient, in standard errors were the abilities known. */
  readonly gradient: number;
}

export interface AscentOptions {
  readonly tolerance: number;
  readonly evaluations: number;
  /** The inverse of the information near the optimum, where it is known (p×p, symmetric): then steps are Newton's. */
  readonly inverse?: Float64Array;
  /** Why the search can't lead anywhere from there, or null. */
  readonly hopeless?: (x: Float64Array) => string | null;
}

/** Steps that the search remembers. */
const remembered = 12;
/** No parameter moves further than this in one step, in its unit. */
const furthest = 1.5;
/** A gradient of a ten thousandth of a standard error is as good as zero, where rounding lets it come no nearer. */
export const asGood = 1e-4;
/** The value is known to so much of itself. */
const rounding = 1e-11;

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i]! * b[i]!;
  return sum;
}

/** The inverse of the blocks of information, ready to be applied: one EM step from a gradient (Jamshidian & Jennrich, 1997). */
class Preconditioner {
  private readonly inverses: readonly { readonly at: readonly number[]; readonly inverse: Float64Array }[];
  readonly diagonal: Float64Array;

  private readonly whole: Float64Array | undefined;

  constructor({ blocks, gradient }: Slope, inverse?: Float64Array) {
    this.whole = inverse;
    this.diagonal = new Float64Array(gradient.length).fill(1);
    this.inverses = blocks.map(({ at, information }) => {
      const n = at.length;
      at.forEach((place, a) => {
        this.diagonal[place] = Math.max(information[a * n + a]!, 1e-12);
      });
      // A ridge of a millionth keeps an item of which next to nothing is known from stopping the others.
      for (const ridge of [0, 1e-6, 1e-2]) {
        const inverse = information.slice();
        for (let a = 0; a < n; a++) inverse[a * n + a]! += ridge * this.diagonal[at[a]!]! + 1e-10;
        if (Number.isFinite(invertSymmetric(inverse, 0, n))) return { at, inverse };
      }
      const inverse = new Float64Array(n * n);
      for (let a = 0; a < n; a++) inverse[a * n + a] = 1 / this.diagonal[at[a]!]!;
      return { at, inverse };
    });
  }

  apply(v: Float64Array): Float64Array {
    const out = new Float64Array(v.length);
    if (this.whole) {
      for (let i = 0, row = 0; i < v.length; i++, row += v.length)
        for (let j = 0; j < v.length; j++) out[i]! += this.whole[row + j]! * v[j]!;
      return out;
    }
    for (const { at, inverse } of this.inverses) {
      const n = at.length;
      for (let a = 0; a < n; a++) {
        let sum = 0;
        for (let b = 0; b < n; b++) sum += inverse[a * n + b]! * v[at[b]!]!;
        out[at[a]!] = sum;
      }
    }
    return out;
  }

  /** The gradient's largest element in standard errors. */
  largest(gradient: Float64Array): number {
    return gradient.reduce((most, value, j) => Math.max(most, Math.abs(value) / Math.sqrt(this.diagonal[j]!)), 0);
  }
}

/** The gradient's largest element, in standard errors of its parameter were the abilities known. */
export const largestInErrors = (slope: Slope): number => new Preconditioner(slope).largest(slope.gradient);

interface Remembered {
  readonly step: Float64Array;
  readonly change: Float64Array;
  readonly product: number;
}

/** The quasi-Newton direction uphill: the two-loop recursion of L-BFGS around an EM step. */
function directionOf(
  gradient: Float64Array,
  memory: readonly Remembered[],
  preconditioner: Preconditioner,
): Float64Array {
  const q = gradient.slice();
  const shares: number[] = [];
  for (let m = memory.length - 1; m >= 0; m--) {
    const { step, change, product } = memory[m]!;
    const share = dot(step, q) / product;
    shares[m] = share;
    for (let i = 0; i < q.length; i++) q[i]! -= share * change[i]!;
  }
  const r = preconditioner.apply(q);
  memory.forEach(({ step, change, product }, m) => {
    const more = shares[m]! - dot(change, r) / product;
    for (let i = 0; i < r.length; i++) r[i]! += more * step[i]!;
  });
  return r;
}

function limited(direction: Float64Array): Float64Array {
  const longest = direction.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return longest > furthest ? direction.map((value) => (value * furthest) / longest) : direction;
}

/**
 * The largest value of a smooth function: limited-memory BFGS, begun from an EM step at every turn, with a line search that trusts the gradient where the
 * value's differences are lost in rounding (Hager & Zhang, 2005).
 */
export function ascend(evaluate: (x: Float64Array) => Slope, start: Float64Array, options: AscentOptions): Ascent {
  let x = start;
  let slope = evaluate(x);
  let evaluations = 1;
  let preconditioner = new Preconditioner(slope, options.inverse);
  let memory: Remembered[] = [];
  const ended = (converged: boolean, reason: string): Ascent => ({
    ...{ x, slope, evaluations, converged, reason },
    gradient: preconditioner.largest(slope.gradient),
  });
  if (!Number.isFinite(slope.value))
    return ended(false, "the likelihood of the values to start from can't be computed");
  for (;;) {
    const hopeless = options.hopeless?.(x) ?? null;
    if (hopeless !== null) return ended(false, hopeless);
    const full = directionOf(slope.gradient, memory, preconditioner);
    const gain = dot(full, slope.gradient);
    if (preconditioner.largest(slope.gradient) <= options.tolerance && gain <= options.tolerance ** 2 * x.length)
      return ended(true, "the gradient is zero to within the tolerance");
    const direction = limited(gain > 0 ? full : preconditioner.apply(slope.gradient));
    const rise = dot(direction, slope.gradient);
    let along = 1;
    let found: { x: Float64Array; slope: Slope } | null = null;
    while (evaluations < options.evaluations) {
      const next = x.map((value, i) => value + along * direction[i]!);
      const there = evaluate(next);
      evaluations++;
      const after = dot(direction, there.gradient);
      const enough = there.value >= slope.value + 1e-4 * along * rise;
      const level = there.value >= slope.value - rounding * Math.abs(slope.value) && Math.abs(after) <= 0.9 * rise;
      if (enough || level) {
        found = { x: next, slope: there };
        break;
      }
      // Where the slope along the line still turns, its zero is a better guess than a half.
      const zero = Number.isFinite(after) && after < 0 ? rise / (rise - after) : 0.5;
      along *= Math.min(0.7, Math.max(0.1, zero));
      if (along < 1e-8) break;
    }
    if (!found) {
      if (evaluations >= options.evaluations) return ended(false, `${evaluations} evaluations were not enough`);
      if (memory.length === 0) {
        const near = preconditioner.largest(slope.gradient) <= asGood;
        return ended(near, near ? "the gradient is as near to zero as rounding lets it be" : "no step leads uphill");
      }
      memory = [];
      continue;
    }
    const step = found.x.map((value, i) => value - x[i]!);
    const change = slope.gradient.map((value, i) => value - found.slope.gradient[i]!);
    const product = dot(step, change);
    if (product > 1e-14 * Math.sqrt(dot(step, step) * dot(change, change))) {
      memory.push({ step, change, product });
      if (memory.length > remembered) memory.shift();
    }
    ({ x, slope } = found);
    preconditioner = new Preconditioner(slope, options.inverse);
  }
}
