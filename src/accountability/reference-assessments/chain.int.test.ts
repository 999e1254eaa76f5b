import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MadeUpStudy, writeMadeUpStudy } from "../../../test/made-up-study.js";
import { civilDate, seededRandom, silent } from "../../kernel/index.js";
import type { ChainStage } from "./chain/run.js";
import { answerInWords } from "./cli-words.js";
import type { StudyResults } from "./published/results.js";
import { runStudyFile } from "./service.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "greenpaper-chain-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const small: MadeUpStudy = {
  ...{ seed: 4, cycles: ["2021", "2025"], schools: 30, pupils: 20, items: 16, schoolSd: 0.5, shared: 0 },
  settings:
    "design: { zone: zone, replicate: half, method: JK2 }\ngroups: [{ column: sex, lower: girl, higher: boy }]\n",
};

async function answerOf(made: MadeUpStudy, stage: ChainStage) {
  const path = await writeMadeUpStudy(folder, made);
  return runStudyFile({ path, stage, folder: null, today: civilDate("2026-11-26"), version: "test" }, silent);
}

async function run(made: MadeUpStudy, stage: ChainStage) {
  const answer = await answerOf(made, stage);
  if (!answer.ok) throw new Error(answer.error.map(({ place, message }) => `${place}: ${message}`).join("\n"));
  return answer.value.results;
}

describe("differential functioning", () => {
  it("finds the one item that was made harder for girls, by Δ, logistic regression and the curves, in one direction (recovery)", async () => {
    const { dif } = await run({ ...small, harder: (item, _, girl) => (item === 5 && girl ? 0.9 : 0) }, "calibrate");
    expect(dif).toHaveLength(16);
    const planted = dif.find(({ item }) => item === "q5")!;
    expect(planted).toMatchObject({
      group: "sex",
      reference: "boy",
      focal: "girl",
      method: "Mantel-Haenszel",
      class: "C",
    });
    // ETS's Δ is −2.35 logits of difference; 1,200 pupils tell it to about 0.33.
    expect(Math.abs(planted.delta! + 2.35 * 0.9)).toBeLessThan(3 * planted.deltaError!);
    expect(planted.logistic!.difference).toBeLessThan(-0.5);
    expect(planted.logistic!.uniformP).toBeLessThan(1e-6);
    expect(planted.bias!).toBeLessThan(-0.05);
    expect(planted.rmsd!).toBeGreaterThan(0.05);
    const others = dif.filter(({ item }) => item !== "q5");
    expect(others.filter((row) => row.class === "C")).toEqual([]);
    expect(Math.max(...others.map(({ rmsd }) => rmsd!))).toBeLessThan(planted.rmsd!);
  });

  it("matches pupils within their cycle: an item that all find harder in one cycle isn't harder for girls", async () => {
    const harder = (item: number, cycle: number) => (item === 5 ? 2.5 * cycle : 0);
    const girl = (pupil: number, cycle: number) => pupil % 5 < (cycle === 0 ? 1 : 4);
    const { dif } = await run({ ...small, harder, girl }, "calibrate");
    const moved = dif.find(({ item }) => item === "q5")!;
    expect(moved.class).toBe("A");
    // One curve for both cycles takes it for harder for whoever is in the second; each cycle's own doesn't.
    const alone = (await run({ ...small, harder, girl, settings: `${small.settings}link: haebara\n` }, "calibrate"))
      .dif;
    const own = alone.find(({ item }) => item === "q5")!;
    expect(alone).toHaveLength(16);
    expect(moved.rmsd!).toBeGreaterThan(0.1);
    expect(own.rmsd!).toBeLessThan(moved.rmsd! / 2);
    expect(Math.abs(own.bias!)).toBeLessThan(0.03);
  });

  it("is asked for by groups of its own, refused by school, and left out of a level of few pupils with the reason", async () => {
    const settings = "dif: { groups: [sex], purify: false }\n";
    expect((await run({ ...small, settings }, "calibrate")).dif[0]).toMatchObject({ focal: "boy", reference: "girl" });
    expect((await run({ ...small, settings: "groups: [sex]\ndif: { groups: [] }\n" }, "calibrate")).dif).toEqual([]);
    expect(await answerOf({ ...small, settings: "dif: { groups: [urn] }\n" }, "calibrate")).toMatchObject({
      ok: false,
      error: [{ code: "figures-of-schools", place: expect.stringContaining("study.yaml, line") }],
    });
    const few = await run({ ...small, schools: 4, pupils: 14, settings }, "calibrate");
    expect(few.dif).toEqual([]);
    expect(few.notes.join()).toContain("Differential functioning by sex is left out");
  });
});

