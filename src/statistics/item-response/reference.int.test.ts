import { describe, expect, it } from "vitest";
import { normalised, present, readColumns, readReference, responsesOf } from "../../../test/reference-assessments.js";
import {
  type Calibration,
  type CalibrationOptions,
  calibrate,
  conditionalRasch,
  type FreeParameter,
  itemStandardErrors,
  type Responses,
} from "./index.js";

// Evidence class: other program (R 4.2.2; mirt 1.45.1, TAM 4.3, ltm 1.2-0), on real data; scripts and files stand in ../shared/data/reference-assessments.
// Each program stops a little before its optimum. A log-likelihood may differ by 1e-3 at most, where ours may be higher and not lower than theirs;
// estimates by 2e-3, or what is said beside them.

function fitted(responses: Responses, options: CalibrationOptions): Calibration {
  const outcome = calibrate(responses, options);
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  expect(outcome.value.converged).toBe(true);
  return outcome.value;
}

/** Ours may be higher than another program's by what it stopped short of, and lower by rounding only. */
function expectLogLikelihood(ours: number, theirs: number, short = 1e-3): void {
  expect(ours).toBeGreaterThan(theirs - 2e-5);
  expect(ours).toBeLessThan(theirs + short);
}

/** Standard errors from the observed information. */
function errorsOf(responses: Responses, calibration: Calibration) {
  const outcome = itemStandardErrors(responses, calibration, { method: "observed" });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  const { free, standardError } = outcome.value;
  return (kind: FreeParameter["kind"], of: number, category = 0) =>
    standardError[free.findIndex((one) => one.kind === kind && one.of === of && one.category === category)]!;
}

interface Lsat {
  mirt_2pl: { logLik: number; a: number[]; d: number[]; a_se: number[]; d_se: number[] };
  mirt_rasch_freevar: { logLik: number; d: number[]; d_se: number[]; var: number; var_se: number };
  ltm_rasch_a1: { logLik: number };
}

