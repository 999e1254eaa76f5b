import { describe, expect, it } from "vitest";
import {
  ReferenceColumns,
  referenceAssessments,
  referenceJson,
  skippedWithoutThem,
} from "../../../test/reference-assessment-columns.js";
import {
  accepted,
  calibrateWeights,
  correlations,
  designEffect,
  difference,
  type Estimate,
  type Groups,
  gaps,
  givenReplicates,
  linearisedMean,
  means,
  percentiles,
  proportionsAbove,
  regression,
  replicateDesign,
  type SampleStage,
  standardDeviations,
} from "./index.js";

// Evidence class: other program, computed by BIFIEsurvey 3.6-6 and survey 4.1-1 (R 4.2.2) from the same files; and published, TIMSS 2011.
// References have 10 to 12 digits, so 1e-8 relative is agreement but for rounding.

interface Univariate {
  var: string;
  groupval?: number;
  Ncases: number;
  Nweight: number;
  M: number;
  M_SE: number;
  M_VarMI: number;
  M_VarRep: number;
  SD: number;
  SD_SE: number;
}
interface Timss {
  univar: Univariate[];
  by_female: Univariate[];
  by_books: Univariate[];
  iea_rule_PV1_sampling: { samp_PV1: number; imp: number; se: number };
  percentiles: ({ p: number } & Pooled)[];
  gender_gap: Pooled;
  linreg_female: { parameter: string; est: number; SE: number }[];
  correl_math_sci: { cor: number; cor_SE: number }[];
}
interface Pooled {
  est: number;
  sampling_var: number;
  between_var: number;
  se: number;
  df: number;
}

const near = (value: number, expected: number) =>
  expect(Math.abs(value / expected - 1), `${value} for ${expected}`).toBeLessThan(1e-7);

/** Estimate, within and between variance against a pooled reference; its degrees of freedom are Rubin's (m − 1) ÷ λ². */
function agrees(
  { value, standardError, parts, missing }: Estimate,
  { est, sampling_var, between_var, se, df }: Pooled,
) {
  near(value, est);
  near(parts.sampling, sampling_var);
  near(parts.measurement, 1.2 * between_var);
  near(standardError, se);
  near(4 / missing ** 2, df);
}

