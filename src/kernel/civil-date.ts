import type { Brand } from "./brand.js";
import { err, ok, type Result } from "./result.js";

/** A day of the Gregorian calendar as `YYYY-MM-DD`, without clock or zone. Sorts as text in order of time. */
export type CivilDate = Brand<string, "CivilDate">;

const pattern = /^(\d{4})-(\d{2})-(\d{2})$/;
const daysBefore = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];

function isLeapYear(year: number): boolean {
  return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

/** Reads a date written `YYYY-MM-DD`; the error says what is wrong with the text. */
export function parseCivilDate(text: string): Result<CivilDate, string> {
  const match = pattern.exec(text);
  if (!match) return err(`"${text}" is not a date written YYYY-MM-DD`);
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])];
  if (month < 1 || month > 12) return err(`"${text}" has no month ${match[2]}`);
  if (day < 1 || day > daysInMonth(year, month)) return err(`"${text}" has no day ${match[3]} in that month`);
  return ok(text as CivilDate);
}

/**
 * A date known to the programmer.
 * @throws {RangeError} when the text is not a date.
 */
export function civilDate(text: string): CivilDate {
  const parsed = parseCivilDate(text);
  if (!parsed.ok) throw new RangeError(parsed.error);
  return parsed.value;
}

/** Whole days since 1970-01-01, which is day 0; negative before it. */
export function dayNumber(date: CivilDate): number {
  const [year, month, day] = [Number(date.slice(0, 4)), Number(date.slice(5, 7)), Number(date.slice(8, 10))];
  const before = year - 1;
  const leapDays = Math.floor(before / 4) - Math.floor(before / 100) + Math.floor(before / 400);
  const inYear = daysBefore[month - 1]! + (month > 2 && isLeapYear(year) ? 1 : 0) + day;
  return before * 365 + leapDays + inYear - 719_163;
}

/** 0000-01-01 and 9999-12-31: four digits of year write no other days. */
const [firstDay, lastDay] = [-719_528, 2_932_896];

/**
 * The date of a day number; the inverse of {@link dayNumber}.
 * @throws {RangeError} when `day` is not whole or its year has not four digits.
 */
export function dateOfDay(day: number): CivilDate {
  if (!Number.isInteger(day) || day < firstDay || day > lastDay)
    throw new RangeError(`a day number is whole and from ${firstDay} to ${lastDay}, got ${day}`);
  // Howard Hinnant's civil_from_days: exact for every day of the proleptic Gregorian calendar.
  const z = day + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const dayOfMonth = dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1;
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const text = (n: number, width: number) => String(n).padStart(width, "0");
  return `${text(year, 4)}-${text(month, 2)}-${text(dayOfMonth, 2)}` as CivilDate;
}

/**
 * The day `days` later (earlier when negative).
 * @throws {RangeError} when that is not a whole number or leaves the four-digit years.
 */
export function addDays(date: CivilDate, days: number): CivilDate {
  return dateOfDay(dayNumber(date) + days);
}

const monthNames = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

/** `1 September 2026`, as in a sentence. */
export function dateInWords(date: CivilDate): string {
  return `${Number(date.slice(8))} ${monthNames[Number(date.slice(5, 7)) - 1]} ${Number(date.slice(0, 4))}`;
}

/** A stretch of time that holds `from` and not `to`; `to: null` is still running. */
export interface Period {
  readonly from: CivilDate;
  readonly to: CivilDate | null;
}

/** Whether the period holds the day. */
export function holds(period: Period, date: CivilDate): boolean {
  return period.from <= date && (period.to === null || date < period.to);
}
