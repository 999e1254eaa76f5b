import { describe, expect, it } from "vitest";
import { parseReviewFile, parseReviewText } from "./review-file-parse.js";

const least = "title: T\npupils: { files: p.csv, school: urn }\noutcome: score\n";
const read = (text: string) => parseReviewText(text, "/reviews/my.yaml", "my.yaml");
const readOk = (text: string) => {
  const review = read(text);
  if (!review.ok) throw new Error(JSON.stringify(review.error));
  return review.value;
};
const problems = (text: string) => {
  const review = read(text);
  return review.ok ? [] : review.error;
};

describe("a review file", () => {
  it("needs little, and the rest has defaults", () => {
    const review = readOk(least);
    expect(review.specification).toEqual({
      title: "T",
      outcomes: [{ column: "score", weight: 1 }],
      pupil: "row",
      school: "urn",
      year: null,
      prior: [],
      ...{ cohorts: [], subgroups: [] },
      context: [],
      interactions: [],
      intake: [],
      membership: { kind: "one-school" },
      slopes: [],
      yearWeights: null,
      groups: [],
      method: "REML",
      confidence: 0.95,
    });
    expect(review.pupils).toMatchObject({
      patterns: ["p.csv"],
      pupil: [],
      format: { separator: null, missingMarks: null },
    });
    expect(review).toMatchObject({ membership: null, schools: null, safeguarding: null, accounts: null, date: null });
    expect(review.decision).toEqual({ line: null, refusalProbability: null, fewestPupilEquivalents: null });
  });

  it("says everything in short and in long form", () => {
    const review = readOk(`
title: Maths and reading
date: 2026-11-02
pupils: { files: [a.csv, b/*.csv.gz], pupil: [la, upn], year: cohort, separator: ";", decimal: ",", missingMarks: [SUPP, -9] }
outcomes: [{ column: maths, weight: 2, keyStage: 2, aspect: mathematics }, reading]
prior: [ks1, { column: ks2, spline: 4, missing: indicator }, { column: eyfs, degree: 3 }]
context: [idaci, { column: sex, reference: boy, missing: stop }, { column: fsm, reference: 007 }, { column: band, kind: category }]
intake: [{ of: ks2 }, { of: ks2, statistic: standard-deviation }]
interactions: [[ks2, sex], [school_mean(ks2), ks1]]
slopes: [ks2]
groups: [la, { name: cohort, column: year, withinSchool: true }]
membership:
  spells:
    files: spells.csv
    pupil: [la, upn]
    school: urn
    entered: from
    left: to
    status: type
    words: { guest: [G, Visitor] }
    unit: terms
    windows: [{ year: 2024, from: 2019-09-01, to: 2024-06-01 }, { from: 2020-09-01, to: 2025-06-01 }]
estimation: { method: ML }
schools: { files: s.csv, school: urn, kind: type, words: { special: [Community special school] } }
evidence:
  safeguarding: { files: e.csv, school: urn, outcome: result, words: { secure: [1], notSecure: [0] } }
  accounts: { files: e.csv, school: urn, opinion: audit, date: signed }
decision: { line: { standardDeviations: -0.2 }, refusalProbability: 0.9, fewestPupilEquivalents: 11, yearWeights: [2, 1], confidence: 0.9 }
`);
    expect(review.specification).toEqual({
      title: "Maths and reading",
      outcomes: [
        { column: "maths", weight: 2 },
        { column: "reading", weight: 1 },
      ],
      pupil: "la + upn",
      school: null,
      year: "cohort",
      prior: [
        { column: "ks1", shape: { kind: "polynomial", degree: 1 }, missing: "exclude" },
        { column: "ks2", shape: { kind: "spline", degreesOfFreedom: 4 }, missing: "indicator" },
        { column: "eyfs", shape: { kind: "polynomial", degree: 3 }, missing: "exclude" },
      ],
      ...{ cohorts: [], subgroups: [] },
      context: [
        { column: "idaci", kind: null, reference: null, missing: "exclude" },
        { column: "sex", kind: "category", reference: "boy", missing: "stop" },
        { column: "fsm", kind: "category", reference: "007", missing: "exclude" },
        { column: "band", kind: "category", reference: null, missing: "exclude" },
      ],
      interactions: [
        ["ks2", "sex"],
        ["school_mean(ks2)", "ks1"],
      ],
      intake: [
        { of: "ks2", statistic: "mean" },
        { of: "ks2", statistic: "standard-deviation" },
      ],
      membership: {
        kind: "spells",
        ...{ pupil: "la + upn", school: "urn", entered: "from", left: "to", status: "type", unit: "terms" },
        windows: [
          { year: "2024", from: "2019-09-01", to: "2024-06-01" },
          { year: null, from: "2020-09-01", to: "2025-06-01" },
        ],
      },
      slopes: ["ks2"],
      groups: [
        { name: "la", column: "la", withinSchool: false },
        { name: "cohort", column: "year", withinSchool: true },
      ],
      yearWeights: [2, 1],
      method: "ML",
      confidence: 0.9,
    });
    expect(review.declaredOutcomes).toEqual([
      { column: "maths", keyStage: 2, aspect: "mathematics" },
      { column: "reading", keyStage: null, aspect: null },
    ]);
    expect(review.date).toBe("2026-11-02");
    expect(review.pupils).toEqual({
      patterns: ["a.csv", "b/*.csv.gz"],
      pupil: ["la", "upn"],
      format: { separator: ";", encoding: null, decimal: ",", missingMarks: ["SUPP", "-9"] },
      path: ["pupils"],
    });
    expect(review.membership?.status.get("visitor")).toBe("guest");
    expect(review.membership?.status.get("s")).toBe("subsidiary");
    expect([...review.safeguarding!.words]).toEqual([
      ["1", "secure"],
      ["0", "not-secure"],
    ]);
    expect(review.accounts).toMatchObject({ outcome: "audit", date: "signed" });
    expect(review.schools?.kinds.get("community special school")).toBe("special");
    expect(review.decision.line).toEqual({ value: -0.2, unit: "standard-deviations" });
    expect(review.placeOf(["prior", 1, "spline"])).toBe("my.yaml, line 6, column 29");
    expect(review.placeOf(["decision"])).toBe("my.yaml, line 28, column 1");
  });

  it("keeps the line of a setting behind an alias", () => {
    const review = readOk(`${least}context: &all [a, b]\nslopes: *all\n`);
    expect(review.specification.slopes).toEqual(["a", "b"]);
    expect(review.placeOf(["context", 1])).toBe("my.yaml, line 4, column 19");
  });
});

