import { describe, expect, it } from "vitest";
import { madeUpItems, madeUpResponses, valueIn } from "../made-up-responses.js";
import { responsesFromMatrix } from "../responses.js";
import { abilities } from "./index.js";

const equal = madeUpItems(Array.from({ length: 8 }, () => ({ slope: 1.3, intercepts: [0.4] })));
const scoring = (rights: readonly number[], items = equal) => {
  const width = items.slope.length;
  const matrix = Uint8Array.from(
    rights.flatMap((right) => Array.from({ length: width }, (_, j) => (j < right ? 1 : 0))),
  );
  return valueIn(
    responsesFromMatrix(
      items.names.map((name) => ({ name, maximum: 1 })),
      matrix,
    ),
  );
};
const logit = (p: number) => Math.log(p / (1 - p));

describe("abilities of persons", () => {
  // Closed form: with equal items ML puts P at r ÷ J and Warm's estimate at (r + ½) ÷ (J + 1).
  it("have their closed forms on equal items", () => {
    const responses = scoring([0, 1, 4, 7, 8]);
    const wle = valueIn(abilities(responses, equal, null, { kind: "wle" }));
    const ml = valueIn(abilities(responses, equal, null, { kind: "ml" }));
    [0, 1, 4, 7, 8].forEach((right, i) => {
      const warm = (right + 0.5) / 9;
      expect(wle.estimate[i]).toBeCloseTo((logit(warm) - 0.4) / 1.3, 10);
      expect(wle.standardError[i]).toBeCloseTo(1 / Math.sqrt(8 * 1.69 * warm * (1 - warm)), 10);
      if (right > 0 && right < 8) expect(ml.estimate[i]).toBeCloseTo((logit(right / 8) - 0.4) / 1.3, 10);
    });
    expect([...ml.unbounded]).toEqual([0, 4]);
    expect([ml.estimate[0], ml.estimate[4], ml.standardError[0]]).toEqual([-Infinity, Infinity, Infinity]);
  });

  it("are the same whichever way the categories of an item are split, where the item is", () => {
    const mixed = madeUpItems([
      { slope: 0.8, intercepts: [0.3, -0.2, -1.4] },
      { slope: 1.4, intercepts: [-0.6] },
      { slope: 0.6, intercepts: [1.1, 0.7] },
      { slope: 1.1, intercepts: [0], guessing: 0.2 },
      { slope: 1.5, intercepts: [-1], guessing: 0.15 },
    ]);
    const theta = Float64Array.from({ length: 40 }, (_, i) => -3 + i * 0.15);
    const responses = madeUpResponses(mixed, theta, 5);
    const scaled = { ...mixed, slope: mixed.slope.map((a) => a * 2) };
    const here = valueIn(abilities(responses, mixed, null, { kind: "wle" }));
    const there = valueIn(abilities(responses, scaled, null, { kind: "wle" }));
    for (let i = 0; i < theta.length; i++) expect(there.estimate[i]).toBeCloseTo(here.estimate[i]! / 2, 8);
  });

  it("are the prior where nothing was answered, for EAP, and named, for WLE", () => {
    const items = madeUpItems([
      { slope: 1, intercepts: [0] },
      { slope: 1.2, intercepts: [0.5] },
    ]);
    const responses = madeUpResponses(items, Float64Array.of(0, 0, 1), 1, {}, (i) => i !== 1);
    const eap = valueIn(abilities(responses, items, [{ mean: 0.7, sd: 1.3 }], { kind: "eap" }));
    expect(eap.estimate[1]).toBeCloseTo(0.7, 12);
    expect(eap.standardError[1]).toBeCloseTo(1.3, 7); // the grid ends at six standard deviations
    expect([...valueIn(abilities(responses, items, null, { kind: "wle" })).unscored]).toEqual([1]);
  });

  it("refuse a score that the items can't give, by its name", () => {
    const items = {
      ...equal,
      intercepts: equal.intercepts.map((c, j) => (j === 2 ? Float64Array.of(0, -Infinity) : c)),
    };
    const outcome = abilities(scoring([5]), items, null, { kind: "wle" });
    expect(outcome.ok).toBe(false);
    if (!outcome.ok) {
      expect(outcome.error[0]!.code).toBe("response-category-impossible");
      expect(outcome.error[0]!.place).toContain("item-3 (score 1)");
    }
  });
});
