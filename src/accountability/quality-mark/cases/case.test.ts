import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays, type CivilDate, civilDate } from "../../../kernel/index.js";
import type { Decision } from "../decision.js";
import type { CaseCommand, Doer, SchoolCase } from "./case.js";
import type { CaseChange } from "./change.js";
import { addMonths } from "./mark.js";
import { caseParametersOn } from "./parameters.js";
import { type CaseEvidence, missingEvidence, proposeDecision, whatForbidsAward } from "./proposal.js";
import { drawSample, sampleSize } from "./sample.js";
import { changeCaseState } from "./transitions.js";

const today = civilDate("2026-11-26");
const parameters = caseParametersOn(today);
const rule = { line: -0.2, refusalProbability: 0.95, fewestPupilEquivalents: 11 };
const measured = (valueAdded: number, probabilityOtherwise = 0.01) => ({
  kind: "measured" as const,
  ...{ valueAdded, lower: valueAdded - 0.2, upper: valueAdded + 0.2, predictionError: 0.1, pupilEquivalents: 90 },
  probabilityOtherwise,
});
const evidenceOf = (over: Partial<CaseEvidence> = {}): CaseEvidence => ({
  ...{ kind: "mainstream", review: 1, phase: "primary", measure: measured(0.1), measureRefused: null },
  safeguarding: { outcome: "secure", on: civilDate("2026-03-02"), audit: "a" },
  accounts: { opinion: "unqualified", on: civilDate("2025-12-01"), filing: "f" },
  ...{ accountsYearEnd: civilDate("2025-08-31"), framework: null },
  ...over,
});
const late = { safeguarding: today, accounts: today, measure: today };

function caseOf(evidence: CaseEvidence): SchoolCase {
  return {
    ...{ urn: "100123", academicYear: "2025/26", version: 1, state: "open", evidence },
    proposal: proposeDecision("100123", evidence, rule),
    missing: missingEvidence(evidence, late),
    ...{
      answerBy: null,
      representations: [],
      corrections: [],
      decision: null,
      appeal: null,
      mark: null,
      publication: null,
    },
  };
}

const officer: Doer = { id: "officer", name: "Ada Example" };
const reader: Doer = { id: "reader", name: "Ben Example" };
const head: Doer = { id: "head", name: "Cy Example" };
const third: Doer = { id: "third", name: "Di Example" };

type Step = readonly [command: CaseCommand, by: Doer, on?: CivilDate];

/** The case after steps that must all go well. */
function caseAfter(start: SchoolCase, ...steps: readonly Step[]): SchoolCase {
  return steps.reduce((found, [command, by, on = today]) => {
    const made = changeCaseState(found, command, { by, on, parameters });
    if (!made.ok) throw new Error(`${command.kind}: ${JSON.stringify(made.error)}`);
    return made.value.next;
  }, start);
}

/** The codes with which a step is refused. */
function codes(found: SchoolCase, ...[command, by, on = today]: Step): string[] {
  const made = changeCaseState(found, command, { by, on, parameters });
  return made.ok ? [] : made.error.map(({ code }) => code);
}

const decide = (decision: Decision, words: string | null = null): CaseCommand => ({ kind: "decide", decision, words });
const send: CaseCommand = { kind: "send-to-school", answerBy: addDays(today, 14) };
const publish: CaseCommand = { kind: "publish", publication: 7, from: today };
const refused = evidenceOf({ measure: measured(-0.6) });

