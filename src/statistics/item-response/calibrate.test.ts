import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { noise } from "../made-up-numbers.js";
import { sampleOf } from "./calibrate.js";
import { expect as expectation } from "./expectation.js";
import { slopeAt } from "./gradient.js";
import {
  type Calibration,
  type CalibrationOptions,
  calibrate,
  type FixedItem,
  probabilities,
  type Responses,
} from "./index.js";
import { inventedIntercept, inventedResponses, inventedSlope } from "./invented-responses.js";
import { stateOf, vectorOf } from "./layout.js";
import { normalNodes } from "./nodes.js";
import { makeStrata } from "./strata.js";

function fitted(responses: Responses, options: CalibrationOptions): Calibration {
  const outcome = calibrate(responses, options);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  expect(outcome.value.converged).toBe(true);
  return outcome.value;
}

/** All numbers of a calibration, to be compared. */
const numbers = ({ items, groups }: Calibration) => [
  ...items.slope,
  ...items.intercepts.flatMap((one) => [...one]),
  ...items.guessing,
  ...groups.flatMap(({ mean, sd }) => [mean, sd]),
];

const shape = { persons: 400, items: 8, booklets: 1, maximum: 1, groups: 1, seed: 1 };

describe("the likelihood", () => {
  const cases: readonly [string, CalibrationOptions, number, number][] = [
    ["two-parameter", { model: "two-parameter" }, 1, 1],
    ["partial credit, two groups, booklets", { model: "partial-credit" }, 2, 2],
    ["generalised partial credit, two groups", { model: "generalised-partial-credit" }, 2, 2],
    [
      "three-parameter with priors",
      { model: "three-parameter", priors: { guessing: { mean: -1.4, sd: 0.5 }, slope: { mean: 0, sd: 0.5 } } },
      1,
      2,
    ],
  ];

  it.each(cases)("has the gradient that its differences show: %s", (_, options, maximum, groups) => {
    const responses = inventedResponses({ ...shape, maximum, groups, booklets: groups });
    const { layout, strata, known } = sampleOf(responses, options);
    const nodes = normalNodes(81, 6);
    const x = vectorOf(layout, known).map((value, j) => value + 0.2 * Math.sin(3 * j));
    const at = (moved: Float64Array) => {
      const state = stateOf(layout, known, moved);
      return slopeAt(layout, state, expectation(layout, strata, state, nodes, true), options.priors);
    };
    const { gradient } = at(x);
    const step = 1e-4;
    gradient.forEach((value, j) => {
      const moved = (side: number) => at(x.map((one, i) => (i === j ? one + side * step : one))).value;
      // Central differences: the third derivative times step² and rounding of a value near 2,000 leave about 1e-5.
      expect(Math.abs((moved(1) - moved(-1)) / (2 * step) - value)).toBeLessThan(1e-4);
    });
  });

  it("is that of all persons summed over the nodes one by one", () => {
    const responses = inventedResponses({ ...shape, persons: 60, maximum: 2, groups: 2, booklets: 2 });
    const fit = fitted(responses, { model: "generalised-partial-credit" });
    let sum = 0;
    for (let p = 0; p < 60; p++) {
      const { mean, sd } = fit.groups[responses.group![p]!]!;
      const { z, share } = fit.nodes;
      let likelihood = 0;
      z.forEach((at, q) => {
        let product = share[q]!;
        responses.booklets[responses.booklet[p]!]!.forEach((item, j) => {
          product *= probabilities(fit.items, item, mean + sd * at)[responses.scores[responses.starts[p]! + j]!]!;
        });
        likelihood += product;
      });
      sum += Math.log(likelihood);
    }
    expect(fit.logLikelihood).toBeCloseTo(sum, 9);
  });

  it("is read off the grid of scores to within a billionth of each person's", () => {
    const responses = inventedResponses({ ...shape, persons: 3000, items: 14 });
    const { layout, strata, known } = sampleOf(responses, { model: "two-parameter" });
    const nodes = normalNodes(81, 6);
    const state = stateOf(
      layout,
      known,
      vectorOf(layout, known).map((value, j) => value + 0.3 * Math.sin(3 * j)),
    );
    const [grid, exact] = [false, true].map((each) => expectation(layout, strata, state, nodes, each));
    expect(Math.abs(grid!.logLikelihood - exact!.logLikelihood)).toBeLessThan(3000e-9);
    grid!.itemCounts.forEach((count, k) => {
      expect(Math.abs(count - exact!.itemCounts[k]!)).toBeLessThan(1e-6);
    });
    grid!.scoreByAbility.forEach((sum, i) => {
      expect(Math.abs(sum - exact!.scoreByAbility[i]!)).toBeLessThan(3000e-9);
    });
  });
});

