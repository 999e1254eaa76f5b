import { studentCdf, studentQuantile } from "../distributions/index.js";

/** The variance of an estimate by its sources, in the squared unit of the estimate. */
export interface VarianceParts {
  /** From drawing units and persons: the replicates' variance. */
  readonly sampling: number;
  /** From not knowing a person's value: between plausible values. */
  readonly measurement: number;
  /** From putting two cycles on one scale. */
  readonly linking: number;
  /** From estimating the items' parameters. */
  readonly items: number;
}

/** A figure with its uncertainty. */
export interface Estimate {
  readonly value: number;
  readonly standardError: number;
  /** Variances; they sum to the squared standard error. */
  readonly parts: VarianceParts;
  /** For Student's t: Barnard and Rubin's where there are plausible values. May be infinite. */
  readonly degreesOfFreedom: number;
  /** Share of the variance that is measurement (and items), Rubin's λ, 0–1. */
  readonly missing: number;
  /** Persons behind it, and their summed weights. */
  readonly n: number;
  readonly weighted: number;
  readonly cautions: readonly string[];
}

/** The rule of sampling variance: averaged over plausible values, or of the first alone as IEA did until 2011 (and NAEP). */
export type SamplingVarianceRule = "average" | "first";

/** How the imputations are nested: `within` plausible values for each draw of something else, nest after nest. */
export interface Nesting {
  readonly within: number;
  /** What differs between the nests: draws of the items' parameters, or imputed background. */
  readonly between: "items" | "background";
}

/** What {@link combineImputations} makes its estimate of. */
export interface Imputed {
  /** The statistic in each imputation, m ≥ 1. */
  readonly values: ArrayLike<number>;
  /** Its sampling variance in each imputation. */
  readonly samplingVariances: ArrayLike<number>;
  /** Of the complete sample: of the design. */
  readonly degreesOfFreedom: number;
  readonly n: number;
  readonly weighted: number;
  readonly cautions?: readonly string[];
}

const mean = (values: ArrayLike<number>, from = 0, to = values.length) => {
  let sum = 0;
  for (let k = from; k < to; k++) sum += values[k]!;
  return sum / (to - from);
};

const spread = (values: ArrayLike<number>, from = 0, to = values.length) => {
  const centre = mean(values, from, to);
  let sum = 0;
  for (let k = from; k < to; k++) sum += (values[k]! - centre) ** 2;
  return to - from > 1 ? sum / (to - from - 1) : 0;
};

/**
 * Barnard and Rubin's degrees of freedom (Biometrika 1999, 86, equation 3).
 * @param old Rubin's: of infinite samples
 * @param complete of the complete sample
 * @param missing Rubin's λ, 0–1
 */
export function barnardRubin(old: number, complete: number, missing: number): number {
  const observed =
    complete === Number.POSITIVE_INFINITY ? complete : ((complete + 1) / (complete + 3)) * complete * (1 - missing);
  if (old === Number.POSITIVE_INFINITY) return observed;
  if (observed === Number.POSITIVE_INFINITY) return old;
  return (old * observed) / (old + observed);
}

/**
 * Rubin's rules: T = U + (1 + 1/m)·B (Rubin 1987); nested: T = U + (1 + 1/M)·B + (1 − 1/N)·W (Rubin 2003, Statistica
 * Neerlandica 57; Shen 2000), with Barnard and Rubin's degrees of freedom.
 *
 * With nests of items, the part `items` is (1 + 1/M)·(B − W/N), at least 0, and the rest beyond U is measurement.
 *
 * @throws {RangeError} when the imputations can't be split into nests.
 */
