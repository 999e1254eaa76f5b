import { academicYear, academicYearOf, addDays, civilDate, periodOfAcademicYear } from "../../kernel/index.js";
import type { MeasureSpecification, Membership } from "./specification.js";

/** A membership by other dates or another unit of time, with what was changed; or why there is none. */
export type OtherTime = { readonly membership: Membership; readonly how: string } | string;

const noSpells = "The shares of time are given and not made from spells, so no other dates or units can be tried.";

/** The last two academic years of each window. */
export function lastTwoYears({ membership }: MeasureSpecification): OtherTime {
  if (membership.kind !== "spells") return noSpells;
  let shorter = false;
  const windows = membership.windows.map((window) => {
    const lastYear = academicYearOf(addDays(civilDate(window.to), -1));
    const { from } = periodOfAcademicYear(academicYear(lastYear - 1));
    if (from <= window.from) return window;
    shorter = true;
    return { ...window, from };
  });
  if (!shorter) return "No window is longer than the last two years.";
  return {
    membership: { ...membership, windows },
    how: "The same model, fitted anew; each pupil's time is counted in the last two academic years of the window only.",
  };
}

/** Days in place of terms, or terms in place of days. */
export function otherUnit({ membership }: MeasureSpecification): OtherTime {
  if (membership.kind !== "spells") return noSpells;
  const [unit, old] = membership.unit === "days" ? (["terms", "days"] as const) : (["days", "terms"] as const);
  return {
    membership: { ...membership, unit },
    how: `The same model, fitted anew; time is counted in ${unit} in place of ${old}.`,
  };
}
