import { describe, expect, it } from "vitest";
import { keyedDraws } from "../../random/index.js";
import type { ItemParameters } from "../items.js";
import { dichotomousItems, madeUpItems, valueIn } from "../made-up-responses.js";
import {
  chainLinks,
  type LinkKind,
  link,
  linkForms,
  linkingError,
  pisa2012LinkingError,
  pisa2015LinkingError,
  stockingLordInfluence,
  transformAbilities,
  transformGroup,
  transformItems,
} from "./index.js";

const kinds: readonly LinkKind[] = [
  "mean-mean",
  "mean-sigma",
  "haebara",
  "stocking-lord",
  "haberman",
  "haberman-bisquare",
];
const old = madeUpItems([
  ...Array.from({ length: 9 }, (_, j) => ({ slope: 0.7 + 0.1 * j, intercepts: [1.6 - 0.4 * j] })),
  { slope: 1.1, intercepts: [0.4], guessing: 0.2 },
  { slope: 0.9, intercepts: [0.8, 0.1, -1.6] },
  { slope: 0.6, intercepts: [-0.2, -1.1] },
]);
/** The old items as a calibration on another scale would have them. */
const A = 1.3;
const B = -0.45;
const next = transformItems(old, { slope: 1 / A, intercept: -B / A });
const pick = (items: ItemParameters, at: readonly number[]): ItemParameters => ({
  names: at.map((j) => items.names[j]!),
  models: at.map((j) => items.models[j]!),
  slope: Float64Array.from(at, (j) => items.slope[j]!),
  intercepts: at.map((j) => items.intercepts[j]!),
  guessing: Float64Array.from(at, (j) => items.guessing[j]!),
});

