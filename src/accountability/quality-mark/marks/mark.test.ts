import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, civilDate } from "../../../kernel/index.js";
import type { KeptMark } from "../cases/case.js";
import { markSentence, markStateOn, type PublishedMark, standingMark } from "./mark.js";

const from = civilDate("2026-01-31");
const until = civilDate("2027-01-31");
const kept = (over: Partial<KeptMark> = {}): KeptMark => ({
  ...{ state: "awarded", decision: "awarded", reasons: [], from, until, suspendedOn: null, endedOn: null, words: null },
  ...over,
});
const published = (mark: KeptMark, academicYear = "2024/25"): PublishedMark => ({
  urn: "100123",
  academicYear,
  kept: mark,
});

describe("a mark on a day", () => {
  it.each([
    ["2026-01-31", "awarded"],
    ["2027-01-30", "awarded"],
    ["2027-01-31", "expired"],
  ])("on %s is %s", (day, state) => {
    expect(markStateOn(kept(), civilDate(day))).toBe(state);
  });

  it.each([
    ["2026-04-30", "awarded"],
    ["2026-05-01", "suspended"],
    ["2027-01-31", "expired"],
  ])("that was suspended on 1 May 2026 is on %s %s", (day, state) => {
    expect(markStateOn(kept({ state: "suspended", suspendedOn: civilDate("2026-05-01") }), civilDate(day))).toBe(state);
  });

  it("that was withdrawn held until then", () => {
    const withdrawn = kept({ state: "withdrawn", endedOn: civilDate("2026-06-01") });
    expect(markStateOn(withdrawn, civilDate("2026-05-31"))).toBe("awarded");
    expect(markStateOn(withdrawn, civilDate("2026-06-01"))).toBe("withdrawn");
    expect(markStateOn(withdrawn, civilDate("2028-06-01"))).toBe("withdrawn");
  });
});

describe("the mark that counts", () => {
  const refusal = kept({ state: "refused", decision: "refused", from: civilDate("2026-12-01"), until: null });
  const undecided = kept({
    state: "not-decided",
    decision: "awaiting-evidence",
    from: civilDate("2026-12-01"),
    until: null,
  });

  it("is none before the first, and the newest after it", () => {
    expect(standingMark([published(kept())], civilDate("2026-01-30"))).toBeNull();
    const both = [published(kept()), published(refusal, "2025/26")];
    expect(standingMark(both, civilDate("2026-11-30"))).toMatchObject({ state: "awarded", academicYear: "2024/25" });
    expect(standingMark(both, civilDate("2026-12-01"))).toMatchObject({ state: "refused", academicYear: "2025/26" });
  });

  it("is not cut short by a review that could not decide", () => {
    const both = [published(undecided, "2025/26"), published(kept())];
    expect(standingMark(both, civilDate("2026-12-02"))).toMatchObject({ state: "awarded", until });
    expect(standingMark(both, until)).toMatchObject({ state: "not-decided" });
  });

  it("is said in a sentence, with its days", () => {
    const mark = standingMark([published(kept())], civilDate("2026-02-01"))!;
    expect(markSentence(mark)).toBe("The mark was awarded on 31 January 2026 and holds until 31 January 2027.");
  });

  it("never holds outside its dates, whatever happened to it", () => {
    const anyDay = fc.integer({ min: -30, max: 500 }).map((days) => addDays(from, days));
    const anyKept = fc.record({
      state: fc.constantFrom("awarded" as const, "suspended" as const, "withdrawn" as const, "ended" as const),
      suspendedOn: fc.option(anyDay),
      endedOn: anyDay,
    });
    fc.assert(
      fc.property(anyKept, anyDay, (over, day) => {
        const mark = standingMark([published(kept(over))], day);
        if (mark === null) expect(day < from).toBe(true);
        else if (mark.state === "awarded" || mark.state === "suspended") {
          expect(day >= from && day < until).toBe(true);
          if (over.state === "withdrawn" || over.state === "ended") expect(day < over.endedOn).toBe(true);
        }
      }),
    );
  });
});
