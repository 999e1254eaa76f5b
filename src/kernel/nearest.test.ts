import { describe, expect, it } from "vitest";
import { nearest } from "./nearest.js";

describe("the nearest known word", () => {
  const keys = ["title", "pupils", "outcome", "outcomes", "prior", "context", "withinSchool", "membership"];

  it.each([
    ["outcom", "outcome"],
    ["otucome", "outcome"],
    ["Outcome", "outcome"],
    ["within_school", "withinSchool"],
    ["member", "membership"],
    ["pupil", "pupils"],
  ])("to %s is %s", (word, known) => {
    expect(nearest(word, keys)).toBe(known);
  });

  it.each(["xyz", "schools", "a", ""])("is none for %j", (word) => {
    expect(nearest(word, keys)).toBeNull();
  });
});
