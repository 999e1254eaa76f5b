import { type ChildProcessByStdio, spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Readable, Writable } from "node:stream";
import type { BenchOptions } from "../task.js";
import type { Listening } from "./serve.js";

/** A server in a process of its own. */
export interface Running extends Listening {
  readonly child: ChildProcessByStdio<Writable, Readable, null>;
}

/** Starts a server in a process of its own and waits until it listens. */
export async function start(
  kind: "product" | "searchable" | "bare" | "made",
  size: number,
  options: BenchOptions,
  settings: Readonly<Record<string, string>> = {},
): Promise<Running> {
  const program = join(options.code, "pages", "serve.mjs");
  const environment = { ...process.env, DATABASE_URL: "", ...settings };
  const child = spawn(process.execPath, [program, kind, String(size)], {
    cwd: options.project,
    env: environment,
    stdio: ["pipe", "pipe", "inherit"],
  });
  let text = "";
  for await (const chunk of child.stdout.setEncoding("utf8")) {
    text += chunk;
    if (text.includes("\n")) break;
  }
  if (text === "") throw new Error(`the ${kind} server ended before it listened`);
  return { child, ...(JSON.parse(text) as Listening) };
}

/** Ends a server. */
export const stop = ({ child }: Running) => child.stdin.end();

/** Ticks of /proc in a second, on every Linux that Node runs on. */
const ticks = 100;

/** User and system time of a living process, or null where the system doesn't tell. */
export function cpuSecondsOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) / ticks;
  } catch {
    return null;
  }
}
