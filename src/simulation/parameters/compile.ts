import type { CompiledParameters } from "../engine.js";
import { type SimulationParameter, valueInYear } from "./simulation-parameter.js";

/** A value that takes the place of the declared ones from one academic year up to, and not with, another. */
export interface Override {
  readonly path: string;
  /** The calendar year in which the first academic year begins. */
  readonly from: number;
  /** The first year that is not overridden; null for all that follow. */
  readonly to: number | null;
  readonly value: number;
}

/** The years of a run. */
export interface Horizon {
  /** The calendar year in which the first academic year begins. */
  readonly first: number;
  readonly years: number;
}

/**
 * The declared values of every parameter in every year of a run.
 * @throws {RangeError} when a parameter has no value in a year
 */
export function compileParameters(
  parameters: readonly SimulationParameter[],
  { first, years }: Horizon,
): CompiledParameters {
  const values = new Float64Array(parameters.length * years);
  parameters.forEach((parameter, p) => {
    for (let t = 0; t < years; t++) values[p * years + t] = valueInYear(parameter, first + t).value;
  });
  return { names: parameters.map(({ path }) => path), years, values };
}

/**
 * The same parameters with overrides in place, in their order: of two on the same year the later holds. The block of numbers is copied
 * once and only the rows of the overridden parameters are written; nothing is declared or looked up by date again.
 * @throws {RangeError} when a path is unknown: documents are checked before
 */
export function withOverrides(
  compiled: CompiledParameters,
  overrides: readonly Override[],
  first: number,
): CompiledParameters {
  if (overrides.length === 0) return compiled;
  const { names, years } = compiled;
  const values = compiled.values.slice();
  for (const { path, from, to, value } of overrides) {
    const row = names.indexOf(path);
    if (row < 0) throw new RangeError(`there is no parameter "${path}"`);
    const begin = Math.max(0, from - first);
    const end = to === null ? years : Math.min(years, to - first);
    if (begin < end) values.fill(value, row * years + begin, row * years + end);
  }
  return { names, years, values };
}
