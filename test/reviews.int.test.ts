import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build, clearAway, csvRows, greenpaper, project, temporaryFolder } from "./programs.js";

/** What `reference.R` wrote (evidence class: other program, lme4 1.1-31 with Newton steps to the optimum). */
interface Reference {
  readonly n: number;
  readonly p: number;
  readonly q: number;
  readonly fixed: readonly { readonly term: string; readonly estimate: number; readonly se: number }[];
  readonly variance_components: readonly {
    readonly name: string;
    readonly value: number;
    readonly se_obs_info: number;
  }[];
  readonly minus2loglik_or_remlcrit: number;
  readonly logLik: number;
  readonly ranef: Readonly<
    Record<
      string,
      {
        readonly level: readonly (string | number)[];
        readonly blup: readonly number[];
        readonly cond_se: readonly number[];
        readonly pred_se: readonly number[];
      }
    >
  >;
}

interface Model {
  readonly formula: string;
  readonly n: number;
  readonly p: number;
  readonly q: number;
  readonly method: string;
  readonly criterion: number;
  readonly logLikelihood: number;
  readonly fixedEffects: readonly {
    readonly name: string;
    readonly estimate: number;
    readonly standardError: number;
  }[];
  readonly varianceComponents: readonly {
    readonly group: string;
    readonly term: string;
    readonly variance: number;
    readonly standardError: number | null;
  }[];
  readonly converged: boolean;
  readonly evaluations: number;
  readonly gradient: number;
  readonly warnings: readonly string[];
}

/** The review, its reference, and what the reference calls the school's term. */
const reviews = [
  ["exam", "exam_cva_reml", "school"],
  ["chem97", "chem97_3level_reml", "school"],
  ["scotssec", "scotssec_xc_reml", "second"],
  ["star", "star_mm_reml", "school_mm"],
  ["hsb82", "hsb82_rs_reml", "school"],
  ["egsingle", "egsingle_reml", "schoolid"],
  ["exam-slopes", "exam_rs_reml", "school"],
] as const;

const columns =
  "school,value_added,standard_error,prediction_error,lower,upper,pupils,pupil_equivalents,reliability,decision,reasons";

/** Two-sided 95% of the normal distribution (published tables). */
const z = 1.959963984540054;

const references = join(project, "../shared/data/value-added/reference");
const reason = existsSync(references) ? "" : " (skipped: ../shared is not here)";

afterAll(clearAway);

/** The reference's names in ours: `second: cov(a,b)` → `school|a, b`. */
function componentName(name: string, schools: string): string {
  if (name === "residual") return "residual|";
  const [, group, terms] = /^(.*): (?:var|cov)\((.*)\)$/.exec(name)!;
  return `${group === schools ? "school" : group}|${terms!.split(",").join(", ")}`;
}

const relative = (value: number, expected: number) => Math.abs(value / expected - 1);

