import { loadavg } from "node:os";
import { join } from "node:path";
import type { Cost, Figures, Line } from "../line.js";
import { answerOf, runProcess } from "../run-process.js";
import type { Part, Task } from "../task.js";

const part = (name: string, region: string, officers: number): Part => ({
  name,
  async run(options): Promise<Line> {
    const load = loadavg()[0]!;
    options.say(`${name}: a region's audits, assigned to ${officers} officers`);
    const program = [join(options.code, "assignment/run-assignment.mjs"), region, String(officers)];
    const ended = await runProcess(process.execPath, program, {
      cwd: options.project,
      timeoutSeconds: options.timeoutSeconds,
    });
    const { seconds, cpuSeconds, peakMegabytes, ...figures } = answerOf<Cost & Figures>("the assignment", ended);
    return { task: "assignment", case: name, runs: 1, load, seconds, cpuSeconds, peakMegabytes, figures };
  },
});

/** A year's safeguarding audits of a region, assigned to its officers. */
export const assignment: Task = {
  name: "assignment",
  about:
    "a year's safeguarding audits of a region: least travel with even loads, the gap to the best, and again without one officer",
  cases: [
    {
      name: "south-east",
      about: "the largest region of the synthetic England, 60 officers",
      parts: [part("south-east", "E12000008", 60)],
    },
    { name: "north-east", about: "the smallest one, 20 officers", parts: [part("north-east", "E12000001", 20)] },
  ],
};
