import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, civilDate, dayNumber, valueOn } from "../../kernel/index.js";
import { actionsOf, consequenceOf } from "./actions.js";
import { acknowledgementDue, authorityContacts, emergencyContacts, escalationState } from "./escalation.js";
import { allMet, answersOf, exampleSchool, exampleSections, interestExamples, outcomeExamples } from "./examples.js";
import { barOfContinuity, barsBetween, yearsLater } from "./interests.js";
import {
  charterCheckLetter,
  charterNumberOf,
  charterStatus,
  mayAct,
  type Officer,
  parseCharterNumber,
} from "./officer.js";
import { type Answer, answerFault, decideAudit, type Judgement } from "./outcome.js";
import { openSeriousActions, safeguardingParameters } from "./parameters.js";
import { drawSample, secondReadingOf } from "./second-reading.js";
import { findRequirement, sectionsFor } from "./standard.js";
import { standardOf, standardOn, standards } from "./standards.js";

const day = civilDate("2026-10-05");
const waiting = { afterWorking: 5, afterGoverning: 4 };
const six = fc.integer({ min: 0, max: 999_999 }).map((n) => String(n).padStart(6, "0"));

describe("the charter number", () => {
  it("is read back from its digits, also with spaces and small letters", () => {
    fc.assert(
      fc.property(six, (digits) => {
        const number = charterNumberOf(digits);
        const written = `${number.slice(0, 3)} ${number.slice(3, 9)}-${number.slice(9)}`.toLowerCase();
        expect(parseCharterNumber(written)).toEqual({ ok: true, value: number });
      }),
    );
  });

  it("notices any one wrong digit and any two neighbours changed about", () => {
    fc.assert(
      fc.property(six, fc.integer({ min: 0, max: 5 }), fc.integer({ min: 1, max: 9 }), (digits, at, by) => {
        const wrong = digits.slice(0, at) + String((Number(digits[at]) + by) % 10) + digits.slice(at + 1);
        expect(charterCheckLetter(wrong)).not.toBe(charterCheckLetter(digits));
        if (at === 5 || digits[at] === digits[at + 1]) return;
        const swapped = digits.slice(0, at) + digits[at + 1] + digits[at] + digits.slice(at + 2);
        expect(charterCheckLetter(swapped)).not.toBe(charterCheckLetter(digits));
      }),
    );
  });

  it.each(["", "CSO12345A", "CSO1234567", "CSO123456I", "TSO123456A"])("refuses %j", (text) => {
    expect(parseCharterNumber(text).ok).toBe(false);
  });

  // By hand: 1×2 + 2×3 + 3×4 + 4×5 + 5×6 + 6×7 = 112 = 4 × 23 + 20, and letter 20 counted from nought is X.
  it("says which letter the digits call for", () => {
    expect(parseCharterNumber("CSO123456A")).toEqual({ ok: false, error: expect.stringContaining("call for X") });
  });
});

const officer: Officer = {
  charter: charterNumberOf("000001"),
  name: "Thistle Marrowby",
  person: null,
  region: "E12000001",
  baseName: "Otterwick",
  base: { east: 0, north: 0 },
  daysPerYear: 120,
  chartered: { from: civilDate("2024-09-01"), to: civilDate("2027-09-01") },
  suspensions: [{ from: civilDate("2025-03-01"), to: civilDate("2025-04-01"), why: "a complaint was looked into" }],
  interests: [],
};

describe("a charter", () => {
  it.each([
    ["2024-08-31", "not-yet"],
    ["2024-09-01", "chartered"],
    ["2025-02-28", "chartered"],
    ["2025-03-01", "suspended"],
    ["2025-03-31", "suspended"],
    ["2025-04-01", "chartered"],
    ["2027-08-31", "chartered"],
    ["2027-09-01", "lapsed"],
  ])("on %s is %s", (on, status) => {
    expect(charterStatus(officer, civilDate(on))).toBe(status);
    expect(mayAct(officer, civilDate(on)).ok).toBe(status === "chartered");
  });

  it("names the date on which it lapsed", () => {
    const refused = mayAct(officer, civilDate("2027-10-01"));
    expect(refused).toMatchObject({ ok: false, error: { code: "charter-lapsed" } });
    expect(refused.ok ? "" : refused.error.message).toContain("1 September 2027");
  });
});

describe("interests", () => {
  it.each(interestExamples)("$title", ({ interest, on, bars }) => {
    expect(barsBetween([interest], exampleSchool, on, waiting).length > 0).toBe(bars);
  });

  it("bar on every day from the beginning to the end of the wait, and on no other", () => {
    const days = fc.integer({ min: 0, max: 9000 }).map((n) => addDays(civilDate("2010-01-01"), n));
    fc.assert(
      fc.property(days, days, days, (a, b, on) => {
        const [from, to] = a < b ? [a, b] : [b, a];
        const interest = {
          kind: "works",
          in: { kind: "school", urn: "900123" },
          from,
          to,
          declared: to,
          words: "",
        } as const;
        const barred = barsBetween([interest], exampleSchool, on, waiting).length > 0;
        expect(barred).toBe(on >= from && on < yearsLater(to, 5));
      }),
    );
  });

  it("count 29 February as the last day of its year", () => {
    expect(yearsLater(civilDate("2024-02-29"), 5)).toBe("2029-03-01");
    expect(yearsLater(civilDate("2024-02-29"), 4)).toBe("2028-02-29");
  });

  it("let one officer audit a school three years running and no more", () => {
    expect(barOfContinuity([2023, 2024, 2025], 2026, 3)?.code).toBe("too-many-years-running");
    expect(barOfContinuity([2022, 2024, 2025], 2026, 3)).toBeNull();
    expect(barOfContinuity([], 2026, 3)).toBeNull();
  });
});