describe.skipIf(reason !== "").each(reviews)(`greenpaper review reviews/%s.yaml${reason}`, (name, id, schoolTerm) => {
  const folder = temporaryFolder();
  const text = (file: string) => readFileSync(join(folder, file), "utf8");
  let reference: Reference;
  let model: Model;
  let schools: Record<string, string>[];
  let said: { readonly code: number | null; readonly stdout: string; readonly stderr: string };

  beforeAll(async () => {
    build();
    said = await greenpaper(["review", `reviews/${name}.yaml`, "--out", folder]);
    reference = JSON.parse(readFileSync(join(references, `${id}.json`), "utf8")) as Reference;
    model = JSON.parse(text("model.json")) as Model;
    schools = csvRows(text("schools.csv"));
  });

  it("ends well and says what it wrote", () => {
    expect(said).toMatchObject({ code: 0, stderr: "" });
    expect(said.stdout).toContain(reference.n.toLocaleString("en-GB"));
    for (const file of ["model.json", "schools.csv", "report.html"]) expect(said.stdout).toContain(file);
  });

  it("writes a model of the same size, criterion and fixed effects as lme4", () => {
    expect(model).toMatchObject({ n: reference.n, p: reference.p, q: reference.q, method: "REML", converged: true });
    expect(relative(model.criterion, reference.minus2loglik_or_remlcrit)).toBeLessThan(1e-6);
    expect(relative(model.logLikelihood, reference.logLik)).toBeLessThan(1e-6);
    expect(model.fixedEffects.map((effect) => effect.name).sort()).toEqual(
      reference.fixed.map(({ term }) => term).sort(),
    );
    for (const { term, estimate, se } of reference.fixed) {
      const ours = model.fixedEffects.find((effect) => effect.name === term)!;
      expect(Math.abs(ours.estimate - estimate) / se, term).toBeLessThan(1e-4);
      expect(relative(ours.standardError, se), `standard error of ${term}`).toBeLessThan(1e-4);
    }
  });

  it("writes the same variance components, the school's under the name school", () => {
    const ours = new Map(model.varianceComponents.map((one) => [`${one.group}|${one.term}`, one]));
    expect([...ours.keys()].sort()).toEqual(
      reference.variance_components.map((one) => componentName(one.name, schoolTerm)).sort(),
    );
    for (const { name: theirs, value, se_obs_info } of reference.variance_components) {
      const component = ours.get(componentName(theirs, schoolTerm))!;
      expect(Math.abs(component.variance - value) / se_obs_info, theirs).toBeLessThan(1e-4);
      // The reference's standard errors are themselves Richardson derivatives, good to some 1e-5.
      expect(relative(component.standardError!, se_obs_info), `standard error of ${theirs}`).toBeLessThan(1e-4);
    }
  });

  it("writes every school's figure with both of its errors as lme4 has them", () => {
    const { level, blup, cond_se, pred_se } = reference.ranef[`${schoolTerm}|(Intercept)`]!;
    const ours = new Map(schools.map((school) => [school.school, school]));
    expect([...ours.keys()].sort()).toEqual(level.map(String).sort());
    expect(ours.size).toBe(schools.length);
    const worst = { figure: 0, conditional: 0, prediction: 0 };
    level.forEach((id, k) => {
      const school = ours.get(String(id))!;
      worst.figure = Math.max(worst.figure, Math.abs(Number(school.value_added) - blup[k]!) / cond_se[k]!);
      worst.conditional = Math.max(worst.conditional, relative(Number(school.standard_error), cond_se[k]!));
      worst.prediction = Math.max(worst.prediction, relative(Number(school.prediction_error), pred_se[k]!));
    });
    expect(worst.figure).toBeLessThan(1e-4);
    expect(worst.conditional).toBeLessThan(1e-4);
    expect(worst.prediction).toBeLessThan(1e-4);
  });

  it("writes the keys and columns that it promises", () => {
    expect(Object.keys(model)).toEqual(
      expect.arrayContaining([
        ...["formula", "n", "p", "q", "method", "criterion", "logLikelihood", "fixedEffects", "varianceComponents"],
        ...["evaluations", "gradient", "converged", "warnings"],
      ]),
    );
    for (const effect of model.fixedEffects) expect(Object.keys(effect)).toEqual(["name", "estimate", "standardError"]);
    for (const one of model.varianceComponents)
      expect(Object.keys(one)).toEqual(["group", "term", "variance", "standardError"]);
    expect(model.varianceComponents.at(-1)).toMatchObject({ group: "residual" });
    expect(model.logLikelihood).toBeCloseTo(-model.criterion / 2, 8);
    expect(text("schools.csv").split("\r\n", 1)).toEqual([columns]);
  });

  it("writes schools whose figures fit each other", () => {
    for (const school of schools) {
      const [figure, error, lower, upper, reliability] = (
        ["value_added", "prediction_error", "lower", "upper", "reliability"] as const
      ).map((column) => Number(school[column])) as [number, number, number, number, number];
      expect(lower, school.school).toBeLessThan(figure);
      expect(upper, school.school).toBeGreaterThan(figure);
      // Closed form: the interval is the normal one around the figure, with the uncertainty of the fixed effects.
      expect((upper - lower) / (2 * z * error)).toBeCloseTo(1, 9);
      expect(reliability).toBeGreaterThanOrEqual(0);
      expect(reliability).toBeLessThanOrEqual(1);
      expect(Number(school.prediction_error)).toBeGreaterThanOrEqual(Number(school.standard_error));
      expect(Number(school.pupils)).toBeGreaterThanOrEqual(Number(school.pupil_equivalents) - 1e-9);
      expect(school.reasons).not.toBe("");
    }
    // Every pupil counts once, whatever the number of schools.
    const equivalents = schools.reduce((sum, school) => sum + Number(school.pupil_equivalents), 0);
    expect(equivalents).toBeCloseTo(reference.n, 6);
  });

  it("records every file that it read, with its hash", () => {
    const record = JSON.parse(text("record.json")) as { files: { name: string; sha256: string }[] };
    const review = readFileSync(join(project, `reviews/${name}.yaml`), "utf8");
    const named = [...review.matchAll(/files: \.\.\/(\S+)/g)].map(([, file]) => file!);
    const files = [`reviews/${name}.yaml`, ...named];
    expect(files.length).toBe(name === "star" ? 3 : 2);
    const hash = (file: string) =>
      createHash("sha256")
        .update(readFileSync(join(project, file)))
        .digest("hex");
    expect(record.files.map(({ sha256 }) => sha256).sort()).toEqual(files.map(hash).sort());
  });

  it("writes a report that needs no server, no network and no script", () => {
    const report = text("report.html");
    expect(report.startsWith("<!doctype html>") || report.startsWith("<!DOCTYPE html>")).toBe(true);
    expect(report.trimEnd().endsWith("</html>")).toBe(true);
    const loading = [
      ...report.matchAll(/<script|<link(?! rel="icon" href="data:,")|<iframe|<object|<embed|@import|javascript:/gi),
      ...report.matchAll(/\ssrc(?:set)?\s*=\s*["']?(?!data:).{0,60}/gi),
      ...report.matchAll(/url\(\s*["']?(?!data:|#).{0,60}/gi),
      ...report.matchAll(/\shref\s*=\s*["']?(?:https?:)?\/\/.{0,60}/gi),
    ].map(([found]) => found);
    expect(loading).toEqual([]);
    expect(report.match(/<svg/g)!.length).toBeGreaterThanOrEqual(3); // caterpillar, calibration, residuals
    for (const word of ["aterpillar", "alibration", "esidual"]) expect(report).toContain(word);
  });
});
