import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type MadeUpStudy, writeMadeUpStudy } from "../../../test/made-up-study.js";
import { civilDate, silent } from "../../kernel/index.js";
import type { ChainStage } from "./chain/run.js";
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
    expect(dif.find(({ item }) => item === "q5")!.class).toBe("A");
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