export function combineImputations(
  { values, samplingVariances, degreesOfFreedom, n, weighted, cautions = [] }: Imputed,
  rule: SamplingVarianceRule = "average",
  nesting?: Nesting,
): Estimate {
  const m = values.length;
  const sampling = rule === "first" ? samplingVariances[0]! : mean(samplingVariances);
  let measurement: number;
  let items = 0;
  let inverseOld: number; // the reciprocal of Rubin's degrees of freedom, times T²
  if (nesting && nesting.within > 1) {
    const [M, N] = [m / nesting.within, nesting.within];
    if (!Number.isInteger(M) || M < 2)
      throw new RangeError(`${m} imputations are not two or more nests of ${nesting.within}`);
    const centres = Float64Array.from({ length: M }, (_, k) => mean(values, k * N, (k + 1) * N));
    let within = 0;
    for (let k = 0; k < M; k++) within += spread(values, k * N, (k + 1) * N) / M;
    const between = (1 + 1 / M) * spread(centres);
    measurement = between + (1 - 1 / N) * within;
    inverseOld = between ** 2 / (M - 1) + ((1 - 1 / N) * within) ** 2 / (M * (N - 1));
    if (nesting.between === "items") {
      items = Math.min(measurement, Math.max(0, between - ((1 + 1 / M) * within) / N));
      measurement -= items;
    }
  } else {
    measurement = m > 1 ? (1 + 1 / m) * spread(values) : 0;
    inverseOld = m > 1 ? measurement ** 2 / (m - 1) : 0;
    if (nesting?.between === "items") [items, measurement] = [measurement, 0];
  }
  const total = sampling + measurement + items;
  const missing = total > 0 ? (measurement + items) / total : 0;
  const old = inverseOld > 0 ? total ** 2 / inverseOld : Number.POSITIVE_INFINITY;
  return {
    value: mean(values),
    standardError: Math.sqrt(total),
    parts: { sampling, measurement, linking: 0, items },
    degreesOfFreedom: barnardRubin(old, degreesOfFreedom, missing),
    missing,
    n,
    weighted,
    cautions,
  };
}

/** The same estimate with the variance of the items' parameters added, as refits of the calibration give it. */
export function withItemVariance(estimate: Estimate, items: number): Estimate {
  const parts = { ...estimate.parts, items: estimate.parts.items + items };
  const total = parts.sampling + parts.measurement + parts.linking + parts.items;
  const missing = total > 0 ? (parts.measurement + parts.items) / total : 0;
  return { ...estimate, parts, missing, standardError: Math.sqrt(total) };
}

/**
 * The same estimate on another cycle's scale: with the variance of the link added.
 * @param degreesOfFreedom of the link's variance, as units of items less one; infinite where it is known
 */
export function withLinkingVariance(estimate: Estimate, linking: number, degreesOfFreedom: number): Estimate {
  if (linking === 0) return estimate;
  const parts = { ...estimate.parts, linking: estimate.parts.linking + linking };
  const total = parts.sampling + parts.measurement + parts.linking + parts.items;
  return {
    ...{ ...estimate, parts, missing: (parts.measurement + parts.items) / total, standardError: Math.sqrt(total) },
    degreesOfFreedom: welch([
      [estimate.standardError ** 2, estimate.degreesOfFreedom],
      [linking, degreesOfFreedom],
    ]),
  };
}

/** Degrees of freedom of a sum of independent variances with their own (Welch 1938; Satterthwaite 1946). */
export function welch(variances: readonly (readonly [variance: number, degreesOfFreedom: number])[]): number {
  const total = variances.reduce((sum, [variance]) => sum + variance, 0);
  const spread = variances.reduce((sum, [variance, freedom]) => sum + variance ** 2 / freedom, 0);
  return spread > 0 ? total ** 2 / spread : Number.POSITIVE_INFINITY;
}

/**
 * A confidence interval by Student's t.
 * @param level 0–1, as 0.95
 */
export function confidenceInterval(
  { value, standardError, degreesOfFreedom }: Pick<Estimate, "value" | "standardError" | "degreesOfFreedom">,
  level = 0.95,
): { readonly low: number; readonly high: number } {
  const half = studentQuantile(0.5 + level / 2, degreesOfFreedom) * standardError;
  return { low: value - half, high: value + half };
}

/** Two-sided probability of an estimate as far from `hypothesis` if that were true; 1 where there is no error and no difference. */
export function twoSidedProbability(
  { value, standardError, degreesOfFreedom }: Pick<Estimate, "value" | "standardError" | "degreesOfFreedom">,
  hypothesis = 0,
): number {
  const difference = value - hypothesis;
  if (difference === 0) return 1;
  if (standardError === 0) return 0;
  return 2 * studentCdf(-Math.abs(difference) / standardError, degreesOfFreedom);
}
