import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, civilDate, valueOn } from "../../../kernel/index.js";
import { exemptionExamples } from "./examples.js";
import {
  closedSchool,
  decideExemption,
  type HeldMark,
  identityOf,
  markThatCounts,
  type SchoolTie,
} from "./exemption.js";
import { sameSchoolLinks, visitPurposes } from "./parameters.js";

const purposes = valueOn(visitPurposes, civilDate("2026-11-26")).value;
const purposeOf = (code: string) => purposes.find((purpose) => purpose.code === code)!;
const same = valueOn(sameSchoolLinks, civilDate("2026-11-26")).value;
const held = exemptionExamples[0]!.mark!;

describe("whether a visit may take place", () => {
  it.each(exemptionExamples.map((example) => [example.title, example] as const))(
    "%s",
    (_title, { mark, purpose, on, mayVisit, code }) => {
      expect(decideExemption(mark, purposeOf(purpose), civilDate(on))).toMatchObject({ mayVisit, code });
    },
  );

  it("is refused exactly where a mark holds and the purpose is accountability", () => {
    const states: readonly HeldMark["state"][] = [
      ...([
        "awarded",
        "suspended",
        "expired",
        "refused",
        "withdrawn",
        "ended",
        "not-decided",
        "awaiting-framework",
      ] as const),
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...states),
        fc.constantFrom(...purposes),
        fc.integer({ min: -400, max: 400 }),
        (state, purpose, days) => {
          const on = addDays(held.until!, days);
          const { mayVisit, until } = decideExemption({ ...held, state }, purpose, on);
          const spared = state === "awarded" && purpose.accountability && days < 0;
          return mayVisit === !spared && (until !== null) === spared;
        },
      ),
    );
  });
});

const tie = (urn: string, linkUrn: string, linkType: string): SchoolTie => ({ urn, linkUrn, linkType });

describe("a school under several URNs", () => {
  it("is one school where it became an academy, however the register says it", () => {
    for (const ties of [
      [tie("1", "2", "Successor")],
      [tie("2", "1", "Predecessor")],
      [tie("1", "2", "Successor"), tie("2", "1", "Predecessor")],
    ])
      for (const urn of ["1", "2"]) expect(identityOf(urn, ties, same)).toEqual({ urns: ["1", "2"], successors: [] });
  });

  it("is another school where it merged or was split", () => {
    const merged = [tie("1", "3", "Successor - merged"), tie("2", "3", "Successor - merged")];
    expect(identityOf("1", merged, same)).toEqual({ urns: ["1"], successors: ["3"] });
    expect(identityOf("3", merged, same)).toEqual({ urns: ["3"], successors: [] });
    const untold = [tie("1", "3", "Successor"), tie("2", "3", "Successor")]; // two predecessors: a merger, whatever it is called
    expect(identityOf("1", untold, same)).toEqual({ urns: ["1"], successors: ["3"] });
    const split = [tie("1", "2", "Successor"), tie("1", "3", "Successor - Split School")];
    expect(identityOf("1", split, same)).toEqual({ urns: ["1"], successors: ["2", "3"] });
  });

  it("ends where the register goes in circles", () => {
    const circle = [tie("1", "2", "Successor"), tie("2", "3", "Successor"), tie("3", "1", "Successor")];
    expect([...identityOf("1", circle, same).urns].sort()).toEqual(["1", "2", "3"]);
  });

  it("keeps the mark of its old URN until that mark's date, and not beyond", () => {
    const ended: HeldMark = { ...held, state: "ended" };
    const mark = markThatCounts([{ urn: "1", mark: ended }], "2");
    expect(decideExemption(mark, purposeOf("inspection"), civilDate("2026-11-26")).code).toBe("mark-held");
    expect(decideExemption(mark, purposeOf("inspection"), held.until!).code).toBe("mark-expired");
    const closed = markThatCounts([{ urn: "1", mark: ended }], "1");
    expect(decideExemption(closed, purposeOf("inspection"), civilDate("2026-11-26")).code).toBe("mark-ended");
    expect(
      markThatCounts(
        [
          { urn: "1", mark: ended },
          { urn: "2", mark: { ...held, state: "refused" } },
        ],
        "2",
      )?.state,
    ).toBe("refused");
    expect(markThatCounts([], "2")).toBeNull();
  });

  it("is answered about by its successors where it closed", () => {
    expect(closedSchool(civilDate("2024-08-31"), ["900003"]).reason).toContain("900003");
    expect(closedSchool(null, [])).toMatchObject({ mayVisit: true, code: "school-closed" });
  });
});