describe.skipIf(!present)("a calibration agrees with other programs", () => {
  it.each(["lsat6", "lsat7"])("on %s: two-parameter, Rasch with free and with known spread", (name) => {
    const columns = readColumns(`${name}_patterns.csv`);
    const items = Object.keys(columns).filter((column) => column !== "Freq" && column !== "freq");
    const weights = (columns.Freq ?? columns.freq)!.map(Number);
    const responses = responsesOf(columns, items, { weights });
    const reference = readReference<Lsat>(name);
    const two = fitted(responses, { model: "two-parameter" });
    expectLogLikelihood(two.logLikelihood, reference.mirt_2pl.logLik);
    reference.mirt_2pl.a.forEach((a, i) => {
      expect(Math.abs(two.items.slope[i]! - a)).toBeLessThan(2e-4);
      expect(Math.abs(two.items.intercepts[i]![1]! - reference.mirt_2pl.d[i]!)).toBeLessThan(2e-4);
    });
    const error = errorsOf(responses, two);
    reference.mirt_2pl.a_se.forEach((a, i) => {
      expect(error("slope", i) / a).toBeCloseTo(1, 3);
      expect(error("intercept", i, 1) / reference.mirt_2pl.d_se[i]!).toBeCloseTo(1, 3);
    });
    const rasch = fitted(responses, { model: "rasch" });
    expectLogLikelihood(rasch.logLikelihood, reference.mirt_rasch_freevar.logLik);
    const raschError = errorsOf(responses, rasch);
    reference.mirt_rasch_freevar.d_se.forEach((d, i) => {
      expect(raschError("intercept", i, 1) / d).toBeCloseTo(1, 3);
    });
    // The variance's standard error is that of the standard deviation times its slope, 2 sd.
    expect((raschError("sd", 0) * 2 * rasch.groups[0]!.sd) / reference.mirt_rasch_freevar.var_se).toBeCloseTo(1, 3);
    expect(rasch.groups[0]!.sd ** 2).toBeCloseTo(reference.mirt_rasch_freevar.var, 3);
    reference.mirt_rasch_freevar.d.forEach((d, i) => {
      expect(Math.abs(rasch.items.intercepts[i]![1]! - d)).toBeLessThan(3e-4);
    });
    const known = fitted(responses, { model: "rasch", groups: [{ name: "all", mean: 0, sd: 1 }] });
    expectLogLikelihood(known.logLikelihood, reference.ltm_rasch_a1.logLik);
  });

  it("on Science: generalised partial credit and partial credit", () => {
    const columns = readColumns("science_gpcm_392x4.csv");
    const names = Object.keys(columns);
    const responses = responsesOf(columns, names, { lowest: 1 });
    type Par = { par: Record<string, number>; se: Record<string, number> };
    const reference = readReference<{
      mirt_gpcm: { logLik: number; coef: Record<string, Par> };
      mirt_Rasch: { logLik: number; coef: Record<string, Par>; GroupPars: { COV_11: number } };
    }>("science_gpcm");
    const free = fitted(responses, { model: "generalised-partial-credit" });
    expectLogLikelihood(free.logLikelihood, reference.mirt_gpcm.logLik);
    const error = errorsOf(responses, free);
    const credit = fitted(responses, { model: "partial-credit" });
    expectLogLikelihood(credit.logLikelihood, reference.mirt_Rasch.logLik);
    expect(credit.groups[0]!.sd ** 2).toBeCloseTo(reference.mirt_Rasch.GroupPars.COV_11, 3);
    names.forEach((name, i) => {
      const { par, se } = reference.mirt_gpcm.coef[name]!;
      expect(error("slope", i) / se.a1!).toBeCloseTo(1, 2);
      expect(error("intercept", i, 3) / se.d3!).toBeCloseTo(1, 2);
      expect(Math.abs(free.items.slope[i]! - par.a1!)).toBeLessThan(1e-3);
      const steps = reference.mirt_Rasch.coef[name]!.par;
      for (const k of [1, 2, 3]) {
        expect(Math.abs(free.items.intercepts[i]![k]! - par[`d${k}`]!)).toBeLessThan(2e-3);
        expect(Math.abs(credit.items.intercepts[i]![k]! - steps[`d${k}`]!)).toBeLessThan(1e-3);
      }
    });
  });

  it("on Abortion, where slopes are steep: two-parameter and Rasch", () => {
    const columns = readColumns("abortion_379x4.csv");
    const responses = responsesOf(columns, Object.keys(columns));
    const reference = readReference<Lsat>("abortion");
    const two = fitted(responses, { model: "two-parameter" });
    expectLogLikelihood(two.logLikelihood, reference.mirt_2pl.logLik, 5e-3);
    reference.mirt_2pl.a.forEach((a, i) => {
      expect(Math.abs(two.items.slope[i]! - a)).toBeLessThan(0.02);
    });
    // mirt's Rasch variance of 7.31 needs nodes further out than its ±6: ltm's common slope is the same model with the unit elsewhere.
    const rasch = fitted(responses, { model: "rasch" });
    const common = readReference<{ ltm_rasch_common_a: { logLik: number; coef: { value: number }[] } }>("abortion");
    expect(Math.abs(rasch.groups[0]!.sd - common.ltm_rasch_common_a.coef[4]!.value)).toBeLessThan(0.1);
  });

  it("on TIMSS 2011 grade 4 mathematics in Austria, 14 booklets, weighted: Rasch and two-parameter", () => {
    const columns = readColumns("timss2011_g4_aut_items.csv");
    const names = Object.keys(columns).filter((name) => /^M0\d/.test(name));
    expect(names.length).toBe(174);
    const responses = responsesOf(columns, names, { weights: normalised(columns.TOTWGT!) });
    const reference = readReference<{
      pcm_tam: { logLik: number; var: number; xsi: { xsi: number }[] };
      gpcm_tam: { logLik: number };
      gpcm_mirt: {
        logLik: number;
        items: Record<string, { par: { a1: number; d: number }; se: { a1: number; d: number } }>;
      };
    }>("timss2011_aut_irt");
    const rasch = fitted(responses, { model: "rasch" });
    expectLogLikelihood(rasch.logLikelihood, reference.pcm_tam.logLik, 5e-3);
    expect(rasch.parameters).toBe(175);
    expect(Math.abs(rasch.groups[0]!.sd ** 2 - reference.pcm_tam.var)).toBeLessThan(2e-3);
    reference.pcm_tam.xsi.forEach(({ xsi }, i) => {
      expect(Math.abs(-rasch.items.intercepts[i]![1]! - xsi)).toBeLessThan(3e-3);
    });
    // The reference's 41 nodes within ±5 leave out a little of both ends; the same nodes give the same likelihood, and ours are 1e-4 from it.
    const two = fitted(responses, { model: "two-parameter", nodes: { count: 41, reach: 5 } });
    expectLogLikelihood(two.logLikelihood, reference.gpcm_mirt.logLik, 1e-3);
    const own = fitted(responses, { model: "two-parameter", start: two });
    expect(Math.abs(own.logLikelihood - two.logLikelihood)).toBeLessThan(2e-4);
    const error = errorsOf(responses, two);
    names.forEach((name, i) => {
      const { par, se } = reference.gpcm_mirt.items[name]!;
      expect(error("slope", i) / se.a1).toBeCloseTo(1, 2);
      expect(error("intercept", i, 1) / se.d).toBeCloseTo(1, 2);
      expect(Math.abs(two.items.slope[i]! - par.a1)).toBeLessThan(5e-3);
      expect(Math.abs(two.items.intercepts[i]![1]! - par.d)).toBeLessThan(5e-3);
    });
  });

  it("on the Austrian reading test, six forms with scores to 4: partial credit and generalised partial credit", () => {
    const columns = readColumns("austria_reading_main_9885_mms.csv");
    const names = Object.keys(columns).filter((name) => /^I\d+$/.test(name));
    const responses = responsesOf(columns, names, { weights: normalised(columns.wgtstud!) });
    const { main } = readReference<{
      main: {
        pcm: { logLik: number; var: number; xsi: { par: string; xsi: number }[] };
        gpcm: { logLik: number; slope: { item: string; a: number }[] };
      };
    }>("austria_reference");
    const credit = fitted(responses, { model: "partial-credit" });
    expectLogLikelihood(credit.logLikelihood, main.pcm.logLik, 5e-3);
    expect(Math.abs(credit.groups[0]!.sd ** 2 - main.pcm.var)).toBeLessThan(2e-3);
    for (const { par, xsi } of main.pcm.xsi) {
      const [, item, category] = /^(I\d+)_Cat(\d)$/.exec(par)!;
      const steps = credit.items.intercepts[names.indexOf(item!)]!;
      expect(Math.abs(steps[Number(category) - 1]! - steps[Number(category)]! - xsi)).toBeLessThan(3e-3);
    }
    const free = fitted(responses, { model: "generalised-partial-credit" });
    expectLogLikelihood(free.logLikelihood, main.gpcm.logLik, 5e-2);
    for (const { item, a } of main.gpcm.slope)
      expect(Math.abs(free.items.slope[names.indexOf(item)]! - a)).toBeLessThan(5e-3);
  });

  it("on the First International Mathematics Study, two groups: partial credit", () => {
    const columns = readColumns("fims1964_aus_jpn_scored.csv");
    const names = Object.keys(columns).filter((name) => name.startsWith("M1PTI"));
    const responses = responsesOf(columns, names, { group: columns.country! });
    const { tam_multigroup_pcm: tam } = readReference<{
      tam_multigroup_pcm: { logLik: number; mean: number[]; var: number[]; xsi: { xsi: number }[] };
    }>("fims_dif_linking");
    const fit = fitted(responses, { model: "rasch" });
    expectLogLikelihood(fit.logLikelihood, tam.logLik, 1e-2);
    expect(Math.abs(fit.groups[1]!.mean - tam.mean[1]!)).toBeLessThan(2e-3);
    fit.groups.forEach(({ sd }, g) => {
      expect(Math.abs(sd ** 2 - tam.var[g]!)).toBeLessThan(3e-3);
    });
    tam.xsi.forEach(({ xsi }, i) => {
      expect(Math.abs(-fit.items.intercepts[i]![1]! - xsi)).toBeLessThan(2e-3);
    });
  });

  it("on the same study, two-parameter: each country alone with its broken item, and both together", () => {
    const columns = readColumns("fims1964_aus_jpn_scored.csv");
    const names = Object.keys(columns).filter((name) => name.startsWith("M1PTI"));
    const { linking_2pl_country: alone } = readReference<{
      linking_2pl_country: {
        items1: { a: number; b: number }[];
        logLik1: number;
        logLik2: number;
        concurrent_mirt: { logLik: number; mean2: number; var2: number };
      };
    }>("fims_dif_linking");
    const countries = ["1", "2"].map((country) => {
      const rows = columns.country!.flatMap((one, p) => (one === country ? [p] : []));
      const own = Object.fromEntries(names.map((name) => [name, rows.map((p) => columns[name]![p]!)]));
      return fitted(responsesOf(own, names), { model: "two-parameter" });
    });
    expectLogLikelihood(countries[0]!.logLikelihood, alone.logLik1);
    expectLogLikelihood(countries[1]!.logLikelihood, alone.logLik2);
    alone.items1.forEach(({ a, b }, i) => {
      expect(Math.abs(countries[0]!.items.slope[i]! - a)).toBeLessThan(2e-3);
      expect(Math.abs(countries[0]!.items.intercepts[i]![1]! + a * b)).toBeLessThan(2e-3);
    });
    expect(countries[0]!.cautions.map(({ code, names: items }) => [code, ...items])).toContainEqual([
      "negative-slope",
      "M1PTI21",
    ]);
    // mirt's nodes end at 6, three standard deviations above the second country's mean. At our estimates such nodes give −45437.703, which is most of the
    // difference, and 481 nodes to ±12 give ours to 4e-6.
    const both = fitted(responsesOf(columns, names, { group: columns.country! }), { model: "two-parameter" });
    expectLogLikelihood(both.logLikelihood, alone.concurrent_mirt.logLik, 0.6);
    expect(Math.abs(both.groups[1]!.mean - alone.concurrent_mirt.mean2)).toBeLessThan(0.02);
    expect(Math.abs(both.groups[1]!.sd - Math.sqrt(alone.concurrent_mirt.var2))).toBeLessThan(0.03);
  });

  it("by conditional likelihood with eRm: values, standard errors, likelihood", () => {
    for (const name of ["lsat6", "lsat7", "abortion"]) {
      const columns = readColumns(name === "abortion" ? "abortion_379x4.csv" : `${name}_patterns.csv`);
      const names = Object.keys(columns).filter((column) => !/^freq$/i.test(column));
      const counts = columns.Freq ?? columns.freq;
      const responses = responsesOf(columns, names, counts ? { weights: counts.map(Number) } : {});
      const { eRm_cml: eRm } = readReference<{
        eRm_cml: { cond_logLik: number; beta_easiness: number[]; se: number[] };
      }>(name);
      const outcome = conditionalRasch(responses);
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
      const { items, standardError, logLikelihood, converged } = outcome.value;
      expect(converged).toBe(true);
      expect(Math.abs(logLikelihood - eRm.cond_logLik)).toBeLessThan(1e-6);
      eRm.beta_easiness.forEach((easiness, i) => {
        expect(Math.abs(items.intercepts[i]![1]! - easiness)).toBeLessThan(1e-4);
        expect(standardError[i]! / eRm.se[i]!).toBeCloseTo(1, 3);
      });
    }
  });

  it("by conditional likelihood with dexter: booklets, scores to 4, standard errors", () => {
    const timss = readColumns("timss2011_g4_aut_items.csv");
    const austria = readColumns("austria_reading_main_9885_mms.csv");
    const fims = readColumns("fims1964_aus_jpn_scored.csv");
    const cases = [
      ["timss2011_aut", timss, /^M0\d/],
      ["austria_main", austria, /^I\d+$/],
      ["fims", fims, /^M1PTI/],
    ] as const;
    type Coefficient = { item_id: string; item_score: number; beta: number; SE_beta: number };
    const dexter = readReference<Record<string, { coef: Coefficient[] }>>("dexter_cml");
    for (const [name, columns, pattern] of cases) {
      const names = Object.keys(columns).filter((column) => pattern.test(column));
      const outcome = conditionalRasch(responsesOf(columns, names));
      if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
      expect(outcome.value.converged).toBe(true);
      const { intercepts } = outcome.value.items;
      if (name !== "austria_main")
        dexter[name]!.coef.forEach(({ SE_beta }, i) => {
          expect(Math.abs(outcome.value.standardError[i]! / SE_beta - 1)).toBeLessThan(1e-7);
        });
      const pairs = dexter[name]!.coef.map(({ item_id, item_score, beta }) => {
        const own = intercepts[names.indexOf(item_id)]!;
        return own[item_score - 1]! - own[item_score]! - beta;
      });
      // With scores above 1 each program holds the scale's origin elsewhere: the difference is the same for every category.
      const shift = pairs.reduce((a, b) => a + b, 0) / pairs.length;
      for (const apart of pairs) expect(Math.abs(apart - shift)).toBeLessThan(1e-7);
    }
  });
});
