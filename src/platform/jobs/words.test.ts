import { describe, expect, it } from "vitest";
import { linkOf, progressInWords, spanInWords } from "./words.js";

describe("the words for a job", () => {
  it.each([
    [0, null, "not begun"],
    [12, null, "12"],
    [6000, 24_000, "6,000 of 24,000 (25%)"],
    [23_999, 24_000, "23,999 of 24,000 (99%)"],
    [0, 0, "0 of 0 (100%)"],
  ])("say that %s of %s is %s", (done, of, words) => {
    expect(progressInWords({ done, of })).toBe(words);
  });

  it.each([
    [0, "less than a minute"],
    [29, "less than a minute"],
    [31, "1 minute"],
    [720, "12 minutes"],
    [3600, "1 hour"],
    [7500, "2 hours 5 minutes"],
  ])("call %s seconds %s", (seconds, words) => {
    expect(spanInWords(seconds)).toBe(words);
  });

  it("link a result within the site, and nothing else", () => {
    const link = { href: "/cases?year=2026%2F27", text: "12 cases" };
    expect(linkOf({ ...link, more: 1 })).toEqual(link);
    for (const other of ["//elsewhere.example", "https://elsewhere.example", "javascript:alert(1)", 3, null])
      expect(linkOf({ ...link, href: other })).toBeNull();
    for (const other of [null, 3, "x", [], {}, { href: "/" }]) expect(linkOf(other)).toBeNull();
  });
});