describe.skipIf(!referenceAssessments)(`TIMSS 2011 of Austria, grade 4${skippedWithoutThem}`, () => {
  if (!referenceAssessments) return;
  const columns = new ReferenceColumns("timss2011_g4_aut_pv_background.csv");
  const { timss2011_aut: reference } = referenceJson("survey_reference.json") as { timss2011_aut: Timss };
  const design = accepted(
    replicateDesign({
      weights: columns.numbers("TOTWGT"),
      method: "JK2",
      zones: columns.numbers("JKCZONE"),
      replicate: columns.numbers("JKCREP"),
      doubled: 1,
      lonely: "as-coded", // five zones have one unit
    }),
  );
  const values = (subject: string) => [1, 2, 3, 4, 5].map((k) => columns.numbers(`ASS${subject}0${k}`));
  const maths = [1, 2, 3, 4, 5].map((k) => columns.numbers(`ASMMAT0${k}`));
  const science = values("SCI");
  const sex: Groups = { names: ["boys", "girls"], of: columns.numbers("female") };

  it("gives the published mean, 508 (2.6), and its figures by both rules of sampling variance", () => {
    const average = means(maths, design).estimate("all");
    expect([average.value.toFixed(0), average.standardError.toFixed(1)]).toEqual(["508", "2.6"]);
    const first = means(maths, design, undefined, { samplingVariance: "first" }).estimate("all");
    const { samp_PV1, imp, se } = reference.iea_rule_PV1_sampling;
    near(first.parts.sampling, samp_PV1);
    near(first.parts.measurement, imp);
    near(first.standardError, se);
    expect(design.replicates.count).toBe(75);
    expect(average.n).toBe(4668);
  });

  it("agrees on means and standard deviations, by sex and by books at home", () => {
    const books: Groups = { names: ["1", "2", "3", "4", "5"], of: columns.numbers("ASBG04").map((b) => b - 1) };
    const check = (rows: Univariate[], groups: Groups | undefined, name: (row: Univariate) => string) => {
      for (const row of rows.filter(({ var: of }) => of === "MAT" || of === "SCI")) {
        const variable = row.var === "MAT" ? maths : science;
        const mean = means(variable, design, groups).estimate(name(row));
        const sd = standardDeviations(variable, design, groups).estimate(name(row));
        near(mean.value, row.M);
        near(mean.standardError, row.M_SE);
        near(mean.parts.sampling, row.M_VarRep);
        near(mean.weighted, row.Nweight);
        expect(mean.n).toBe(row.Ncases);
        // BIFIEsurvey divides by Σw − 1. Replicates have other sums of weights, so its error is only nearly ours times that.
        const correction = Math.sqrt(row.Nweight / (row.Nweight - 1));
        near(sd.value * correction, row.SD);
        expect(Math.abs((sd.standardError * correction) / row.SD_SE - 1)).toBeLessThan(1e-4);
      }
    };
    check(reference.univar, undefined, () => "all");
    check(reference.by_female, sex, ({ groupval }) => sex.names[groupval!]!);
    check(reference.by_books, books, ({ groupval }) => String(groupval));
  });

  it("agrees on shares at the four benchmarks, which the reference takes as 0 and 1", () => {
    const joint = proportionsAbove(maths, [400, 475, 550, 625], design);
    for (const row of reference.univar.filter(({ var: of }) => of.startsWith("M4"))) {
      const share = joint.estimate(`all: ≥ ${row.var.slice(1)}`);
      near(share.value, row.M);
      near(share.standardError, row.M_SE);
    }
  });

  it("agrees on the gap, with the covariance of the two groups", () => {
    agrees(gaps(maths, design, sex, "boys").get("girls")!.estimate!, reference.gender_gap);
    const levels = reference.linreg_female.filter(({ parameter }) => parameter === "b");
    const fit = regression(maths, [{ name: "female", values: columns.numbers("female") }], design);
    near(fit.estimate("(constant)").standardError, levels[0]!.SE);
    near(fit.estimate("female").value, levels[1]!.est);
    near(fit.estimate("female").standardError, levels[1]!.SE);
    const r2 = reference.linreg_female.find(({ parameter }) => parameter === "R^2")!;
    near(fit.estimate("R²").value, r2.est);
    near(fit.estimate("R²").standardError, r2.SE);
  });

  it("agrees on percentiles of the step definition, and on the correlation of two sets of plausible values", () => {
    const rows = reference.percentiles;
    const joint = percentiles(
      maths,
      rows.map(({ p }) => p),
      design,
      undefined,
      { definition: "step" },
    );
    for (const row of rows) agrees(joint.estimate(`all: P${+(100 * row.p).toPrecision(10)}`), row);
    const [row] = reference.correl_math_sci;
    const correlation = correlations(maths, science, design).estimate("all");
    near(correlation.value, row!.cor);
    near(correlation.standardError, row!.cor_SE);
  });
});

describe.skipIf(!referenceAssessments)(
  `a national standards test of Austria with 121 zones${skippedWithoutThem}`,
  () => {
    if (!referenceAssessments) return;
    const columns = new ReferenceColumns("austria_reading_reporting_10imp.csv");
    const reference = (
      referenceJson("austria_reference.json") as {
        report: Record<string, { est: number; U: number; B: number; se: number }>;
      }
    ).report;
    const design = accepted(
      replicateDesign({
        weights: columns.numbers("wgtstud"),
        method: "JK2",
        zones: columns.numbers("jkzone"),
        replicate: columns.numbers("jkrep"),
        doubled: 1,
      }),
    );
    const values = ["", ...Array.from({ length: 9 }, (_, k) => `.imp${k + 2}`)].map((end) =>
      columns.numbers(`E8RPV${end}`),
    );

    it("agrees on the mean, both sexes and their gap", () => {
      const sex: Groups = { names: ["boys", "girls"], of: columns.numbers("female") };
      const joint = means(values, design, sex);
      const estimates = {
        mean: means(values, design).estimate("all"),
        girls: joint.estimate("girls"),
        boys: joint.estimate("boys"),
        gap: difference(joint, "boys", "girls").estimate!,
      };
      for (const [name, estimate] of Object.entries(estimates)) {
        const { est, U, B, se } = reference[name]!;
        near(estimate.value, est);
        near(estimate.parts.measurement, 1.1 * B);
        // The reference's replicates are the shipped columns, rounded to 0.001 of weights about 9.
        expect(Math.abs(estimate.parts.sampling / U - 1)).toBeLessThan(2e-4);
        expect(Math.abs(estimate.standardError / se - 1)).toBeLessThan(1e-4);
      }
      expect(design.replicates.count).toBe(121);
      expect(design.degreesOfFreedom).toBe(121);
    });
  },
);

