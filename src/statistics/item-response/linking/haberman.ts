import { invertSymmetric } from "../../linear-algebra/small.js";
import type { ItemParameters } from "../items.js";
import { type Caution, listed, type Outcome } from "../outcome.js";
import { itemLocation, median } from "./common-items.js";
import type { Transformation } from "./transform.js";

/** A calibration among several that are linked together. */
export interface Form {
  readonly name: string;
  readonly items: ItemParameters;
}

/** How items that moved are kept from moving the forms. */
export type Robustness = "least-squares" | "bisquare" | "absolute";

/** Several forms on the scale of the first. */
export interface FormsLink {
  /** θ of the first form = slope · θ of this form + intercept; the first's is the identity. */
  readonly forms: readonly (Transformation & { readonly name: string })[];
  /** Items of two forms or more: slope and location on the common scale, and how far each form's is from it. */
  readonly items: readonly {
    readonly name: string;
    readonly slope: number;
    readonly location: number;
    /** Location on the common scale less the item's; null where the form doesn't have the item. */
    readonly residuals: readonly (number | null)[];
    /** 0–1: how much the form's value counted in the end. */
    readonly weights: readonly (number | null)[];
  }[];
  readonly cautions: readonly Caution[];
}

/** A table items × forms with holes, as rows of [form, value]. */
type Table = readonly { readonly cells: readonly { readonly form: number; readonly value: number }[] }[];

interface TwoWay {
  readonly rows: Float64Array;
  readonly columns: Float64Array;
  readonly weights: readonly (readonly number[])[];
}

/** Least squares of value = row + column with the first column nought and weights of cells; null where columns aren't tied. */
function fitTwoWay(table: Table, forms: number, weights: readonly (readonly number[])[]): TwoWay | null {
  const size = forms - 1;
  const normal = new Float64Array(size * size);
  const right = new Float64Array(size);
  table.forEach(({ cells }, j) => {
    const w = weights[j]!;
    const total = w.reduce((a, b) => a + b, 0);
    if (total === 0) return;
    const mean = cells.reduce((sum, cell, k) => sum + w[k]! * cell.value, 0) / total;
    cells.forEach((cell, k) => {
      if (cell.form === 0) return;
      right[cell.form - 1]! += w[k]! * (cell.value - mean);
      normal[(cell.form - 1) * (size + 1)]! += w[k]!;
      cells.forEach((other, l) => {
        if (other.form > 0) normal[(cell.form - 1) * size + other.form - 1]! -= (w[k]! * w[l]!) / total;
      });
    });
  });
  const scale = Math.max(...normal, 0);
  if (Number.isNaN(invertSymmetric(normal, 0, size)) || normal.some((value) => Math.abs(value) > 1e10 / scale))
    return null;
  const columns = new Float64Array(forms);
  for (let a = 0; a < size; a++) for (let b = 0; b < size; b++) columns[a + 1]! += normal[a * size + b]! * right[b]!;
  const rows = Float64Array.from(table, ({ cells }, j) => {
    const w = weights[j]!;
    const total = w.reduce((a, b) => a + b, 0);
    return cells.reduce((sum, cell, k) => sum + w[k]! * (cell.value - columns[cell.form]!), 0) / total;
  });
  return { rows, columns, weights };
}

/** Tukey's constant: 95% efficient with normal deviations. */
const tukey = 4.685;

/** The two-way fit with weights that follow its residuals. */
function fitRobustly(table: Table, forms: number, robustness: Robustness): TwoWay | null {
  let fit = fitTwoWay(
    table,
    forms,
    table.map(({ cells }) => cells.map(() => 1)),
  );
  if (robustness === "least-squares") return fit;
  for (let step = 0; step < 200 && fit !== null; step++) {
    const { rows, columns } = fit;
    const residuals = table.map(({ cells }, j) => cells.map((cell) => cell.value - rows[j]! - columns[cell.form]!));
    const spread = Math.max(median(residuals.flat().map(Math.abs)) * 1.4826, 1e-8);
    // The first steps are by absolute residuals, so that the bisquare begins among the items that agree.
    const weightOf = (residual: number) => {
      if (robustness === "absolute" || step < 10) return Math.min(1, (1e-3 * spread) / Math.abs(residual)) + 1e-9;
      const u = residual / (tukey * spread);
      return Math.abs(u) < 1 ? (1 - u * u) ** 2 : 1e-9;
    };
    const next = fitTwoWay(
      table,
      forms,
      residuals.map((row) => row.map(weightOf)),
    );
    if (next === null) return null;
    const moved = Math.max(...next.columns.map((value, s) => Math.abs(value - columns[s]!)));
    fit = next;
    if (step > 10 && moved < 1e-10) break;
  }
  return fit;
}

