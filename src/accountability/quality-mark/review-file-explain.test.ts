import { describe, expect, it } from "vitest";
import { explainReviewFile, reviewKeys } from "./review-file-explain.js";

describe("the explanation of the review file", () => {
  const text = explainReviewFile();

  it("tells every key with its kind, whether it is needed, and what it means", () => {
    for (const { path, meaning, expected } of reviewKeys()) {
      expect(text).toContain(`\n${path}`);
      expect(meaning, path).toMatch(/^[A-Z].*[.:]/s);
      expect(expected, path).not.toBe("");
    }
  });

  it("shows a default or an example of every key that holds a value", () => {
    const bare = reviewKeys().filter(
      ({ example, expected }) => example === null && !expected.startsWith("keys with values"),
    );
    expect(bare.map(({ path }) => path)).toEqual([]);
  });

  it("fits a terminal of a hundred columns", () => {
    const wide = text.split("\n").filter((line) => line.length > 120);
    expect(wide).toEqual([]);
  });
});