describe("a case of the Quality Mark", () => {
  it("is awarded, published and held for twelve months where the rule proposes it", () => {
    const found = caseAfter(caseOf(evidenceOf()), [decide("awarded"), officer], [publish, officer]);
    expect(found).toMatchObject({
      ...{ state: "published", version: 3 },
      mark: { state: "awarded", from: "2026-11-26", until: "2027-11-26" },
    });
  });

  it("is not refused before the school was heard", () => {
    const open = caseOf(refused);
    expect(open.proposal.decision).toBe("refused");
    expect(codes(open, decide("refused"), officer)).toEqual(["school-not-heard"]);
    const sent = caseAfter(open, [send, officer]);
    expect(codes(sent, decide("refused"), officer)).toEqual(["answer-still-open"]);
    expect(codes(sent, decide("refused"), officer, addDays(today, 15))).toEqual([]);
    const answered = caseAfter(
      sent,
      [{ kind: "represent", words: "Two pupils left." }, head],
      [{ kind: "finish-answer" }, head],
    );
    expect(codes(answered, decide("refused"), officer)).toEqual([]);
  });

  it("gives the school at least a fortnight, and no more than its time", () => {
    const open = caseOf(refused);
    expect(codes(open, { kind: "send-to-school", answerBy: addDays(today, 13) }, officer)).toEqual([
      "answer-date-too-soon",
    ]);
    const sent = caseAfter(open, [send, officer]);
    const speak: CaseCommand = { kind: "represent", words: "We say …" };
    expect(codes(sent, speak, head, addDays(today, 14))).toEqual([]);
    expect(codes(sent, speak, head, addDays(today, 15))).toEqual(["answer-time-over"]);
  });

  it("waits until every correction is settled", () => {
    const raised = caseAfter(
      caseOf(refused),
      [send, officer],
      [{ kind: "correct", reason: "left-england", words: "Left in May", detail: { pupils: 1 } }, head],
      [{ kind: "finish-answer" }, head],
    );
    expect(codes(raised, decide("refused"), officer)).toEqual(["corrections-unsettled"]);
    const settle: CaseCommand = { kind: "settle-correction", number: 1, accepted: false, words: "Still on roll" };
    expect(codes(raised, { ...settle, number: 2 }, officer)).toEqual(["correction-unknown"]);
    const settled = caseAfter(raised, [settle, officer]);
    expect(codes(settled, settle, officer)).toEqual(["correction-unknown"]);
    expect(codes(settled, decide("refused"), officer)).toEqual([]);
  });

  it("departs from the rule only in words, with a second reader, and never against the evidence", () => {
    const heard = caseAfter(caseOf(refused), [send, officer], [{ kind: "finish-answer" }, head]);
    expect(codes(heard, decide("awarded"), officer)).toEqual(["words-missing"]);
    const made = caseAfter(heard, [decide("awarded", "The data of a closed school was counted in."), officer]);
    expect(made).toMatchObject({ state: "second-reader", decision: { secondReading: ["departs-from-rule"] } });
    expect(codes(made, { kind: "agree" }, officer)).toEqual(["second-person-same"]);
    expect(caseAfter(made, [{ kind: "agree" }, reader]).state).toBe("decided");
    const unsafe = evidenceOf({ safeguarding: { outcome: "not-secure", on: today, audit: "a" } });
    const other = caseAfter(caseOf(unsafe), [send, officer], [{ kind: "finish-answer" }, head]);
    expect(codes(other, decide("awarded", "We trust them."), officer)).toEqual(["evidence-forbids-award"]);
  });

  it("is read twice where the draw takes it, and where a refusal was close", () => {
    const awarded = caseAfter(caseOf(evidenceOf()), [decide("awarded"), officer]);
    expect(awarded).toMatchObject({ state: "decided", decision: { secondReading: [] } });
    const drawn = caseAfter(awarded, [{ kind: "draw" }, reader]);
    expect(drawn).toMatchObject({ state: "second-reader", decision: { secondReading: ["sampled"] } });
    const read = caseAfter(drawn, [{ kind: "agree" }, reader]);
    expect(codes(read, { kind: "draw" }, reader)).toEqual(["decision-read-already"]);
    expect(codes(caseOf(evidenceOf()), { kind: "draw" }, reader)).toEqual(["case-not-in-state"]);
    const close = caseOf(evidenceOf({ measure: measured(-0.6, 0.3) }));
    const heard = caseAfter(close, [send, officer], [{ kind: "finish-answer" }, head]);
    expect(caseAfter(heard, [decide("refused"), officer]).decision?.secondReading).toEqual(["close-refusal"]);
  });

  it("goes back to where the school stood when the second reader disagrees", () => {
    const sampled = caseAfter(caseOf(evidenceOf()), [decide("awarded"), officer], [{ kind: "draw" }, reader]);
    expect(codes(sampled, { kind: "send-back", words: "" }, reader)).toEqual(["words-missing"]);
    expect(caseAfter(sampled, [{ kind: "send-back", words: "Look at 2024." }, reader])).toMatchObject({
      ...{ state: "open", decision: null },
    });
  });

  it("is decided once", () => {
    const decided = caseAfter(caseOf(evidenceOf()), [decide("awarded"), officer]);
    expect(codes(decided, decide("awarded"), officer)).toEqual(["case-decided-twice"]);
    expect(codes(decided, decide("refused", "No"), reader)).toEqual(["case-decided-twice"]);
  });

  it("keeps its decision when newer evidence comes, and drops one that waits for its reader", () => {
    const newer = evidenceOf({ measure: measured(0.3) });
    const update: CaseCommand = {
      ...{
        kind: "update-evidence",
        evidence: newer,
        proposal: proposeDecision("100123", newer, rule),
        missing: [],
        inputsHash: "",
      },
    };
    expect(codes(caseAfter(caseOf(evidenceOf()), [decide("awarded"), officer]), update, officer)).toEqual([
      "case-not-in-state",
    ]);
    const waiting = caseAfter(caseOf(evidenceOf()), [decide("awarded"), officer], [{ kind: "draw" }, reader]);
    expect(caseAfter(waiting, [update, officer])).toMatchObject({ state: "open", decision: null, evidence: newer });
    expect(codes(caseAfter(caseOf(evidenceOf()), [update, officer]), update, officer)).toEqual(["evidence-unchanged"]);
  });

  it("is appealed within four weeks and decided by somebody who took no part", () => {
    const published = caseAfter(
      caseOf(refused),
      [send, officer],
      [{ kind: "finish-answer" }, head],
      [decide("refused"), officer],
      [publish, officer],
    );
    const ask: CaseCommand = { kind: "appeal", words: "The flood year." };
    expect(codes(published, ask, head, addDays(today, 29))).toEqual(["appeal-too-late"]);
    const appealed = caseAfter(published, [ask, head]);
    const answer: CaseCommand = { kind: "decide-appeal", decision: "awarded", words: "The flood year is left out." };
    expect(codes(appealed, answer, officer)).toEqual(["appeal-decider-not-new"]);
    expect(codes(appealed, answer, head)).toEqual(["appeal-decider-not-new"]);
    const won = caseAfter(appealed, [answer, third, addDays(today, 40)]);
    expect(won).toMatchObject({
      state: "appeal-decided",
      mark: { state: "awarded", from: "2027-01-05", until: "2028-01-05" },
    });
    const awarded = caseAfter(caseOf(evidenceOf()), [decide("awarded"), officer], [publish, officer]);
    expect(codes(awarded, ask, head)).toEqual(["appeal-not-needed"]);
  });

  it("suspends a mark in the year, restores it, and withdraws it by somebody else", () => {
    const held = caseAfter(caseOf(evidenceOf()), [decide("awarded"), officer], [publish, officer]);
    const suspended = caseAfter(held, [{ kind: "suspend", words: "Not secure." }, reader, addDays(today, 90)]);
    expect(suspended.mark).toMatchObject({ state: "suspended", suspendedOn: "2027-02-24", until: "2027-11-26" });
    expect(codes(suspended, { kind: "suspend", words: "Again" }, reader)).toEqual(["mark-not-held"]);
    expect(caseAfter(suspended, [{ kind: "restore", words: "Secure." }, reader]).mark).toEqual(held.mark);
    const withdraw: CaseCommand = { kind: "withdraw", words: "Wrong file." };
    expect(codes(suspended, withdraw, officer)).toEqual(["withdrawal-same-person"]);
    expect(caseAfter(suspended, [withdraw, reader]).mark).toMatchObject({ state: "withdrawn", endedOn: today });
  });

  it("ends with its school, and opens again only where no mark is held", () => {
    const closing: CaseCommand = { kind: "close", words: "Merged into 100124.", successors: ["100124"] };
    expect(caseAfter(caseOf(evidenceOf()), [closing, officer]).state).toBe("closed");
    const held = caseAfter(caseOf(evidenceOf()), [decide("awarded"), officer], [publish, officer]);
    expect(codes(held, { kind: "reopen", words: "New accounts" }, officer)).toEqual(["reopen-not-needed"]);
    expect(caseAfter(held, [closing, officer])).toMatchObject({ state: "published", mark: { state: "ended" } });
    const waiting = evidenceOf({ accounts: null });
    const none = caseAfter(
      caseOf(waiting),
      [send, officer],
      [{ kind: "finish-answer" }, head],
      [decide("awaiting-evidence"), officer],
      [publish, officer],
    );
    expect(none.mark).toMatchObject({ state: "not-decided", until: null });
    expect(caseAfter(none, [{ kind: "reopen", words: "The accounts have come." }, officer])).toMatchObject({
      state: "open",
    });
  });
});

