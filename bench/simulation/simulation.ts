import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { type Cost, type Figures, type Line, type PeerLine, ratioOf } from "../line.js";
import { answerOf, runProcess } from "../run-process.js";
import type { BenchOptions, Part, Task } from "../task.js";
import type { TeacherTotals } from "./teachers.js";

/** Where the statement of the task, its floor in C and its NumPy version are. */
const shared = "../shared/bench/simulation";

/** Every program runs the ten years this often and tells its quickest: the first pass pays for start and compilation. */
const passes = 7;

interface Ours extends Cost, TeacherTotals {
  readonly firstCpuSeconds: number;
}

async function runOurs(options: BenchOptions, every: number): Promise<Ours> {
  const file = join(options.project, shared, "params.json");
  const ended = await runProcess(
    process.execPath,
    [join(options.code, "simulation/run-teachers.mjs"), existsSync(file) ? file : "", String(every), String(passes)],
    { cwd: options.project, timeoutSeconds: options.timeoutSeconds },
  );
  return answerOf<Ours>("the simulation", ended);
}

/** What the C and the NumPy program end with. */
interface PeerAnswer {
  readonly impl: string;
  readonly steps_s: number;
  readonly cpu_s: number;
  readonly rss_mb: number;
  readonly head: number;
  readonly left: number;
  readonly writeoff_bn: number;
  readonly sab: number;
  readonly promoted: number;
  readonly teacher_years: number;
}

/** Whether every count is the same: teachers, leavers, sabbatical years, promotions, teacher-years; and the pounds to the thousand. */
function sameCounts(ours: TeacherTotals, peer: PeerAnswer): boolean {
  const counts = [ours.head, ours.left, ours.sabbaticals, ours.promoted, ours.teacherYears];
  const others = [peer.head, peer.left, peer.sab, peer.promoted, peer.teacher_years];
  return counts.every((count, i) => count === others[i]) && Math.abs(ours.writeOff / 1e9 - peer.writeoff_bn) < 1e-6;
}

const isMissing = (error: unknown) => error instanceof Error && "code" in error && error.code === "ENOENT";

async function besides(name: string, ours: Ours, run: () => Promise<PeerAnswer>, needs: string): Promise<PeerLine> {
  try {
    const peer = await run();
    const cost = { seconds: peer.steps_s, cpuSeconds: peer.cpu_s, peakMegabytes: peer.rss_mb };
    const figures = { program: peer.impl, sameCounts: sameCounts(ours, peer) };
    return { name, status: "finished", ...cost, ratio: ratioOf(cost, ours), figures };
  } catch (error) {
    if (isMissing(error)) return { name, status: "not found", note: needs };
    if (!(error instanceof Error)) throw error;
    return { name, status: "failed", note: error.message };
  }
}

/** The floor: the C program, compiled here as its text says. */
async function runC(options: BenchOptions, folder: string): Promise<PeerAnswer> {
  const surroundings = { cwd: join(options.project, shared), timeoutSeconds: options.timeoutSeconds };
  const program = join(folder, "teach10");
  const flags = ["-O3", "-march=native", "teach10.c", "-o", program, "-lm"];
  const compiled = await runProcess("gcc", flags, surroundings);
  if (compiled.code !== 0) throw new Error(`gcc: ${compiled.complaint}`);
  return answerOf<PeerAnswer>("teach10", await runProcess(program, [String(passes)], surroundings));
}

async function runNumpy(options: BenchOptions): Promise<PeerAnswer> {
  const surroundings = { cwd: join(options.project, shared), timeoutSeconds: options.timeoutSeconds };
  return answerOf<PeerAnswer>("NumPy", await runProcess("python3", ["numpy_bench.py", "hash", "3"], surroundings));
}

