import { describe, expect, it } from "vitest";
import { parseReviewText } from "./review-file-parse.js";

const least =
  "title: T\npupils: { files: p.csv, school: urn }\noutcome: score\nprior: [ks2]\ncontext: [fsm]\nslopes: [ks2, fsm]\n";
const read = (text: string) => parseReviewText(least + text, "/reviews/my.yaml", "my.yaml");

describe("the groups of pupils in a review file", () => {
  it("are known by a level, or by a quantile", () => {
    const review = read(
      "subgroups:\n  - { name: disadvantaged, column: fsm, level: 1 }\n  - { name: low, column: ks2, below: 0.25, fewestPupils: 20 }\n",
    );
    expect(review.ok && review.value.specification.subgroups).toEqual([
      { name: "disadvantaged", column: "fsm", members: { kind: "level", level: "1" }, fewestPupils: 11 },
      { name: "low", column: "ks2", members: { kind: "below", quantile: 0.25 }, fewestPupils: 20 },
    ]);
  });

  it.each([
    ["subgroups: [{ name: low, column: ks2 }]", "a group has one of `level`, `below` and `above`"],
    ["subgroups: [{ name: low, column: ks2, below: 0.2, above: 0.8 }]", "a group has one of"],
    ["subgroups: [{ name: girls, column: sex, level: girl }]", "`sex` has no slope"],
    [
      "subgroups: [{ name: a, column: ks2, below: 0.2 }, { name: a, column: ks2, above: 0.8 }]",
      "there is already a group of pupils called `a`",
    ],
  ])("are refused where they can't be told or estimated: %s", (text, message) => {
    const review = read(text);
    expect(review.ok ? [] : review.error.map((problem) => problem.message).join()).toContain(message);
  });
});