describe("the audit standard", () => {
  it("keeps each version's ids apart and gives each requirement a source, evidence and somebody to ask", () => {
    for (const { version, sections } of standards) {
      const all = sections.flatMap((section) => section.requirements.map((one) => ({ section: section.id, one })));
      expect(new Set(all.map(({ one }) => one.id)).size, version).toBe(all.length);
      for (const { section, one } of all) {
        expect(one.id.startsWith(`${section}.`), one.id).toBe(true);
        expect(one.evidence.length * one.asked.length, one.id).toBeGreaterThan(0);
        const words = one.source.kind === "assumption" ? one.source.why : one.source.citation;
        expect(words.length, one.id).toBeGreaterThan(20);
        if (one.decisive) expect(one.seriousness, one.id).toBe("immediate");
      }
    }
  });

  it("is the version of the day, and never one before the first", () => {
    expect(standardOn(civilDate("2026-08-31")).version).toBe("2025-09");
    expect(standardOn(civilDate("2026-09-01")).version).toBe("2026-09");
    expect(() => standardOn(civilDate("2025-08-31"))).toThrow(RangeError);
    expect(() => standardOf("1999-01")).toThrow(RangeError);
  });

  it("asks an infant school nothing about work experience, and a secondary school nothing about nurseries", () => {
    const school = { kind: "mainstream", boards: false } as const;
    const asks = (lowAge: number | null, highAge: number | null) =>
      sectionsFor(standardOf("2026-09"), { ...school, lowAge, highAge }).flatMap((s) =>
        s.requirements.map((r) => r.id),
      );
    expect(asks(4, 7)).toContain("elsewhere.early-years");
    expect(asks(4, 7)).not.toContain("elsewhere.work");
    expect(asks(11, 18)).toContain("elsewhere.work");
    expect(asks(11, 18)).not.toContain("elsewhere.early-years");
    expect(asks(null, null)).toEqual(expect.arrayContaining(["elsewhere.early-years", "elsewhere.work"]));
  });
});

const decide = (answers: readonly Answer[], most = 2) => decideAudit(exampleSections, answers, most);
const judgements: readonly Judgement[] = ["met", "partly-met", "not-met", "not-applicable"];
const anyAnswers = fc
  .array(fc.constantFrom(...judgements), {
    minLength: allMet(exampleSections).length,
    maxLength: allMet(exampleSections).length,
  })
  .map((found) => allMet(exampleSections).map((answer, i) => ({ ...answer, judgement: found[i]! })));

describe("the outcome", () => {
  it.each(outcomeExamples)("$title", (example) => {
    const { outcome, reasons } = decide(answersOf(example, exampleSections), valueOn(openSeriousActions, day).value);
    expect([outcome, reasons.map((reason) => reason.code)]).toEqual([example.outcome, example.reasons]);
  });

  it("never gets better when a finding gets worse", () => {
    const worse: Record<Judgement, Judgement> = {
      met: "partly-met",
      "partly-met": "not-met",
      "not-met": "not-met",
      "not-applicable": "partly-met",
    };
    fc.assert(
      fc.property(anyAnswers, fc.nat(), fc.integer({ min: 0, max: 50 }), (answers, at, most) => {
        const changed = answers.map((answer, i) =>
          i === at % answers.length ? { ...answer, judgement: worse[answer.judgement] } : answer,
        );
        if (decide(answers, most).outcome === "not-secure") expect(decide(changed, most).outcome).toBe("not-secure");
      }),
    );
  });

  it("is not secure with any decisive requirement not met, whatever is allowed", () => {
    const decisive = exampleSections.flatMap((s) => s.requirements).filter((one) => one.decisive);
    expect(decisive.length).toBeGreaterThan(5);
    for (const { id } of decisive) {
      const answers = allMet(exampleSections).map((a) =>
        a.requirement === id ? { ...a, judgement: "not-met" as const } : a,
      );
      expect(decide(answers, 99)).toMatchObject({ outcome: "not-secure", reasons: [{ requirement: id }] });
    }
  });

  it("isn't decided while an answer is missing", () => {
    expect(() => decide(allMet(exampleSections).slice(1))).toThrow("recruitment.record");
  });

  it("doesn't accept an answer without evidence, words or an action, nor leaving out what decides", () => {
    const record = findRequirement(standardOf("2025-09"), "recruitment.record")!;
    const answer = allMet(exampleSections)[0]!;
    expect(answerFault(answer, record)).toBeNull();
    expect(answerFault({ ...answer, evidence: [] }, record)).toContain("evidence");
    expect(answerFault({ ...answer, judgement: "not-met" }, record)).toContain("found");
    expect(answerFault({ ...answer, judgement: "not-met", note: "Two lines lack a date." }, record)).toContain(
      "action",
    );
    expect(answerFault({ ...answer, judgement: "not-applicable", note: "No staff." }, record)).toContain("decides");
    expect(answerFault({ ...answer, mended: day }, record)).toContain("mended");
  });
});