const anyEvidence: fc.Arbitrary<CaseEvidence> = fc
  .record({
    kind: fc.constantFrom("mainstream" as const, "special" as const),
    valueAdded: fc.double({ min: -1, max: 1, noNaN: true }),
    measured: fc.boolean(),
    otherwise: fc.double({ min: 0, max: 0.5, noNaN: true }),
    safeguarding: fc.constantFrom("secure" as const, "not-secure" as const, null),
    accounts: fc.constantFrom("unqualified" as const, "qualified" as const, null),
  })
  .map(({ kind, valueAdded, measured: has, otherwise, safeguarding, accounts }) =>
    evidenceOf({
      kind,
      measure: has && kind === "mainstream" ? measured(valueAdded, otherwise) : null,
      safeguarding: safeguarding && { outcome: safeguarding, on: today, audit: "a" },
      accounts: accounts && { opinion: accounts, on: today, filing: "f" },
    }),
  );
const anyWords = fc.constantFrom("", "because");
const anyDecision = fc.constantFrom<Decision>(
  ...(["awarded", "refused", "awaiting-evidence", "not-enough-evidence", "awaiting-framework"] as const),
);
const anyCommand: fc.Arbitrary<CaseCommand> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.nat(90).map((days): CaseCommand => ({ kind: "send-to-school", answerBy: addDays(today, days) })),
  },
  anyWords.map((words): CaseCommand => ({ kind: "represent", words })),
  anyWords.map((words): CaseCommand => ({ kind: "correct", reason: "died", words, detail: null })),
  fc
    .record({ number: fc.constantFrom(1, 2), accepted: fc.boolean(), words: anyWords })
    .map((one): CaseCommand => ({ kind: "settle-correction", ...one })),
  { weight: 4, arbitrary: fc.constant<CaseCommand>({ kind: "finish-answer" }) },
  {
    weight: 12,
    arbitrary: fc
      .record({ decision: anyDecision, words: anyWords })
      .map((one): CaseCommand => ({ kind: "decide", ...one })),
  },
  { weight: 4, arbitrary: fc.constant<CaseCommand>({ kind: "agree" }) },
  fc.constant<CaseCommand>({ kind: "draw" }),
  anyWords.map((words): CaseCommand => ({ kind: "send-back", words })),
  anyWords.map((words): CaseCommand => ({ kind: "recall", words })),
  { weight: 8, arbitrary: fc.constant<CaseCommand>(publish) },
  { weight: 8, arbitrary: anyWords.map((words): CaseCommand => ({ kind: "appeal", words })) },
  {
    weight: 8,
    arbitrary: fc
      .record({ decision: anyDecision, words: anyWords })
      .map((one): CaseCommand => ({ kind: "decide-appeal", ...one })),
  },
  anyWords.map((words): CaseCommand => ({ kind: "reopen", words })),
  fc.constant<CaseCommand>({ kind: "close", words: "Closed", successors: [] }),
  fc.constant<CaseCommand>({ kind: "open-again", words: "Open" }),
  anyWords.map((words): CaseCommand => ({ kind: "suspend", words })),
  anyWords.map((words): CaseCommand => ({ kind: "restore", words })),
  anyWords.map((words): CaseCommand => ({ kind: "withdraw", words })),
  anyEvidence.map((evidence): CaseCommand => {
    const proposal = proposeDecision("100123", evidence, rule);
    return { kind: "update-evidence", evidence, proposal, missing: missingEvidence(evidence, late), inputsHash: "" };
  }),
);
const anyStep = fc.tuple(anyCommand, fc.constantFrom(officer, reader, head, third), fc.nat(3));

