import type { CompiledParameters } from "../engine.js";
import type { Horizon, Override } from "../parameters/compile.js";
import type { SimulationParameter } from "../parameters/simulation-parameter.js";
import { hypercubeDimension } from "./latin-hypercube.js";
import { rangeQuantile } from "./range.js";

/** A dimension of uncertainty: one parameter, or several that are drawn together. */
export interface Dimension {
  /** The parameter's path, or the name that those drawn together share. */
  readonly name: string;
  readonly parameters: readonly SimulationParameter[];
}

/**
 * The dimensions of uncertainty of some parameters: one for each range, and one for all that are drawn together. In order of their
 * declaration.
 */
export function dimensionsOf(parameters: readonly SimulationParameter[]): readonly Dimension[] {
  const dimensions = new Map<string, SimulationParameter[]>();
  for (const parameter of parameters) {
    if (parameter.range === null) continue;
    const name = parameter.range.together ?? parameter.path;
    dimensions.set(name, [...(dimensions.get(name) ?? []), parameter]);
  }
  return [...dimensions].map(([name, members]) => ({ name, parameters: members }));
}

/**
 * Parameters with their uncertain ones at a place each of their ranges. A year whose value a scenario sets is left as it was set: it was
 * chosen, not guessed.
 *
 * @param placeOf a place in (0, 1) by dimension; null leaves the declared values
 * @throws {RangeError} when a dimension's parameter isn't compiled
 */
export function atPlaces(
  compiled: CompiledParameters,
  dimensions: readonly Dimension[],
  placeOf: (dimension: Dimension) => number | null,
  chosen: { readonly overrides: readonly Override[]; readonly horizon: Horizon },
): CompiledParameters {
  const { names, years } = compiled;
  const values = compiled.values.slice();
  for (const dimension of dimensions) {
    const place = placeOf(dimension);
    if (place === null) continue;
    for (const { path, range, bounds } of dimension.parameters) {
      const row = names.indexOf(path);
      if (row < 0 || range === null) throw new RangeError(`"${path}" is not compiled or has no range`);
      const drawn = rangeQuantile(range, place);
      for (let t = 0; t < years; t++) {
        if (isChosen(path, chosen.horizon.first + t, chosen.overrides)) continue;
        const at = row * years + t;
        const value = range.as === "factor" ? values[at]! * drawn : drawn;
        values[at] = Math.min(bounds.high, Math.max(bounds.low, value));
      }
    }
  }
  return { names, years, values };
}

const isChosen = (path: string, year: number, overrides: readonly Override[]) =>
  overrides.some((one) => one.path === path && one.from <= year && (one.to === null || year < one.to));

/**
 * The parameters of draw `draw` of a Latin hypercube. The same seed gives two scenarios the same draws.
 * @param draw from 0 to `draws` − 1
 */
export function hypercubeDraw(
  compiled: CompiledParameters,
  dimensions: readonly Dimension[],
  { seed, draws }: { readonly seed: number; readonly draws: number },
  chosen: { readonly overrides: readonly Override[]; readonly horizon: Horizon },
): (draw: number) => CompiledParameters {
  const places = new Map(dimensions.map(({ name }) => [name, hypercubeDimension(seed, name, draws)]));
  return (draw) => atPlaces(compiled, dimensions, ({ name }) => places.get(name)![draw] ?? null, chosen);
}
