import { describe, expect, it } from "vitest";
import { parseReviewText } from "./review-file-parse.js";

const least = "title: T\npupils: { files: p.csv, school: urn, year: cohort }\noutcome: score\nprior: [ks2]\n";
const read = (text: string) => parseReviewText(least + text, "/reviews/my.yaml", "my.yaml");

describe("the rules for cohorts in a review file", () => {
  it("leave a year out, or measure it from another baseline that is written as `prior` is", () => {
    const review = read(
      "cohorts:\n  - { year: 2024, leaveOut: true }\n  - { year: 2025/26, baseline: [cats, { column: ks1, degree: 2, missing: stop }] }\n",
    );
    expect(review.ok && review.value.specification.cohorts).toEqual([
      { year: "2024", rule: { kind: "leave-out" } },
      {
        year: "2025/26",
        rule: {
          kind: "other-baseline",
          prior: [
            { column: "cats", shape: { kind: "polynomial", degree: 1 }, missing: "exclude" },
            { column: "ks1", shape: { kind: "polynomial", degree: 2 }, missing: "stop" },
          ],
        },
      },
    ]);
  });

  it.each([
    ["cohorts: [{ year: 2024 }]", "neither `leaveOut` nor `baseline` is set"],
    ["cohorts: [{ year: 2024, leaveOut: true, baseline: [x] }]", "`leaveOut` and `baseline` are both set"],
    [
      "cohorts: [{ year: 2024, leaveOut: true }, { year: 2024, baseline: [x] }]",
      "there are two rules for the year 2024",
    ],
    ["cohorts: [{ year: 2024, baseline: [] }]", "at least 1"],
  ])("are refused where they contradict each other: %s", (text, message) => {
    const review = read(text);
    expect(review.ok ? [] : review.error.map((problem) => `${problem.message} ${problem.remedy}`).join()).toContain(
      message,
    );
  });

  it("need the pupils' years", () => {
    const review = parseReviewText(
      "title: T\npupils: { files: p.csv, school: urn }\noutcome: score\ncohorts: [{ year: 2024, leaveOut: true }]\n",
      "/reviews/my.yaml",
      "my.yaml",
    );
    expect(review.ok ? [] : review.error.map(({ remedy }) => remedy)).toEqual(["Add `year` to `pupils`."]);
  });
});
