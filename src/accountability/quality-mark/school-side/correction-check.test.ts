import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilDate, valueOn } from "../../../kernel/index.js";
import { correctionReasons } from "../../value-added/index.js";
import { checkCorrection, type TypedCorrection } from "./correction-check.js";
import { correctionEvidence } from "./correction-evidence.js";

const today = civilDate("2026-11-26");
const reasons = valueOn(correctionReasons, today).value;
const asked = valueOn(correctionEvidence, today).value;
const check = (typed: TypedCorrection) => checkCorrection(typed, { reasons, asked, today });

const left: TypedCorrection = {
  ...{ reason: "left-england", action: "leave-out", shares: [], words: "" },
  facts: { leftOn: "2026-03-27", country: "Spain" },
};
const dual: TypedCorrection = {
  ...{ reason: "dual-roll", action: "shares", words: "Three days here, two in the unit." },
  shares: [
    { urn: "900001", percent: "60" },
    { urn: "900002", percent: "40%" },
    { urn: "", percent: "" },
  ],
  facts: { from: "2025-09-01", until: "2026-07-20", otherSchool: "900002" },
};

describe("a correction", () => {
  it("is taken where it states what its reason needs", () => {
    expect(check(left)).toEqual({ ok: true, value: { ...left, facts: left.facts } });
    const both = check(dual);
    expect(both.ok && both.value.shares).toEqual([
      { urn: "900001", share: 0.6 },
      { urn: "900002", share: 0.4 },
    ]);
  });

  it.each([
    ["nothing", { reason: "", action: "", shares: [], facts: {}, words: "" }, ["reason", "action"]],
    ["an unknown reason", { ...left, reason: "poor-results" }, ["reason"]],
    ["shares where the pupil is to be left out", { ...left, action: "shares" }, ["action", "share-0"]],
    ["a missing fact", { ...left, facts: { leftOn: "2026-03-27" } }, ["fact-country"]],
    ["a day to come", { ...left, facts: { ...left.facts, leftOn: "2027-03-27" } }, ["fact-leftOn"]],
    ["no day", { ...left, facts: { ...left.facts, leftOn: "spring" } }, ["fact-leftOn"]],
    ["days in the wrong order", { ...dual, facts: { ...dual.facts, until: "2025-08-01" } }, ["fact-until"]],
    [
      "more than the whole",
      {
        ...dual,
        shares: [
          { urn: "900001", percent: "60" },
          { urn: "900002", percent: "41" },
        ],
      },
      ["share-0"],
    ],
    [
      "a school twice",
      {
        ...dual,
        shares: [
          { urn: "900001", percent: "1" },
          { urn: "900001", percent: "1" },
        ],
      },
      ["share-urn-1"],
    ],
    ["no percentage", { ...dual, shares: [{ urn: "900001", percent: "half" }] }, ["share-0"]],
    [
      "another reason without words",
      { reason: "other", action: "leave-out", shares: [], facts: { what: "x" }, words: " " },
      ["words"],
    ],
    ["a book", { ...left, words: "x".repeat(2001) }, ["words"]],
  ])("is refused with %s, by its fields", (_what, typed, fields) => {
    const checked = check(typed);
    expect(checked.ok ? [] : checked.error.map(({ field }) => field)).toEqual(fields);
  });

  it("never takes shares that are more than the whole, or another action than the reason allows", () => {
    const share = fc.record({
      urn: fc.constantFrom("900001", "900002", "x", ""),
      percent: fc.oneof(fc.integer({ min: -5, max: 120 }).map(String), fc.string()),
    });
    const typed = fc.record({
      reason: fc.constantFrom(...reasons.map(({ code }) => code), "?"),
      action: fc.constantFrom("leave-out", "shares", ""),
      shares: fc.array(share, { maxLength: 4 }),
      facts: fc.dictionary(
        fc.constantFrom(...asked.flatMap(({ facts }) => facts.map(({ name }) => name))),
        fc.constantFrom("2026-01-05", "900002", "words", ""),
      ),
      words: fc.constantFrom("", "words"),
    });
    fc.assert(
      fc.property(typed, (one) => {
        const checked = check(one);
        if (!checked.ok) return checked.error.length > 0;
        const { reason, action, shares } = checked.value;
        const whole = shares.reduce((sum, { share: part }) => sum + part, 0);
        const allowed = reasons.find(({ code }) => code === reason)!.actions.includes(action);
        return allowed && whole <= 1 + 1e-9 && shares.length > 0 === (action === "shares");
      }),
    );
  });

  it("has its evidence listed for every reason", () => {
    expect(asked.map(({ reason }) => reason)).toEqual(reasons.map(({ code }) => code));
    for (const { documents } of asked) expect(documents.length).toBeGreaterThan(0);
  });
});
