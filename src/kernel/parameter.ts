import type { CivilDate } from "./civil-date.js";

/** Where a policy number comes from. An assumption without a reason is not allowed. */
export type Source =
  | { readonly kind: "law"; readonly citation: string }
  | { readonly kind: "published"; readonly citation: string }
  | { readonly kind: "assumption"; readonly why: string };

/** One value of a parameter and the first day on which it holds. */
export interface DatedValue<T> {
  readonly from: CivilDate;
  readonly value: T;
  readonly source: Source;
}

/** A policy number or choice with its unit, its values by date and the source of each. */
export interface Parameter<T> {
  /** Dotted and stable, as `accountability.quality-mark.line`. */
  readonly id: string;
  /** In the reader's words, for pages and reports. */
  readonly label: string;
  readonly unit: string;
  /** In order of time, oldest first. */
  readonly values: readonly DatedValue<T>[];
}

/**
 * The value that holds on a day, with its source.
 * @throws {RangeError} when the day is before the first value: there is no default.
 */
export function valueOn<T>(parameter: Parameter<T>, date: CivilDate): DatedValue<T> {
  const found = parameter.values.findLast((dated) => dated.from <= date);
  const first = parameter.values[0]?.from ?? "on no day: it has no value at all";
  if (!found) throw new RangeError(`${parameter.id} has no value on ${date}; its first begins ${first}`);
  return found;
}
