import type { Override } from "../parameters/compile.js";
import type { SimulationParameter } from "../parameters/simulation-parameter.js";

/** One form for all rival models at once. */
export interface Structure {
  /** In the reader's words, as "constant elasticity". */
  readonly label: string;
  /** The switches that it sets, in all years. */
  readonly overrides: readonly Override[];
}

/**
 * The structures to compare: for each form that structural switches know, all those set to it that know it. Switches that the scenario
 * sets are left as they were set. Combinations of forms are not tried: there would be thousands, and the ends lie among these.
 *
 * @param from the first year of the run
 */
export function structuresOf(
  parameters: readonly SimulationParameter[],
  chosen: readonly Override[],
  from: number,
): readonly Structure[] {
  const open = parameters.filter(({ structural, path }) => structural && !chosen.some((one) => one.path === path));
  const labels = [...new Set(open.flatMap(({ forms }) => (forms ?? []).map(({ label }) => label)))];
  return labels.map((label) => ({
    label,
    overrides: open.flatMap(({ path, forms }) =>
      (forms ?? []).filter((form) => form.label === label).map(({ value }) => ({ path, from, to: null, value })),
    ),
  }));
}
