import { type Subject, subjects } from "../classes.js";
import type { CompiledParameters } from "../engine.js";
import { type EngineInput, engineInputs } from "../inputs/index.js";

/** Looks parameters up by name and year. */
export interface Reader {
  readonly years: number;
  value(name: string, year: number): number;
  /** A row of values by subject, in the order of `subjects`. */
  bySubject(prefix: string, year: number): Float64Array;
}

const expected: ReadonlyMap<string, EngineInput> = new Map(engineInputs.map((one) => [one.name, one]));

/**
 * A reader of compiled parameters, after every one that the engine reads was found and lies within its bounds.
 * @throws {RangeError} naming what is missing, or what is out of bounds and what is allowed
 */
export function readerOf(parameters: CompiledParameters, years: number): Reader {
  const { names, values } = parameters;
  if (!(years >= 1 && years <= parameters.years))
    throw new RangeError(`${years} years can't be run: the parameters have values for 1 to ${parameters.years}`);
  const rows = new Map(names.map((name, row) => [name, row * parameters.years]));
  for (const [name, { low, high, unit }] of expected) {
    const row = rows.get(name);
    if (row === undefined) throw new RangeError(`the parameters lack "${name}"`);
    for (let t = 0; t < years; t++) {
      const value = values[row + t]!;
      if (!(value >= low && value <= high))
        throw new RangeError(`"${name}" is ${value} in year ${t + 1}; it may be ${low} to ${high} (${unit})`);
    }
  }
  const value = (name: string, year: number) => {
    const row = rows.get(name);
    if (row === undefined) throw new RangeError(`the parameters lack "${name}"`);
    return values[row + year]!;
  };
  const bySubject = (prefix: string, year: number) =>
    Float64Array.from(subjects, (subject: Subject) => value(`${prefix}.${subject}`, year));
  return { years, value, bySubject };
}
