import { setTimeout as wait } from "node:timers/promises";
import type { Random } from "../../src/kernel/index.js";
import type { DatabaseLocation } from "../../src/platform/database/index.js";
import { startProgram } from "../programs.js";

/** What a worker finds when it opens the register. */
export interface Found {
  readonly published: number;
  readonly events: number;
  readonly done: number;
  readonly state: string;
}

/** One life of a worker: what it found, and when it was killed. */
export interface Life {
  readonly found: Found;
  /** After so many lines of `begins` and `done` … */
  readonly line: number;
  /** … and so many milliseconds more. */
  readonly delay: number;
  /** Whether it was killed before it ended by itself. */
  readonly killed: boolean;
}

/**
 * Starts a worker, lets it begin a step, and kills it with SIGKILL at a random moment in that or a later one, or round a commit.
 * @param longest how many lines it says at most, two a step
 */
export async function oneLife(location: DatabaseLocation, random: Random, longest: number): Promise<Life> {
  const line = 1 + random.below(longest); // the odd ones are within a step, the even ones round its commit
  const delay = random.uniform() * (line % 2 === 0 ? 20 : 40);
  const worker = startProgram(process.execPath, ["test/crash/worker.mjs", JSON.stringify(location)]);
  let said = "";
  const reached = new Promise<void>((resolve) => {
    worker.child.stdout!.on("data", (text: string) => {
      said += text;
      if (/"succeeded"/.test(said) || (said.match(/^(begins|done)$/gm) ?? []).length >= line) resolve();
    });
  });
  await Promise.race([reached, worker.ended]);
  await wait(delay);
  const killed = worker.child.kill("SIGKILL");
  const { stderr } = await worker.ended;
  const first = /^\{.*\}$/m.exec(said);
  if (!first || stderr !== "") throw new Error(`the worker said ${said || "nothing"} and complained: ${stderr}`);
  return { found: JSON.parse(first[0]) as Found, line, delay, killed };
}
