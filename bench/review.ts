import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Cost, type Figures, type Line, medianCost, type PeerLine, ratioOf, type Skipped } from "./line.js";
import { findLme4, runPeerScript } from "./peers/lme4.js";
import { answerOf, runProcess } from "./run-process.js";
import type { BenchOptions, Task } from "./task.js";

const pupilFile = "../shared/data/value-added/chem97.csv";

interface Reviewed {
  readonly cost: Cost;
  readonly criterion: number;
  readonly schools: Map<string, SchoolFigures>;
}

interface SchoolFigures {
  readonly valueAdded: number;
  readonly standardError: number;
}

/** The first three columns of a file of schools: school, value added, standard error. Commas in quotes only come later. */
function readSchools(file: string): Map<string, SchoolFigures> {
  const [head, ...lines] = readFileSync(file, "utf8").trimEnd().split("\n");
  if (!head?.startsWith("school,value_added,standard_error"))
    throw new Error(`${file} begins with "${head}", not with school,value_added,standard_error`);
  return new Map(
    lines.map((line) => {
      const [school, valueAdded, standardError] = line.split(",");
      return [school!, { valueAdded: Number(valueAdded), standardError: Number(standardError) }];
    }),
  );
}

/** Our review from the file to the report, as a person runs it. */
async function review(options: BenchOptions, folder: string): Promise<Reviewed> {
  const out = join(folder, "review");
  rmSync(out, { recursive: true, force: true });
  const usage = join(folder, "usage.json");
  const preload = pathToFileURL(join(options.code, "record-usage.mjs")).href;
  const ended = await runProcess(
    process.execPath,
    ["--import", preload, join(options.project, "dist/main/cli.js"), "review", "reviews/chem97.yaml", "--out", out],
    { cwd: options.project, timeoutSeconds: options.timeoutSeconds, environment: { BENCH_USAGE_FILE: usage } },
  );
  if (ended.timedOut || ended.code !== 0)
    throw new Error(
      `the review ended with ${ended.timedOut ? "the time limit" : `code ${ended.code}`}: ${ended.complaint}`,
    );
  const { cpuSeconds, peakMegabytes } = JSON.parse(readFileSync(usage, "utf8")) as Cost;
  const { criterion } = JSON.parse(readFileSync(join(out, "model.json"), "utf8")) as { criterion: number };
  return {
    cost: { seconds: ended.seconds, cpuSeconds, peakMegabytes },
    criterion,
    schools: readSchools(join(out, "schools.csv")),
  };
}

/** The same job with lme4. */
async function reviewWithLme4(options: BenchOptions, folder: string): Promise<Reviewed> {
  const out = join(folder, "lme4.csv");
  const ended = await runPeerScript("lme4-chem97.R", [join(options.project, pupilFile), out], options);
  const { criterion, cpuSeconds, peakMegabytes } = answerOf<Cost & { criterion: number }>("lme4", ended);
  return { cost: { seconds: ended.seconds, cpuSeconds, peakMegabytes }, criterion, schools: readSchools(out) };
}

async function repeat(runs: number, once: () => Promise<Reviewed>): Promise<Reviewed> {
  const reviewed: Reviewed[] = [];
  for (let run = 0; run < runs; run++) reviewed.push(await once());
  return { ...reviewed.at(-1)!, cost: medianCost(reviewed.map(({ cost }) => cost)) };
}

/** How far the two answers are apart; the criterion's difference is above zero where the peer stopped short. */
function agreement(ours: Reviewed, peer: Reviewed): Figures {
  let [compared, effect, error] = [0, 0, 0];
  for (const [school, { valueAdded, standardError }] of ours.schools) {
    const other = peer.schools.get(school);
    if (!other) continue;
    compared++;
    effect = Math.max(effect, Math.abs(valueAdded - other.valueAdded) / standardError);
    error = Math.max(error, Math.abs(standardError / other.standardError - 1));
  }
  return {
    criterionRelative: (peer.criterion - ours.criterion) / Math.abs(ours.criterion),
    schoolsCompared: compared,
    schoolsOnOneSideOnly: ours.schools.size + peer.schools.size - 2 * compared,
    effectInStandardErrors: effect,
    conditionalErrorRelative: error,
  };
}

async function besideLme4(ours: Reviewed, options: BenchOptions, folder: string): Promise<PeerLine> {
  const name = "lme4";
  const found = await findLme4(options);
  if ("missing" in found) return { name, status: "not found", note: found.missing };
  options.say(`the same with ${found.version}`);
  try {
    const peer = await repeat(options.runs, () => reviewWithLme4(options, folder));
    const figures = { agreement: agreement(ours, peer) };
    const ratio = ratioOf(peer.cost, ours.cost);
    return { name, ...found, status: "finished", ...peer.cost, criterion: peer.criterion, ratio, figures };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { name, ...found, status: "failed", note: error.message };
  }
}

async function runChem97(options: BenchOptions): Promise<Line | Skipped> {
  if (!existsSync(join(options.project, pupilFile)))
    return { task: "review", case: "chem97", skipped: `${pupilFile} is not here` };
  const folder = mkdtempSync(join(options.scratch, "review-"));
  try {
    const load = loadavg()[0]!;
    options.say("reviewing reviews/chem97.yaml");
    const ours = await repeat(options.runs, () => review(options, folder));
    return {
      task: "review",
      case: "chem97",
      runs: options.runs,
      load,
      ...ours.cost,
      figures: { schools: ours.schools.size, criterion: ours.criterion },
      ...(options.peers ? { peers: [await besideLme4(ours, options, folder)] } : {}),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The annual review as a whole process, from the pupil file to the report page. */
export const review97: Task = {
  name: "review",
  about: "run the annual review from pupil file to report page, as a whole process",
  cases: [
    {
      name: "chem97",
      about: "31,022 real candidates of A-level Chemistry, 2,410 schools, 131 authorities (reads ../shared)",
      parts: [{ name: "chem97", run: runChem97 }],
    },
  ],
};