describe("a calibration", () => {
  const responses = inventedResponses({ ...shape, groups: 2, booklets: 3, items: 9 });
  const base = fitted(responses, { model: "two-parameter" });
  const close = (a: readonly number[], b: readonly number[], within: number) => {
    expect(a.length).toBe(b.length);
    a.forEach((value, k) => {
      expect(Math.abs(value - b[k]!)).toBeLessThan(within);
    });
  };

  it("doesn't depend on the order of persons or items, nor on how booklets are cut", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1000 }), (seed) => {
        const { items, booklets, booklet, starts, scores, group } = responses;
        const turn = (seed * 17) % items.length;
        const order = Array.from({ length: 400 }, (_, p) => (p * 7 + seed) % 400);
        // Items are numbered anew, each booklet is read from its other end, and every second person has a copy of the booklet.
        const place = (item: number) => (item + turn) % items.length;
        const changed: Responses = {
          ...responses,
          items: items.map((_, i) => items[(i - turn + items.length) % items.length]!),
          booklets: [...booklets, ...booklets].map((list) => list.map(place).reverse()),
          booklet: Uint16Array.from(order, (p, at) => booklet[p]! + (at % 2) * booklets.length),
          starts: Uint32Array.from({ length: 401 }, (_, p) => p * 6),
          scores: Uint8Array.from(order.flatMap((p) => [...scores.subarray(starts[p]!, starts[p + 1]!)].reverse())),
          group: Uint16Array.from(order, (p) => group![p]!),
        };
        const again = fitted(changed, { model: "two-parameter" });
        expect(Math.abs(again.logLikelihood - base.logLikelihood)).toBeLessThan(1e-7);
        close(
          items.map((_, i) => again.items.slope[place(i)]!),
          [...base.items.slope],
          1e-5,
        );
        close(
          again.groups.map(({ mean }) => mean),
          base.groups.map(({ mean }) => mean),
          1e-5,
        );
      }),
      { numRuns: 5 },
    );
  });

  it("takes a weight of two for two persons, and zero for none", () => {
    const { booklets, booklet, starts, scores, group } = responses;
    const weights = Float64Array.from({ length: 400 }, (_, p) => p % 3);
    const order = [...weights].flatMap((weight, p) => Array<number>(weight).fill(p));
    const repeated: Responses = {
      ...responses,
      booklet: Uint16Array.from(order, (p) => booklet[p]!),
      starts: Uint32Array.from({ length: order.length + 1 }, (_, p) => p * booklets[0]!.length),
      scores: Uint8Array.from(order.flatMap((p) => [...scores.subarray(starts[p]!, starts[p + 1]!)])),
      group: Uint16Array.from(order, (p) => group![p]!),
    };
    const [weighted, counted] = [{ ...responses, weights }, repeated].map((one) =>
      fitted(one, { model: "two-parameter" }),
    );
    expect(Math.abs(weighted!.logLikelihood - counted!.logLikelihood)).toBeLessThan(1e-7);
    close(numbers(weighted!), numbers(counted!), 1e-5);
  });

  it("takes what wasn't administered in a booklet for a booklet without it", () => {
    const matrix = inventedResponses({ ...shape, items: 6 });
    const scores = matrix.scores.map((score, at) => (at % 5 === 2 ? 255 : score));
    const within = fitted({ ...matrix, scores }, { model: "two-parameter" });
    const given = Array.from({ length: 400 }, (_, p) => [0, 1, 2, 3, 4, 5].filter((j) => scores[p * 6 + j] !== 255));
    const keys = [...new Set(given.map(String))];
    const starts = new Uint32Array(401);
    given.forEach((list, p) => {
      starts[p + 1] = starts[p]! + list.length;
    });
    const apart: Responses = {
      ...matrix,
      booklets: keys.map((key) => Uint16Array.from(key.split(","), Number)),
      booklet: Uint16Array.from(given, (list) => keys.indexOf(String(list))),
      starts,
      scores: scores.filter((score) => score !== 255),
    };
    close(numbers(within), numbers(fitted(apart, { model: "two-parameter" })), 1e-6);
  });

  it.each([
    [0.2, 1, 12],
    [0.6, 1, 12],
    [0.2, 3, 40],
  ])(
    "takes persons who lack a share of %d of the items here and there together, and gets the same",
    (share, distance, items) => {
      const given = inventedResponses({ ...shape, persons: 900, items, maximum: 2 });
      // Far from the middle what is missing is far from straight; the window of nodes has to follow.
      const scores = given.scores.map((score, at) => {
        if (noise(at * 3 + 1) > 1 - share) return 255;
        return distance > 1 && Math.floor(at / items) % 3 === 0 ? 2 * (Math.floor(at / items) % 2) : score;
      });
      const options: CalibrationOptions = { model: "generalised-partial-credit" };
      const weights = Float64Array.from({ length: 900 }, (_, p) => 0.5 + noise(p));
      const { layout, strata, known } = sampleOf({ ...given, scores, weights }, options);
      expect(strata.filter(({ absences }) => absences !== null).length).toBe(1);
      const apart = makeStrata(layout, known, false);
      expect(apart.length).toBeGreaterThan(100);
      const nodes = normalNodes(61, 6);
      const state = stateOf(
        layout,
        known,
        vectorOf(layout, known).map((value, j) => value + 0.2 * Math.sin(3 * j)),
      );
      const [joined, single] = [strata, apart].map((own) => expectation(layout, own, state, nodes));
      expect(joined!.logLikelihood).toBeCloseTo(single!.logLikelihood, 8);
      close([...joined!.itemCounts], [...single!.itemCounts], 1e-9);
      close([...joined!.scoreByAbility], [...single!.scoreByAbility], 1e-9);
      expect(fitted({ ...given, scores }, options).gradient).toBeLessThan(1e-5);
    },
  );

  it("on a scale held by the items has the same likelihood and probabilities", () => {
    for (const model of ["two-parameter", "rasch"] as const) {
      const [persons, items] = (["persons", "items"] as const).map((identify) =>
        fitted(responses, { model, identify }),
      );
      expect(items!.logLikelihood).toBe(persons!.logLikelihood);
      const [first, moved] = [persons!.groups[1]!, items!.groups[1]!];
      close(
        [...probabilities(persons!.items, 4, first.mean + first.sd)],
        [...probabilities(items!.items, 4, moved.mean + moved.sd)],
        1e-12,
      );
      const logs = [...items!.items.slope].reduce((sum, slope) => sum + Math.log(slope), 0);
      expect(Math.abs(logs)).toBeLessThan(1e-12);
    }
  });

  it("from another's estimates ends in the same place at once", () => {
    const again = fitted(responses, { model: "two-parameter", start: base });
    expect(again.iterations).toBeLessThan(4);
    close(numbers(again), numbers(base), 1e-6);
  });

  it("of known items finds the group's distribution and leaves them as they are", () => {
    const fixed: FixedItem[] = base.items.names.map((name, i) => ({
      name,
      slope: base.items.slope[i]!,
      intercepts: base.items.intercepts[i]!,
    }));
    const linked = fitted(responses, { model: "two-parameter", fixed });
    expect(linked.free.map(({ name }) => name)).toEqual(["group 1 mean", "group 1 sd", "group 2 mean", "group 2 sd"]);
    close(numbers(linked), numbers(base), 1e-5);
    const some = fitted(responses, { model: "two-parameter", fixed: fixed.slice(0, 4) });
    close(numbers(some), numbers(base), 1e-4);
  });

  it("recovers what made-up responses were made with", () => {
    const many = inventedResponses({ persons: 6000, items: 12, booklets: 4, maximum: 2, groups: 2, seed: 4 });
    const fit = fitted(many, { model: "generalised-partial-credit" });
    // 3,000 responses an item: standard errors are about 0.05 for slopes and 0.06 for intercepts; four of them.
    fit.items.slope.forEach((slope, i) => {
      expect(Math.abs(slope - inventedSlope(i))).toBeLessThan(0.2);
      for (const k of [1, 2])
        expect(Math.abs(fit.items.intercepts[i]![k]! - inventedIntercept(i, k))).toBeLessThan(0.25);
    });
    expect(Math.abs(fit.groups[1]!.mean - 0.5)).toBeLessThan(0.15);
    expect(Math.abs(fit.groups[1]!.sd - 1.2)).toBeLessThan(0.15);
  });

  it("mixes models item by item", () => {
    const mixed = inventedResponses({ ...shape, persons: 900, maximum: 2 });
    const model = ["partial-credit", "generalised-partial-credit", ...Array(6).fill("generalised-partial-credit")];
    const fit = fitted(mixed, { model });
    expect(fit.items.slope[0]).toBe(1);
    // One slope is known, so the spread of the persons is free; that is the same model as all slopes free and the spread 1.
    const all = fitted(mixed, { model: "generalised-partial-credit" });
    expect(Math.abs(fit.logLikelihood - all.logLikelihood)).toBeLessThan(1e-6);
    expect(fit.groups[0]!.sd).toBeCloseTo(all.items.slope[0]!, 4);
  });

  it("fits three-parameter items with known guessing, or with a prior that it prints", () => {
    const many = inventedResponses({ ...shape, persons: 1500 });
    const free = fitted(many, { model: "two-parameter" });
    const prior = fitted(many, { model: "three-parameter", priors: { guessing: { mean: -3, sd: 0.5 } } });
    expect(prior.cautions.map(({ code }) => code)).toContain("priors");
    expect(prior.cautions.find(({ code }) => code === "priors")!.text).toContain("N(-3, 0.5²)");
    for (const guessing of prior.items.guessing) expect(guessing).toBeGreaterThan(0.005);
    // With hardly any guessing the curves are those of two parameters.
    const none = fitted(many, { model: "three-parameter", priors: { guessing: { mean: -9, sd: 0.01 } } });
    close([...none.items.slope], [...free.items.slope], 2e-3);
    expect(Math.abs(none.logLikelihood - free.logLikelihood)).toBeLessThan(0.05);
    const fixed = prior.items.names.slice(0, 2).map((name, i) => ({
      ...{
        name,
        slope: prior.items.slope[i]!,
        intercepts: prior.items.intercepts[i]!,
        guessing: prior.items.guessing[i]!,
      },
    }));
    const model = prior.items.names.map((_, i) => (i < 2 ? ("three-parameter" as const) : ("two-parameter" as const)));
    const linked = fitted(many, { model, fixed });
    expect(linked.items.guessing[0]).toBe(prior.items.guessing[0]);
    expect(linked.parameters).toBe(14);
  });
});
