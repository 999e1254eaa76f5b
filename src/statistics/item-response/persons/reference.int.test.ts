import { describe, expect, it } from "vitest";
import {
  ReferenceColumns,
  referenceAssessments,
  referenceJson,
  skippedWithoutThem,
} from "../../../../test/reference-assessment-columns.js";
import { dichotomousItems, valueIn } from "../made-up-responses.js";
import { responsesFromMatrix } from "../responses.js";
import { abilities, latentRegression, plausibleValues } from "./index.js";

/** Numbers of a column, read once. */
function memo(file: ReferenceColumns): (column: string) => Float64Array {
  const known = new Map<string, Float64Array>();
  return (column) => {
    const found = known.get(column) ?? file.numbers(column);
    known.set(column, found);
    return found;
  };
}

interface Timss {
  readonly pcm_tam: {
    readonly xsi: readonly { par: string; xsi: number }[];
    readonly var: number;
    "EAP.rel": number;
    "WLE.rel": number;
  };
  readonly latreg_tam: {
    readonly beta: readonly { b: number }[];
    readonly var: number;
    readonly logLik: number;
    "EAP.rel": number;
  };
  readonly pv_tam_vs_official: {
    readonly official: Record<"all" | "girls" | "boys" | "sd", { est: number }>;
    readonly gap_official: { est: number; se: number };
    readonly books_official: Record<string, { est: number; se: number }>;
  };
}
interface Dire {
  readonly logLik: number;
  readonly coef_consistent: readonly { StdErr: number }[];
  readonly coef_Taylor: readonly { Estimate: number; StdErr: number }[];
}
interface Lsat {
  readonly mirt_2pl: { readonly a: readonly number[]; readonly d: readonly number[] };
  readonly scores: readonly { pattern: string; eap2: number; eap2_se: number; wle2: number }[];
  readonly tam_rasch: {
    readonly xsi: readonly number[];
    readonly wle_by_score: readonly { score: number; wle: number; se: number }[];
    "WLE.rel": number;
  };
}

