import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";

/** The project's folder, where every program here is started. */
export const project = fileURLToPath(new URL("../", import.meta.url));

/** Builds `dist` where the sources changed; two files' tests may ask at once. */
export function build(): void {
  const { status, stderr } = spawnSync(process.execPath, ["scripts/setup.mjs", "--build"], {
    cwd: project,
    encoding: "utf8",
  });
  if (status !== 0) throw new Error(`the build failed: ${stderr}`);
}

/** How a program ended. */
export interface Ended {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly seconds: number;
}

/** A program under way. */
export interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  /** Waits until it has said this, on either output. @throws {Error} when it ends before, or a minute and a half passes */
  said(words: RegExp): Promise<RegExpExecArray>;
}

export interface Surroundings {
  readonly env?: Readonly<Record<string, string>>;
  readonly user?: { readonly uid: number; readonly gid: number };
}

const running = new Set<ChildProcess>();
const folders: string[] = [];

/** A new folder that {@link clearAway} removes. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "greenpaper-test-"));
  folders.push(folder);
  return folder;
}

/** Stops what still runs and removes every temporary folder: call it after all tests of a file. */
export async function clearAway(): Promise<void> {
  for (const child of running) child.kill("SIGKILL");
  while (running.size > 0) await wait(20);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}

/** Starts a program in the project's folder, its output in pipes, without this shell's own register, port or address. */
export function startProgram(command: string, args: readonly string[], { env = {}, user }: Surroundings = {}): Running {
  const from = performance.now();
  const environment: NodeJS.ProcessEnv = { ...process.env };
  for (const name of ["DATABASE_URL", "GREENPAPER_HOME", "PORT", "HOST"]) delete environment[name];
  const child = spawn(command, args, {
    cwd: project,
    env: { ...environment, ...env },
    stdio: ["pipe", "pipe", "pipe"],
    ...user,
  });
  running.add(child);
  let [stdout, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (code) => {
      running.delete(child);
      resolve({ code, stdout, stderr, seconds: (performance.now() - from) / 1000 });
    });
  });
  return {
    child,
    ended,
    async said(words) {
      for (;;) {
        const found = words.exec(stderr) ?? words.exec(stdout);
        if (found) return found;
        if (!running.has(child))
          throw new Error(`it ended with ${child.exitCode} and did not say ${words}: ${stderr || stdout}`);
        if (performance.now() - from > 90_000) throw new Error(`it did not say ${words} in time: ${stderr || stdout}`);
        await wait(50);
      }
    },
  };
}

const script = "/usr/bin/script";
const scriptVersion = spawnSync(script, ["--version"], { encoding: "utf8" }).stdout ?? "";

/** Why {@link startOnTerminal} can't be had here, for the name of what is skipped; empty where it can. */
export const withoutTerminal = scriptVersion.includes("util-linux")
  ? ""
  : " (skipped: util-linux's `script`, which lends a terminal, is not here)";

/** Starts a Node program on a terminal of its own: both outputs come as `stdout`, and "\u0003" on its input is Ctrl-C. */
export function startOnTerminal(args: readonly string[], surroundings?: Surroundings): Running {
  const command = [process.execPath, ...args].map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  return startProgram(script, ["-qec", command, "/dev/null"], surroundings);
}

/** Runs the command line to its end. */
export function greenpaper(args: readonly string[], surroundings?: Surroundings): Promise<Ended> {
  return startProgram(process.execPath, ["dist/main/cli.js", ...args], surroundings).ended;
}

/** Listens on a port of the system's choosing, so that nobody else can. */
export async function occupyPort(): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the system named no port");
  return { port: address.port, server };
}

/** Rows of a CSV text by RFC 4180, each under the names of the header. */
export function csvRows(text: string): Record<string, string>[] {
  const lines = text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .map((line) =>
      [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(
        ([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? "",
      ),
    );
  const header = lines[0]!;
  return lines.slice(1).map((fields, row) => {
    if (fields.length !== header.length) throw new Error(`row ${row + 1} has ${fields.length} fields`);
    return Object.fromEntries(header.map((name, column) => [name, fields[column]!]));
  });
}
