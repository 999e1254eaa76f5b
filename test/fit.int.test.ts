import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build, clearAway, csvRows, greenpaper, project, temporaryFolder } from "./programs.js";

beforeAll(build);
afterAll(clearAway);

const plain = "test/ok/plain.csv";

describe("greenpaper fit", () => {
  it("tells the model, and writes it only where it is asked to", async () => {
    const folder = temporaryFolder();
    const args = ["fit", plain, "--formula", "score ~ poly(prior, 2) + sex + (1 | school)", "--method", "ML"];
    const told = await greenpaper(args);
    expect(told).toMatchObject({ code: 0, stderr: "" });
    for (const words of ["48 rows; 6 levels of school", "-2 log-likelihood", "poly(prior, 2)2", "sexgirl", "residual"])
      expect(told.stdout).toContain(words);
    const json = await greenpaper([...args, "--json", "--out", folder]);
    const model = JSON.parse(readFileSync(join(folder, "model.json"), "utf8")) as object;
    expect(JSON.parse(json.stdout)).toEqual(model);
    expect(model).toMatchObject({ n: 48, p: 4, q: 6, method: "ML", rows: { read: 48, used: 48, leftOut: [] } });
    const effects = csvRows(readFileSync(join(folder, "effects.csv"), "utf8"));
    expect(effects.map(({ group, coefficient, level }) => `${group} ${coefficient} ${level}`).sort()).toEqual(
      ["0101", "0102", "0103", "0104", "0105", "0106"].map((school) => `school (Intercept) ${school}`),
    );
  });

  it("takes memberships from a table of their own", async () => {
    const { code, stdout } = await greenpaper([
      ...["fit", plain, "--formula", "score ~ prior + (1 | mm(school, share)) + (1 | mm(school, share):cohort)"],
      ...["--membership", "test/ok/membership.csv", "--pupil", "pupil"],
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/6 levels of mm\(school, share\), \d+ levels of mm\(school, share\):cohort/);
  });

  it.each([
    ["score ~ prior + lgo(prior) + (1 | school)", "--formula, character 17: there is no function lgo() here", "^^^"],
    ["score ~ prior + gender + (1 | school)", 'no column "gender" (asked for in --formula, character 17)', "sex"],
    ["score ~ prior + (1 | school", "--formula, character 27: the formula ends here", "Expected `)`"],
    ["score ~ log(prior - 90) + (1 | school)", "this is NaN in test/ok/plain.csv, line 2", "^^^^^^^^^^^^^^^"],
    ["score ~ prior + I(2 * prior) + (1 | school)", "plain.csv", "Change the formula"],
    ["score ~ prior", "plain.csv", "no group whose effects vary"],
  ])("refuses %j with the place and the remedy, and writes nothing", async (formula, place, words) => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await greenpaper(["fit", plain, "--formula", formula, "--out", folder]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(place);
    expect(stderr).toContain(words);
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each([
    [
      [
        "fit",
        plain,
        "--formula",
        "score ~ 1 + (1 | school)",
        "--membership",
        "test/ok/membership.csv",
        "--pupil",
        "pupil",
      ],
      1,
      "no part of the formula uses the membership",
    ],
    [["fit", plain], 2, "--formula"],
    [["fit", plain, "--formula", "score ~ 1 + (1 | school)", "--method", "MLE"], 2, "REML, ML"],
    [["fit", plain, "--formula", "score ~ 1 + (1 | mm(a, b))", "--membership", plain], 2, "--pupil COLUMN"],
  ])("says of %j what is wrong", async (args, expected, words) => {
    const { code, stderr } = await greenpaper(args);
    expect(code).toBe(expected);
    expect(stderr).toContain(words);
  });
});

// Evidence class: other program, as in reviews.int.test.ts.
const folder = join(project, "../shared/data/value-added");
const reason = existsSync(folder) ? "" : " (skipped: ../shared is not here)";

describe.skipIf(reason !== "")(`greenpaper fit on the reference data${reason}`, () => {
  const star = ["--membership", join(folder, "star_mm_membership.csv"), "--pupil", "id"];
  it.each([
    ["star_mm_reml", "star_mm_pupils.csv", "math ~ cltype + sx + ses + eth2 + (1 | mm(school, weight))", star],
    ["hsb82_rs_reml", "hsb82.csv", "mAch ~ meanses * cses + sector * cses + (1 + cses | school)", []],
  ])("%s has lme4's criterion, estimates and errors", async (id, file, formula, more) => {
    const reference = JSON.parse(readFileSync(join(folder, `reference/${id}.json`), "utf8")) as {
      fixed: { term: string; estimate: number; se: number }[];
      minus2loglik_or_remlcrit: number;
    };
    const { code, stdout } = await greenpaper(["fit", join(folder, file), "--formula", formula, "--json", ...more]);
    expect(code).toBe(0);
    const model = JSON.parse(stdout) as {
      criterion: number;
      fixedEffects: { name: string; estimate: number; standardError: number }[];
    };
    expect(Math.abs(model.criterion / reference.minus2loglik_or_remlcrit - 1)).toBeLessThan(1e-9);
    model.fixedEffects.forEach(({ name, estimate, standardError }, j) => {
      const { term, estimate: expected, se } = reference.fixed[j]!;
      expect(name).toBe(term);
      expect(Math.abs(estimate - expected) / se).toBeLessThan(1e-4);
      expect(Math.abs(standardError / se - 1)).toBeLessThan(1e-4);
    });
  });
});