describe("linking two calibrations", () => {
  it.each(kinds)("by %s finds a transformation that was made, dichotomous, polytomous and with guessing", (kind) => {
    const found = valueIn(link(kind, old, next));
    expect(found.slope).toBeCloseTo(A, 7);
    expect(found.intercept).toBeCloseTo(B, 7);
    expect(found.cautions).toEqual([]);
    const back = transformItems(next, found);
    back.slope.forEach((a, j) => {
      expect(a).toBeCloseTo(old.slope[j]!, 6);
      back.intercepts[j]!.forEach((c, k) => {
        expect(c).toBeCloseTo(old.intercepts[j]![k]!, 6);
      });
    });
  });

  it("moves with a parameter of an item as its influence by Stocking and Lord says", () => {
    // Closed form beside the link made again: symmetric differences, of which 1e-4 leaves an error of 1e-7 or so.
    const whole = valueIn(link("stocking-lord", old, next));
    const used = old.names.map((_, j) => ({ old: j, new: j }));
    const influence = stockingLordInfluence(old, next, whole, used);
    const h = 1e-4;
    const changed = (
      items: ItemParameters,
      kind: "slope" | "intercept" | "guessing",
      j: number,
      k: number,
      by: number,
    ) => ({
      ...items,
      ...(kind === "intercept"
        ? { intercepts: items.intercepts.map((c, i) => (i === j ? c.map((v, l) => (l === k ? v + by : v)) : c)) }
        : { [kind]: items[kind].map((v, i) => (i === j ? v + by : v)) }),
    });
    for (const form of ["old", "new"] as const)
      for (const [kind, of, category] of [
        ["slope", 0, 0],
        ["intercept", 4, 1],
        ["slope", 9, 0],
        ["guessing", 9, 0],
        ["intercept", 10, 2],
        ["intercept", 11, 1],
      ] as const) {
        const at = (by: number) => {
          const [a, b] = [old, next].map((items, f) =>
            f === (form === "old" ? 0 : 1) ? changed(items, kind, of, category, by) : items,
          );
          return valueIn(link("stocking-lord", a!, b!));
        };
        const [more, less] = [at(h), at(-h)];
        const found = influence(form, { kind, of, category })!;
        const name = `${form} ${kind} ${of}`;
        expect(found.slope, name).toBeCloseTo((more.slope - less.slope) / (2 * h), 5);
        expect(found.intercept, name).toBeCloseTo((more.intercept - less.intercept) / (2 * h), 5);
      }
    expect(influence("old", { kind: "mean", of: 0, category: 0 })).toBeNull();
    expect(
      stockingLordInfluence(old, next, whole, used.slice(1))("old", { kind: "slope", of: 0, category: 0 }),
    ).toBeNull();
  });

  it("doesn't depend on the order of the items, and the symmetric criterion not on which form is the old one", () => {
    const { normal } = keyedDraws(4, 4);
    const noisy = { ...next, slope: next.slope.map((a, j) => a * Math.exp(0.1 * normal(j, 0))) };
    const shuffled = pick(noisy, [5, 2, 11, 0, 7, 1, 10, 9, 3, 4, 8, 6]);
    for (const kind of ["haebara", "stocking-lord"] as const) {
      const here = valueIn(link(kind, old, noisy, { direction: "both" }));
      const there = valueIn(link(kind, noisy, old, { direction: "both" }));
      expect(valueIn(link(kind, old, shuffled, { direction: "both" })).slope).toBeCloseTo(here.slope, 7);
      expect(there.slope).toBeCloseTo(1 / here.slope, 5);
      expect(there.intercept).toBeCloseTo(-here.intercept / here.slope, 5);
      const oneWay = valueIn(link(kind, old, noisy));
      expect(Math.abs(valueIn(link(kind, noisy, old)).slope - 1 / oneWay.slope)).toBeGreaterThan(1e-5);
    }
  });

  it("moves items, groups and abilities together, and chains", () => {
    const by = { slope: A, intercept: B };
    expect(transformGroup({ name: "2030", mean: 0.2, sd: 0.9 }, by)).toEqual({
      name: "2030",
      mean: A * 0.2 + B,
      sd: A * 0.9,
    });
    const twice = chainLinks(by, { slope: 0.8, intercept: 0.3 });
    const one = transformAbilities(transformAbilities(Float64Array.of(-1, 0, 2), { slope: 0.8, intercept: 0.3 }), by);
    transformAbilities(Float64Array.of(-1, 0, 2), twice).forEach((value, i) => {
      expect(value).toBeCloseTo(one[i]!, 12);
    });
  });

  it("holds the unit where all slopes are one", () => {
    const rasch = dichotomousItems(["a", "b", "c", "d", "e"], [1, 1, 1, 1, 1], [-1, -0.5, 0, 0.5, 1.2]);
    const later = dichotomousItems(["a", "b", "c", "d", "e"], [1, 1, 1, 1, 1], [-1.4, -0.7, -0.5, 0.2, 0.8]);
    for (const kind of kinds.filter((each) => each !== "haberman-bisquare"))
      expect(valueIn(link(kind, rasch, later)).slope).toBe(1);
    // Closed form: the mean difference of difficulties.
    expect(valueIn(link("mean-mean", rasch, later)).intercept).toBeCloseTo(0.36, 12);
    expect(valueIn(link("haberman", rasch, later)).intercept).toBeCloseTo(0.36, 12);
    expect(valueIn(link("haebara", rasch, later, { slope: "free" })).slope).not.toBe(1);
  });

  it("isn't moved by an item that moved, by the robust methods", () => {
    const drifted = {
      ...next,
      intercepts: next.intercepts.map((c, j) => (j === 4 ? c.map((v, k) => v - 1.5 * k) : c)),
    };
    const off = (kind: LinkKind, power: 2 | 1 | 0.5 = 2) =>
      Math.abs(valueIn(link(kind, old, drifted, { power })).intercept - B);
    expect(off("mean-sigma")).toBeGreaterThan(0.05);
    expect(off("haebara")).toBeGreaterThan(0.05);
    expect(off("haebara", 1)).toBeLessThan(0.25 * off("haebara"));
    expect(off("haebara", 0.5)).toBeLessThan(0.1 * off("haebara"));
    expect(off("haberman-bisquare")).toBeLessThan(1e-6);
  });

  it("turns a reflected calibration round and says so", () => {
    const reflected = { ...next, slope: next.slope.map((a) => -a) };
    const found = valueIn(link("stocking-lord", old, reflected));
    expect(found.slope).toBeCloseTo(-A, 7);
    expect(found.intercept).toBeCloseTo(B, 7);
    expect(found.cautions.map(({ code, names }) => [code, names])).toEqual([["link-reflected", ["new"]]]);
    transformItems(reflected, found).slope.forEach((a, j) => {
      expect(a).toBeCloseTo(old.slope[j]!, 6);
    });
    const both = valueIn(link("haebara", { ...old, slope: old.slope.map((a) => -a) }, reflected));
    expect(both.slope).toBeCloseTo(A, 7);
    expect(both.intercept).toBeCloseTo(-B, 7);
  });

  it("names cycles without common items, items that nobody was given, categories that differ, and short links", () => {
    const forms = { forms: ["2028", "2032"] } as const;
    const stranger = { ...next, names: next.names.map((name) => `other ${name}`) };
    const none = link("haebara", old, stranger, forms);
    expect(none.ok ? "" : `${none.error[0]!.code} ${none.error[0]!.place}`).toBe(
      "link-without-common-items 2028 and 2032",
    );
    const holes = {
      ...next,
      slope: next.slope.map((a, j) => (j === 0 ? Number.NaN : a)),
      intercepts: next.intercepts.map((c, j) => (j === 10 ? Float64Array.of(0, 0.3, -1, -Infinity) : c)),
    };
    const found = valueIn(link("haebara", old, holes, { ...forms, omit: ["item-3"] }));
    expect(found.leftOut).toEqual([
      { name: "item-1", reason: "it has no parameters in 2032: nobody was given it there" },
      { name: "item-3", reason: "left out by the caller" },
      { name: "item-11", reason: "other categories were scored in the two forms" },
    ]);
    expect(found.intercept).toBeCloseTo(B, 6);
    const few = valueIn(link("haebara", pick(old, [1, 3, 8]), next, forms));
    expect(few.cautions.map(({ text }) => text)).toEqual(["Only 3 items tie 2028 and 2032."]);
    const one = link("haebara", pick(old, [1]), next);
    expect(one.ok ? "" : one.error[0]!.code).toBe("link-needs-two-items");
    expect(valueIn(link("mean-mean", pick(old, [1]), next, { slope: "one" })).slope).toBe(1);
  });
});

