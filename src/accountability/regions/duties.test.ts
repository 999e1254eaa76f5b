import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilDate } from "../../kernel/index.js";
import { type Duty, duties, dutiesOn } from "./duties.js";
import { checkRegister, type RegionInForce, type Responsibility } from "./responsibility.js";

const day = civilDate;
const since = day("2026-09-01");
const ofRegion = duties.find(({ code }) => code === "accounts") as Duty;
const north: RegionInForce = { code: "N1", name: "North", from: day("2022-09-01"), to: null };
const held = (office: string, from: string, to: string | null): Responsibility => ({
  duty: "accounts",
  region: "N1",
  office,
  post: "trusts",
  from: day(from),
  to: to === null ? null : day(to),
});
const codes = (rows: readonly Responsibility[], regions = [north]) =>
  checkRegister([ofRegion], regions, rows, [], since).map(({ code }) => code);

describe("the duties", () => {
  it("have one code each, a source, and a post exactly where an office of ours holds them", () => {
    expect(new Set(duties.map(({ code }) => code)).size).toBe(duties.length);
    for (const { holder, post, source } of duties) {
      expect(post !== null).toBe(holder === "regional-office" || holder === "national-office");
      expect(source.kind === "assumption" ? source.why : "citation" in source && source.citation).not.toBe("");
    }
  });

  it("are those of the law alone before the regions were shared", () => {
    expect(dutiesOn(day("2022-08-31")).every(({ standing }) => standing === "law")).toBe(true);
    expect(dutiesOn(day("2022-09-01")).some(({ standing }) => standing === "proposed")).toBe(true);
  });
});

describe("the check of who holds a duty", () => {
  it("passes one office without end, and two that follow one another on the day", () => {
    expect(codes([held("a", "2022-09-01", null)])).toEqual([]);
    expect(codes([held("a", "2022-09-01", "2027-01-01"), held("b", "2027-01-01", null)])).toEqual([]);
  });

  it("finds a region without an office, a gap of a day, a day too many and an end without successor", () => {
    expect(codes([])).toEqual(["duty-without-office"]);
    expect(codes([held("a", "2022-09-01", "2027-01-01"), held("b", "2027-01-02", null)])).toEqual([
      "duty-without-office",
    ]);
    expect(codes([held("a", "2022-09-01", "2027-01-02"), held("b", "2027-01-01", null)])).toEqual([
      "duty-with-two-offices",
    ]);
    expect(codes([held("a", "2022-09-01", "2027-01-01")])).toEqual(["duty-without-office"]);
  });

  it("doesn't judge the past, nor a region beyond its last day", () => {
    expect(codes([held("a", "2026-09-01", null)])).toEqual([]);
    expect(codes([held("a", "2022-09-01", "2027-09-01")], [{ ...north, to: day("2027-09-01") }])).toEqual([]);
  });

  it("finds delegations that overlap and one to the office itself", () => {
    const delegation = { duty: "accounts", region: "N1", toPost: "trusts", reasons: "illness" };
    const problems = checkRegister(
      [ofRegion],
      [north],
      [held("a", "2022-09-01", null)],
      [
        { ...delegation, toOffice: "b", from: day("2026-09-01"), to: day("2026-12-01") },
        { ...delegation, toOffice: "a", from: day("2026-11-30"), to: day("2027-01-01") },
      ],
      since,
    );
    expect(problems.map(({ code }) => code)).toEqual(["delegation-overlaps", "delegation-to-itself"]);
  });

  // Property: any cut of the future into consecutive holders is whole, and taking out any one of them is found.
  it("finds any missing link of a chain of offices", () => {
    const anyYears = fc.uniqueArray(fc.integer({ min: 2027, max: 2090 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(anyYears, fc.nat(), (years, which) => {
        const days = ["2022-09-01", ...years.sort().map((year) => `${year}-01-01`)];
        const chain = days.map((from, i) => held(`office-${i}`, from, days[i + 1] ?? null));
        expect(codes(chain)).toEqual([]);
        expect(codes(chain.toSpliced(which % chain.length, 1))).toEqual(["duty-without-office"]);
      }),
    );
  });
});
