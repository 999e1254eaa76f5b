import type { Item } from "./item.js";

/** An answer as a tablet sends it. */
export interface SentAnswer {
  readonly item: string;
  readonly answer: string;
  /** The tablet's own random name, and how manieth change of the session this is on it. */
  readonly device: string;
  readonly sequence: number;
}

/** The answer that is kept already. */
export interface KeptAnswer {
  readonly device: string;
  readonly sequence: number;
}

/**
 * Whether a sent answer is kept: the first of an item always; from the same tablet only a newer one, so that what is sent twice or late changes
 * nothing; from another tablet only where the session goes on there now. So a tablet that comes back into the net late fills gaps and overwrites nothing.
 *
 * @param current the tablet on which the session runs
 */
export function keepsAnswer(
  sent: Pick<SentAnswer, "device" | "sequence">,
  kept: KeptAnswer | null,
  current: string | null,
): boolean {
  if (kept === null) return true;
  if (kept.device === sent.device) return sent.sequence > kept.sequence;
  return sent.device === current;
}

/** A response as it goes to scaling: points, or why there are none. */
export type ScaledResponse = number | "omitted" | "not-reached";

/**
 * The responses of one pupil in order of presentation: what was left out before the last answer, and the first thing after it, was seen and
 * omitted; what follows was not reached (TIMSS 2011).
 *
 * @param scores points by item; null or absent without an answer
 */
export function scaledResponses(
  order: readonly Pick<Item, "id">[],
  scores: ReadonlyMap<string, number | null>,
): ReadonlyMap<string, ScaledResponse> {
  const answered = order.map(({ id }) => scores.get(id) ?? null);
  let last = answered.length - 1;
  while (last >= 0 && answered[last] === null) last--;
  return new Map(order.map(({ id }, k) => [id, answered[k] ?? (k <= last + 1 ? "omitted" : "not-reached")]));
}
