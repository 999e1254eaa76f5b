import { describe, expect, it } from "vitest";
import {
  ReferenceColumns,
  referenceAssessments,
  referenceJson,
  skippedWithoutThem,
} from "../../../../test/reference-assessment-columns.js";
import { dichotomousItems, valueIn } from "../made-up-responses.js";
import { abilities } from "../persons/index.js";
import { responsesFromMatrix } from "../responses.js";
import { classicalItems, logisticDif, mantelHaenszel, residualFit, scoreFit } from "./index.js";

interface Lsat {
  readonly mirt_2pl: {
    readonly a: readonly number[];
    readonly d: readonly number[];
    readonly itemfit: readonly {
      outfit: number;
      "z.outfit": number;
      infit: number;
      "z.infit": number;
      S_X2: number;
      "df.S_X2": number;
      "p.S_X2": number;
    }[];
  };
  readonly mirt_rasch_freevar: {
    readonly d: readonly number[];
    readonly var: number;
    readonly itemfit: readonly { outfit: number; "z.outfit": number; infit: number; "z.infit": number }[];
  };
}
interface Mh {
  readonly item: string;
  readonly alphaMH: number;
  readonly deltaMH: number;
  readonly se_delta: number;
  readonly chi2_cc: number;
  readonly p: number;
  readonly ETS: string;
}
interface Fims {
  readonly mh_country: { readonly table: readonly Mh[] };
  readonly mh_sex: readonly Mh[];
  readonly logistic_country: readonly {
    item: string;
    G2_uniform: number;
    G2_nonuniform: number;
    G2_both: number;
    dR2_nagelkerke: number;
    b_group: number;
  }[];
}

/** Patterns with their frequencies, person by person. */
function patterns(file: string) {
  const columns = new ReferenceColumns(file);
  const names = columns.names.slice(0, 5);
  const scores = names.map((name) => columns.numbers(name));
  const times = columns.numbers(columns.names[5]!);
  const rows: number[] = [];
  times.forEach((count, r) => {
    for (let k = 0; k < count; k++) for (const column of scores) rows.push(column[r]!);
  });
  const scored = names.map((name) => ({ name, maximum: 1 }));
  return { names, responses: valueIn(responsesFromMatrix(scored, Uint8Array.from(rows))) };
}

