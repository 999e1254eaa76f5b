import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** How a process that was waited for ended. */
export interface Ended {
  readonly code: number | null;
  readonly timedOut: boolean;
  /** From start to end, as a person waits for it. */
  readonly seconds: number;
  /** Standard output, and the last of what it said on standard error. */
  readonly output: string;
  readonly complaint: string;
  /** Highest memory up to the stop at the time limit; null when it ended by itself or the system doesn't tell. */
  readonly peakMegabytes: number | null;
}

/** Highest resident memory of a living process so far, in megabytes (2²⁰ bytes), or null where the system doesn't tell (outside Linux). */
export function highestMemory(pid: number): number | null {
  try {
    const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return found ? Number(found[1]) / 1024 : null;
  } catch {
    return null; // ended meanwhile, or no /proc
  }
}

const complaintLength = 2_000;

/** Where and how long a program runs, and what it is told beside its arguments. */
interface Surroundings {
  readonly cwd: string;
  readonly timeoutSeconds: number;
  readonly environment?: Readonly<Record<string, string>>;
}

/**
 * Runs a program to its end or to the time limit, whichever comes first.
 * @throws {Error} with code ENOENT when there is no such program.
 */
export function runProcess(
  command: string,
  args: readonly string[],
  { cwd, timeoutSeconds, environment = {} }: Surroundings,
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const started = performance.now();
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...environment },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let [output, complaint, timedOut] = ["", "", false];
    let peakMegabytes: number | null = null;
    const kill = () => child.kill("SIGKILL");
    process.once("exit", kill); // when this process is stopped, what it started doesn't go on alone
    const limit = setTimeout(() => {
      timedOut = true;
      peakMegabytes = child.pid === undefined ? null : highestMemory(child.pid);
      kill();
    }, timeoutSeconds * 1000);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-complaintLength);
    });
    child.on("error", (error) => {
      clearTimeout(limit);
      process.off("exit", kill);
      reject(error);
    });
    child.on("close", (code) => {
      clearTimeout(limit);
      process.off("exit", kill);
      const seconds = (performance.now() - started) / 1000;
      resolve({ code, timedOut, seconds, output, complaint: complaint.trim(), peakMegabytes });
    });
  });
}

/** The line of JSON a program ended with. @throws {Error} saying how it ended when it didn't end well. */
export function answerOf<T>(program: string, ended: Ended): T {
  if (ended.timedOut) throw new Error(`${program} did not finish in ${ended.seconds.toFixed(0)} s`);
  if (ended.code !== 0)
    throw new Error(`${program} ended with code ${ended.code}${ended.complaint ? `: ${ended.complaint}` : ""}`);
  const line = ended.output.trimEnd().split("\n").at(-1) ?? "";
  try {
    return JSON.parse(line) as T;
  } catch {
    throw new Error(`${program} did not end with a line of JSON but with "${line.slice(0, 200)}"`);
  }
}