describe("a review file that is wrong", () => {
  it.each([
    ["a typo in a key", "outcom: score\n", "key-unknown", "line 4, column 1", "Did you mean `outcome`?"],
    [
      "a key in snake case",
      "groups: [{ column: a, within_school: true }]\n",
      "key-unknown",
      "line 4, column 23",
      "`withinSchool`",
    ],
    [
      "a text in place of a list",
      "prior: ks2\n",
      "value-type",
      "line 4, column 8",
      "It has to be a list of texts or keys",
    ],
    ["a number in place of a name", "slopes: [7]\n", "value-type", "line 4, column 10", "put it in quotation marks"],
    ["a key without a value", "slopes:\n", "value-type", "line 4, column 8", "It has to be a list of texts"],
    [
      "a word out of a choice",
      "estimation: { method: RELM }\n",
      "value-not-allowed",
      "line 4, column 23",
      'Did you mean "REML"?',
    ],
    [
      "a number out of range",
      "decision: { confidence: 95 }\n",
      "value-not-allowed",
      "line 4, column 25",
      "above 0.5 and below 1",
    ],
    [
      "half a degree",
      "prior: [{ column: a, degree: 1.5 }]\n",
      "value-not-allowed",
      "line 4, column 30",
      "a whole number",
    ],
    ["a date that is none", "date: 2 November\n", "value-not-allowed", "line 4, column 7", "2026-11-02"],
    ["a day that is none", "date: 2026-02-30\n", "value-not-allowed", "line 4, column 1", "a day of the calendar"],
    ["a triple interaction", "interactions: [[a, b, c]]\n", "value-not-allowed", "line 4, column 16", "exactly 2"],
    ["two kinds of outcome", "outcomes: [a]\n", "settings-contradictory", "line 4, column 1", "Keep one"],
    [
      "two memberships",
      "membership:\n  table: { files: m, pupil: p, school: s, share: w }\n  spells: { files: m, pupil: p, school: s, entered: a, left: b, windows: [{ from: 2020-01-01, to: 2021-01-01 }] }\n",
      "settings-contradictory",
      "line 5, column 3",
      "Keep one",
    ],
    [
      "a school and a membership",
      "membership: { table: { files: m, pupil: p, school: s, share: w } }\n",
      "settings-contradictory",
      "line 2, column 25",
      "Leave one",
    ],
    [
      "a slope on an unknown covariate",
      "context: [cses]\nslopes: [ces]\n",
      "name-unknown",
      "line 5, column 10",
      "Did you mean `cses`?",
    ],
    [
      "an interaction of an unknown name",
      "context: [a]\ninteractions: [[a, b]]\n",
      "name-unknown",
      "line 5, column 20",
      "There are a.",
    ],
    ["a covariate twice", "prior: [a]\ncontext: [b, a]\n", "name-twice", "line 5, column 14", "Keep one"],
    ["the outcome as a covariate", "context: [score]\n", "settings-contradictory", "line 4, column 11", "Keep one"],
    [
      "a degree and a spline",
      "prior: [{ column: a, degree: 2, spline: 3 }]\n",
      "settings-contradictory",
      "line 4, column 33",
      "Keep one",
    ],
    [
      "a reference level of a number",
      "context: [{ column: a, kind: number, reference: b }]\n",
      "settings-contradictory",
      "line 4, column 38",
      "category",
    ],
    [
      "two groups of one name",
      "groups: [a, { name: a, column: b }]\n",
      "name-twice",
      "line 4, column 13",
      "another `name`",
    ],
    [
      "the school as a further group",
      "groups: [{ name: x, column: urn }]\n",
      "settings-contradictory",
      "line 4, column 10",
      "Leave",
    ],
    [
      "a word with two meanings",
      "schools: { files: s, school: urn, words: { special: [x], mainstream: [X] } }\n",
      "settings-contradictory",
      "line 4, column 44",
      "Keep one",
    ],
    ["a key twice", "outcome: b\n", "yaml-invalid", "line 4, column 1", "indentation"],
    ["a bracket that stays open", "slopes: [a\n", "yaml-invalid", "line 5, column 1", "closed"],
  ])("names %s, its place and the remedy", (_, lines, code, place, remedy) => {
    const found = problems(least + lines);
    expect(found.map((one) => one.code)).toContain(code);
    const problem = found.find((one) => one.code === code)!;
    expect(problem.place).toBe(`my.yaml, ${place}`);
    expect(problem.remedy).toContain(remedy);
  });

  it.each([
    ["title", "pupils: { files: p, school: s }\noutcome: y\n", "the review file has no `title`"],
    ["files", "title: T\npupils: { school: s }\noutcome: y\n", "`pupils` has no `files`"],
    ["outcome", "title: T\npupils: { files: p, school: s }\n", "the review file has no `outcome`"],
    ["school", "title: T\npupils: { files: p }\noutcome: y\n", "nothing says which school a pupil was at"],
    [
      "pupil beside a membership",
      "title: T\npupils: { files: p }\noutcome: y\nmembership: { table: { files: m, pupil: p, school: s, share: w } }\n",
      "`membership` needs to know the pupils",
    ],
  ])("misses %s and says so", (_, text, message) => {
    expect(problems(text)).toMatchObject([{ code: "key-missing", message }]);
  });

  it("checks the windows of spells", () => {
    const windows = (list: string) =>
      problems(
        `title: T\npupils: { files: p, pupil: a }\noutcome: y\nmembership: { spells: { files: m, pupil: [a, b], school: s, entered: e, left: l, windows: ${list} } }\n`,
      ).map(({ message }) => message);
    expect(windows("[{ from: 2024-09-01, to: 2019-09-01 }]")).toEqual([
      "pupils are told apart by 1 columns in the pupil files and by 2 here",
      "the window ends on 2019-09-01 and begins on 2024-09-01",
    ]);
    expect(
      windows("[{ year: 1, from: 2019-09-01, to: 2020-09-01 }, { year: 1, from: 2019-09-01, to: 2020-09-31 }]"),
    ).toEqual([
      expect.stringContaining("told apart"),
      "a window has a year and the pupils have none",
      '"2020-09-31" has no day 31 in that month',
      "a window has a year and the pupils have none",
      "there are two windows for the cohort 1",
    ]);
  });

  it("is every problem at once", () => {
    expect(problems("tittle: T\npupils: { files: 3 }\nprior: x\n").map(({ code }) => code)).toEqual([
      "key-unknown",
      "value-type",
      "value-type",
      "key-missing",
    ]);
  });

  it.each(["", "# nothing\n", "- a\n- b\n", "text\n", "a: b: c\n", "title: [\n"])(
    "is not settings at all: %j",
    (text) => {
      expect(problems(text).every(({ code }) => code === "yaml-invalid")).toBe(true);
      expect(problems(text).length).toBeGreaterThan(0);
    },
  );

  it("that is not there is named with the remedy", async () => {
    const review = await parseReviewFile("nowhere/review.yaml");
    expect(review).toMatchObject({ error: [{ code: "file-missing", place: "nowhere/review.yaml" }] });
  });
});