describe.skipIf(!referenceAssessments)(`the textbook's schools of California${skippedWithoutThem}`, () => {
  if (!referenceAssessments) return;
  const { api } = referenceJson("survey_reference.json") as {
    api: Record<"strat" | "clus1" | "clus2", { mean: number; se: number; deff: number }> & {
      clus1_jk1: { mean: number; se: number };
      strat_jkn: { mean: number; se: number };
      clus1_poststrat_stype: { mean: number; se: number };
      clus1_rake: { mean: number; se: number };
    };
  };
  const read = (name: string) => {
    const columns = new ReferenceColumns(`survey_api${name}.csv`);
    return { columns, weights: columns.numbers("pw"), y: columns.numbers("api00") };
  };

  it("have their means, errors and design effects in designs of one and two stages", () => {
    const check = (
      name: "strat" | "clus1" | "clus2",
      stages: (columns: ReferenceColumns) => readonly SampleStage[],
    ) => {
      const { columns, weights, y } = read(name);
      const found = linearisedMean(y, { weights, stages: stages(columns) });
      near(found.value, api[name].mean);
      near(found.standardError, api[name].se);
      near(designEffect(found.standardError ** 2, y, weights)!, api[name].deff);
    };
    check("strat", (c) => [{ strata: c.text("stype"), population: c.numbers("fpc") }]);
    check("clus1", (c) => [{ clusters: c.text("dnum"), population: c.numbers("fpc") }]);
    check("clus2", (c) => [
      { clusters: c.text("dnum"), population: c.numbers("fpc1") },
      { clusters: c.text("snum"), population: c.numbers("fpc2") },
    ]);
    const { columns, weights, y } = read("strat");
    const jkn = replicateDesign({
      weights,
      method: "JKn",
      strata: columns.text("stype"),
      finitePopulation: columns.numbers("fpc"),
      centre: "replicates",
    });
    near(means(y, accepted(jkn)).estimate("all").standardError, api.strat_jkn.se);
  });

  it("have the jackknife's error, and those of weights calibrated to the population", () => {
    const { columns, weights, y } = read("clus1");
    const clusters = columns.text("dnum");
    const jk1 = accepted(
      replicateDesign({
        weights,
        method: "JK1",
        clusters,
        finitePopulation: columns.numbers("fpc"),
        centre: "replicates",
      }),
    );
    near(means(y, jk1).estimate("all").standardError, api.clus1_jk1.se);
    const stages = [{ clusters, population: columns.numbers("fpc") }];
    const population = new ReferenceColumns("survey_apipop.csv");
    const types = ["E", "H", "M"].map((type) => ({
      name: type,
      values: Float64Array.from(columns.text("stype"), (s) => (s === type ? 1 : 0)),
      total: population.text("stype").filter((s) => s === type).length,
    }));
    const before = {
      name: "api99",
      values: columns.numbers("api99"),
      total: population.numbers("api99").reduce((a, b) => a + b, 0),
    };
    for (const [auxiliaries, expected] of [
      [types, api.clus1_poststrat_stype],
      [[...types, before], api.clus1_rake],
    ] as const) {
      const { weights: calibrated, factors } = accepted(calibrateWeights(weights, auxiliaries));
      const found = linearisedMean(y, {
        weights: calibrated,
        stages,
        calibrated: { auxiliaries: auxiliaries.map(({ values }) => values), factors },
      });
      near(found.value, expected.mean);
      near(found.standardError, expected.se);
    }
  });
});

describe.skipIf(!referenceAssessments)(`PISA's published replicate weights${skippedWithoutThem}`, () => {
  if (!referenceAssessments) return;
  it("are used as they stand, whatever their scale by method", () => {
    const columns = new ReferenceColumns("pisa2000_reading_deu_1095_items_brr.csv");
    const weights = columns.numbers("W_FSTUWT");
    const replicates = Array.from({ length: 80 }, (_, r) => columns.numbers(`W_FSTR${r + 1}`));
    const design = accepted(givenReplicates({ weights, replicates, method: "Fay", fay: 0.5, expected: 80 }));
    expect(design.replicates.scale).toBeCloseTo(1 / 20, 15);
    const female = columns.numbers("female");
    const { value, standardError } = means(female, design).estimate("all");
    // Closed form: the same by hand.
    const share = (w: Float64Array) => {
      const sum = w.reduce((a, b) => a + b, 0);
      return w.reduce((a, b, i) => a + b * female[i]!, 0) / sum;
    };
    const squares = replicates.reduce((sum, w) => sum + (share(w) - share(weights)) ** 2, 0);
    expect(value).toBeCloseTo(share(weights), 12);
    expect(standardError).toBeCloseTo(Math.sqrt(squares / 20), 12);
  });
});
