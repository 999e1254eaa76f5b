import type { CorrectionState } from "./tables.js";

/** What a set is made of. */
interface Placed {
  readonly id: string;
  readonly state: CorrectionState;
}

/** The key of corrections taken together, whatever their order. */
export const keyOfSet = (ids: readonly string[]): string => [...ids].sort().join("+");

const accepted = (corrections: readonly Placed[]) =>
  corrections.filter(({ state }) => state === "accepted").map(({ id }) => id);
const live = (corrections: readonly Placed[]) =>
  corrections.filter(({ state }) => state === "draft" || state === "raised").map(({ id }) => id);

/** The set that is asked about when one more correction is accepted: it with those that were accepted before. */
export const keyWithAccepted = (corrections: readonly Placed[], id: string): string =>
  keyOfSet([...new Set([...accepted(corrections), id])]);

/** The set of everything that may still be accepted, with what was; null where that is one correction or none. */
export function keyOfAll(corrections: readonly Placed[]): string | null {
  const open = live(corrections);
  return open.length < 2 ? null : keyOfSet([...accepted(corrections), ...open]);
}

/**
 * The sets whose effect has to be known: each open correction with those accepted so far, so that it is seen before it is decided and exact
 * when it is; and all open ones together, since effects don't add up.
 */
export function setsWanted(corrections: readonly Placed[]): string[] {
  const all = keyOfAll(corrections);
  return [...live(corrections).map((id) => keyWithAccepted(corrections, id)), ...(all === null ? [] : [all])];
}
