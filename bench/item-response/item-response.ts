import { mkdtempSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { type Cost, type Figures, type Line, medianCost, type PeerLine, ratioOf } from "../line.js";
import { answerOf, runProcess } from "../run-process.js";
import type { BenchCase, BenchOptions, Task } from "../task.js";
import { shapes } from "./make.js";

interface Answer extends Cost {
  readonly figures: Figures;
}

interface PeerAnswer extends Answer {
  readonly version: string;
}

async function runOurs(name: string, folder: string, options: BenchOptions): Promise<Answer> {
  const script = join(options.code, "item-response/run-item-response.mjs");
  const ended = await runProcess(process.execPath, [script, name, folder, String(options.seeds ?? 200)], {
    cwd: options.project,
    timeoutSeconds: options.timeoutSeconds,
  });
  return answerOf<Answer>("the calibration", ended);
}

/** R programs that can do the case, as `peers/item-response.R` names them. */
function programsFor(name: string): readonly string[] {
  if (["replicates", "coverage", "conditional", "background"].includes(name)) return [];
  if (name === "200000x60-pv") return ["TAM"];
  return shapes[name]!.model === "rasch" ? ["TAM", "mirt", "dexter", "eRm", "psychotools"] : ["TAM", "mirt"];
}

/** How the program ends where a package isn't installed. */
const packageMissing = 3;

async function besides(
  name: string,
  program: string,
  folder: string,
  ours: Cost,
  options: BenchOptions,
): Promise<PeerLine> {
  const { persons, items, model } = shapes[name]!;
  const script = join(options.project, "bench/peers/item-response.R");
  const values = name === "200000x60-pv" ? "10" : "0";
  const args = [script, folder, String(persons), String(items), model, program, values];
  options.say(`${name} with ${program}`);
  try {
    const ended = await runProcess("Rscript", args, { cwd: options.project, timeoutSeconds: options.timeoutSeconds });
    if (ended.code === packageMissing)
      return { name: program, status: "not found", note: `there is no R package ${program}` };
    if (ended.timedOut)
      return {
        ...{ name: program, status: "not finished", note: `stopped after ${options.timeoutSeconds} s` },
        peakMegabytes: ended.peakMegabytes,
      };
    const { figures, version, ...cost } = answerOf<PeerAnswer>(program, ended);
    return { name: program, version, status: "finished", ...cost, ratio: ratioOf(cost, ours), figures };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    if ("code" in error && error.code === "ENOENT")
      return { name: program, status: "not found", note: "there is no Rscript" };
    return { name: program, status: "failed", note: error.message };
  }
}

function benchCase(name: string, about: string): BenchCase {
  const run = async (options: BenchOptions): Promise<Line> => {
    const load = loadavg()[0]!;
    const folder = mkdtempSync(join(options.scratch, "item-response-"));
    try {
      const answers: Answer[] = [];
      for (let k = 0; k < options.runs; k++) {
        options.say(`${name}, run ${k + 1} of ${options.runs}`);
        answers.push(await runOurs(name, options.peers && k === 0 ? folder : "", options));
      }
      const cost = medianCost(
        answers.map(({ seconds, cpuSeconds, peakMegabytes }) => ({ seconds, cpuSeconds, peakMegabytes })),
      );
      const peers: PeerLine[] = [];
      if (options.peers)
        for (const program of programsFor(name)) peers.push(await besides(name, program, folder, cost, options));
      const { figures } = answers.at(-1)!;
      return {
        task: "item-response",
        case: name,
        runs: options.runs,
        load,
        ...cost,
        figures,
        ...(options.peers ? { peers } : {}),
      };
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
  return { name, about, parts: [{ name, run }] };
}

/** Item parameters of made-up tests, from responses in memory to converged estimates. */
export const itemResponse: Task = {
  name: "item-response",
  about:
    "item parameters by marginal likelihood on one thread, beside R's TAM, mirt, dexter, eRm and psychotools where they are installed",
  cases: [
    benchCase("4000x100-2pl", "4,000 persons, 100 items in ten booklets of 30, two-parameter"),
    benchCase("200000x60-2pl", "200,000 persons, 60 items, two-parameter"),
    benchCase("200000x60-rasch", "the same, Rasch"),
    benchCase("200000x60-pv", "the first of these, then a latent regression on two columns and ten plausible values"),
    benchCase("200000x60-mms", "200,000 persons, 60 items in six booklets of 30, two-parameter"),
    benchCase("200000x60-gaps", "the first of these with a tenth of the answers missing at random"),
    benchCase(
      "coverage",
      "95% intervals of a gap by regression and by plausible values, with `--seeds` samples of 600 persons on 12 items",
    ),
    benchCase("conditional", "conditional beside marginal difficulties of `--seeds` samples, normal and not"),
    benchCase(
      "background",
      "gaps by plausible values conditioned on components of sixty columns, of `--seeds` samples",
    ),
    benchCase("replicates", "the first with standard errors from 75 replicate refits"),
  ],
};
