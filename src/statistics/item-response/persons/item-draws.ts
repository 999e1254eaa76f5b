import { keyedDraws } from "../../random/index.js";
import type { FreeParameter } from "../calibration.js";
import type { ItemParameters } from "../items.js";
import type { Outcome } from "../outcome.js";
import type { Responses } from "../responses.js";
import { type LatentRegression, type LatentRegressionOptions, latentRegression } from "./latent-regression.js";
import { multivariateNormal } from "./normal-vector.js";

/** What a calibration's errors have for drawing: `ItemErrors` is one. */
export interface DrawableErrors {
  readonly free: readonly FreeParameter[];
  readonly estimate: Float64Array;
  readonly covariance: Float64Array;
}

/** Purpose of the draws of a seed. */
const purpose = 0x5056_0003;

/**
 * Item parameters drawn from the normal distribution of their estimates, so that what is made of them carries the items' uncertainty.
 *
 * @returns the items of each draw, a function of the seed and the draw's number alone
 */
export function drawItems(
  items: ItemParameters,
  { free, estimate, covariance }: DrawableErrors,
  seed: number,
): (draw: number) => ItemParameters {
  const take = multivariateNormal(estimate, covariance);
  const { normal } = keyedDraws(seed, purpose);
  return (draw) => {
    const drawn = take((k) => normal(draw, k));
    const out = {
      ...items,
      slope: Float64Array.from(items.slope),
      intercepts: items.intercepts.map((c) => Float64Array.from(c)),
      guessing: Float64Array.from(items.guessing),
    };
    free.forEach(({ kind, of, category }, k) => {
      if (kind === "slope") out.slope[of] = drawn[k]!;
      else if (kind === "intercept") out.intercepts[of]![category] = drawn[k]!;
      else if (kind === "guessing") out.guessing[of] = Math.min(1, Math.max(0, drawn[k]!));
    });
    return out;
  };
}

/**
 * Items drawn, and the latent regression fitted anew to each draw of them: what `plausibleValues` takes as its `itemDraws`.
 *
 * @param fit the regression on the items as they were estimated, from which each search starts
 * @returns one pair a draw; or why a regression couldn't be fitted
 */
export function regressionsOfDraws(
  responses: Responses,
  draws: (draw: number) => ItemParameters,
  count: number,
  options: LatentRegressionOptions,
  fit: LatentRegression,
): Outcome<readonly { readonly items: ItemParameters; readonly population: LatentRegression }[]> {
  const pairs: { items: ItemParameters; population: LatentRegression }[] = [];
  for (let v = 0; v < count; v++) {
    const items = draws(v);
    const found = latentRegression(responses, items, { ...options, start: fit });
    if (!found.ok) return found;
    pairs.push({ items, population: found.value });
  }
  return { ok: true, value: pairs };
}