/** Every change that a run of commands makes, refusals left out. */
function changesOf(start: SchoolCase, steps: readonly (readonly [CaseCommand, Doer, number])[]): CaseChange[] {
  const made: CaseChange[] = [];
  let [found, on] = [start, today];
  for (const [command, by, days] of steps) {
    on = addDays(on, days);
    const answer = changeCaseState(found, command, { by, on, parameters });
    if (!answer.ok) {
      expect(answer.error.length).toBeGreaterThan(0);
      continue;
    }
    made.push(answer.value);
    found = answer.value.next;
  }
  return made;
}

describe("whatever the order of commands", () => {
  const anyRun = fc.tuple(anyEvidence, fc.array(anyStep, { minLength: 40, maxLength: 80 }));

  it("nothing is published without its steps, and every change is one event and one version", () => {
    let [published, appealed] = [0, 0];
    fc.assert(
      fc.property(anyRun, ([evidence, steps]) => {
        const start = caseOf(evidence);
        const changes = changesOf(start, steps);
        let heard = false;
        changes.forEach(({ next, event }, i) => {
          expect(next.version).toBe(i + 2);
          if (event.kind === "case-sent-to-school") heard = true;
          if (event.kind === "case-reopened") heard = false;
          const { decision, mark, appeal } = next;
          if (decision?.agreedBy) expect(decision.agreedBy.id).not.toBe(decision.by.id);
          if (event.kind === "decision-published") {
            published++;
            expect(decision).not.toBeNull();
            if (decision!.secondReading.length > 0) expect(decision!.agreedBy).not.toBeNull();
            if (decision!.decision !== next.proposal.decision) expect(decision!.words).not.toBeNull();
            if (!["awarded", "awaiting-framework"].includes(decision!.decision)) expect(heard).toBe(true);
            expect(next.corrections.every(({ outcome }) => outcome !== null)).toBe(true);
          }
          if (event.kind === "appeal-decided") {
            appealed++;
            expect([decision!.by.id, decision!.agreedBy?.id, appeal!.by.id]).not.toContain(appeal!.outcome!.by.id);
          }
          if (mark?.state === "awarded" || mark?.state === "suspended") {
            expect(whatForbidsAward(next.evidence)).toEqual([]);
            expect(mark.until).not.toBeNull();
          }
        });
      }),
      { numRuns: 800, seed: 4 },
    );
    expect(published).toBeGreaterThan(200); // the runs do reach what they are to show
    expect(appealed).toBeGreaterThan(10);
  });
});

