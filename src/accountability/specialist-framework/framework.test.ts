import { describe, expect, it } from "vitest";
import { civilDate } from "../../kernel/index.js";
import { type Criterion, checkFramework, type Framework, judgeByFramework } from "./framework.js";

const progress: Criterion = {
  id: "progress-made",
  title: "Progress from each pupil's own start",
  question: "Do the records of a sample of pupils show the progress that their plans set out?",
  evidence: ["plans and reviews of a sample of pupils"],
  required: true,
  measure: "progress-against-plans",
  statement: 3,
  without: null,
};
const voice: Criterion = { ...progress, id: "pupil-voice", title: "Pupils are heard", required: false, statement: 4 };
const framework: Framework = {
  version: 1,
  title: "Framework for special schools",
  from: civilDate("2026-09-01"),
  kinds: ["special"],
  criteria: [progress, voice],
};
const placesOf = (result: ReturnType<typeof checkFramework>) =>
  result.ok ? [] : result.error.map(({ place, message }) => `${place}: ${message}`);
const agreed = new Set([3, 4]);

describe("a framework", () => {
  it("rests on agreed statements and admitted measures", () => {
    expect(checkFramework(framework, agreed, () => true).ok).toBe(true);
    expect(placesOf(checkFramework(framework, new Set([3]), () => true))).toEqual([
      'criterion "pupil-voice": the group is not agreed on it',
    ]);
    expect(placesOf(checkFramework(framework, agreed, (id) => id !== "progress-against-plans"))).toHaveLength(2);
  });

  it("may hold what was not agreed only with a reason", () => {
    const reasoned = { ...voice, without: "The law asks for it." };
    expect(checkFramework({ ...framework, criteria: [progress, reasoned] }, new Set([3]), () => true).ok).toBe(true);
  });

  it("covers somebody, requires something, and names each criterion once", () => {
    expect(placesOf(checkFramework({ ...framework, kinds: [], criteria: [] }, agreed, () => true))).toEqual([
      "kinds: no kind of school is covered",
      "criteria: no criterion is required, so every school would hold the mark",
    ]);
    expect(checkFramework({ ...framework, criteria: [progress, progress] }, agreed, () => true).ok).toBe(false);
  });
});

describe("a school under the framework", () => {
  const found = (criterion: string, outcome: "met" | "not-met") =>
    [criterion, { criterion, outcome, on: civilDate("2026-11-02"), grounds: "Seen in twelve plans." }] as const;
  const bearings = (...findings: (readonly [string, ReturnType<typeof found>[1]])[]) =>
    judgeByFramework(framework, new Map(findings)).map(({ bearing }) => bearing);

  it("has a reason for every criterion, in the framework's order", () => {
    expect(bearings(found("pupil-voice", "met"), found("progress-made", "met"))).toEqual(["for", "for"]);
  });

  it("is not failed for what nobody has looked at", () => {
    expect(bearings()).toEqual(["missing", "aside"]);
  });

  it("is refused for a required criterion only", () => {
    expect(bearings(found("progress-made", "not-met"), found("pupil-voice", "not-met"))).toEqual(["against", "aside"]);
  });

  it("reads the day, the version and the grounds", () => {
    const [reason] = judgeByFramework(framework, new Map([found("progress-made", "not-met")]));
    expect(reason?.text).toBe(
      "Progress from each pupil's own start: not met (2 November 2026, framework version 1). Seen in twelve plans.",
    );
  });
});
