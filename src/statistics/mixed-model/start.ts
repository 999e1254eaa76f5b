import { invertPositiveDefinite } from "../linear-algebra/dense.js";
import { type FactorLayout, identityFactors } from "./covariance.js";
import { levelScalars, type Sums, squareOf } from "./sums.js";

/** Standard deviations relative to the residual's outside these are left to the search. */
const [smallest, largest] = [0.1, 3];

/** What a group's levels have: Σz² and the sum of their residuals, those without rows left out. */
interface LevelMoments {
  readonly size: readonly number[];
  readonly residual: readonly number[];
  /** The unit around each level of a folded term; each its own otherwise. */
  readonly unit: readonly number[];
}

function momentsOf(sums: Sums, t: number, beta: Float64Array): LevelMoments {
  const { levels, place } = sums.terms[t]!;
  const p = beta.length;
  const w = p + 1;
  const found = { size: [] as number[], residual: [] as number[], unit: [] as number[] };
  for (let level = 0; level < levels.length; level++) {
    const { from, count } = levelScalars(sums, t, level);
    let [size, residual] = [0, 0];
    for (let scalar = from; scalar < from + count; scalar++) {
      size += squareOf(sums, place.family, scalar);
      residual += sums.zx[scalar * w + p]!;
      for (let c = 0; c < p; c++) residual -= sums.zx[scalar * w + c]! * beta[c]!;
    }
    if (!(size > 0)) continue;
    found.size.push(size);
    found.residual.push(residual);
    found.unit.push(place.unit ? place.unit[level]! : level);
  }
  return found;
}

const sumOf = (values: Iterable<number>): number => {
  let sum = 0;
  for (const value of values) sum += value;
  return sum;
};

/**
 * The moment estimate of a variance between levels: their sum of squares beyond that of the units around them (of all, where there are none),
 * less what the residuals make of it, by its expectation for a variance of one.
 */
function momentEstimate({ size, residual, unit }: LevelMoments, nested: boolean, residualVariance: number): number {
  const around = new Map<number, { size: number; residual: number; squares: number }>();
  size.forEach((n, k) => {
    const key = nested ? unit[k]! : 0;
    const sum = around.get(key) ?? { size: 0, residual: 0, squares: 0 };
    around.set(key, { size: sum.size + n, residual: sum.residual + residual[k]!, squares: sum.squares + n * n });
  });
  const between =
    sumOf(size.map((n, k) => residual[k]! ** 2 / n)) - sumOf([...around.values()].map((u) => u.residual ** 2 / u.size));
  const expected = sumOf(size) - sumOf([...around.values()].map((u) => u.squares / u.size));
  return expected > 0 ? Math.max(0, between - (size.length - around.size) * residualVariance) / expected : 0;
}

/**
 * Where the search begins: for every intercept the moment estimate of its variance from the residuals of ordinary least squares
 * (analysis of variance, Henderson's first method), each group taken for itself but for a group inside another, whose levels are
 * compared within their unit; and 1 for slopes.
 */
export function startingFactors(sums: Sums, layout: FactorLayout): Float64Array {
  const theta = identityFactors(layout);
  const p = sums.fixed.length;
  const w = p + 1;
  const inner = new Float64Array(p * p);
  for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) inner[i * p + j] = sums.gram[i * w + j]!;
  const { inverse } = invertPositiveDefinite(inner, p);
  const beta = Float64Array.from({ length: p }, (_, i) => {
    let value = 0;
    for (let j = 0; j < p; j++) value += inverse[i * p + j]! * sums.gram[j * w + p]!;
    return value;
  });
  let squares = sums.gram[p * w + p]!;
  for (let i = 0; i < p; i++) squares -= beta[i]! * sums.gram[i * w + p]!;
  const total = squares / Math.max(1, sums.rows - p);
  const ofTerm = sums.terms.map(({ place }, t) => {
    const nested =
      place.kind === "fine" &&
      sums.terms.some((other) => other !== sums.terms[t] && other.place.family === place.family);
    return momentEstimate(momentsOf(sums, t, beta), nested, total);
  });
  const residual = Math.max(total - sumOf(ofTerm), 0.2 * total);
  for (let e = 0; e < layout.length; e++) {
    if (layout.row[e] !== 0 || layout.column[e] !== 0) continue;
    theta[e] = Math.min(largest, Math.max(smallest, Math.sqrt(ofTerm[layout.term[e]!]! / residual)));
  }
  return theta;
}
