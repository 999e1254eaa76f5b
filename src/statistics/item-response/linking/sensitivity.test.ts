import { describe, expect, it } from "vitest";
import { dichotomousItems, valueIn } from "../made-up-responses.js";
import { type LinkKind, link } from "./link.js";
import { type MovedParameter, slopeSensitivity } from "./sensitivity.js";

const names = ["a", "b", "c", "d", "e", "f", "g"];
const old = dichotomousItems(names, [0.8, 1.2, 1, 0.7, 1.5, 0.9, 1.1], [-1.5, -0.6, -0.1, 0.4, 0.9, 1.4, 0.2]);
const next = dichotomousItems(
  [...names, "only here"],
  [0.9, 1.4, 1.1, 0.9, 1.6, 1.1, 1.2, 1],
  [-1.6, -0.8, -0.2, 0.1, 0.7, 1.1, -0.1, 0],
);

const parameters: readonly MovedParameter[] = [
  { form: "old", kind: "intercept", of: 1, category: 1 },
  { form: "old", kind: "slope", of: 4, category: 0 },
  { form: "new", kind: "intercept", of: 5, category: 1 },
  { form: "new", kind: "slope", of: 0, category: 0 },
  { form: "new", kind: "slope", of: 7, category: 0 },
  { form: "new", kind: "slope", of: -1, category: 0 },
];

/** The slope of the link with one number moved. */
function slopeWith(kind: LinkKind, { form, kind: what, of, category }: MovedParameter, by: number): number {
  const given = form === "old" ? old : next;
  const slope = given.slope.slice();
  const intercepts = given.intercepts.map((one) => one.slice());
  if (what === "slope") slope[of]! += by;
  else intercepts[of]![category]! += by;
  const items = { ...given, slope, intercepts };
  return valueIn(form === "old" ? link(kind, items, next) : link(kind, old, items)).slope;
}

describe("what a link's slope owes to an item", () => {
  it.each(["stocking-lord", "haebara", "mean-mean", "mean-sigma", "haberman-bisquare"] as const)(
    "by %s is what the link made anew says, and nothing for an item that doesn't tie the forms",
    (kind) => {
      const found = slopeSensitivity(kind, old, next, valueIn(link(kind, old, next)), parameters)!;
      parameters.slice(0, 4).forEach((parameter, k) => {
        const again = (slopeWith(kind, parameter, 1e-3) - slopeWith(kind, parameter, -1e-3)) / 2e-3;
        // A quarter of the nodes, and a hundredth of a derivative is nothing in a standard error.
        expect(Math.abs(found[k]! - again)).toBeLessThan(0.01 * Math.abs(again) + 1e-5);
      });
      expect([...found.slice(4)]).toEqual([0, 0]);
    },
  );

  it("by mean-sigma is A (b − mean) ÷ (n variance) of an old difficulty (closed form)", () => {
    const made = valueIn(link("mean-sigma", old, next));
    const difficulties = names.map((_, j) => -old.intercepts[j]![1]! / old.slope[j]!);
    const mean = difficulties.reduce((a, b) => a + b, 0) / names.length;
    const variance = difficulties.reduce((sum, b) => sum + (b - mean) ** 2, 0) / names.length;
    const [found] = slopeSensitivity("mean-sigma", old, next, made, parameters)!;
    const byDifficulty = (made.slope * (difficulties[1]! - mean)) / (names.length * variance);
    expect(found).toBeCloseTo(-byDifficulty / old.slope[1]!, 6);
  });

  it("is nothing where every slope is 1", () => {
    const one = dichotomousItems(
      names,
      names.map(() => 1),
      names.map((_, j) => j / 3 - 1),
    );
    const made = valueIn(link("stocking-lord", one, one));
    expect([...slopeSensitivity("stocking-lord", one, one, made, parameters.slice(0, 4))!]).toEqual([0, 0, 0, 0]);
  });
});
