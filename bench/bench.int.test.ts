import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Line } from "./line.js";
import { longestFunctions } from "./profile.js";
import { hasColumns, loadColumns, saveColumns, stampOf } from "./value-added/columns.js";
import { type Country, countries } from "./value-added/country.js";
import { generate } from "./value-added/generate.js";

const folder = mkdtempSync(join(tmpdir(), "bench-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const bench = (...args: string[]) => spawnSync(process.execPath, ["scripts/bench.mjs", ...args], { encoding: "utf8" });

describe("npm run bench", () => {
  it("lists its tasks and cases", () => {
    const { status, stdout } = bench();
    expect(status).toBe(0);
    for (const word of ["value-added", "fivemm", "chem97", "second"]) expect(stdout).toContain(word);
  });

  it("measures a small country and comes near its truth", () => {
    const { status, stdout } = bench("value-added", "mm20k", "--json");
    expect(status).toBe(0);
    const line = JSON.parse(stdout) as Line;
    expect(line).toMatchObject({ task: "value-added", case: "mm20k", runs: 1 });
    for (const figure of [line.seconds, line.cpuSeconds, line.peakMegabytes]) expect(figure).toBeGreaterThan(0);
    const [school] = line.figures.truth as { correlation: number; coverage95: number }[];
    // Evidence class: recovery. 400 schools: the correlation that gen.R's draws gave lme4 was 0.94; coverage within four standard errors.
    expect(school!.correlation).toBeGreaterThan(0.9);
    expect(Math.abs(school!.coverage95 - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / 400));
  });

  it("simulates a small shape and tells how often intervals hold the truth", () => {
    const { status, stdout } = bench("coverage", "few", "--seeds", "40", "--json");
    expect(status).toBe(0);
    const { figures } = JSON.parse(stdout) as Line;
    expect(figures).toMatchObject({ seeds: 40, converged: 40 });
    const [school] = figures.figures as { coverage: number; coverageError: number }[];
    // Evidence class: recovery. Twelve schools: 0.93 in a thousand seeds; four Monte Carlo errors leave room for chance.
    expect(Math.abs(school!.coverage - 0.93)).toBeLessThan(4 * school!.coverageError);
  });

  it.each([
    [["value-aded"], 'no task "value-aded". Did you mean value-added?'],
    [["value-added", "primarym"], 'no case "primarym". Did you mean primary?'],
    [["value-added", "one", "--peres"], "Did you mean --peers?"],
    [["value-added", "one", "--runs", "none"], "--runs is a whole number from 1"],
  ])("refuses %j and says what was meant", (args, message) => {
    const { status, stdout, stderr } = bench(...args);
    expect(status).toBe(1);
    expect(stdout).toBe("");
    expect(stderr).toContain(message);
  });
});

describe("kept pupils", () => {
  const country: Country = { ...countries[0]!, cohortPupils: 300, schools: 20, cohorts: 2, moves: "near" };
  const stamp = stampOf(country, ".");
  const place = join(folder, "pupils");

  it("come back as they were made, and only whole and of the same stamp", () => {
    expect(hasColumns(place, stamp)).toBe(false);
    const pupils = generate(country);
    saveColumns(place, pupils, stamp);
    expect(hasColumns(place, stamp)).toBe(true);
    expect(hasColumns(place, stampOf({ ...country, seed: 1 }, "."))).toBe(false);
    const { small, ...columns } = loadColumns(place);
    for (const [name, column] of Object.entries({ ...columns, ...small }))
      expect([...column], name).toEqual([
        ...({ ...pupils, ...pupils.small } as unknown as Record<string, number[]>)[name]!,
      ]);
  });
});

describe("a profile", () => {
  it("sums the time of each function over all threads, idle time left out", () => {
    const node = (id: number, functionName: string) => ({ id, callFrame: { functionName, url: "", lineNumber: 0 } });
    const profile = (timeDeltas: number[]) =>
      JSON.stringify({ nodes: [node(1, "solve"), node(2, "(idle)"), node(3, "")], samples: [1, 2, 3, 1], timeDeltas });
    writeFileSync(join(folder, "a.cpuprofile"), profile([1e6, 5e6, 2e6, 1e6]));
    writeFileSync(join(folder, "b.cpuprofile"), profile([0, 5e6, 0, 3e6]));
    expect(longestFunctions(folder)).toEqual([
      { function: "solve", seconds: 5 },
      { function: "anonymous", seconds: 2 },
    ]);
  });
});
