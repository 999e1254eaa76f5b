import { type CivilDate, err, parseCivilDate, type Result } from "../kernel/index.js";

const dayFirst = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?: 0?0:00(?::00)?)?$/;
const yearFirst = /^(\d{4}-\d{2}-\d{2})(?:[T ]00:00(?::00(?:\.0+)?)?Z?)?$/;

/**
 * Reads a date as the department's files and spreadsheets write it: `2024-09-01`, `01/09/2024`, `1/9/2024`, `01-09-2024`
 * or `01.09.2024`, always the day before the month, and with a time only where it is midnight.
 * A year of two digits is refused: nobody can tell the century.
 */
export function parseDateText(text: string): Result<CivilDate, string> {
  const iso = yearFirst.exec(text);
  if (iso) return parseCivilDate(iso[1]!);
  const match = dayFirst.exec(text);
  if (!match) return err(`"${text}" is not a date`);
  const parsed = parseCivilDate(`${match[4]}-${match[3]!.padStart(2, "0")}-${match[1]!.padStart(2, "0")}`);
  return parsed.ok ? parsed : err(`"${text}" is not a day of the calendar (day, month, year)`);
}
