import type { Override } from "../parameters/compile.js";
import { type SimulationParameter, valueInYear } from "../parameters/simulation-parameter.js";
import type { Control } from "./lever.js";
import { levers } from "./levers.js";

/** The academic years in which levers are moved: the first, and the first after the last of the run. */
export interface LeverYears {
  readonly from: number;
  readonly to: number;
}

/** Where controls stand, by their id. Those left out stand where they change nothing. */
export type Settings = Readonly<Record<string, number>>;

/** Every control of every lever, in order. */
export const controls: readonly Control[] = levers.flatMap((lever) => lever.controls);

function known(parameters: readonly SimulationParameter[], path: string): SimulationParameter {
  const found = parameters.find((parameter) => parameter.path === path);
  if (!found) throw new RangeError(`there is no parameter "${path}"`);
  return found;
}

/** The values of one parameter of a control, a value a year from `years.from` on. */
function valuesOf(
  { shape }: Control,
  setting: number,
  parameter: SimulationParameter,
  { from, to }: LeverYears,
): readonly number[] {
  const { low, high } = parameter.bounds;
  const within = (value: number) => Math.min(high, Math.max(low, value));
  const first = valueInYear(parameter, from).value;
  let grown = first;
  return Array.from({ length: to - from }, (_, k) => {
    if (shape === "level") return setting;
    if (shape === "years-to-full") return Math.min(1, (k + 1) / setting);
    if (shape === "factor") return within(valueInYear(parameter, from + k).value * setting);
    grown *= 1 + setting;
    return within(grown);
  });
}

/** Values by year as overrides: one for each stretch of years with the same value; the last has no end. */
function stretches(path: string, values: readonly number[], from: number): readonly Override[] {
  const starts = values.map((_, k) => k).filter((k) => k === 0 || values[k] !== values[k - 1]);
  return starts.map((k, i) => {
    const next = starts[i + 1];
    return { path, from: from + k, to: next === undefined ? null : from + next, value: values[k]! };
  });
}

/**
 * The overrides that one control makes: none where it changes nothing.
 * @throws {RangeError} when the setting is outside of the control's range: what people type is checked before
 */
export function controlOverrides(
  control: Control,
  setting: number,
  years: LeverYears,
  parameters: readonly SimulationParameter[],
): readonly Override[] {
  if (setting === control.neutral) return [];
  if (!(setting >= control.low && setting <= control.high))
    throw new RangeError(`${control.id} goes from ${control.low} to ${control.high}, got ${setting}`);
  return control.paths.flatMap((path) =>
    stretches(path, valuesOf(control, setting, known(parameters, path), years), years.from),
  );
}

/** The overrides of all controls where they stand, in the order of the levers. */
export function settingsOverrides(
  settings: Settings,
  years: LeverYears,
  parameters: readonly SimulationParameter[],
): readonly Override[] {
  return controls.flatMap((control) =>
    controlOverrides(control, settings[control.id] ?? control.neutral, years, parameters),
  );
}

/** What a scenario's overrides look like as levers. */
export interface LeverReading {
  readonly settings: Settings;
  /** Overrides that no lever makes: changes of other parameters, or of a lever's by hand. They are part of the run all the same. */
  readonly others: readonly Override[];
}

const same = (a: Override, b: Override) =>
  a.path === b.path && a.from === b.from && a.to === b.to && a.value === b.value;

/** The setting that would make these overrides, if the control can make them at all. */
function candidate(
  { shape, paths }: Control,
  overrides: readonly Override[],
  years: LeverYears,
  parameters: readonly SimulationParameter[],
): number | null {
  const first = overrides.find(({ path, from }) => path === paths[0] && from === years.from);
  if (!first) return null;
  if (shape === "level") return first.value;
  if (shape === "years-to-full") return Math.round(1 / first.value);
  return first.value / valueInYear(known(parameters, paths[0]!), years.from).value - (shape === "growth" ? 1 : 0);
}

/** Where the levers stand in a scenario, for whoever opens a link: the inverse of {@link settingsOverrides}. */
export function readSettings(
  overrides: readonly Override[],
  years: LeverYears,
  parameters: readonly SimulationParameter[],
): LeverReading {
  const settings: Record<string, number> = {};
  let others = overrides;
  for (const control of controls) {
    const guess = candidate(control, others, years, parameters);
    if (guess === null) continue;
    const digits = Math.round(1e9 * guess) / 1e9; // a quotient of rounded numbers: the setting had fewer digits
    for (const setting of [guess, digits]) {
      if (!(setting >= control.low && setting <= control.high)) continue;
      const made = controlOverrides(control, setting, years, parameters);
      if (made.length === 0 || !made.every((one) => others.some((other) => same(one, other)))) continue;
      settings[control.id] = setting;
      others = others.filter((other) => !made.some((one) => same(one, other)));
      break;
    }
  }
  return { settings, others };
}
