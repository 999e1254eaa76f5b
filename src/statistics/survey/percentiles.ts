import type { SurveyDesign } from "./design.js";
import { type EstimateOptions, type Groups, type JointEstimates, jointEstimates, type Variable } from "./joint.js";
import { countsOf, everybody, membershipOf, orderByValue } from "./membership.js";

/**
 * How a percentile is read from the weighted cumulative distribution F, with F(x₍ᵢ₎) = (w₁ + … + wᵢ) ÷ W at the ascending values:
 * `step`, the smallest value with F ≥ p (Hyndman and Fan 1996, definition 1, weighted); `interpolated`, linear between the points
 * (F(x₍ᵢ₎), x₍ᵢ₎), and the smallest value below the first (their definition 4, weighted).
 */
export type PercentileDefinition = "interpolated" | "step";

/** Percentiles of one group in one set of weights; equal values are one point. */
function readPercentiles(
  values: Float64Array,
  order: Uint32Array,
  weights: Float64Array,
  fractions: readonly number[],
  definition: PercentileDefinition,
  write: (position: number, value: number) => void,
): void {
  let total = 0;
  for (let k = 0; k < order.length; k++) total += weights[order[k]!]!;
  let below = 0; // weight below the present value
  let before = Number.NaN; // the value before
  let next = 0;
  // A sum of weights that is the target but for rounding has reached it.
  const slack = total * 1e-12;
  for (let k = 0; k < order.length && next < fractions.length; ) {
    const value = values[order[k]!]!;
    let weight = 0;
    for (; k < order.length && values[order[k]!] === value; k++) weight += weights[order[k]!]!;
    if (weight === 0) continue;
    const reached = below + weight;
    while (next < fractions.length && fractions[next]! * total <= reached + slack) {
      const share = Math.min(1, (fractions[next]! * total - below) / weight);
      const between = definition === "interpolated" && !Number.isNaN(before);
      write(next++, between ? before + share * (value - before) : value);
    }
    before = value;
    below = reached;
  }
  while (next < fractions.length) write(next++, total > 0 ? before : Number.NaN);
}

/**
 * Percentiles by group, named `group: P10` for the fraction 0.1.
 *
 * @param fractions ascending, each between 0 and 1
 * @throws {RangeError} when the fractions don't ascend between 0 and 1.
 */
export function percentiles(
  values: Variable,
  fractions: readonly number[],
  design: SurveyDesign,
  groups: Groups = everybody(design.weights.length),
  { definition = "interpolated", ...options }: EstimateOptions & { readonly definition?: PercentileDefinition } = {},
): JointEstimates {
  if (fractions.some((p, k) => !(p > 0 && p < 1) || (k > 0 && p <= fractions[k - 1]!)))
    throw new RangeError(`fractions ascend between 0 and 1, got ${fractions.join(", ")}`);
  const [G, F] = [groups.names.length, fractions.length];
  const groupOf = (j: number) => Math.floor(j / F);
  return jointEstimates(
    {
      names: groups.names.flatMap((group) => fractions.map((p) => `${group}: P${+(100 * p).toPrecision(10)}`)),
      variables: [values],
      population: Int32Array.from({ length: G * F }, (_, j) => groupOf(j)),
      prepare([column], weights) {
        const member = membershipOf(groups, [column!], weights.length);
        const orders = groups.names.map((_, g) => orderByValue(column!, member, g));
        return {
          ...countsOf(member, weights, G, G * F, groupOf),
          evaluate(w, results) {
            for (const [g, order] of orders.entries())
              readPercentiles(column!, order, w, fractions, definition, (position, value) => {
                results[g * F + position] = value;
              });
          },
        };
      },
    },
    design,
    options,
  );
}
