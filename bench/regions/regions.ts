import { loadavg } from "node:os";
import { highsSolver } from "../../src/accountability/regions/drawing/assign-highs.js";
import { drawRegions } from "../../src/accountability/regions/drawing/draw.js";
import { type DrawingSettings, taskOf, usualSettings } from "../../src/accountability/regions/drawing/settings.js";
import { type Line, medianCost, type Skipped } from "../line.js";
import type { BenchCase, BenchOptions, Task } from "../task.js";
import { englandOfToday } from "./counts.js";

async function draw(name: string, change: Partial<DrawingSettings>, options: BenchOptions): Promise<Line | Skipped> {
  const country = englandOfToday();
  if (!country) return { task: "regions", case: name, skipped: "../shared/data/england is not there" };
  const task = taskOf(country, { ...usualSettings, ...change });
  if (!task.ok) throw new Error(task.error[0]!.message);
  const load = loadavg()[0]!;
  const solver = await highsSolver();
  const begun = process.cpuUsage();
  const from = performance.now();
  options.say(`drawing ${name}`);
  const { kind, measure, bound, gap, record } = drawRegions(task.value, solver);
  const seconds = (performance.now() - from) / 1000;
  const used = process.cpuUsage(begun);
  const cost = {
    seconds,
    cpuSeconds: (used.user + used.system) / 1e6,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
  };
  return {
    ...{ task: "regions", case: name, runs: 1, load, ...medianCost([cost]) },
    figures: {
      ...{
        kind,
        value: measure.value,
        bound,
        gapPercent: gap === null ? null : 100 * gap,
        schoolsChanged: measure.schoolsChanged,
      },
      ...{
        pupilsChanged: measure.pupilsChanged,
        authoritiesChanged: measure.changed.length,
        borderPercent: measure.cutPercent,
      },
      ...{ cuts: record.cuts, stoppedByTime: record.stoppedByTime, broken: measure.broken.length },
    },
  };
}

const caseOf = (name: string, about: string, change: Partial<DrawingSettings>): BenchCase => ({
  ...{ name, about },
  parts: [{ name, run: (options) => draw(name, change, options) }],
});

/** England's regions drawn anew: how long it takes and how far from the best the answer can be at most. */
export const regions: Task = {
  name: "regions",
  about: "England's 153 authorities drawn into regions: value, bound and gap",
  cases: [
    caseOf("usual", "nine regions, 30% in schools and 40% in pupils", {}),
    caseOf("wide", "nine regions, 50% and 50%", { schoolsTolerancePercent: 50, pupilsTolerancePercent: 50 }),
    caseOf("narrow", "nine regions, 10% and 20%", { schoolsTolerancePercent: 10, pupilsTolerancePercent: 20 }),
    caseOf("seven", "seven regions", { regions: 7 }),
    caseOf("twelve", "twelve regions", { regions: 12 }),
    caseOf("proof", "the usual with thorough branching", { effort: "thorough" }),
  ],
};