describe("the dates of a mark", () => {
  it.each([
    ["2026-11-26", 12, "2027-11-26"],
    ["2024-02-29", 12, "2025-02-28"],
    ["2026-08-31", 6, "2027-02-28"],
    ["2026-12-31", 2, "2027-02-28"],
  ])("%s and %i months is %s", (from, months, until) => {
    expect(addMonths(civilDate(from), months)).toBe(until);
  });
});

describe("the draw for second reading", () => {
  it.each([
    ...[
      [0, 0],
      [1, 1],
      [9, 1],
      [10, 1],
      [11, 2],
      [70, 7],
      [300, 30],
      [301, 31],
    ],
  ])("takes of %i decisions %i: a tenth, rounded up", (decisions, taken) => {
    expect(sampleSize(decisions, 0.1)).toBe(taken);
  });

  it("takes the smallest numbers, whatever the order of the decisions", () => {
    const numberOf = (urn: string) => (Number(urn) * 7919) % 1000; // own-output: any numbers that don't follow the URNs
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 100_000, max: 999_999 }).map(String)), (urns) => {
        const taken = drawSample(urns, 0.1, numberOf);
        expect(taken).toHaveLength(Math.ceil(urns.length / 10));
        const last = Math.max(-1, ...taken.map(numberOf));
        for (const urn of urns) if (!taken.includes(urn)) expect(numberOf(urn)).toBeGreaterThanOrEqual(last);
        expect(drawSample([...urns].reverse(), 0.1, numberOf)).toEqual(taken);
      }),
      { seed: 1 },
    );
  });
});
