import { availableParallelism, loadavg } from "node:os";
import { join } from "node:path";
import type { Cost, Line } from "../../line.js";
import { answerOf, runProcess } from "../../run-process.js";
import type { BenchCase, BenchOptions, Task } from "../../task.js";
import type { RecoveredSeed } from "./recover.js";
import type { AssessmentShape } from "./shape.js";
import { recoveryOf } from "./tally.js";

/** The shape that the others differ from. */
export const chain: AssessmentShape = {
  ...{ name: "chain", frame: 1500, schools: 80, pupils: 20 },
  ...{ blocks: 7, commonBlocks: 4, commonInBlock: 6, stimulus: 2, drift: [0.1, 0.1] },
  ...{ informative: 0, replicates: false, seen: false },
};

const shapes: readonly { readonly about: string; readonly shape: AssessmentShape }[] = [
  {
    about:
      "two cycles of 80 schools × 20 pupils, 42 questions in seven booklets, 24 of them common and drifting by chance",
    shape: chain,
  },
  {
    about: "the same with replicate weights that redo the adjustment for non-response",
    shape: { ...chain, name: "replicates", replicates: true },
  },
  {
    about: "the same where abilities are seen: the sample alone",
    shape: { ...chain, name: "seen", seen: true },
  },
  {
    about: "the same with six common questions",
    shape: { ...chain, name: "few-items", commonBlocks: 6, commonInBlock: 1, stimulus: 1, drift: [0, Math.SQRT2 / 10] },
  },
  { about: "the same with 30 schools", shape: { ...chain, name: "few-schools", schools: 30 } },
  {
    about: "the same where weaker pupils of a cell stay away more often, which no adjustment knows",
    shape: { ...chain, name: "informative", informative: 0.06 },
  },
];

/** Some of a shape's seeds, recovered by a process of their own, and what that process took. */
interface Part extends Record<keyof Cost, number> {
  readonly recovered: readonly (RecoveredSeed | null)[];
}

/** Shares the seeds among as many processes as there are processors. */
async function runShape(shape: AssessmentShape, options: BenchOptions): Promise<Line> {
  const count = options.seeds ?? 300;
  options.say(`making, sampling and estimating ${shape.name} with ${count} seeds`);
  const load = loadavg()[0]!;
  const each = Math.ceil(count / Math.min(availableParallelism(), count));
  const parts = await Promise.all(
    Array.from({ length: Math.ceil(count / each) }, async (_, k): Promise<Part> => {
      const range = [String(k * each + 1), String(Math.min(each, count - k * each))];
      const ended = await runProcess(
        process.execPath,
        [join(options.code, "recovery/assessment/run-seeds.mjs"), JSON.stringify(shape), ...range],
        { cwd: options.project, timeoutSeconds: options.timeoutSeconds },
      );
      return answerOf<Part>("the recovery", ended);
    }),
  );
  const recovery = recoveryOf(parts.flatMap(({ recovered }) => recovered));
  return {
    ...{ task: "recovery", case: shape.name, runs: 1, load },
    seconds: Math.max(...parts.map(({ seconds }) => seconds)),
    cpuSeconds: parts.reduce((sum, part) => sum + part.cpuSeconds, 0),
    peakMegabytes: Math.max(...parts.map(({ peakMegabytes }) => peakMegabytes)),
    figures: { ...recovery },
  };
}

/** Whether published 95% intervals of a reference assessment hold the truth, through everything from the frame to the trend. */
export const recovery: Task = {
  name: "recovery",
  about:
    "reference assessments of made-up populations with many seeds (--seeds N): drawn, lost, scaled, linked and estimated by the product, beside the truth",
  cases: shapes.map(
    ({ about, shape }): BenchCase => ({
      name: shape.name,
      about: `${about}; 300 seeds`,
      parts: [{ name: shape.name, run: (options) => runShape(shape, options) }],
    }),
  ),
};
