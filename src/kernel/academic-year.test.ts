import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { academicYear, academicYearOf, formatAcademicYear, periodOfAcademicYear } from "./academic-year.js";
import { addDays, civilDate, dateOfDay, holds } from "./civil-date.js";

describe("academic year", () => {
  // Law: Education Act 1996, section 579(1): a school year begins with the first term after July; the department counts from 1 September.
  it.each([
    ["2026-08-31", 2025],
    ["2026-09-01", 2026],
    ["2026-12-31", 2026],
    ["2027-01-01", 2026],
    ["2024-02-29", 2023],
  ])("puts %s in the year that began in September %i", (day, year) => {
    expect(academicYearOf(civilDate(day))).toBe(year);
  });

  it.each([
    [2025, "2025/26"],
    [1999, "1999/00"],
    [2008, "2008/09"],
    [2099, "2099/00"],
  ])("writes %i as %s", (year, text) => {
    expect(formatAcademicYear(academicYear(year))).toBe(text);
  });

  it("holds its first and last day and not the day after", () => {
    const period = periodOfAcademicYear(academicYear(2025));
    expect(holds(period, civilDate("2025-08-31"))).toBe(false);
    expect(holds(period, civilDate("2025-09-01"))).toBe(true);
    expect(holds(period, civilDate("2026-08-31"))).toBe(true);
    expect(holds(period, civilDate("2026-09-01"))).toBe(false);
  });

  it("puts every day in exactly the year whose period holds it", () => {
    fc.assert(
      fc.property(fc.integer({ min: -25_000, max: 84_000 }), (day) => {
        const date = dateOfDay(day);
        const year = academicYearOf(date);
        expect(holds(periodOfAcademicYear(year), date)).toBe(true);
        expect(addDays(periodOfAcademicYear(year).from, -1) < date).toBe(true);
      }),
    );
  });

  it.each([1899, 2201, 2025.5, Number.NaN])("refuses %s as a year", (year) => {
    expect(() => academicYear(year)).toThrow(RangeError);
  });
});
