import { describe, expect, it } from "vitest";
import {
  referenceAssessments,
  referenceJson,
  skippedWithoutThem,
} from "../../../../test/reference-assessment-columns.js";
import type { ItemParameters } from "../items.js";
import { dichotomousItems, valueIn } from "../made-up-responses.js";
import { link, linkForms, linkingError, pisa2012LinkingError } from "./index.js";

interface PlinkItem {
  readonly discrimination: number;
  readonly difficulty: number;
  readonly asymptote: number;
}
interface KolenBrennan {
  readonly formX: readonly PlinkItem[];
  readonly formY: readonly PlinkItem[];
  readonly common: readonly { readonly "form.x": number; readonly "form.y": number }[];
  readonly constants_base2: Record<"MM" | "MS" | "HB" | "SL", [number, number]>;
}
interface Constants {
  readonly A: number;
  readonly B: number;
}
interface Fims {
  readonly linking_2pl_country: {
    readonly items1: readonly { readonly item: string; readonly a: number; readonly b: number }[];
    readonly items2: readonly { readonly item: string; readonly a: number; readonly b: number }[];
    readonly mean_mean: Constants;
    readonly mean_sigma: Constants;
    readonly haebara: Constants & { readonly crit: number };
    readonly stocking_lord: Constants & { readonly crit: number };
  };
  readonly linking_2pl_country_drop_lowA: Record<"mean_mean" | "mean_sigma" | "haebara" | "stocking_lord", Constants>;
  readonly link_error: {
    readonly rasch_b1: readonly number[];
    readonly rasch_b2: readonly number[];
    readonly shift: number;
    readonly LE: number;
  };
}

