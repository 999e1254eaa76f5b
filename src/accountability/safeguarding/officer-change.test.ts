import { describe, expect, it } from "vitest";
import { civilDate } from "../../kernel/index.js";
import { charterNumberOf, charterStatus, type Officer } from "./officer.js";
import { changeOfficerAs } from "./officer-change.js";

const today = civilDate("2026-10-05");
const officer: Officer = {
  ...{ charter: charterNumberOf("000001"), name: "Bramble Officer", person: null, region: "E12000005" },
  ...{ baseName: "Otterwick", base: { east: 0, north: 0 }, daysPerYear: 60 },
  chartered: { from: civilDate("2025-09-01"), to: civilDate("2028-09-01") },
  suspensions: [],
  interests: [
    {
      ...{ kind: "works", in: { kind: "school", urn: "900001" }, words: "" },
      ...{ from: civilDate("2024-09-01"), to: null, declared: civilDate("2025-09-01") },
    },
  ],
};
type Change = Parameters<typeof changeOfficerAs>[1];
const changed = (before: Officer, change: Change, on = today) => {
  const after = changeOfficerAs(before, change, on, 3);
  if (!after.ok) throw new Error(JSON.stringify(after.error));
  return after.value;
};
const refusal = (before: Officer, change: Change) => {
  const after = changeOfficerAs(before, change, today, 3);
  return after.ok ? [] : after.error.map(({ code }) => code);
};
const suspend = (from: string, why = "A complaint is looked into."): Change => ({
  ...{ kind: "suspended", from: civilDate(from), why },
});
const restore = (on: string, why = "Nothing was found."): Change => ({
  ...{ kind: "suspension-ended", on: civilDate(on), why },
});
const end = (at: number, on: string): Change => ({ kind: "interest-ended", at, on: civilDate(on) });

describe("a charter", () => {
  it("is suspended from its day up to, and not with, the day on which it is restored", () => {
    const suspended = changed(officer, suspend("2026-10-10"));
    expect(charterStatus(suspended, civilDate("2026-10-09"))).toBe("chartered");
    expect(charterStatus(suspended, civilDate("2026-10-10"))).toBe("suspended");
    const restored = changed(suspended, restore("2026-10-20"));
    expect(charterStatus(restored, civilDate("2026-10-19"))).toBe("suspended");
    expect(charterStatus(restored, civilDate("2026-10-20"))).toBe("chartered");
    expect(restored.suspensions).toEqual([
      {
        ...{ from: "2026-10-10", to: "2026-10-20" },
        ...{ why: "A complaint is looked into.", endedBecause: "Nothing was found." },
      },
    ]);
    expect(changed(restored, suspend("2026-11-01")).suspensions).toHaveLength(2);
  });

  it("never holds a suspension that is taken back before it begins", () => {
    const taken = changed(changed(officer, suspend("2026-10-10")), restore("2026-10-10"));
    for (const on of ["2026-10-09", "2026-10-10", "2026-10-11"])
      expect(charterStatus(taken, civilDate(on))).toBe("chartered");
  });

  it("is suspended and restored for a reason, once, and never back behind today", () => {
    const suspended = changed(officer, suspend("2026-10-10"));
    expect(refusal(officer, suspend("2026-10-04"))).toEqual(["officer-day-impossible"]);
    expect(refusal(officer, suspend("2026-10-05", ""))).toEqual(["audit-words-missing"]);
    expect(refusal(suspended, suspend("2026-11-01"))).toEqual(["charter-suspended-already"]);
    expect(refusal(officer, restore("2026-10-05"))).toEqual(["charter-not-suspended"]);
    expect(refusal(suspended, restore("2026-10-09"))).toEqual(["officer-day-impossible"]);
    expect(refusal(suspended, restore("2026-10-10", ""))).toEqual(["audit-words-missing"]);
  });
});

describe("a renewed charter", () => {
  const renew = (until: string): Change => ({ kind: "renewed", until: civilDate(until) });

  it("goes on from the day on which it would lapse, for one term at most", () => {
    expect(changed(officer, renew("2031-09-01")).chartered).toEqual({ from: "2025-09-01", to: "2031-09-01" });
    expect(refusal(officer, renew("2028-09-01"))).toEqual(["officer-day-impossible"]);
    expect(refusal(officer, renew("2031-09-02"))).toEqual(["officer-day-impossible"]);
    expect(charterStatus(changed(changed(officer, suspend("2026-10-05")), renew("2030-09-01")), today)).toBe(
      "suspended",
    );
  });

  it("begins anew today where it has lapsed", () => {
    const lapsed = { ...officer, chartered: { from: civilDate("2023-09-01"), to: today } };
    expect(charterStatus(lapsed, today)).toBe("lapsed");
    expect(changed(lapsed, renew("2029-10-05")).chartered).toEqual({ from: "2026-10-05", to: "2029-10-05" });
    expect(refusal(lapsed, renew("2026-10-05"))).toEqual(["officer-day-impossible"]);
  });
});

describe("an interest", () => {
  it("ends on a day from its beginning to today, once", () => {
    const ended = changed(officer, end(0, "2026-10-05"));
    expect(ended.interests[0]!.to).toBe("2026-10-05");
    expect(changed(officer, end(0, "2024-09-01")).interests[0]!.to).toBe("2024-09-01");
    expect(refusal(officer, end(0, "2024-08-31"))).toEqual(["officer-day-impossible"]);
    expect(refusal(officer, end(0, "2026-10-06"))).toEqual(["officer-day-impossible"]);
    expect(refusal(officer, end(1, "2026-10-05"))).toEqual(["interest-unknown"]);
    expect(refusal(officer, end(-1, "2026-10-05"))).toEqual(["interest-unknown"]);
    expect(refusal(ended, end(0, "2026-10-05"))).toEqual(["interest-ended"]);
  });
});
