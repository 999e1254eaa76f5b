import { invertPositiveDefinite } from "../linear-algebra/dense.js";
import { type FactorLayout, identityFactors } from "./covariance.js";
import { levelScalars, type Sums, squareOf } from "./sums.js";

/** Standard deviations relative to the residual's outside these are left to the search. */
const [smallest, largest] = [0.1, 3];

/**
 * Where the search begins: for every intercept the moment estimate of its variance from the residuals of ordinary least squares,
 * each group taken for itself (analysis of variance, Henderson's first method), and 1 for slopes.
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
  const ofTerm = sums.terms.map(({ levels, place }, t) => {
    let [between, weight, squaredWeight, count] = [0, 0, 0, 0];
    for (let level = 0; level < levels.length; level++) {
      const scalars = levelScalars(sums, t, level);
      let [size, residual] = [0, 0];
      for (let scalar = scalars.from; scalar < scalars.from + scalars.count; scalar++) {
        size += squareOf(sums, place.family, scalar);
        residual += sums.zx[scalar * w + p]!;
        for (let c = 0; c < p; c++) residual -= sums.zx[scalar * w + c]! * beta[c]!;
      }
      if (!(size > 0)) continue;
      between += residual ** 2 / size;
      weight += size;
      squaredWeight += size ** 2;
      count++;
    }
    const spread = weight - squaredWeight / weight;
    return spread > 0 ? Math.max(0, between - (count - 1) * total) / spread : 0;
  });
  const explained = ofTerm.reduce((sum, value) => sum + value, 0);
  const residual = Math.max(total - explained, 0.2 * total);
  for (let e = 0; e < layout.length; e++) {
    if (layout.row[e] !== 0 || layout.column[e] !== 0) continue;
    theta[e] = Math.min(largest, Math.max(smallest, Math.sqrt(ofTerm[layout.term[e]!]! / residual)));
  }
  return theta;
}
