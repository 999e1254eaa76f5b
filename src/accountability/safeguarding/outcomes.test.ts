import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, civilDate, dayNumber } from "../../kernel/index.js";
import { countsFrom } from "./outcomes.js";
import { distance, placeSchools, postcodeParts } from "./sites.js";

describe("the year in which an outcome counts", () => {
  it.each([
    ["2026-11-26", "2025-11-27"],
    ["2027-02-28", "2026-03-01"],
    ["2028-02-29", "2027-03-01"],
    ["2026-12-31", "2026-01-01"],
  ])("up to %s begins on %s", (on, from) => {
    expect(countsFrom(civilDate(on), 12)).toBe(from);
  });

  it("has 365 or 366 days, and never begins earlier for a later day", () => {
    const days = fc.integer({ min: 0, max: 20_000 }).map((n) => addDays(civilDate("2000-01-01"), n));
    fc.assert(
      fc.property(days, (on) => {
        const length = dayNumber(on) - dayNumber(countsFrom(on, 12)) + 1;
        expect([365, 366]).toContain(length);
        expect(countsFrom(addDays(on, 1), 12) >= countsFrom(on, 12)).toBe(true);
      }),
    );
  });
});

describe("where schools stand", () => {
  const school = (urn: string, postcode: string | null, authority = "354") => ({ urn, postcode, authority });
  const given = new Map([
    ["1", { east: 0, north: 0 }],
    ["2", { east: 10, north: 0 }],
    ["3", { east: 0, north: 30 }],
  ]);

  it("is taken from the nearest that is known: their own, the postcode district, the area, the authority", () => {
    const schools = [
      school("1", "OL14 5AB"),
      school("2", "OL14 6XY"),
      school("3", "OL1 2AA"),
      school("4", "ol14 9zz"),
      school("5", "OL9 1AA"),
      school("6", null),
      school("7", "M1 1AA", "352"),
    ];
    expect(placeSchools(schools, given).slice(3)).toEqual([
      { urn: "4", east: 5, north: 0, precision: "postcode-district" },
      { urn: "5", east: 10 / 3, north: 10, precision: "postcode-area" },
      { urn: "6", east: 10 / 3, north: 10, precision: "authority" },
    ]);
  });

  it.each([
    ["EC1A 1BB", "EC1A", "EC"],
    ["m1 1aa", "M1", "M"],
    ["CR26XH", "CR2", "CR"],
  ])("reads the postcode %s", (text, district, area) => {
    expect(postcodeParts(text)).toEqual({ district, area });
  });

  it("measures straight lines", () => {
    expect(distance({ east: 0, north: 0 }, { east: 3, north: 4 })).toBe(5);
    expect(postcodeParts("nowhere")).toBeNull();
  });
});
