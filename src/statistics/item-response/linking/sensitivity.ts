import type { ItemParameters } from "../items.js";
import { commonItems } from "./common-items.js";
import { haebaraSensitivity } from "./curves.js";
import { stockingLordInfluence } from "./influence.js";
import { type Link, type LinkKind, link } from "./link.js";

/** A slope or an intercept of an item that was estimated: its form, the item's position there, and the category of an intercept. */
export interface MovedParameter {
  readonly form: "old" | "new";
  readonly kind: "slope" | "intercept";
  readonly of: number;
  readonly category: number;
}

const step = 1e-4;

/** Some items alone. */
function some(items: ItemParameters, at: readonly number[]): ItemParameters {
  return {
    names: at.map((j) => items.names[j]!),
    models: at.map((j) => items.models[j]!),
    slope: Float64Array.from(at, (j) => items.slope[j]!),
    intercepts: at.map((j) => items.intercepts[j]!.slice()),
    guessing: Float64Array.from(at, (j) => items.guessing[j]!),
  };
}

/** The items with one number moved. */
function moved(items: ItemParameters, { kind, category }: MovedParameter, of: number, by: number): ItemParameters {
  const slope = items.slope.slice();
  const intercepts = items.intercepts.map((one) => one.slice());
  if (kind === "slope") slope[of]! += by;
  else intercepts[of]![category]! += by;
  return { ...items, slope, intercepts };
}

/**
 * How the slope A of a link changes with what the items that tie it were estimated to be: ∂A ÷ ∂ each number, by which the error of the items reaches the unit of the
 * scale. By {@link stockingLordInfluence}, by the implicit derivative of Haebara's criterion, or by making the link again.
 *
 * @param made by `link(kind, old, next)`, in which both forms look the same way
 * @returns one derivative a number, 0 for items that don't tie the forms and where the slope is held at 1; null where it can't be told, as of a reflected form
 */
export function slopeSensitivity(
  kind: LinkKind,
  old: ItemParameters,
  next: ItemParameters,
  made: Link,
  parameters: readonly MovedParameter[],
): Float64Array | null {
  const places = (items: ItemParameters) => made.items.map((name) => items.names.indexOf(name));
  const at = { old: places(old), new: places(next) };
  const forms = { old: some(old, at.old), new: some(next, at.new) };
  if (forms.old.slope.every((a) => a === 1) && forms.new.slope.every((a) => a === 1))
    return new Float64Array(parameters.length);
  if (kind === "stocking-lord") {
    if (!(made.slope > 0)) return null;
    const used = made.items.map((_, k) => ({ old: at.old[k]!, new: at.new[k]! }));
    const influence = stockingLordInfluence(old, next, made, used);
    return Float64Array.from(parameters, ({ form, ...parameter }) => influence(form, parameter)?.slope ?? 0);
  }
  const common = commonItems(forms.old, forms.new, { weakItems: "keep" });
  if (!common.ok || common.value.turned.old || common.value.turned.new || common.value.leftOut.length > 0) return null;
  const byCurves = kind === "haebara" ? haebaraSensitivity(common.value, made, step) : null;
  const out = new Float64Array(parameters.length);
  for (const [k, parameter] of parameters.entries()) {
    const place = at[parameter.form].indexOf(parameter.of);
    if (place < 0) continue;
    const [up, down] = [step, -step].map((by) => ({
      ...forms,
      [parameter.form]: moved(forms[parameter.form], parameter, place, by),
    }));
    if (byCurves) {
      out[k] = byCurves(up!, down!);
      continue;
    }
    const again = [up!, down!].map((pair) => link(kind, pair.old, pair.new, { weakItems: "keep", slope: "free" }));
    const [above, below] = again;
    if (!above!.ok || !below!.ok) return null;
    out[k] = (above!.value.slope - below!.value.slope) / (2 * step);
  }
  return out;
}