describe("actions", () => {
  const days = { immediate: 3, serious: 28, ordinary: 90 };

  it("have deadlines by how serious they are, the most urgent first", () => {
    const found = {
      "policies.conduct": "not-met",
      "recruitment.barred": "not-met",
      "records.transfer": "not-met",
    } as const;
    const answers = answersOf({ title: "", found, outcome: "not-secure", reasons: [] }, exampleSections);
    const actions = actionsOf(exampleSections, answers, day, days);
    expect(actions.map(({ requirement, due }) => [requirement, dayNumber(due) - dayNumber(day)])).toEqual([
      ["recruitment.barred", 3],
      ["records.transfer", 28],
      ["policies.conduct", 90],
    ]);
  });

  it("are as many as the findings that aren't mended", () => {
    fc.assert(
      fc.property(anyAnswers, (answers) => {
        const wrong = answers.filter((a) => a.judgement === "not-met" || a.judgement === "partly-met");
        expect(actionsOf(exampleSections, answers, day, days)).toHaveLength(wrong.length);
      }),
    );
  });

  it.each([
    ["2026-10-24", "serious", "none"],
    ["2026-10-26", "serious", "remind"],
    ["2026-11-08", "serious", "remind"],
    ["2026-11-09", "serious", "tell-region"],
    ["2026-11-30", "serious", "re-audit"],
    ["2026-11-30", "ordinary", "tell-region"],
  ] as const)("due on 2 November: on %s a %s one leads to %s", (on, seriousness, consequence) => {
    const action = { due: civilDate("2026-11-02"), seriousness, state: "open" } as const;
    expect(consequenceOf(action, civilDate(on), { region: 7, reAudit: 28 })).toBe(consequence);
    expect(consequenceOf({ ...action, state: "closed" }, civilDate(on), { region: 7, reAudit: 28 })).toBe("none");
  });
});

describe("the second reading", () => {
  it("takes every audit that is not secure, and about the share asked for of the others", () => {
    const ids = Array.from({ length: 20_000 }, (_, i) => `audit-${i}`);
    const read = ids.filter((id) => secondReadingOf("secure", drawSample(id, 7, 0.1), false) === "sample").length;
    // Six standard deviations of a binomial with 20,000 draws at a tenth: ±255.
    expect(Math.abs(read - 2000)).toBeLessThan(255);
    expect(secondReadingOf("not-secure", drawSample("a", 7, 0), false)).toBe("not-secure");
    expect(secondReadingOf("secure", drawSample("a", 7, 0), false)).toBeNull();
    expect(secondReadingOf("secure", drawSample("a", 7, 0), true)).toBe("asked");
  });

  it("is drawn the same by anybody who knows the seed", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(), (id, seed) => {
        expect(drawSample(id, seed, 0.1)).toEqual(drawSample(id, seed, 0.1));
      }),
    );
  });
});

describe("an escalation", () => {
  const raised = new Date("2026-10-05T10:00:00Z");
  it("is late from the very minute, until somebody acknowledges it", () => {
    const times = { raised, acknowledged: null, closed: null };
    expect(acknowledgementDue(raised, 60).toISOString()).toBe("2026-10-05T11:00:00.000Z");
    expect(escalationState(times, new Date("2026-10-05T10:59:59Z"), 60)).toBe("waiting");
    expect(escalationState(times, new Date("2026-10-05T11:00:00Z"), 60)).toBe("late");
    expect(escalationState({ ...times, acknowledged: raised }, new Date("2026-10-06T00:00:00Z"), 60)).toBe(
      "acknowledged",
    );
    expect(escalationState({ ...times, closed: raised }, new Date("2026-10-06T00:00:00Z"), 60)).toBe("closed");
  });
});

it("names the people to telephone, and says so where a number was never entered", () => {
  expect(emergencyContacts[0]).toMatchObject({ telephone: "999" });
  const [care, adults] = authorityContacts("Otterwick", { socialCare: "01632 960000", designatedOfficer: null });
  expect([care!.telephone, adults!.telephone.includes("not entered")]).toEqual(["01632 960000", true]);
});

it("gives every parameter a reason and a value on the day of the paper", () => {
  for (const parameter of safeguardingParameters) {
    const { source, value } = valueOn(parameter, civilDate("2016-09-01"));
    expect(value, parameter.id).toBeGreaterThan(0);
    expect(source.kind === "assumption" ? source.why.length : 1, parameter.id).toBeGreaterThan(20);
  }
});
