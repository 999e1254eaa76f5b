import type { StudyResults } from "../published/results.js";
import type { Study } from "../study/study.js";

/** score = slope × θ + intercept, in numbers and words. */
export type ReportingScale = StudyResults["scale"];

/** Weighted mean and standard deviation over all plausible values. */
function spreadOf(
  values: readonly Float64Array[],
  weights: Float64Array,
): { readonly mean: number; readonly sd: number } {
  let [sum, square, weight] = [0, 0, 0];
  for (const column of values)
    for (let i = 0; i < column.length; i++) {
      sum += weights[i]! * column[i]!;
      weight += weights[i]!;
    }
  const mean = sum / weight;
  for (const column of values) for (let i = 0; i < column.length; i++) square += weights[i]! * (column[i]! - mean) ** 2;
  return { mean, sd: Math.sqrt(square / weight) };
}

/**
 * Values of every cycle on the scale of the first cycle's own pupils, on which their mean and standard deviation are what they are for certain: what a value (or
 * a set of items) shifts or stretches the first cycle as a whole is taken out of all cycles. What is left of the first cycle's differences is within it; the later
 * cycles' hold what isn't known of the scale.
 * @param together how many values, one after the other, are put on the scale as one; 0 leaves all as they are
 */
export function alignedValues(
  cycles: readonly (readonly Float64Array[])[],
  together: number,
  firstWeights: Float64Array,
): readonly (readonly Float64Array[])[] {
  const [first] = cycles;
  if (together === 0 || !first || first.length === together) return cycles;
  const whole = spreadOf(first, firstWeights);
  const sets = Array.from({ length: Math.ceil(first.length / together) }, (_, set) =>
    spreadOf(first.slice(set * together, (set + 1) * together), firstWeights),
  );
  return cycles.map((columns) =>
    columns.map((column, k) => {
      const { mean, sd } = sets[Math.floor(k / together)]!;
      return column.map((theta) => whole.mean + (whole.sd * (theta - mean)) / sd);
    }),
  );
}

/** The reporting scale: as the study gives it, or by the first cycle's plausible values. */
export function reportingScale(
  { scale }: Study,
  firstCycle: string,
  values: readonly Float64Array[],
  weights: Float64Array,
): ReportingScale {
  if (scale.kind === "given") {
    const { slope, intercept } = scale;
    return { slope, intercept, words: `${slope} × θ + ${intercept}, as the study file gives it` };
  }
  const { mean, sd } = spreadOf(values, weights);
  const slope = scale.sd / sd;
  const words = `mean ${scale.mean} and standard deviation ${scale.sd} in ${firstCycle}`;
  return { slope, intercept: scale.mean - slope * mean, words };
}

/** Values on the reporting scale. */
export const onScale = (
  { slope, intercept }: ReportingScale,
  values: readonly Float64Array[],
): readonly Float64Array[] => values.map((column) => column.map((theta) => slope * theta + intercept));
