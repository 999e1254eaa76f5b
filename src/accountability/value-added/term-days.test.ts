import { describe, expect, it } from "vitest";
import { academicYear, civilDate, dateOfDay, dayNumber, holds } from "../../kernel/index.js";
import { termCensusDays, windowOfYearGroups } from "./term-days.js";

const between = (from: string, to: string) =>
  Array.from(termCensusDays(dayNumber(civilDate(from)), dayNumber(civilDate(to))), dateOfDay);

describe("termly census days", () => {
  // Published: the census dates of these years in the department's "Complete the school census".
  it("are those the department gave for 2019 to 2025", () => {
    expect(between("2019-09-01", "2020-08-31")).toEqual(["2019-10-03", "2020-01-16", "2020-05-21"]);
    expect(between("2023-09-01", "2025-09-01")).toEqual([
      "2023-10-05",
      "2024-01-18",
      "2024-05-16",
      "2024-10-03",
      "2025-01-16",
      "2025-05-15",
    ]);
  });

  it("hold the first day of the stretch and not the day after it", () => {
    expect(between("2024-10-03", "2024-10-04")).toEqual(["2024-10-03"]);
    expect(between("2024-10-02", "2024-10-03")).toEqual([]);
    expect(between("2024-10-04", "2024-10-04")).toEqual([]);
  });

  it("are three a year, on Thursdays, whatever the year", () => {
    for (let year = 1970; year < 2100; year++) {
      const days = between(`${year}-01-01`, `${year + 1}-01-01`);
      expect(days.map((date) => date.slice(5, 7))).toEqual(["01", "05", "10"]);
      // The platform's own calendar: day 4 of the week is Thursday.
      expect(days.map((date) => new Date(date).getUTCDay())).toEqual([4, 4, 4]);
      expect(days.map((date) => Math.ceil(Number(date.slice(8)) / 7))).toEqual([3, 3, 1]);
    }
  });
});

describe("window of a key stage", () => {
  it.each([
    ["Years 7 to 11", 7, 11, 15],
    ["Years 3 to 6", 3, 6, 12],
    ["Reception to Year 6", 0, 6, 21],
    ["one year", 4, 4, 3],
  ])("%s", (_, first, last, terms) => {
    for (let year = 2000; year < 2060; year++) {
      const window = windowOfYearGroups(first, last, academicYear(year));
      expect(between(window.from, window.to!)).toHaveLength(terms);
    }
  });

  it("begins with the first year group's September and ends before study leave", () => {
    const window = windowOfYearGroups(7, 11, academicYear(2025));
    expect(window).toEqual({ from: "2021-09-01", to: "2026-06-01" });
    expect(holds(window, civilDate("2026-05-31"))).toBe(true);
  });

  it.each([
    [11, 7],
    [0.5, 2],
    [1, Number.NaN],
  ])("refuses year groups %s to %s", (first, last) => {
    expect(() => windowOfYearGroups(first, last, academicYear(2025))).toThrow(RangeError);
  });
});
