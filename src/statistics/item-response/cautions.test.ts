import { describe, expect, it } from "vitest";
import { type Calibration, type CalibrationOptions, calibrate, type Responses } from "./index.js";
import { inventedResponses } from "./invented-responses.js";

function fitted(responses: Responses, options: CalibrationOptions): Calibration {
  const outcome = calibrate(responses, options);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  expect(outcome.value.converged).toBe(true);
  return outcome.value;
}

const refused = (responses: Responses, options: CalibrationOptions) => {
  const outcome = calibrate(responses, options);
  return outcome.ok ? [] : outcome.error.map(({ code, place }) => `${code}: ${place}`);
};

/** All numbers of a calibration, to be compared. */
const numbers = ({ items, groups }: Calibration) => [
  ...items.slope,
  ...items.intercepts.flatMap((one) => [...one]),
  ...items.guessing,
  ...groups.flatMap(({ mean, sd }) => [mean, sd]),
];

const shape = { persons: 400, items: 8, booklets: 1, maximum: 1, groups: 1, seed: 1 };

describe("what a calibration says of its data", () => {
  const responses = inventedResponses({ ...shape, maximum: 2 });
  const replaced = (of: Responses, change: (score: number, item: number, person: number) => number): Responses => ({
    ...of,
    scores: of.scores.map((score, at) => change(score, at % of.items.length, Math.floor(at / of.items.length))),
  });

  it("a category that nobody is in has no parameter and a probability of zero", () => {
    const gap = replaced(responses, (score, item) =>
      item === 1 && score === 1 ? 2 : item === 2 && score === 0 ? 1 : score,
    );
    const fit = fitted(gap, { model: "generalised-partial-credit" });
    expect([...fit.items.intercepts[1]!.subarray(0, 2)]).toEqual([0, -Infinity]);
    expect([...fit.items.intercepts[2]!.subarray(0, 2)]).toEqual([-Infinity, 0]);
    expect(fit.free.length).toBe(8 + 14);
    expect(fit.cautions.find(({ code }) => code === "category-not-observed")!.names).toEqual(["I2", "I3"]);
  });

  it("an item that abler persons get wrong, or that tells nothing, is named", () => {
    const many = inventedResponses({ ...shape, persons: 1000 });
    const turned = replaced(many, (score, item, p) => (item === 3 ? 1 - score : item === 4 ? (p * 7) % 2 : score));
    const fit = fitted(turned, { model: "two-parameter" });
    const named = (code: string) => fit.cautions.find((one) => one.code === code)?.names ?? [];
    expect(named("negative-slope")).toContain("I4");
    expect([...named("low-slope"), ...named("negative-slope")]).toContain("I5");
  });

  it("an item whose slope has no end is not called converged, and is named", () => {
    const many = inventedResponses({ ...shape, persons: 1000 });
    const step = replaced(many, (score, item, p) => {
      const rest = [0, 1, 2, 4, 5, 6, 7].reduce((sum, i) => sum + many.scores[p * 8 + i]!, 0);
      return item === 3 ? Number(rest >= 4) : score;
    });
    const outcome = calibrate(step, { model: "two-parameter" });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
    expect(outcome.value.converged).toBe(false);
    expect(outcome.value.reason).toContain("I4 grows without end");
    const prior = fitted(step, { model: "two-parameter", priors: { slope: { mean: 0, sd: 0.5 } } });
    expect(prior.items.slope[3]).toBeGreaterThan(2);
  });

  it("a reflected solution is turned round", () => {
    const two = inventedResponses({ ...shape, groups: 2 });
    const fit = fitted(two, { model: "two-parameter" });
    const mirrored: Calibration = {
      ...fit,
      items: { ...fit.items, slope: fit.items.slope.map((slope) => -slope) },
      groups: fit.groups.map((group) => ({ ...group, mean: 0 - group.mean })),
    };
    const again = fitted(two, { model: "two-parameter", start: mirrored });
    expect(again.cautions.map(({ code }) => code)).toContain("reflected");
    numbers(again).forEach((value, k) => {
      expect(Math.abs(value - numbers(fit)[k]!)).toBeLessThan(1e-5);
    });
  });

  it("items that a group never took, and groups of a few, are named", () => {
    const two = inventedResponses({ ...shape, groups: 2, booklets: 5, items: 10 });
    const group = Uint16Array.from(two.booklet, (_, p) => (p < 3 ? 1 : 0));
    const fit = fitted({ ...two, group, groups: ["most", "few"] }, { model: "rasch" });
    expect(fit.cautions.map(({ code, names }) => `${code}: ${names[0]}`)).toContain("small-group: few");
    expect(fit.groups[1]!.notTaken).toEqual(["I9", "I10"]);
    expect(fit.cautions.map(({ names }) => names)).toContainEqual(["few", "I9", "I10"]);
    expect(fit.groups[1]!.n).toBe(3);
  });

  it("an item nobody took or everybody got right, an empty group and unknown names are refused by name", () => {
    const right = replaced(responses, (score, item) => (item === 1 ? 2 : item === 2 ? 0 : item === 3 ? 255 : score));
    expect(refused(right, { model: "partial-credit" })).toEqual([
      'item-without-variation: item "I2"',
      'item-without-variation: item "I3"',
      'item-without-responses: item "I4"',
    ]);
    expect(refused(responses, { model: "rasch" })[0]).toBe('model-needs-two-categories: item "I1"');
    expect(refused(responses, { model: ["rasch"] })).toEqual(["model-items-differ: model"]);
    const two = { ...responses, group: new Uint16Array(400), groups: ["a", "b"] };
    expect(refused(two, { model: "partial-credit" })).toEqual(['group-without-persons: group "b"']);
    expect(refused(responses, { model: "partial-credit", fixed: [{ name: "Z", slope: 1, intercepts: [0] }] })).toEqual([
      'fixed-item-unknown: item "Z"',
    ]);
    expect(
      refused(responses, { model: "partial-credit", fixed: [{ name: "I1", slope: 1, intercepts: [0, 1] }] }),
    ).toEqual(['fixed-item-invalid: item "I1"']);
    expect(refused(responses, { model: "partial-credit", groups: [{ name: "all", sd: 0 }] })).toEqual([
      'fixed-group-invalid: group "all"',
    ]);
    const one = inventedResponses(shape);
    expect(refused(one, { model: "three-parameter" })[0]).toBe('guessing-not-identified: item "I1"');
  });

  it("booklets that share no item are refused with their items, unless persons are equivalent", () => {
    const apart: Responses = {
      ...inventedResponses(shape),
      booklets: [Uint16Array.of(0, 1, 2, 3), Uint16Array.of(4, 5, 6, 7)],
      booklet: Uint16Array.from({ length: 800 }, (_, p) => p % 2),
      starts: Uint32Array.from({ length: 801 }, (_, p) => 4 * p),
    };
    expect(refused(apart, { model: "rasch" })).toEqual([
      "booklets-disconnected: items I1, I2, I3, I4",
      "booklets-disconnected: items I5, I6, I7, I8",
    ]);
    expect(fitted(apart, { model: "rasch", equivalentPersons: true }).parameters).toBe(9);
    // A cycle without common items stays refused: its own free mean can't be told from its items' difficulty.
    const cycles = { ...apart, group: apart.booklet, groups: ["2027", "2031"] };
    expect(refused(cycles, { model: "rasch", equivalentPersons: true })).toEqual([
      "booklets-disconnected: items I5, I6, I7, I8",
    ]);
  });
});