describe("a background of many columns", () => {
  it("is named by a pattern, condensed to components that have nine tenths of its variance, and told with the regression", async () => {
    const random = seededRandom(3);
    const names = Array.from({ length: 30 }, (_, c) => `bg${c + 1}`);
    const questions = Array.from({ length: 8 }, (_, q) => `q${q + 1}`);
    const lines = Array.from({ length: 900 }, (_, pupil) => {
      const [a, b] = [random.normal(), random.normal()];
      const away = random.uniform() < 0.1;
      const background = names.map((_, c) => (away ? "" : ((c % 2 === 0 ? a : b) + 0.4 * random.normal()).toFixed(3)));
      const ability = 0.6 * a + 0.8 * random.normal();
      const answers = questions.map((_, q) => (random.uniform() < 1 / (1 + Math.exp(0.3 * (q - 4) - ability)) ? 1 : 0));
      return [pupil, pupil % 2 === 0 ? "girl" : "boy", ...background, ...answers].join(",");
    });
    writeFileSync(
      join(folder, "wide.csv"),
      [["pupil", "sex", ...names, ...questions].join(","), ...lines, ""].join("\n"),
    );
    const path = join(folder, "wide.yaml");
    const text = (pattern: string) =>
      `title: Wide\npersons: { files: wide.csv, person: pupil }\ngroups: [sex]\nbackground: [${pattern}]\nresponses: { items: q* }\ncalibration: { model: rasch }\ndraws: { count: 5 }\npercentiles: [0.5]\n`;
    writeFileSync(path, text("bg*"));
    const order = { path, stage: "estimate", folder: null, today: civilDate("2026-11-26"), version: "test" } as const;
    const answer = await runStudyFile(order, silent);
    if (!answer.ok) throw new Error(answer.error[0]!.message);
    const [regression] = answer.value.results.regressions;
    expect(regression!.components).toMatchObject({ columns: 60 });
    expect(regression!.components!.share).toBeGreaterThanOrEqual(0.9);
    expect(regression!.components!.kept).toBeLessThan(10);
    expect(regression!.coefficients.map(({ name }) => name).slice(0, 3)).toEqual([
      "constant",
      "sex: boy",
      "component 1",
    ]);
    // Ability has 0.36 of its variance from the columns, which tell it nearly wholly.
    expect(Math.abs(regression!.explained - 0.36)).toBeLessThan(0.08);
    expect(answerInWords(answer.value, null)).toContain("stand in for the 60 columns of the background");
    writeFileSync(path, text("home*"));
    expect(await runStudyFile(order, silent)).toMatchObject({ ok: false, error: [{ code: "study-columns-missing" }] });
  });
});