/**
 * Haberman's (2009) link of any number of calibrations at once: log slopes, and then locations on the scale of the first form, as item plus form,
 * by least squares or robustly (bisquare; absolute deviations). A polytomous item has one location, the mean of its thresholds. Items with a
 * slope that isn't above nought are left out.
 *
 * @returns the transformations; or the forms that nothing ties to the others
 */
export function linkForms(forms: readonly Form[], robustness: Robustness = "least-squares"): Outcome<FormsLink> {
  const names = [...new Set(forms.flatMap((form) => form.items.names))];
  const places = forms.map((form) => new Map(form.items.names.map((name, j) => [name, j])));
  const unusable = new Set<string>();
  const has = names.map((name) =>
    forms.flatMap((form, s) => {
      const at = places[s]!.get(name);
      if (at === undefined) return [];
      if (form.items.slope[at]! > 0 && Number.isFinite(itemLocation(form.items, at))) return [{ form: s, at }];
      unusable.add(`${name} in ${form.name}`);
      return [];
    }),
  );
  const shared = names.map((name, j) => ({ name, cells: has[j]! })).filter(({ cells }) => cells.length > 1);
  const slopes = fitRobustly(
    shared.map(({ cells }) => ({
      cells: cells.map(({ form, at }) => ({ form, value: Math.log(forms[form]!.items.slope[at]!) })),
    })),
    forms.length,
    robustness,
  );
  const scales = slopes?.columns.map(Math.exp);
  const table = shared.map(({ cells }) => ({
    cells: cells.map(({ form, at }) => ({ form, value: (scales?.[form] ?? 1) * itemLocation(forms[form]!.items, at) })),
  }));
  const locations = slopes === null ? null : fitRobustly(table, forms.length, robustness);
  if (slopes === null || locations === null || scales === undefined)
    return { ok: false, error: [untied(forms, shared)] };
  const cautions: Caution[] = [];
  if (unusable.size > 0)
    cautions.push({
      code: "link-weak-items",
      names: [...unusable],
      text: `Left out, the slope not being above nought: ${listed([...unusable])}.`,
    });
  return {
    ok: true,
    value: {
      forms: forms.map(({ name }, s) => ({ name, slope: scales[s]!, intercept: 0 - locations.columns[s]! })),
      items: shared.map(({ name, cells }, j) => {
        const of = (values: readonly number[]) =>
          forms.map((_, s) => values[cells.findIndex(({ form }) => form === s)] ?? null);
        return {
          name,
          slope: Math.exp(slopes.rows[j]!),
          location: locations.rows[j]!,
          residuals: of(
            table[j]!.cells.map(({ form, value }) => value - locations.columns[form]! - locations.rows[j]!),
          ),
          weights: of(locations.weights[j]!),
        };
      }),
      cautions,
    },
  };
}

/** The forms that can't be reached from the first by shared items. */
function untied(forms: readonly Form[], shared: readonly { readonly cells: readonly { readonly form: number }[] }[]) {
  const reached = new Set([0]);
  for (let before = 0; before < reached.size; ) {
    before = reached.size;
    for (const { cells } of shared)
      if (cells.some(({ form }) => reached.has(form))) for (const { form } of cells) reached.add(form);
  }
  const apart = forms.filter((_, s) => !reached.has(s)).map(({ name }) => name);
  return {
    code: "link-without-common-items",
    place: listed(apart),
    message: `no usable item ties it to ${forms[0]!.name}, directly or through others`,
    remedy: "Link each to a cycle that shares items with it, or administer items of one in the other",
  } as const;
}
