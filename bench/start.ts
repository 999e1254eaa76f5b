import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { loadavg } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { type Cost, type Figures, type Line, medianCost } from "./line.js";
import { highestMemory } from "./run-process.js";
import type { BenchOptions, Task } from "./task.js";

/** A port nobody listens on at the moment. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("the system named no free port");
  return address.port;
}

interface Member {
  readonly pid: number;
  /** User and system time of the process and of its ended children. */
  readonly cpuSeconds: number;
}

/** Ticks of /proc in a second, on every Linux that Node runs on. */
const ticks = 100;

/** The living processes of a process group; none where the system doesn't tell (outside Linux). */
function membersOf(group: number): Member[] {
  const read = (pid: string): Member[] => {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" "); // from the state on: the name may hold blanks
      if (Number(fields[2]) !== group || fields[0] === "Z") return []; // Z: ended, and not yet fetched by its parent
      return [{ pid: Number(pid), cpuSeconds: fields.slice(11, 15).reduce((sum, x) => sum + Number(x), 0) / ticks }];
    } catch {
      return []; // ended meanwhile
    }
  };
  try {
    return readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .flatMap(read);
  } catch {
    return [];
  }
}

/** The cost so far of a process group: time of all, memory of its biggest process. */
function costOf(group: number, seconds: number): Cost {
  const members = membersOf(group);
  const peaks = members.map(({ pid }) => highestMemory(pid)).filter((peak) => peak !== null);
  return {
    seconds,
    cpuSeconds: members.length > 0 ? members.reduce((sum, member) => sum + member.cpuSeconds, 0) : null,
    peakMegabytes: peaks.length > 0 ? Math.max(...peaks) : null,
  };
}

async function answers(port: number): Promise<boolean> {
  try {
    const response = await fetch(`http://127.0.0.1:${port}/`, { signal: AbortSignal.timeout(2_000) });
    await response.text();
    return response.ok;
  } catch {
    return false; // not listening yet, or busy
  }
}

const signal = (group: number, name: NodeJS.Signals) => {
  try {
    process.kill(-group, name);
  } catch {
    // all ended already
  }
};

/** Asks the group to stop as Ctrl-C does, and after ten seconds makes it. */
async function stop(child: ChildProcess, group: number): Promise<void> {
  signal(group, "SIGINT");
  const running = () => (child.exitCode === null && child.signalCode === null) || membersOf(group).length > 0;
  for (let tenths = 0; tenths < 100 && running(); tenths++) await wait(100);
  signal(group, "SIGKILL");
}

/** The lines a program writes, each with the second it came in. */
function timedLines(child: ChildProcess, started: number): Figures[] {
  const lines: Figures[] = [];
  const listen = (text: string) => {
    const parts = stripVTControlCharacters(text).split("\n");
    for (const line of parts.map((part) => part.trim()).filter(Boolean))
      lines.push({ seconds: (performance.now() - started) / 1000, said: line });
  };
  child.stdout?.setEncoding("utf8").on("data", listen);
  child.stderr?.setEncoding("utf8").on("data", listen);
  return lines;
}

interface Started {
  readonly cost: Cost;
  readonly stages: readonly Figures[];
}

/**
 * One `npm start` until its page answers, and until it said all of `words`; the whole process group is stopped afterwards.
 * @returns the cost until the page answered
 */
export async function startOnce(home: string, options: BenchOptions, words: readonly string[] = []): Promise<Started> {
  const port = await freePort();
  const started = performance.now();
  const environment: NodeJS.ProcessEnv = { ...process.env, GREENPAPER_HOME: home, PORT: String(port) };
  delete environment.DATABASE_URL; // the embedded register, whatever this shell is set to
  const child = spawn("npm", ["start"], {
    cwd: options.project,
    env: environment,
    detached: true, // its own process group
    stdio: ["ignore", "pipe", "pipe"],
  });
  await once(child, "spawn");
  const group = child.pid!;
  const stages = timedLines(child, started);
  const interrupted = () => signal(group, "SIGKILL");
  process.once("exit", interrupted);
  const told = (reason: string) =>
    new Error(
      `${reason}; it said: ${
        stages
          .map((line) => line.said)
          .slice(-5)
          .join(" / ") || "nothing"
      }`,
    );
  try {
    while (!(await answers(port))) {
      if (child.exitCode !== null) throw told(`npm start ended with code ${child.exitCode} before its page answered`);
      if (performance.now() - started > options.timeoutSeconds * 1000)
        throw told(`npm start did not answer in ${options.timeoutSeconds} s`);
      await wait(100);
    }
    const cost = costOf(group, (performance.now() - started) / 1000);
    const unsaid = () => words.filter((part) => !stages.some(({ said }) => String(said).includes(part)));
    while (unsaid().length > 0) {
      if (child.exitCode !== null) throw told(`npm start ended with code ${child.exitCode}`);
      if (performance.now() - started > options.timeoutSeconds * 1000)
        throw told(`npm start did not say "${unsaid()[0]}" in ${options.timeoutSeconds} s`);
      await wait(1000);
    }
    return { cost, stages };
  } finally {
    await stop(child, group);
    process.off("exit", interrupted);
  }
}

async function runStart(name: "first" | "second", options: BenchOptions): Promise<Line> {
  const load = loadavg()[0]!;
  const runs: Started[] = [];
  for (let run = 1; run <= options.runs; run++) {
    const home = mkdtempSync(join(options.scratch, "home-"));
    try {
      options.say(`npm start, first time, run ${run} of ${options.runs}`);
      const first = await startOnce(home, options);
      if (name === "second") options.say("npm start, second time");
      runs.push(name === "first" ? first : await startOnce(home, options));
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  }
  return {
    task: "start",
    case: name,
    runs: options.runs,
    load,
    ...medianCost(runs.map((run) => run.cost)),
    figures: { stages: runs.at(-1)!.stages },
  };
}

/** What a newcomer waits for: `npm start` with the packages there, until the page answers. */
export const start: Task = {
  name: "start",
  about: "npm start, packages there, until the page answers; memory is that of its biggest process",
  cases: [
    {
      name: "first",
      about: "without a register: makes the synthetic England, reviews it, serves it",
      parts: [{ name: "first", run: (options) => runStart("first", options) }],
    },
    {
      name: "second",
      about: "with the register that the first start left",
      parts: [{ name: "second", run: (options) => runStart("second", options) }],
    },
  ],
};