describe.skipIf(!referenceAssessments)(`persons, beside other programs${skippedWithoutThem}`, () => {
  // Other program: mirt 1.45.1 and TAM 4.3-25 on LSAT7 (Bock & Lieberman 1970), items fixed at theirs.
  it("have the EAP and WLE of mirt's LSAT7, pattern by pattern, and TAM's WLE by score", () => {
    const lsat = referenceJson("lsat7.json") as Lsat;
    const names = lsat.mirt_2pl.a.map((_, j) => `i${j + 1}`);
    const items = dichotomousItems(
      names,
      lsat.mirt_2pl.a,
      lsat.mirt_2pl.d.map((d, j) => -d / lsat.mirt_2pl.a[j]!),
    );
    const matrix = Uint8Array.from(lsat.scores.flatMap(({ pattern }) => [...pattern].map(Number)));
    const responses = valueIn(
      responsesFromMatrix(
        names.map((name) => ({ name, maximum: 1 })),
        matrix,
      ),
    );
    const eap = valueIn(abilities(responses, items, [{ mean: 0, sd: 1 }], { kind: "eap" }));
    const wle = valueIn(abilities(responses, items, null, { kind: "wle" }));
    lsat.scores.forEach((score, i) => {
      expect(eap.estimate[i]).toBeCloseTo(score.eap2, 5); // mirt ends its nodes at ±6
      expect(eap.standardError[i]).toBeCloseTo(score.eap2_se, 5);
      expect(wle.estimate[i]).toBeCloseTo(score.wle2, 4); // mirt's own stop
    });
    const rasch = dichotomousItems(
      names,
      names.map(() => 1),
      lsat.tam_rasch.xsi,
    );
    const ones = valueIn(abilities(responses, rasch, null, { kind: "wle" }));
    lsat.scores.forEach(({ pattern }, i) => {
      const { wle: expected, se } = lsat.tam_rasch.wle_by_score[[...pattern].filter((c) => c === "1").length]!;
      expect(ones.estimate[i]).toBeCloseTo(expected, 4); // TAM's own stop
      expect(ones.standardError[i]! / se).toBeCloseTo(1, 2); // TAM takes the information of the step before its last
    });
  });

  const timss = referenceAssessments ? loadTimss() : null;

  function loadTimss() {
    const reference = referenceJson("timss2011_aut_irt.json") as Timss;
    const columns = new ReferenceColumns("timss2011_g4_aut_items.csv");
    const background = new ReferenceColumns("timss2011_g4_aut_pv_background.csv");
    const pupils = memo(columns);
    const asked = memo(background);
    const names = reference.pcm_tam.xsi.map(({ par }) => par);
    const scores = names.map(pupils);
    const items = dichotomousItems(
      names,
      names.map(() => 1),
      reference.pcm_tam.xsi.map(({ xsi }) => xsi),
    );
    const of = (persons: readonly number[], column: string) => Float64Array.from(persons, (i) => pupils(column)[i]!);
    const take = (persons: readonly number[]) =>
      valueIn(
        responsesFromMatrix(
          names.map((name) => ({ name, maximum: 1 })),
          Uint8Array.from(persons.flatMap((i) => scores.map((column) => (Number.isNaN(column[i]) ? 255 : column[i]!)))),
          { weights: of(persons, "TOTWGT") },
        ),
      );
    const everybody = Array.from(pupils("TOTWGT"), (_, i) => i);
    const complete = everybody.filter((i) => !Number.isNaN(asked("ASBG04")[i]! + pupils("female")[i]!));
    const books = Int32Array.from(complete, (i) => asked("ASBG04")[i]!);
    const design = new Float64Array(complete.length * 6);
    complete.forEach((i, at) => {
      design[at * 6] = 1;
      design[at * 6 + 1] = pupils("female")[i]!;
      if (books[at]! > 1) design[at * 6 + books[at]!] = 1;
    });
    const cluster = Int32Array.from(of(complete, "JKCREP"));
    const stratum = Int32Array.from(of(complete, "JKCZONE"));
    const regression = valueIn(
      latentRegression(take(complete), items, {
        design,
        names: ["constant", "female", "books 2", "books 3", "books 4", "books 5"],
        clusters: { cluster, stratum, loneUnits: "leave-out" },
      }),
    );
    const official = [1, 2, 3, 4, 5].map((v) => Float64Array.from(complete, (i) => asked(`ASMMAT0${v}`)[i]!));
    return { reference, pupils, items, take, everybody, complete, books, design, regression, official };
  }

  // Other program: TAM 4.3-25 on TIMSS 2011 grade 4 mathematics, Austria: 41 nodes of a discretised normal, hence its fourth decimal.
  it("have TAM's EAP, WLE, errors and reliabilities of 4,668 pupils of TIMSS 2011", () => {
    const { reference, items, take, everybody } = timss!;
    const published = memo(new ReferenceColumns("reference/timss2011_aut_person_scores.csv"));
    const responses = take(everybody);
    const eap = valueIn(
      abilities(responses, items, [{ mean: 0, sd: Math.sqrt(reference.pcm_tam.var) }], { kind: "eap" }),
    );
    const wle = valueIn(abilities(responses, items, null, { kind: "wle" }));
    const furthest = (values: Float64Array, column: string) =>
      values.reduce((most, value, i) => Math.max(most, Math.abs(value - published(column)[i]!)), 0);
    expect(furthest(eap.estimate, "eap_pcm")).toBeLessThan(1e-4);
    expect(furthest(eap.standardError, "sd_pcm")).toBeLessThan(2e-4);
    expect(furthest(wle.estimate, "wle_pcm")).toBeLessThan(1e-5); // five printed decimals
    expect(furthest(wle.standardError, "wle_se")).toBeLessThan(2e-5);
    expect(eap.reliability).toBeCloseTo(reference.pcm_tam["EAP.rel"], 5);
    expect(wle.reliability).toBeCloseTo(reference.pcm_tam["WLE.rel"], 3);
  });

  // Other program: TAM and Dire 2.2 agree with each other to 1e-6; so do we with both.
  it("have the latent regression of TAM and Dire, and Dire's errors, consistent and by Taylor over jackknife zones", () => {
    const { reference, regression } = timss!;
    const dire = referenceJson("timss2011_aut_dire_latreg.json") as Dire;
    expect(regression.converged).toBe(true);
    regression.coefficients.forEach((value, k) => {
      expect(Math.abs(value - reference.latreg_tam.beta[k]!.b)).toBeLessThan(1e-6);
      expect(Math.abs(value - dire.coef_Taylor[k]!.Estimate)).toBeLessThan(1e-6);
    });
    expect(regression.residualSd[0]! ** 2).toBeCloseTo(reference.latreg_tam.var, 5); // TAM's stop: 4e-6
    expect(Math.abs(regression.logLikelihood - reference.latreg_tam.logLik)).toBeLessThan(1e-3);
    expect(regression.reliability).toBeCloseTo(reference.latreg_tam["EAP.rel"], 5);
    // Dire's weights sum to 1.0022 times the persons, as its log-likelihood shows; its information is larger by as much.
    const scale = Math.sqrt(dire.logLik / regression.logLikelihood);
    for (let k = 0; k < 6; k++) {
      expect(Math.sqrt(regression.information[k * 8]!) / scale).toBeCloseTo(dire.coef_consistent[k]!.StdErr, 6);
      expect(regression.standardErrors[k]).toBeCloseTo(dire.coef_Taylor[k]!.StdErr, 5);
    }
    expect(regression.standardErrors[6]).toBeCloseTo(dire.coef_Taylor[6]!.StdErr, 6);
    // The trap: TAM's 0.0210 for sex leaves out what is not known of the pupils' abilities.
    expect(Math.sqrt(regression.information[8]!)).toBeGreaterThan(0.0296);
  });

  // Published: the IEA's own plausible values of the same pupils, conditioned on hundreds of variables; ours on sex and books.
  it("have the groups of the official plausible values, once mean and spread are matched", () => {
    const { items, take, complete, pupils, books, regression, official, reference } = timss!;
    const responses = take(complete);
    const ours = valueIn(plausibleValues(responses, items, regression, { seed: 2011, count: 20 }));
    const weights = responses.weights!;
    const mean = (values: readonly Float64Array[], is: (i: number) => boolean, square = 0) => {
      let [sum, w] = [0, 0];
      for (const column of values)
        for (let i = 0; i < column.length; i++)
          if (is(i)) {
            sum += weights[i]! * (square === 0 ? column[i]! : (column[i]! - square) ** 2);
            w += weights[i]!;
          }
      return sum / w;
    };
    const all = () => true;
    const centre = mean(ours, all);
    const target = mean(official, all);
    const factor = Math.sqrt(mean(official, all, target) / mean(ours, all, centre));
    const scaled = ours.map((column) => column.map((value) => target + factor * (value - centre)));
    const female = pupils("female");
    const table = reference.pv_tam_vs_official;
    const girl = (i: number) => female[complete[i]!] === 1;
    const gap = mean(scaled, girl) - mean(scaled, (i) => !girl(i));
    expect(target).toBeCloseTo(table.official.all.est, 6);
    expect(Math.abs(gap - table.gap_official.est)).toBeLessThan(table.gap_official.se);
    for (let book = 1; book <= 5; book++) {
      const expected = table.books_official[book]!;
      expect(Math.abs(mean(scaled, (i) => books[i] === book) - expected.est)).toBeLessThan(0.5 * expected.se);
    }
    // The model's own total variance, which draws from it must have.
    const model = regression.residualSd[0]! ** 2 / (1 - regression.explained);
    expect(Math.abs(mean(ours, all, centre) / model - 1)).toBeLessThan(0.01);
  });
});
