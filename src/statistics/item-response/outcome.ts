import type { problemCodes } from "./problem-codes.js";

/** Why something could not be done: the item, person, booklet or group it is about, what is wrong, and what to do. Listed in `problem-codes.ts`. */
export interface Refusal {
  readonly code: keyof typeof problemCodes;
  /** As `item "M1"` or `person 17` (from 1). */
  readonly place: string;
  readonly message: string;
  readonly remedy: string;
}

/** A value, or every reason why there is none. */
export type Outcome<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: readonly Refusal[] };

/** Something a reader of the figures has to know, though they could be computed. */
export interface Caution {
  readonly code: string;
  /** The items, groups or booklets concerned. */
  readonly names: readonly string[];
  /** A sentence. */
  readonly text: string;
}

/** A refused thing's name among others: at most a few are written out. */
export function listed(names: readonly string[], most = 8): string {
  const shown = names.slice(0, most).join(", ");
  return names.length > most ? `${shown} and ${names.length - most} more` : shown;
}
