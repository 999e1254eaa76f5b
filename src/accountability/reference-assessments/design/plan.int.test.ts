import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PlanningProblem } from "../../../statistics/survey/index.js";
import { type PlanOrder, planFromOptions } from "./service-plan.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "greenpaper-plan-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const problem: Omit<PlanningProblem, "strata"> = {
  // Shares of 50 % in the group and 70 % among the others, in points of a hundred.
  outcome: { sd: { all: 47.7, subgroup: 50, others: Math.sqrt(2100) }, icc: 0.1, groupCorrelation: 0, inflation: 1 },
  trend: { overlap: 0, unitCorrelation: 0, linkingVariance: 0, linkingVarianceOfGap: 0, alpha: 0.05, power: 0.8 },
  ...{ unitResponse: 1, personResponse: 1, subgroupSpread: "even", requirements: [], tilts: [0], personsPerUnit: [20] },
  cost: { fixed: 0, perUnit: 500, perPerson: 25 },
};
const one = { name: "all", units: 16_700, persons: 640_000, subgroup: 0.25 };
const plan = (order: Partial<PlanOrder>) =>
  planFromOptions({
    problem,
    population: one,
    units: [400],
    folder: null,
    today: "2026-11-26",
    version: "test",
    ...order,
  });

describe("a plan", () => {
  it("gives 6.38 points as the smallest change of a gap of shares, 400 units × 20 (closed form of the method note)", async () => {
    const answer = await plan({});
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    expect(answer.value.table[0]!.precision.gap!.smallestDetectable).toBeCloseTo(6.38, 2);
    expect(answer.value.table[0]!.cost).toBe(400 * 500 + 8000 * 25);
    expect(answer.value.cheapest).toBeNull();
  });

  it("finds the cheapest design of strata from a file, one unit fewer of which would not do, and writes it", async () => {
    const population = join(folder, "strata.csv");
    writeFileSync(population, "stratum,units,persons,subgroup\nhigh,4000,150000,0.5\nlow,9000,400000,0.1\n");
    const requirements = [{ figure: "gap", measure: "smallestDetectable", most: 6 }] as const;
    const asked = { ...problem, requirements, tilts: [0, 0.25], personsPerUnit: [10, 20, 30] };
    const answer = await plan({ population, problem: asked, units: [], folder });
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    const { best, byPersonsPerUnit } = answer.value.cheapest!;
    expect(best.cost).toBe(Math.min(...byPersonsPerUnit.map(({ cost }) => cost)));
    const units = best.unitsDrawn.reduce((sum, n) => sum + n, 0);
    const [persons, tilts] = [[best.personsPerUnit], [best.tilt]];
    const fewer = await plan({ population, problem: { ...asked, tilts, personsPerUnit: persons }, units: [units - 1] });
    if (!fewer.ok) throw new Error(JSON.stringify(fewer.error));
    expect(fewer.value.table[0]!.precision.gap!.smallestDetectable).toBeGreaterThan(6);
    expect(best.precision.gap!.smallestDetectable).toBeLessThanOrEqual(6);
    expect(readFileSync(join(folder, "cheapest.csv"), "utf8").trim().split("\r\n").length).toBeGreaterThan(3);
    expect(JSON.parse(readFileSync(join(folder, "record.json"), "utf8"))).toMatchObject({
      kind: "plan",
      best: { tilt: best.tilt },
    });
  });

  it("refuses a change that no design finds, and strata that can't be", async () => {
    const requirements = [{ figure: "gap", measure: "smallestDetectable", most: 0.01 }] as const;
    expect(await plan({ problem: { ...problem, requirements } })).toMatchObject({
      ok: false,
      error: [{ code: "survey-allocation-impossible", place: "gap smallestDetectable" }],
    });
    const population = join(folder, "bad.csv");
    writeFileSync(population, "stratum,units,persons,subgroup\nhigh,4000,150000,50\n");
    const refused = await plan({ population });
    expect(refused).toMatchObject({ ok: false, error: [{ code: "frame-value-invalid" }] });
    if (!refused.ok) expect(refused.error[0]!.place).toContain("line 2");
  });
});
