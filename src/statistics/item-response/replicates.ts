import { ascend } from "./ascent.js";
import type { Sample } from "./calibrate.js";
import type { Calibration } from "./calibration.js";
import { expect, Workplace } from "./expectation.js";
import { slopeAt } from "./gradient.js";
import { countCategories, type Layout, type State, stateOf } from "./layout.js";
import { gather, type Stratum } from "./strata.js";

/** The same sample with other weights: persons stay in their strata, with their patterns. */
export function reweigh({ layout, strata, known }: Sample, weights: Float64Array): Sample {
  const responses = { ...layout.responses, weights };
  const { observed } = countCategories(responses);
  const changed: Layout = { ...layout, responses, observed };
  const others = strata.map((stratum): Stratum => {
    const weight = Float64Array.from(stratum.persons, (p) => weights[p]!);
    const own = { ...stratum, weight };
    return stratum.cells ? { ...own, cells: gather(changed, known, own) } : own;
  });
  return { layout: changed, strata: others, known };
}

/** Numbers whose category nobody with a weight is in any more: they can't be estimated anew, and stay as they are. */
function held(layout: Layout): readonly number[] {
  return layout.free.flatMap(({ kind, of, category }, j) =>
    kind === "intercept" && !(layout.observed[layout.offset[of]! + category]! > 0) ? [j] : [],
  );
}

/**
 * Fits the sample with other weights, from the estimates and with the information of the whole: a few Newton steps.
 * @param x the estimates' vector
 * @param inverse of the observed information there
 */
export function refit(
  sample: Sample,
  { nodes, options }: Calibration,
  x: Float64Array,
  inverse: Float64Array,
  weights: Float64Array,
): { readonly x: Float64Array; readonly trouble: string | null } {
  const changed = reweigh(sample, weights);
  const kept = held(changed.layout);
  const workplace = new Workplace();
  const holding = (at: Float64Array) => {
    for (const j of kept) at[j] = x[j]!;
    return at;
  };
  const evaluate = (at: Float64Array) => {
    const state: State = stateOf(changed.layout, changed.known, holding(at.slice()));
    const expectation = expect(changed.layout, changed.strata, state, nodes, false, workplace);
    const slope = slopeAt(changed.layout, state, expectation, options.priors);
    for (const j of kept) slope.gradient[j] = 0;
    return slope;
  };
  const { x: ended, converged, reason } = ascend(evaluate, x, { tolerance: 1e-4, evaluations: 200, inverse });
  const found = holding(ended.slice());
  if (!converged) return { x: found, trouble: reason };
  const names = kept.map((j) => changed.layout.free[j]!.name);
  return { x: found, trouble: names.length > 0 ? `nobody is left who tells ${names.join(", ")}` : null };
}
