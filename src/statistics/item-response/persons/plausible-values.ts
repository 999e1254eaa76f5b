import { keyedDraws } from "../../random/index.js";
import type { ItemParameters } from "../items.js";
import type { Outcome } from "../outcome.js";
import type { Responses } from "../responses.js";
import { spacings } from "./grid.js";
import type { LatentRegression } from "./latent-regression.js";
import { PersonLikelihoods } from "./likelihood.js";
import { multivariateNormal } from "./normal-vector.js";
import { checkScorable, gridOf, isConditional, type Population, priorsOf } from "./population.js";
import { Posterior } from "./posterior.js";
import { fittedMeans } from "./regression-moments.js";
import { sweeps, UnitEffects } from "./unit-effects.js";

/** Purposes of the draws of a seed. */
const purposes = { person: 0x5056_0001, regression: 0x5056_0002 } as const;

/** How plausible values are drawn. */
export interface PlausibleValuesOptions {
  /** Default 20. */
  readonly count?: number;
  readonly seed: number;
  /** A key of each person, below 2⁵³ (see `subjectKey` of `random`): the person's draws follow it. Default: the position. */
  readonly keys?: Float64Array | null;
  /**
   * Draw the regression's parameters anew for each value, from the inverse of their full information, so that a value carries their
   * uncertainty too (Rubin's "proper"). Needs a latent regression. Its `background` is read again. Default: the estimates.
   */
  readonly parameterDraws?: { readonly design: Float64Array } | null;
  /** Items for each value, drawn from their covariance, with the population fitted to them; `null` keeps the items and the population given. */
  readonly itemDraws?: ((draw: number) => { readonly items: ItemParameters; readonly population: Population }) | null;
  /**
   * The unit (school) that each person was drawn in, whole numbers from 0: values then carry effects of the units, drawn with them, so that units differ among
   * plausible values as they do among abilities. Needs a population with a fitted mean of each person and one standard deviation. A person's draws then
   * follow those of the unit's other persons too. Left out where there are fewer than five units, or than two persons a unit.
   */
  readonly units?: Int32Array | null;
}

/**
 * Plausible values: draws from each person's posterior given responses and population (Mislevy 1991), by inverting the distribution on a
 * grid and not by a normal approximation, which is wrong for short tests and at the ends.
 *
 * Persons are taken one at a time: memory is that of the values. A person's draws depend on the seed and the person's key alone, so neither
 * order nor a split into batches changes them.
 *
 * @returns `count` columns, one value a person each
 */
export function plausibleValues(
  responses: Responses,
  items: ItemParameters,
  population: Population | LatentRegression,
  options: PlausibleValuesOptions,
): Outcome<readonly Float64Array[]> {
  const faults = checkScorable(responses, items);
  if (faults.length > 0) return { ok: false, error: faults };
  const { count = 20, itemDraws = null, parameterDraws = null, units = null } = options;
  const n = responses.booklet.length;
  const values = Array.from({ length: count }, () => new Float64Array(n));
  const uniform = keyedDraws(options.seed, purposes.person).uniform;
  const keyOf = (person: number) => options.keys?.[person] ?? person;
  if (units && UnitEffects.areTold(units))
    return { ok: true, value: valuesWithUnits(responses, items, population, options, units, values) };
  if (itemDraws === null && parameterDraws === null) {
    const { posterior, mean, sd } = posteriorsOf(responses, items, population, null);
    for (let i = 0; i < n; i++) {
      posterior.take(i, mean(i), sd(i));
      for (let v = 0; v < count; v++) values[v]![i] = posterior.quantile(uniform(keyOf(i), v));
    }
    return { ok: true, value: values };
  }
  let like: PersonLikelihoods | null = null;
  for (let v = 0; v < count; v++) {
    const drawn = itemDraws?.(v) ?? { items, population };
    const from = parameterDraws
      ? drawRegression(drawn.population, parameterDraws.design, options.seed, v)
      : drawn.population;
    const { posterior, mean, sd, likelihoods } = posteriorsOf(responses, drawn.items, from, itemDraws ? null : like);
    like = likelihoods;
    const column = values[v]!;
    for (let i = 0; i < n; i++) {
      posterior.take(i, mean(i), sd(i));
      column[i] = posterior.quantile(uniform(keyOf(i), v));
    }
  }
  return { ok: true, value: values };
}

/** Values with effects of units: one chain of draws through all values, with items and regression of each value as without. */
function valuesWithUnits(
  responses: Responses,
  items: ItemParameters,
  population: Population,
  { seed, keys, parameterDraws = null, itemDraws = null }: PlausibleValuesOptions,
  units: Int32Array,
  values: readonly Float64Array[],
): readonly Float64Array[] {
  let effects: UnitEffects | null = null;
  let like: PersonLikelihoods | null = null;
  for (const [v, column] of values.entries()) {
    const drawn = itemDraws?.(v) ?? { items, population };
    const from = parameterDraws ? drawRegression(drawn.population, parameterDraws.design, seed, v) : drawn.population;
    if (!isConditional(from) || from.residualSd.length !== 1)
      throw new TypeError("units have effects beside a regression with one residual standard deviation only");
    const { fitted, residualSd } = from;
    const isFirst = effects === null;
    effects ??= new UnitEffects(units, (person) => keys?.[person] ?? person, seed, residualSd[0]!);
    for (const times of isFirst ? [...sweeps.first, sweeps.between] : [sweeps.between]) {
      // The grid has to be fine enough for persons within units, and wide enough for all.
      const spread = { fitted, residualSd: Float64Array.of(effects.residualSd, residualSd[0]!) };
      const grid = gridOf(responses, drawn.items, spread, spacings.draws);
      const likelihoods: PersonLikelihoods = new PersonLikelihoods(
        responses,
        drawn.items,
        grid,
        itemDraws ? null : like,
      );
      like = likelihoods;
      effects.run(times, new Posterior(likelihoods), fitted, column);
    }
  }
  return values;
}

function posteriorsOf(
  responses: Responses,
  items: ItemParameters,
  population: Population,
  like: PersonLikelihoods | null,
) {
  const likelihoods = new PersonLikelihoods(
    responses,
    items,
    gridOf(responses, items, population, spacings.draws),
    like,
  );
  return { posterior: new Posterior(likelihoods), likelihoods, ...priorsOf(responses, population) };
}

/** The regression with coefficients and residual standard deviations drawn from their approximate posterior. */
function drawRegression(population: Population, design: Float64Array, seed: number, draw: number): Population {
  if (!isConditional(population) || !("information" in population))
    throw new TypeError("regression parameters can be drawn of a latent regression only");
  const { names, coefficients, residualSd, information, fitted } = population as LatentRegression;
  const p = coefficients.length;
  const centre = Float64Array.from([...coefficients, ...residualSd.map(Math.log)]);
  const { normal } = keyedDraws(seed, purposes.regression);
  const drawn = multivariateNormal(centre, information)((k) => normal(draw, k));
  return {
    fitted: fittedMeans({ design, names }, drawn.subarray(0, p), fitted.length),
    residualSd: drawn.slice(p).map(Math.exp),
  };
}