describe("schools that two cycles have in common", () => {
  const schools = 24;
  const panel = "design: { zone: zone, replicate: half, method: JK2, panel: urn }\n";

  it("take their covariance off a change: Σ over pairs of the squared change of the difference (closed form)", async () => {
    const random = seededRandom(9);
    const means = [0, 1].map(() => Array.from({ length: schools }, () => random.normal()));
    const lines = (cycle: number) =>
      means[cycle]!.flatMap((mean, s) =>
        [-1, 1].map((side) => [`${s}${side}`, `S${s}`, `U${s}`, s >> 1, s % 2, 500 + mean + side].join(",")),
      );
    for (const cycle of [0, 1])
      writeFileSync(join(folder, `pv${cycle}.csv`), ["pupil,school,urn,zone,half,pv", ...lines(cycle), ""].join("\n"));
    const path = join(folder, "pv.yaml");
    const text = `title: T\ncycles: [{ cycle: 1, files: pv0.csv }, { cycle: 2, files: pv1.csv }]\npersons: { person: pupil, school: school }\nplausibleValues: [pv]\n${panel}`;
    writeFileSync(path, text);
    const answer = await runStudyFile(
      { path, stage: "run", folder: null, today: civilDate("2026-11-26"), version: "test" },
      silent,
    );
    if (!answer.ok) throw new Error(answer.error[0]!.message);
    const { disclosed, shared } = answer.value.results;
    const change = disclosed.trends.find(({ statistic }) => statistic === "mean")!;
    // A replicate moves the mean of a cycle by (first school − second) ÷ schools.
    const apart = (cycle: number, z: number) => (means[cycle]![2 * z]! - means[cycle]![2 * z + 1]!) / schools;
    const sum = (f: (z: number) => number) =>
      Array.from({ length: schools / 2 }, (_, z) => f(z)).reduce((a, b) => a + b);
    expect(change.covariance).toBeCloseTo(
      sum((z) => apart(0, z) * apart(1, z)),
      10,
    );
    expect(change.parts.sampling).toBeCloseTo(
      sum((z) => (apart(1, z) - apart(0, z)) ** 2),
      10,
    );
    expect(shared).toEqual([{ from: "1", to: "2", schools, ofFrom: schools, ofTo: schools, counted: true }]);
  });

  it("make a change more certain where schools differ, and are left out where there are few (recovery)", async () => {
    const made = { ...small, schools: 40, pupils: 20, items: 12, schoolSd: 1, settings: panel };
    const meanOf = ({ disclosed }: StudyResults) => disclosed.trends.find(({ statistic }) => statistic === "mean")!;
    const kept = await run({ ...made, shared: 39 }, "estimate");
    const change = meanOf(kept);
    // The schools' variance, 1 of 2 in units of the scale's square, over 40 schools; 19 pairs know it to about a third.
    const expected = ((100 ** 2 / 2) * (39 / 40)) / 40;
    expect(Math.abs(change.covariance! / expected - 1)).toBeLessThan(0.8);
    expect(change.parts.sampling).toBeLessThan(0.6 * 2 * expected);
    const apart = await run({ ...made, shared: 6 }, "estimate");
    expect(meanOf(apart).covariance).toBeNull();
    expect(apart.shared).toMatchObject([{ schools: 6, counted: false }]);
  });
});

describe("errors of items by replicates", () => {
  const rasch = "calibration: { model: rasch, errors: ";
  const two = { ...small, settings: `${small.settings}${rasch}replicates }\n` };

  it("reach the published figure, are told by number, and agree with the sandwich over the same zones", async () => {
    const refits = await run(two, "estimate");
    // 15 zones of two schools in each of two cycles: a replicate each.
    expect(refits.calibration!.errors).toBe("calibrated anew with each of 30 replicate weights");
    const robust = await run({ ...small, settings: `${small.settings}${rasch}sandwich }\n` }, "calibrate");
    const ratio = refits.items.map((item, k) => item.interceptError! / robust.items[k]!.interceptError!);
    // Both estimate one variance from 30 differences of schools; their mean over sixteen questions is close, a single one less so.
    const mean = ratio.reduce((sum, one) => sum + one, 0) / ratio.length;
    expect(Math.abs(mean - 1)).toBeLessThan(0.1);
    const gap = refits.disclosed.trends.find(({ statistic, group }) => statistic === "mean" && group === null)!;
    expect(gap.parts.items).toBeGreaterThan(0);
    const { sampling, measurement, linking, items } = gap.parts;
    expect(sampling + measurement + linking + items).toBeCloseTo(gap.standardError ** 2, 8);
  });

  it("are not counted twice: without drift the linking error is a small part of the jackknife's, with drift most of it", async () => {
    const [none] = (await run(small, "link")).links;
    const moved = (item: number, cycle: number) => (item % 2 === 0 ? 0.7 : -0.7) * cycle;
    const [much] = (await run({ ...small, harder: moved }, "link")).links;
    expect(none!.linkingError / none!.jackknifeError!).toBeLessThan(0.75);
    expect(much!.linkingError / much!.jackknifeError!).toBeGreaterThan(0.9);
    expect(much!.jackknifeError!).toBeGreaterThan(2 * none!.jackknifeError!);
  });
});