describe.skipIf(!referenceAssessments)(`the quality of items, beside other programs${skippedWithoutThem}`, () => {
  // Other program: mirt 1.45.1, itemfit with its EAPs; S-X2 of the 2PL.
  it.each(["lsat6", "lsat7"])("has mirt's infit, outfit and S-X2 of %s", (name) => {
    const reference = referenceJson(`${name}.json`) as Lsat;
    const { names, responses } = patterns(`${name}_patterns.csv`);
    expect(responses.booklet.length).toBe(1000);
    const { a, d, itemfit } = reference.mirt_2pl;
    const twoParameter = dichotomousItems(
      names,
      a,
      d.map((value, j) => -value / a[j]!),
    );
    const standard = { mean: 0, sd: 1 };
    const eap = valueIn(abilities(responses, twoParameter, [standard], { kind: "eap" })).estimate;
    residualFit(responses, twoParameter, eap).forEach((fit, j) => {
      expect(fit.infit).toBeCloseTo(itemfit[j]!.infit, 4); // mirt ends its nodes at ±6
      expect(fit.outfit).toBeCloseTo(itemfit[j]!.outfit, 4);
      expect(fit.infitZ).toBeCloseTo(itemfit[j]!["z.infit"], 3);
      expect(fit.outfitZ).toBeCloseTo(itemfit[j]!["z.outfit"], 3);
    });
    scoreFit(responses, twoParameter, standard, () => 2).forEach((fit, j) => {
      expect(fit!.degrees).toBe(itemfit[j]!["df.S_X2"]);
      expect(fit!.statistic).toBeCloseTo(itemfit[j]!.S_X2, 3);
      expect(fit!.p).toBeCloseTo(itemfit[j]!["p.S_X2"], 3);
    });
    const rasch = reference.mirt_rasch_freevar;
    if (!rasch.itemfit) return;
    const ones = dichotomousItems(
      names,
      names.map(() => 1),
      rasch.d.map((value) => -value),
    );
    const own = valueIn(abilities(responses, ones, [{ mean: 0, sd: Math.sqrt(rasch.var) }], { kind: "eap" })).estimate;
    residualFit(responses, ones, own).forEach((fit, j) => {
      expect(fit.infit).toBeCloseTo(rasch.itemfit[j]!.infit, 4);
      expect(fit.outfit).toBeCloseTo(rasch.itemfit[j]!.outfit, 4);
    });
  });

  const fims = (column: string, values: readonly [number, number]) => {
    const columns = new ReferenceColumns("fims1964_aus_jpn_scored.csv");
    const names = columns.names.filter((name) => name.startsWith("M1PTI"));
    const scores = names.map((name) => columns.numbers(name));
    const of = columns.numbers(column);
    const matrix = Uint8Array.from(Array.from(of).flatMap((_, i) => scores.map((each) => each[i]!)));
    return valueIn(
      responsesFromMatrix(
        names.map((name) => ({ name, maximum: 1 })),
        matrix,
        { group: Uint16Array.from(of, (value) => values.indexOf(value)), groups: ["reference", "focal"] },
      ),
    );
  };
  const pair = { reference: "reference", focal: "focal" };

  // Other program: R's mantelhaen.test and the formulas of ETS, on FIMS 1964, 6,371 pupils.
  it("has R's Mantel-Haenszel of FIMS by country and by sex, with ETS's classes", () => {
    const reference = referenceJson("fims_dif_linking.json") as Fims;
    for (const [column, values, table] of [
      ["country", [1, 2], reference.mh_country.table],
      ["SEX", [2, 1], reference.mh_sex],
    ] as const) {
      const found = mantelHaenszel(fims(column, values), pair);
      for (const expected of table) {
        const mine = found.find(({ name }) => name === expected.item)!;
        expect(mine.alpha! / expected.alphaMH).toBeCloseTo(1, 9);
        expect(mine.delta).toBeCloseTo(expected.deltaMH, 9);
        expect(mine.deltaError).toBeCloseTo(expected.se_delta, 9);
        expect(mine.chiSquare! / expected.chi2_cc).toBeCloseTo(1, 9);
        expect(mine.p! / expected.p).toBeCloseTo(1, 7);
        expect(mine.class).toBe(expected.ETS);
      }
    }
  });

  it("has R's logistic regressions of FIMS by country", () => {
    const reference = referenceJson("fims_dif_linking.json") as Fims;
    const found = logisticDif(fims("country", [1, 2]), pair);
    for (const expected of reference.logistic_country) {
      const mine = found.find((item) => item?.name === expected.item)!;
      expect(mine.uniform.chiSquare).toBeCloseTo(expected.G2_uniform, 6);
      expect(mine.nonUniform.chiSquare).toBeCloseTo(expected.G2_nonuniform, 6);
      expect(mine.both.chiSquare).toBeCloseTo(expected.G2_both, 6);
      expect(mine.addedR2).toBeCloseTo(expected.dR2_nagelkerke, 8);
      expect(mine.difference).toBeCloseTo(expected.b_group, 6);
    }
  });

  it("tells the broken item of FIMS by its rest correlation in Australia", () => {
    const responses = fims("country", [1, 2]);
    const keep = Array.from(responses.group!, (g, i) => (g === 0 ? i : -1)).filter((i) => i >= 0);
    const australia = {
      ...responses,
      weights: Float64Array.from(responses.booklet, (_, i) => Number(responses.group![i] === 0)),
    };
    const items = classicalItems(australia);
    expect(items[0]!.n).toBe(keep.length);
    const worst = items.reduce((a, b) => (b.restCorrelation! < a.restCorrelation! ? b : a));
    expect(worst.name).toBe("M1PTI21");
    expect(worst.restCorrelation).toBeLessThan(0.05);
  });
});
