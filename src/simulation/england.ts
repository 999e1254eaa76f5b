import type { Country } from "./country/country.js";
import { makeCountry } from "./country/make-country.js";
import { englandDerived } from "./published/england-derived.js";
import { englandSchools } from "./published/england-schools.js";
import { englandTeachers } from "./published/england-teachers.js";

/** England's published totals. */
export const englandTotals = {
  name: "England",
  teachers: englandTeachers,
  schools: englandSchools,
  derived: englandDerived,
} as const;

/**
 * England's schools and teachers, each drawn from published totals.
 * @param census calendar year in which the academic year of the census begins; 2024 is the last published
 */
export function makeEngland(census = 2024): Country {
  return makeCountry(englandTotals, census);
}
