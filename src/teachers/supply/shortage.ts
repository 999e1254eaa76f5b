/** The lines of the shortage list, as they hold on its first day. */
export interface ShortageLines {
  /** Shares from 0 to 1. */
  readonly posts: number;
  readonly recruits: number;
  readonly sureness: number;
}

/** What one draw says of a subject over the years that the list looks at. */
export interface SubjectDraw {
  /** Posts without a teacher of the subject, of all posts, mean over the years. */
  readonly unfilled: number;
  /** Expected recruits over the trainees needed, mean over the years; null where none are needed. */
  readonly recruits: number | null;
}

/** Why a subject is on the list. */
export type ShortageReason = "posts-unfilled" | "too-few-recruits";

/** What the rule says of a subject. */
export interface ShortageFinding {
  readonly short: boolean;
  readonly reasons: readonly ShortageReason[];
  /** The share of draws in which each line is crossed, 0 to 1. */
  readonly unfilledSure: number;
  readonly recruitsSure: number;
}

/**
 * Whether a subject is short: in more than the given share of draws too many of its posts have no teacher of the subject, or too few recruits
 * are in sight. On the line itself a subject is not short.
 * @throws {RangeError} when there is no draw
 */
export function findShortage(draws: readonly SubjectDraw[], lines: ShortageLines): ShortageFinding {
  if (draws.length === 0) throw new RangeError("the rule needs at least one draw");
  const share = (crossed: (draw: SubjectDraw) => boolean) => draws.filter(crossed).length / draws.length;
  const unfilledSure = share(({ unfilled }) => unfilled > lines.posts);
  const recruitsSure = share(({ recruits }) => recruits !== null && recruits < lines.recruits);
  const reasons: ShortageReason[] = [];
  if (unfilledSure > lines.sureness) reasons.push("posts-unfilled");
  if (recruitsSure > lines.sureness) reasons.push("too-few-recruits");
  return { short: reasons.length > 0, reasons, unfilledSure, recruitsSure };
}