async function peersOf(ours: Ours, options: BenchOptions): Promise<readonly PeerLine[]> {
  if (!existsSync(join(options.project, shared)))
    return [{ name: "C", status: "not found", note: `${shared} is not here` }];
  const folder = mkdtempSync(join(options.scratch, "simulation-"));
  try {
    options.say("the same in C and in NumPy");
    return [
      await besides("C", ours, () => runC(options, folder), "there is no gcc"),
      await besides("NumPy", ours, () => runNumpy(options), "there is no python3"),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const part = (name: string, every: number): Part => ({
  name,
  async run(options): Promise<Line> {
    const load = loadavg()[0]!;
    options.say(`${name}: ten years of teachers, the quickest of ${passes} passes`);
    const ours = await runOurs(options, every);
    const { seconds, cpuSeconds, peakMegabytes, ...figures } = ours;
    const teacherYearsPerSecond = Math.round(ours.teacherYears / (cpuSeconds ?? seconds));
    return {
      ...{ task: "simulation", case: name, runs: 1, load, seconds, cpuSeconds, peakMegabytes },
      figures: { ...figures, teacherYearsPerSecond } satisfies Figures,
      ...(options.peers && every === 1 ? { peers: await peersOf(ours, options) } : {}),
    };
  },
});

/** What a process on the country ends with. */
interface CountryAnswer extends Cost {
  /** At most of the whole process, less what it was with the country made: over all runs, whose garbage lies about, and of the first. */
  readonly besideMegabytes: number;
  readonly firstBesideMegabytes: number;
  readonly makingCpuSeconds: number;
  readonly firstCpuSeconds: number;
  readonly runs: number;
  readonly hash: string;
}

/** What the page's runs end with: seconds since the worker was started. */
interface PageAnswer extends Cost {
  readonly draws: number;
  readonly sampleSeconds: number;
  readonly firstFanSeconds: number;
  readonly firstFanCpuSeconds: number;
  readonly wholeSeconds: number;
  /** How often a fan was shown. */
  readonly fans: number;
  readonly hash: string;
}

/** A process of the product's own code, `src/simulation`: what it ends with is the line. */
const productPart = (name: string, what: string, program: string, args: readonly string[]): Part => ({
  name,
  async run(options): Promise<Line> {
    const load = loadavg()[0]!;
    options.say(`${name}: ${what}`);
    const ended = await runProcess(process.execPath, [join(options.code, `simulation/${program}.mjs`), ...args], {
      cwd: options.project,
      timeoutSeconds: options.timeoutSeconds,
    });
    const { seconds, cpuSeconds, peakMegabytes, ...figures } = answerOf<CountryAnswer | PageAnswer>(
      "the simulation",
      ended,
    );
    return {
      ...{ task: "simulation", case: name, runs: 1, load, seconds, cpuSeconds, peakMegabytes },
      figures: { ...figures } satisfies Figures,
    };
  },
});

/** A run of the country as the product runs it. */
const countryPart = (name: string, runs: number): Part =>
  productPart(name, `${runs} runs of ten years of England`, "run-country", [name, String(runs)]);

/** Ten years of teachers, person by person. */
export const simulation: Task = {
  name: "simulation",
  about: "ten years of teachers as columns: pay, loans, leaving, promotion and entry, drawn person by person",
  cases: [
    {
      name: "teach10",
      about: "500,000 teachers; the same counts as the C program, which is the floor (peers read ../shared)",
      parts: [part("teach10", 1)],
    },
    {
      name: "sample",
      about: "each tenth of them, with the same draws; and each tenth of England's teachers by the engine",
      parts: [part("sample", 10), countryPart("tenth", passes)],
    },
    {
      name: "whole",
      about: "England: every teacher, pupil and school's money; and every teacher alone",
      parts: [countryPart("whole", 3), countryPart("teachers", passes)],
    },
    {
      name: "draws",
      about: "what the page runs for a scenario with 200 draws of parameters, and when the first fan is shown",
      parts: [productPart("draws", "a scenario as the page runs it, with 200 draws", "run-page", ["200"])],
    },
  ],
};
