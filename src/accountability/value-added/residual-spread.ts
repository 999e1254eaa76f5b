import type { ValueAddedDesign } from "./design.js";
import type { ResidualSpread } from "./measure.js";
import { meansBy, someRows } from "./tenths.js";

/** Sample quantile of sorted values. */
const quantile = (sorted: Float64Array, share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))]!;

/** For each school the root of Σ w² v(pupil's tenth) ÷ (v Σ w²): its pupils' part of the error, against the model's variances. */
function errorRatios(
  { membership, model }: ValueAddedDesign,
  tenth: Uint8Array,
  ratio: ArrayLike<number>,
): Float64Array {
  const { schools, start, school, share } = membership;
  const own = new Float64Array(schools.length);
  const one = new Float64Array(schools.length);
  for (let i = 0; i < tenth.length; i++)
    for (let e = start ? start[i]! : i, end = start ? start[i + 1]! : i + 1; e < end; e++) {
      if (school[e]! < 0) continue;
      const squared = (share ? share[e]! ** 2 : 1) / (model.weights?.[i] ?? 1);
      own[school[e]!]! += squared * ratio[tenth[i]!]!;
      one[school[e]!]! += squared;
    }
  return own
    .map((sum, s) => Math.sqrt(sum / one[s]!))
    .filter((_, s) => one[s]! > 0)
    .sort();
}

/**
 * The spread of the residuals by tenth of prior attainment. A variance's standard error is √((m₄ − m₂²)/n), from the tenth's own second and
 * fourth moments: it holds for large n whatever the distribution.
 *
 * @param tenth of each pupil, from 0
 * @param prior attainment of each pupil
 * @param residual of each pupil in units of what the model takes for its spread, so that one variance is what the model says
 */
export function residualSpread(
  design: ValueAddedDesign,
  tenth: Uint8Array,
  prior: Float64Array,
  residual: Float64Array,
): ResidualSpread {
  const mean = residual.reduce((a, b) => a + b, 0) / residual.length;
  const squares = residual.map((r) => (r - mean) ** 2);
  const all = squares.reduce((a, b) => a + b, 0) / squares.length;
  const by = meansBy(tenth, 10, prior, squares); // the error of mean squares is the one wanted
  const ratio = by.means[1]!.map((variance) => variance / all);
  const tenths = someRows(by).map(({ k, count }, place) => ({
    tenth: place + 1,
    prior: by.means[0]![k]!,
    ratio: ratio[k]!,
    standardError: by.error[k]! / all,
    pupils: count,
  }));
  const ratios = tenths.map((one) => one.ratio);
  const errors = errorRatios(design, tenth, ratio);
  return {
    tenths,
    largestToSmallest: Math.max(...ratios) / Math.min(...ratios),
    errorRatio: { low: quantile(errors, 0.05), middle: quantile(errors, 0.5), high: quantile(errors, 0.95) },
  };
}
