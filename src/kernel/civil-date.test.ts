import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  type CivilDate,
  civilDate,
  dateInWords,
  dateOfDay,
  dayNumber,
  holds,
  parseCivilDate,
} from "./civil-date.js";

const anyDay = fc.integer({ min: -719_528, max: 2_932_896 });

describe("civil date", () => {
  it.each(["2024-02-29", "2000-02-29", "0000-01-01", "9999-12-31", "2026-07-21"])("reads %s", (text) => {
    expect(parseCivilDate(text)).toEqual({ ok: true, value: text });
  });

  it.each([
    ["2026-13-01", "no month 13"],
    ["2026-00-01", "no month 00"],
    ["2023-02-29", "no day 29"],
    ["1900-02-29", "no day 29"],
    ["2026-04-31", "no day 31"],
    ["2026-01-00", "no day 00"],
    ["21/07/2026", "not a date written YYYY-MM-DD"],
    ["2026-7-21", "not a date written YYYY-MM-DD"],
    [" 2026-07-21", "not a date written YYYY-MM-DD"],
    ["2026-07-21\n", "not a date written YYYY-MM-DD"],
    ["", "not a date written YYYY-MM-DD"],
  ])("says what is wrong with %j", (text, complaint) => {
    const parsed = parseCivilDate(text);
    expect(parsed.ok ? "read" : parsed.error).toContain(complaint);
    expect(() => civilDate(text)).toThrow(RangeError);
  });

  // Closed form: 400 Gregorian years are 146,097 days, so 1600-01-01 is 370 years and 89 leap days before day 0.
  it.each([
    ["1970-01-01", 0],
    ["1969-12-31", -1],
    ["1970-12-31", 364],
    ["2000-03-01", 11_017],
    ["1600-01-01", -(370 * 365 + 90)],
    ["2026-09-01", 20_697],
  ])("numbers %s as day %i", (text, day) => {
    expect(dayNumber(civilDate(text))).toBe(day);
    expect(dateOfDay(day)).toBe(text);
  });

  it("agrees with the platform's proleptic calendar on every day it can write", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(dateOfDay(day)).toBe(new Date(day * 86_400_000).toISOString().slice(0, 10));
        expect(dayNumber(dateOfDay(day))).toBe(day);
      }),
    );
  });

  it("sorts as text in order of time", () => {
    fc.assert(
      fc.property(anyDay, anyDay, (a, b) => {
        expect(dateOfDay(a) < dateOfDay(b)).toBe(a < b);
      }),
    );
  });

  it("adds days over leap days and ends of years", () => {
    expect(addDays(civilDate("2024-02-28"), 1)).toBe("2024-02-29");
    expect(addDays(civilDate("2023-02-28"), 1)).toBe("2023-03-01");
    expect(addDays(civilDate("2025-12-31"), 1)).toBe("2026-01-01");
    expect(addDays(civilDate("2026-01-01"), -366)).toBe("2024-12-31");
  });

  it.each([-719_529, 2_932_897, 0.5, Number.NaN])("refuses day %s, which four digits of year can't write", (day) => {
    expect(() => dateOfDay(day)).toThrow(RangeError);
  });

  it("does not let a date run past the year 9999", () => {
    expect(() => addDays(civilDate("9999-12-31"), 1)).toThrow(RangeError);
  });

  it.each([
    ["2026-09-01", "1 September 2026"],
    ["2024-02-29", "29 February 2024"],
    ["1999-12-31", "31 December 1999"],
  ])("says %s as %s", (day, words) => {
    expect(dateInWords(civilDate(day))).toBe(words);
  });

  it("keeps a text that was not parsed out of a place for a date", () => {
    // @ts-expect-error a plain text is not a CivilDate: this line fails the type check when the brand is lost
    const unparsed: CivilDate = "2026-07-21";
    expect(unparsed).toBe("2026-07-21");
  });
});

describe("period", () => {
  const spell = { from: civilDate("2025-09-01"), to: civilDate("2025-12-20") };

  it.each([
    ["2025-08-31", false],
    ["2025-09-01", true],
    ["2025-12-19", true],
    ["2025-12-20", false],
  ])("that ends on 20 December holds %s: %s", (day, held) => {
    expect(holds(spell, civilDate(day))).toBe(held);
  });

  it("without an end holds every day from its first", () => {
    const running = { from: civilDate("2025-09-01"), to: null };
    expect(holds(running, civilDate("2025-08-31"))).toBe(false);
    expect(holds(running, civilDate("9999-12-31"))).toBe(true);
  });
});
