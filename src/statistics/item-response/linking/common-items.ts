import { type ItemParameters, thresholds } from "../items.js";
import { type Caution, listed, type Outcome, type Refusal } from "../outcome.js";

/** An item of both forms: its positions in them. */
export interface CommonItem {
  readonly name: string;
  readonly old: number;
  readonly new: number;
}

/** Which items tie two forms together, and which don't and why. */
export interface CommonItems {
  readonly used: readonly CommonItem[];
  readonly leftOut: readonly { readonly name: string; readonly reason: string }[];
  /** The forms' items, θ turned round where most slopes were negative. */
  readonly old: ItemParameters;
  readonly new: ItemParameters;
  /** Which of them were turned. */
  readonly turned: { readonly old: boolean; readonly new: boolean };
  readonly cautions: readonly Caution[];
}

/** Which items are to tie two forms. */
export interface CommonItemOptions {
  /** What the forms are called in messages. Default: "old", "new". */
  readonly forms?: readonly [string, string];
  /** Names of items that are not to tie the forms. */
  readonly omit?: readonly string[];
  /**
   * Items whose slope in either form is negative or below a fifth of the form's median: left out (the default), or kept. Their difficulties are
   * without bound, and one of them can turn the sign of a link by moments.
   */
  readonly weakItems?: "leave-out" | "keep";
}

/** A slope below this share of its form's median tells next to nothing of where the item is. */
const weakShare = 0.2;

/** Fewer common items than this leave the link to chance. */
const fewItems = 5;

/** The items that both forms have, checked. */
export function commonItems(
  oldForm: ItemParameters,
  newForm: ItemParameters,
  options: CommonItemOptions = {},
): Outcome<CommonItems> {
  const { forms = ["old", "new"], omit = [], weakItems = "leave-out" } = options;
  const turned = { old: isReflected(oldForm), new: isReflected(newForm) };
  const old = turned.old ? reflect(oldForm) : oldForm;
  const next = turned.new ? reflect(newForm) : newForm;
  const places = new Map(next.names.map((name, j) => [name, j]));
  if (!old.names.some((name) => places.has(name))) return { ok: false, error: [withoutCommonItems(forms)] };
  const used: CommonItem[] = [];
  const leftOut: { name: string; reason: string }[] = [];
  const weak: string[] = [];
  const least = { old: weakShare * median(old.slope), new: weakShare * median(next.slope) };
  old.names.forEach((name, j) => {
    const at = places.get(name);
    if (at === undefined) return;
    const isWeak = old.slope[j]! < least.old || next.slope[at]! < least.new;
    const reason = omit.includes(name) ? "left out by the caller" : reasonAgainst(old, j, next, at, forms);
    if (reason === null && isWeak) weak.push(name);
    if (reason !== null) leftOut.push({ name, reason });
    else if (isWeak && weakItems === "leave-out")
      leftOut.push({ name, reason: "its slope is negative or next to nothing" });
    else used.push({ name, old: j, new: at });
  });
  if (used.length === 0) return { ok: false, error: [allLeftOut(forms, leftOut)] };
  const cautions = [
    ...weakCautions(weak, weakItems),
    ...fewCautions(used.length, forms),
    ...reflectionCautions(forms.filter((_, f) => (f === 0 ? turned.old : turned.new))),
  ];
  return { ok: true, value: { used, leftOut, old, new: next, turned, cautions } };
}

const withoutCommonItems = ([old, next]: readonly [string, string]): Refusal => ({
  code: "link-without-common-items",
  place: `${old} and ${next}`,
  message: "they have no item in common, so that nothing ties their scales",
  remedy: "Link each to a cycle that shares items with it, or administer items of one in the other",
});

const allLeftOut = (
  [old, next]: readonly [string, string],
  leftOut: readonly { readonly name: string; readonly reason: string }[],
): Refusal => ({
  code: "link-items-unusable",
  place: `${old} and ${next}`,
  message: `no common item can be used: ${listed(leftOut.map(({ name, reason }) => `${name} (${reason})`))}`,
  remedy: "Look at these items in both calibrations, and calibrate again without those that don't work",
});

/** Why an item can't tie the forms whatever its slope; null where it can. */
function reasonAgainst(
  old: ItemParameters,
  j: number,
  next: ItemParameters,
  at: number,
  forms: readonly [string, string],
): string | null {
  const never = Number.isFinite(old.slope[j]!) ? (Number.isFinite(next.slope[at]!) ? null : forms[1]) : forms[0];
  if (never !== null) return `it has no parameters in ${never}: nobody was given it there`;
  const [a, b] = [old.intercepts[j]!, next.intercepts[at]!];
  if (a.length !== b.length || a.some((value, k) => Number.isFinite(value) !== Number.isFinite(b[k]!)))
    return "other categories were scored in the two forms";
  return null;
}

function weakCautions(weak: readonly string[], weakItems: "leave-out" | "keep"): Caution[] {
  if (weak.length === 0) return [];
  const then =
    weakItems === "keep" ? "kept, it can turn the sign of a link by mean-mean or mean-sigma" : "left out of the link";
  const text = `The slope of ${listed(weak)} is negative or next to nothing; ${then}.`;
  return [{ code: "link-weak-items", names: weak, text }];
}

function fewCautions(count: number, forms: readonly [string, string]): Caution[] {
  if (count >= fewItems) return [];
  return [{ code: "link-few-items", names: [], text: `Only ${count} items tie ${forms[0]} and ${forms[1]}.` }];
}

function reflectionCautions(turned: readonly string[]): Caution[] {
  if (turned.length === 0) return [];
  const text = `Most slopes of ${listed(turned)} are negative: the calibration found the reflected solution, in which more able persons have lower θ. The link turns it round.`;
  return [{ code: "link-reflected", names: turned, text }];
}

function isReflected(items: ItemParameters): boolean {
  const slopes = [...items.slope].filter(Number.isFinite);
  return slopes.filter((a) => a < 0).length > slopes.length / 2;
}

/** θ turned round: slopes change sign, the probabilities of a person at −θ are those of before at θ. */
const reflect = (items: ItemParameters): ItemParameters => ({ ...items, slope: items.slope.map((a) => -a) });

/** Middle of the finite values. */
export function median(values: Iterable<number>): number {
  const sorted = [...values].filter(Number.isFinite).sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** An item's location: the mean of its thresholds, over categories that were scored. */
export function itemLocation(items: ItemParameters, j: number): number {
  const known = thresholds(items, j).filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}
