import { describe, expect, it } from "vitest";
import {
  ReferenceColumns,
  referenceAssessments,
  referenceJson,
  skippedWithoutThem,
} from "../../../test/reference-assessment-columns.js";
import {
  accepted,
  assembleBooklets,
  cyclicBooklets,
  drawUnits,
  intraclassCorrelation,
  measureBooklets,
  type PlannedOutcome,
  type PlannedTrend,
  planPrecision,
  shareOutcome,
} from "./index.js";

// Evidence classes: other program (probabilities of R's sampling 2.11), closed form (the grids), published (the shipped designs).

describe.skipIf(!referenceAssessments)(`a frame of 1,327 units${skippedWithoutThem}`, () => {
  if (!referenceAssessments) return;
  it("has the probabilities of R's sampling package in its four strata", () => {
    const columns = new ReferenceColumns("austria_frame_schools_1327.csv");
    const { pps } = referenceJson("austria_reference.json") as {
      pps: { strata: { stratum: number; n: number; SKZ: number[]; pik: number[] }[] };
    };
    const [names, strata, sizes] = ["SKZ", "stratum", "NSchueler"].map((column) => columns.text(column)) as [
      string[],
      string[],
      string[],
    ];
    expect(pps.strata.length).toBe(4);
    const allocation = new Map(pps.strata.map(({ stratum, n }) => [String(stratum), n]));
    const draw = accepted(
      drawUnits(
        { names, strata, sizes: sizes.map(Number) },
        { allocation, method: "systematic", probabilities: "size" },
        2026,
      ),
    );
    expect(draw.drawn.length).toBe(300);
    for (const { SKZ, pik } of pps.strata)
      SKZ.forEach((name, k) => {
        expect(draw.probabilities[names.indexOf(String(name))]).toBeCloseTo(pik[k]!, 9);
      });
  });
});

describe.skipIf(!referenceAssessments)(`grids of sample sizes for England${skippedWithoutThem}`, () => {
  if (!referenceAssessments) return;
  // Closed form, worked in R with 1.96 and 2.8 where planPrecision has 1.95996 and 2.80159: 1e-3.
  const grids = referenceJson("precision_england.json") as {
    grid_pct: { m: number; rho: number; x: number; n_pct: number; schools_pct: number }[];
    grid_mean: { m: number; rho: number; se: number; schools: number }[];
    grid_disadvantaged: {
      m: number;
      rho: number;
      schools: number;
      ci_pct_d: number;
      ci_gap_pct: number;
      min_detectable_gap_change: number;
    }[];
  };
  const trend: PlannedTrend = {
    overlap: 0,
    unitCorrelation: 0,
    linkingVariance: 0,
    linkingVarianceOfGap: 0,
    alpha: 0.05,
    power: 0.8,
  };
  const planned = (units: number, m: number, outcome: PlannedOutcome) =>
    planPrecision(
      {
        strata: [{ name: "all", units: 20_000, persons: 20_000_000, subgroup: 0.25 }],
        unitsDrawn: [units],
        personsPerUnit: m,
        unitResponse: 1,
        personResponse: 1,
        subgroupSpread: "even",
      },
      outcome,
      trend,
    );

  it("are met: the units of the grid reach its precision, and one fewer doesn't", () => {
    for (const { m, rho, x, schools_pct } of grids.grid_pct) {
      const outcome = shareOutcome(
        { all: 0.7, subgroup: 0.5, others: 0.7 },
        { icc: rho, groupCorrelation: 0, inflation: 1 },
      );
      expect(100 * planned(schools_pct, m, outcome).all.halfWidth).toBeLessThan(x * 1.001);
      expect(100 * planned(schools_pct - 1, m, outcome).all.halfWidth).toBeGreaterThan(x * 0.999);
    }
    for (const { m, rho, se, schools } of grids.grid_mean) {
      const outcome = { icc: rho, groupCorrelation: 0, inflation: 1.15, sd: { all: 100, subgroup: 100, others: 100 } };
      expect(planned(schools, m, outcome).all.standardError).toBeLessThan(se * 1.001);
      expect(planned(schools - 1, m, outcome).all.standardError).toBeGreaterThan(se * 0.999);
    }
    for (const row of grids.grid_disadvantaged) {
      const outcome = shareOutcome(
        { all: 0.65, subgroup: 0.5, others: 0.7 },
        { icc: row.rho, groupCorrelation: 0, inflation: 1 },
      );
      const { subgroup, gap } = planned(row.schools, row.m, outcome);
      expect(Math.abs((100 * subgroup!.halfWidth) / row.ci_pct_d - 1)).toBeLessThan(1e-3);
      expect(Math.abs((100 * gap!.halfWidth) / row.ci_gap_pct - 1)).toBeLessThan(1e-3);
      expect(Math.abs((100 * gap!.smallestDetectable) / row.min_detectable_gap_change - 1)).toBeLessThan(1e-3);
    }
  });
});

