import { type CivilDate, err, ok, type Problem, parseCivilDate, type Result } from "../../kernel/index.js";
import { problem } from "./service.js";

/** A day that a program wrote. */
export function dayOf(place: string, text: string): Result<CivilDate, readonly Problem[]> {
  const day = parseCivilDate(text);
  if (day.ok) return ok(day.value);
  return err([problem("consultation-incomplete", place, day.error, "Write the day as 2027-01-11.")]);
}
