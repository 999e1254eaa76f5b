import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilDate } from "../../kernel/index.js";
import {
  type Consultation,
  type ConsultationStep,
  checkConsultation,
  checkResponse,
  type Response,
  type StepFacts,
  takeStep,
} from "./consultation.js";

const draft: Consultation = {
  id: "specialist-schools",
  title: "How should special schools be judged?",
  about: "The group reports to the regional directors.",
  state: "draft",
  opens: civilDate("2026-01-12"),
  closes: civilDate("2026-04-05"),
  questions: [
    { id: "progress", kind: "open", text: "What shows that pupils make progress?" },
    {
      id: "yearly",
      kind: "choice",
      text: "How often should it be looked at?",
      options: ["every year", "every third year"],
    },
  ],
  rounds: 0,
  roundOpen: false,
};
const facts: StepFacts = {
  today: civilDate("2026-04-06"),
  ...{ fewestDays: 84, mostRounds: 3, statements: 4, fewestRated: 9, fewestRatings: 9 },
};
const response: Response = {
  respondent: "special school",
  name: "Larkrise Special School",
  answers: { progress: "Small steps, written down.", yearly: "every year" },
  evidence: [],
  mayBePublished: true,
};
const codesOf = (result: ReturnType<typeof checkResponse>) => (result.ok ? [] : result.error.map(({ code }) => code));

describe("a consultation", () => {
  it("is open for twelve weeks, first and last day counted", () => {
    expect(checkConsultation(draft, 84).ok).toBe(true);
    expect(codesOf(checkConsultation({ ...draft, closes: civilDate("2026-04-04") }, 84))).toEqual([
      "consultation-too-short",
    ]);
  });

  it("names everything that is missing at once", () => {
    const checked = checkConsultation({ ...draft, title: " ", about: "", questions: [] }, 84);
    expect(checked.ok ? [] : checked.error.map(({ place }) => place)).toEqual(["title", "about", "questions"]);
  });

  it("offers two different answers where it offers any, and asks each question once", () => {
    const [open, choice] = draft.questions;
    const once = { ...choice!, kind: "choice" as const, options: ["yes", "yes"] };
    expect(checkConsultation({ ...draft, questions: [open!, once] }, 84).ok).toBe(false);
    expect(checkConsultation({ ...draft, questions: [open!, open!] }, 84).ok).toBe(false);
  });
});

describe("a response", () => {
  const open: Consultation = { ...draft, state: "open" };

  it("is taken on the first and the last day, and not before or after", () => {
    const on = (day: string) => codesOf(checkResponse(open, response, civilDate(day)));
    expect(["2026-01-12", "2026-04-05"].map(on)).toEqual([[], []]);
    expect(["2026-01-11", "2026-04-06"].map(on)).toEqual([["consultation-not-open"], ["consultation-not-open"]]);
  });

  it("answers what was asked, with the answers that were offered", () => {
    const today = civilDate("2026-02-01");
    const answers = { progress: "", yearly: "never", other: "?" };
    expect(codesOf(checkResponse(open, { ...response, answers }, today))).toEqual([
      "answer-not-offered",
      "question-unknown",
    ]);
    expect(codesOf(checkResponse(open, { ...response, answers: {} }, today))).toEqual(["response-empty"]);
    const long = { progress: "x".repeat(20_001) };
    expect(codesOf(checkResponse(open, { ...response, answers: long }, today))).toEqual(["answer-too-long"]);
  });

  it("may bring evidence alone, with an address that can be opened", () => {
    const today = civilDate("2026-02-01");
    const evidence = { title: "A study of small steps", link: "https://example.org/study", shows: "They add up." };
    expect(codesOf(checkResponse(open, { ...response, answers: {}, evidence: [evidence] }, today))).toEqual([]);
    const bad = [
      { ...evidence, link: "javascript:alert(1)" },
      { ...evidence, shows: "" },
    ];
    expect(codesOf(checkResponse(open, { ...response, evidence: bad }, today))).toEqual([
      "evidence-link",
      "evidence-incomplete",
    ]);
  });
});

describe("the steps of the group", () => {
  const steps: readonly ConsultationStep[] = ["open", "close", "begin-round", "end-round", "report"];

  it("lead from the draft to the report", () => {
    const path: readonly ConsultationStep[] = [
      "open",
      "close",
      "begin-round",
      "end-round",
      "begin-round",
      "end-round",
      "report",
    ];
    let now = draft;
    for (const step of path) {
      const next = takeStep(now, step, facts);
      if (!next.ok) throw new Error(`${step}: ${next.error[0]?.message}`);
      now = next.value;
    }
    expect(now).toMatchObject({ state: "reported", rounds: 2, roundOpen: false });
  });

  it("don't close before the day that people were told", () => {
    const open: Consultation = { ...draft, state: "open" };
    expect(takeStep(open, "close", { ...facts, today: civilDate("2026-04-05") }).ok).toBe(false);
    expect(takeStep(open, "close", facts).ok).toBe(true);
  });

  it("don't end a round that too few have rated, or begin a fourth", () => {
    const rating: Consultation = { ...draft, state: "rating", rounds: 3, roundOpen: true };
    expect(takeStep(rating, "end-round", { ...facts, fewestRated: 8 }).ok).toBe(false);
    expect(takeStep({ ...rating, roundOpen: false }, "begin-round", facts).ok).toBe(false);
  });

  it("in any order never report without an ended round, and never hold more rounds than may be", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...steps), { maxLength: 30 }), (tried) => {
        let now = draft;
        for (const step of tried) {
          const next = takeStep(now, step, facts);
          if (!next.ok) continue;
          now = next.value;
          expect(now.rounds).toBeLessThanOrEqual(3);
          if (now.state === "reported") expect(now.rounds > 0 && !now.roundOpen).toBe(true);
        }
      }),
    );
  });
});