describe("linking several calibrations", () => {
  it("finds chains of forms, each sharing items with the next only", () => {
    const third = transformItems(old, { slope: 0.8, intercept: 0.5 });
    const found = valueIn(
      linkForms([
        { name: "2028", items: pick(old, [0, 1, 2, 3, 4, 5]) },
        { name: "2032", items: pick(next, [3, 4, 5, 6, 7, 8]) },
        { name: "2036", items: pick(third, [6, 7, 8, 9, 10]) },
      ]),
    );
    expect(found.forms[1]!.slope).toBeCloseTo(A, 9);
    expect(found.forms[1]!.intercept).toBeCloseTo(B, 9);
    expect(found.forms[2]!.slope).toBeCloseTo(1 / 0.8, 9);
    expect(found.forms[2]!.intercept).toBeCloseTo(-0.5 / 0.8, 9);
    expect(found.items.map(({ name }) => name)).toEqual(["item-4", "item-5", "item-6", "item-7", "item-8", "item-9"]);
    expect(found.items[0]!.residuals[2]).toBeNull();
  });

  it("names the forms that nothing ties", () => {
    const outcome = linkForms([
      { name: "2028", items: pick(old, [0, 1, 2]) },
      { name: "2032", items: pick(next, [1, 2, 3]) },
      { name: "2036", items: pick(next, [6, 7, 8]) },
    ]);
    expect(outcome.ok ? "" : outcome.error[0]!.place).toBe("2036");
  });
});

describe("linking error", () => {
  const { normal } = keyedDraws(11, 2);
  const names = Array.from({ length: 12 }, (_, j) => `q${j}`);
  const ones = names.map(() => 1);
  const before = names.map((_, j) => -1.5 + 0.27 * j);
  const changes = names.map((_, j) => 0.3 + 0.2 * normal(j, 0));
  const first = dichotomousItems(names, ones, before);
  const second = dichotomousItems(
    names,
    ones,
    before.map((b, j) => b + changes[j]!),
  );

  // Closed form: the jackknife of a mean is its standard error, and so is PISA's formula.
  it("of Rasch difficulties is the standard error of their mean change, by the jackknife and by PISA's formula", () => {
    const found = valueIn(linkingError("mean-mean", first, second, { group: { mean: 0.4, sd: 1.1 } }));
    const mean = changes.reduce((a, b) => a + b, 0) / 12;
    const error = Math.sqrt(changes.reduce((sum, c) => sum + (c - mean) ** 2, 0) / (12 * 11));
    expect(found.mean).toBeCloseTo(error, 12);
    expect(found.sd).toBeLessThan(1e-14);
    expect(pisa2012LinkingError(changes)).toBeCloseTo(error, 12);
    expect(found.without.map(({ unit }) => unit)).toEqual(names);
    expect(found.without[3]!.intercept).toBeCloseTo(-(mean * 12 - changes[3]!) / 11, 12);
  });

  it("leaves units of items out together", () => {
    const unit = (name: string) => String(Math.floor(Number(name.slice(1)) / 3));
    const found = valueIn(linkingError("mean-mean", first, second, { unit }));
    expect(found.units).toBe(4);
    const means = [0, 1, 2, 3].map((u) => changes.slice(3 * u, 3 * u + 3).reduce((a, b) => a + b, 0) / 3);
    const mean = means.reduce((a, b) => a + b, 0) / 4;
    const error = Math.sqrt(means.reduce((sum, m) => sum + (m - mean) ** 2, 0) / 12);
    expect(found.intercept).toBeCloseTo(error, 12);
    expect(pisa2012LinkingError(changes, names.map(unit))).toBeCloseTo(error, 12);
    const refused = linkingError("mean-mean", first, second, { unit: (name) => (name < "q3" ? "a" : "b") });
    expect(refused.ok ? "" : refused.error[0]!.code).toBe("link-too-few-units");
  });

  it("since 2015 is the spread of groups' differences, and doesn't see one group that is far off", () => {
    const published = [500, 510, 480, 530, 495];
    const shifted = published.map((mean, g) => mean + 4 + [0, 1, -1, 2, -2][g]!);
    // Closed form: the high medians of the distances of 0, 1, −1, 2, −2 are 1, 1, 1, 2, 2, and the low median of these is 1.
    expect(pisa2015LinkingError(published, shifted)).toBeCloseTo(1.1926, 12);
    expect(pisa2015LinkingError([...published, 470], [...shifted, 470 + 300])!).toBeLessThan(5);
    expect(pisa2015LinkingError([1, 2], [1, 2])).toBeNull();
  });
});
