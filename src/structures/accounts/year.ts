import { type CivilDate, civilDate, valueOn } from "../../kernel/index.js";
import { type DayOfYear, dueDay, yearEndDay } from "./parameters.js";

const two = (n: number) => String(n).padStart(2, "0");
const dayIn = (year: number, { month, day }: DayOfYear) => civilDate(`${year}-${two(month)}-${two(day)}`);
const yearOf = (date: CivilDate) => Number(date.slice(0, 4));

/** The newest year end that has passed: on the day itself the year has not yet ended. */
export function lastYearEnd(today: CivilDate): CivilDate {
  const ends = valueOn(yearEndDay, today).value;
  const own = dayIn(yearOf(today), ends);
  return own < today ? own : dayIn(yearOf(today) - 1, ends);
}

/** Whether a day is one on which a year of accounts ends. */
export function isYearEnd(date: CivilDate): boolean {
  return date === dayIn(yearOf(date), valueOn(yearEndDay, date).value);
}

/** The day by which the opinion on a year is due: 31 December after a year end of 31 August. */
export function accountsDue(yearEnd: CivilDate): CivilDate {
  return dayIn(yearOf(yearEnd), valueOn(dueDay, yearEnd).value);
}

/** Every state of the accounts of a year. */
export const accountsStates = ["filed", "filed-late", "due", "missing"] as const;

/** Where the accounts of a year stand. Missing is neither passed nor failed. */
export type AccountsState = (typeof accountsStates)[number];

/**
 * Where the accounts of a year stand on a day.
 * @param filed the day on which the first opinion on the year was filed; null where none was
 */
export function accountsState(filed: CivilDate | null, yearEnd: CivilDate, today: CivilDate): AccountsState {
  const due = accountsDue(yearEnd);
  if (filed !== null) return filed <= due ? "filed" : "filed-late";
  return today <= due ? "due" : "missing";
}
