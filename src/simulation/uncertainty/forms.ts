import type { SimulationParameter } from "../parameters/simulation-parameter.js";

/** One combination of the forms of every switch. */
export interface Structure {
  /** In the reader's words, as "constant elasticity; queue by need". */
  readonly label: string;
  /** The value of each switch, by path. */
  readonly values: ReadonlyMap<string, number>;
}

/** Every combination of the forms of the switches, the declared one first. Uncertainty of structure is the spread of results over them. */
export function structuresOf(
  parameters: readonly SimulationParameter[],
  year: (one: SimulationParameter) => number,
): readonly Structure[] {
  let found: readonly Structure[] = [{ label: "", values: new Map() }];
  for (const parameter of parameters) {
    const { forms, path } = parameter;
    if (forms === null) continue;
    const declared = year(parameter);
    const ordered = [...forms].sort((a, b) => Number(b.value === declared) - Number(a.value === declared));
    found = found.flatMap(({ label, values }) =>
      ordered.map((form) => ({
        label: label === "" ? form.label : `${label}; ${form.label}`,
        values: new Map([...values, [path, form.value]]),
      })),
    );
  }
  return found;
}
