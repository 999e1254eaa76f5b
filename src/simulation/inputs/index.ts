import type { CompiledParameters } from "../engine.js";
import type { EngineInput } from "./input.js";
import { leverInputs } from "./levers.js";
import { moneyInputs } from "./money.js";
import { pupilInputs } from "./pupils.js";
import { teacherInputs } from "./teachers.js";

export type { EngineInput } from "./input.js";

/** Everything that the engine reads, in a fixed order. */
export const engineInputs: readonly EngineInput[] = [...pupilInputs, ...moneyInputs, ...teacherInputs, ...leverInputs];

/**
 * The inputs as they stand without any proposal, compiled for the years of a run.
 * @param first the calendar year in which the first academic year begins
 */
export function compileInputs(first: number, years: number): CompiledParameters {
  const values = new Float64Array(engineInputs.length * years);
  engineInputs.forEach((one, p) => {
    for (let t = 0; t < years; t++) values[p * years + t] = one.value(first + t);
  });
  return { names: engineInputs.map(({ name }) => name), years, values };
}