describe.skipIf(!referenceAssessments)(`intraclass correlations${skippedWithoutThem}`, () => {
  if (!referenceAssessments) return;
  // Other program: lme4 by REML, whose search ends within about 1e-6 of the optimum.
  const reference = referenceJson("precision_england.json") as Record<
    string,
    { icc: number; schools: number; n: number }
  >;
  const check = (key: string, values: Float64Array, clusters: readonly string[]) => {
    const found = intraclassCorrelation(values, clusters)!;
    expect(Math.abs(found.icc - reference[key]!.icc), key).toBeLessThan(2e-5);
    expect(found.clusters).toBe(reference[key]!.schools);
    expect(found.persons).toBe(reference[key]!.n);
  };

  it("are lme4's in examinations, tests and PISA of two years", () => {
    const chemistry = new ReferenceColumns("england_alevel_chem97.csv");
    check("chem97", chemistry.numbers("score"), chemistry.text("school"));
    const london = new ReferenceColumns("england_ilea_exam_4059.csv");
    check("ilea", london.numbers("normexam"), london.text("school"));
    const austria = new ReferenceColumns("timss2011_g4_aut_pv_background.csv");
    check("timss_aut", austria.numbers("ASMMAT01"), austria.text("idschool"));
    const britain = new ReferenceColumns("pisa_gbr_2000_2003_pv1.csv");
    const years = britain.text("year");
    for (const year of ["2000", "2003"])
      for (const subject of ["math", "read", "science"]) {
        const values = britain.numbers(subject).map((v, i) => (years[i] === year ? v : Number.NaN));
        check(`pisa_gbr ${year} ${subject}`, values, britain.text("school_id"));
      }
  });

  it("fall when strata take their share", () => {
    const columns = new ReferenceColumns("austria_reading_reporting_10imp.csv");
    const [values, clusters] = [columns.numbers("E8RPV"), columns.text("idschool")];
    const plain = intraclassCorrelation(values, clusters)!;
    const stratified = intraclassCorrelation(values, clusters, columns.text("Strata"))!;
    expect(stratified.icc).toBeLessThan(0.5 * plain.icc);
    expect(stratified.clusters).toBe(plain.clusters);
  });
});

describe.skipIf(!referenceAssessments)(`a shipped design of 30 booklets of 6 blocks${skippedWithoutThem}`, () => {
  if (!referenceAssessments) return;
  const columns = new ReferenceColumns("austria_testdesign_bib30x6.csv");
  const positions = [1, 2, 3, 4, 5, 6].map((p) => columns.numbers(`V${p}`));
  const shipped = measureBooklets(
    Array.from({ length: columns.rows }, (_, b) => positions.map((column) => column[b]! - 1)),
    30,
  );

  it("has every block six times, once in each position, and pairs up to five times", () => {
    expect(shipped.appearances).toEqual({ least: 6, most: 6 });
    expect(shipped.positions.squares).toBe(0);
    expect(shipped.pairs.counts).toEqual([138, 180, 87, 25, 4, 1]);
    expect(shipped.relativeEfficiency).toBeCloseTo(0.964, 3);
  });

  it("is bettered by one that is searched for: the same positions, pairs never more than twice", () => {
    const blocks = Array.from({ length: 30 }, (_, i) => ({ name: `${i + 1}`, minutes: 1, content: {} }));
    const design = accepted(assembleBooklets(blocks, { booklets: 30, size: 6 }, 2026, { tries: 1 }));
    expect(design.balance.positions.squares).toBe(0);
    expect(design.balance.pairs.squares).toBeLessThan(0.3 * shipped.pairs.squares);
    expect(design.balance.pairs.counts.length).toBeLessThanOrEqual(3);
    expect(design.balance.relativeEfficiency).toBeGreaterThan(0.99);
  });

  it("and TIMSS 2011's fourteen booklets of mathematics are the chain", () => {
    const map = new ReferenceColumns("timss2011_g4_aut_booklet_map.csv");
    const links = [...new Set(map.text("booklets"))].map((pair) => pair.split(" ").map((b) => Number(b) - 1));
    expect(links.length).toBe(14);
    // Every block of items is in two booklets: block by block the booklets of the chain, up to the names of the blocks.
    const chain = cyclicBooklets(14, [0, 1]);
    const own = Array.from({ length: 14 }, (_, b) => links.flatMap((pair, block) => (pair.includes(b) ? [block] : [])));
    expect(measureBooklets(own, 14).pairs).toEqual(measureBooklets(chain, 14).pairs);
    expect(measureBooklets(own, 14).efficiency).toBeCloseTo(measureBooklets(chain, 14).efficiency, 9);
  });
});
