import { addDays, type CivilDate, civilDate } from "../../kernel/index.js";

/** Why the files of a signed audit are kept beyond their day. */
export type Hold =
  /** Somebody has raised that a child of the school may be at risk, and it isn't closed. */
  | "escalation"
  /** Something that the audit asked the school to do isn't closed. */
  | "action"
  /** The school is being heard on its Quality Mark, has appealed, or still may. */
  | "case";

/**
 * The first day on which the files of an audit are erased unless something holds them: so many months after it was signed, on the first of
 * the next month where the month has no such day. For as many months as an outcome counts, it is the first day on which it no longer does.
 *
 * @param months whole, 0 or more
 */
export function erasureDay(signedOn: CivilDate, months: number): CivilDate {
  const index = Number(signedOn.slice(0, 4)) * 12 + Number(signedOn.slice(5, 7)) - 1 + months;
  const first = (at: number) =>
    civilDate(`${String(Math.floor(at / 12)).padStart(4, "0")}-${String((at % 12) + 1).padStart(2, "0")}-01`);
  const day = addDays(first(index), Number(signedOn.slice(8)) - 1);
  const next = first(index + 1);
  if (day >= next) return next;
  return day;
}