describe.skipIf(!referenceAssessments)(`linking, beside other programs${skippedWithoutThem}`, () => {
  // Published: Kolen & Brennan (2004), forms X and Y, three-parameter; other program: plink 1.5.1 (40 abilities from −4 to 4, all counting the same).
  it("has the constants of Kolen and Brennan's forms", () => {
    const reference = referenceJson("kolen_brennan_kb04_linking.json") as KolenBrennan;
    const form = (items: readonly PlinkItem[], at: readonly number[]): ItemParameters => {
      const of = at.map((j) => items[j - 1]!);
      const slope = Float64Array.from(of, (item) => 1.7 * item.discrimination);
      return {
        names: of.map((_, j) => `common ${j + 1}`),
        models: of.map(() => "three-parameter"),
        slope,
        intercepts: of.map((item, j) => Float64Array.of(0, -slope[j]! * item.difficulty)),
        guessing: Float64Array.from(of, (item) => item.asymptote),
      };
    };
    const x = form(
      reference.formX,
      reference.common.map((pair) => pair["form.x"]),
    );
    const y = form(
      reference.formY,
      reference.common.map((pair) => pair["form.y"]),
    );
    const nodes = Float64Array.from({ length: 40 }, (_, q) => -4 + (8 * q) / 39);
    const at = { nodes, weights: nodes.map(() => 1) };
    for (const [kind, name] of [
      ["mean-mean", "MM"],
      ["mean-sigma", "MS"],
      ["haebara", "HB"],
      ["stocking-lord", "SL"],
    ] as const) {
      const found = valueIn(link(kind, y, x, { at }));
      const [A, B] = reference.constants_base2[name];
      expect(Math.abs(found.slope - A)).toBeLessThan(2e-6); // six printed decimals, plink's own stop
      expect(Math.abs(found.intercept - B)).toBeLessThan(2e-6);
    }
  });

  const fims = () => referenceJson("fims_dif_linking.json") as Fims;
  const forms = (reference: Fims) =>
    [reference.linking_2pl_country.items1, reference.linking_2pl_country.items2].map((items) =>
      dichotomousItems(
        items.map(({ item }) => item),
        items.map(({ a }) => a),
        items.map(({ b }) => b),
      ),
    ) as [ItemParameters, ItemParameters];

  // Other program: FIMS 1964, Australia and Japan, with the item that doesn't work there (mirt's items, constants by optim in R).
  it("has the trap of FIMS: with the broken item, moments turn the sign of the comparison and curves don't", () => {
    const reference = fims();
    const [australia, japan] = forms(reference);
    const keep = { weakItems: "keep", forms: ["Australia", "Japan"] } as const;
    const expected = reference.linking_2pl_country;
    for (const [kind, constants, tolerance] of [
      ["mean-mean", expected.mean_mean, 1e-8],
      ["mean-sigma", expected.mean_sigma, 1e-8],
      ["haebara", expected.haebara, 1e-4], // optim's own stop
      ["stocking-lord", expected.stocking_lord, 1e-4],
    ] as const) {
      const found = valueIn(link(kind, australia, japan, keep));
      expect(Math.abs(found.slope - constants.A)).toBeLessThan(tolerance);
      expect(Math.abs(found.intercept - constants.B)).toBeLessThan(tolerance);
      const weak = found.cautions.find(({ code }) => code === "link-weak-items")!;
      expect(weak.names).toEqual(["M1PTI21"]);
    }
    const lord = valueIn(link("stocking-lord", australia, japan, keep));
    expect(lord.criterion).toBeCloseTo(expected.stocking_lord.crit, 6);
    expect(lord.intercept).toBeGreaterThan(1);
    expect(lord.meanSigma!.intercept).toBeLessThan(-1);
    expect(lord.cautions.map(({ code }) => code)).toContain("link-methods-disagree");
  });

  it("leaves the broken item out unless asked to keep it, and is then as if it had never been there", () => {
    const reference = fims();
    const [australia, japan] = forms(reference);
    const expected = reference.linking_2pl_country_drop_lowA;
    for (const [kind, constants, tolerance] of [
      ["mean-mean", expected.mean_mean, 1e-8],
      ["mean-sigma", expected.mean_sigma, 1e-8],
      ["haebara", expected.haebara, 1e-4],
      ["stocking-lord", expected.stocking_lord, 1e-4],
    ] as const) {
      const found = valueIn(link(kind, australia, japan));
      expect(found.leftOut).toEqual([{ name: "M1PTI21", reason: "its slope is negative or next to nothing" }]);
      expect(Math.abs(found.slope - constants.A)).toBeLessThan(tolerance);
      expect(Math.abs(found.intercept - constants.B)).toBeLessThan(tolerance);
    }
  });

  // Closed form with two forms: geometric mean of the slopes' ratios. sirt's figures in the reference kept the item with the negative slope, whose
  // logarithm there is none of, and can't be compared.
  it("has Haberman's link of the thirteen items that work", () => {
    const [australia, japan] = forms(fims());
    const found = valueIn(
      linkForms([
        { name: "Australia", items: australia },
        { name: "Japan", items: japan },
      ]),
    );
    expect(found.cautions[0]!.names).toEqual(["M1PTI21 in Australia"]);
    expect(found.items.length).toBe(13);
    const works = australia.names.map((_, j) => j).filter((j) => australia.slope[j]! > 0);
    const mean = (of: (j: number) => number) => works.reduce((sum, j) => sum + of(j), 0) / 13;
    const A = Math.exp(mean((j) => Math.log(japan.slope[j]! / australia.slope[j]!)));
    const b = (items: ItemParameters, j: number) => -items.intercepts[j]![1]! / items.slope[j]!;
    expect(found.forms[1]!.slope).toBeCloseTo(A, 10);
    expect(found.forms[1]!.intercept).toBeCloseTo(
      mean((j) => b(australia, j) - A * b(japan, j)),
      9,
    );
  });

  it("has the linking error of the Rasch difficulties, by PISA's formula and by the jackknife", () => {
    const { rasch_b1, rasch_b2, shift, LE } = fims().link_error;
    const names = rasch_b1.map((_, j) => `q${j}`);
    const ones = names.map(() => 1);
    const error = valueIn(
      linkingError("mean-mean", dichotomousItems(names, ones, rasch_b1), dichotomousItems(names, ones, rasch_b2)),
    );
    expect(error.link.intercept).toBeCloseTo(-shift, 9);
    expect(error.intercept).toBeCloseTo(LE, 8);
    expect(pisa2012LinkingError(rasch_b2.map((b, j) => b - rasch_b1[j]!))).toBeCloseTo(LE, 8);
  });
});
