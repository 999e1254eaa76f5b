import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { Line } from "./line.js";
import { start } from "./start.js";
import type { BenchOptions } from "./task.js";

const project = mkdtempSync(join(tmpdir(), "bench-start-"));
afterAll(() => rmSync(project, { recursive: true, force: true }));

const options: BenchOptions = {
  project,
  code: project,
  kept: project,
  scratch: mkdtempSync(join(project, "scratch-")),
  peers: false,
  runs: 1,
  timeoutSeconds: 30,
  profile: false,
  blas: null,
  seeds: null,
  say() {},
};

/** A project whose `npm start` runs this program. */
function startsWith(program: string): void {
  writeFileSync(
    join(project, "package.json"),
    JSON.stringify({ name: "p", type: "module", scripts: { start: "node s.js" } }),
  );
  writeFileSync(join(project, "s.js"), program);
}

const run = (name: string) => start.cases.find((one) => one.name === name)!.parts[0]!.run(options) as Promise<Line>;

/** Serves after 0.4 s without a register and at once with one, tells its process id, and leaves a child behind. */
const server = `
import { spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
const register = process.env.GREENPAPER_HOME + "/register";
const known = existsSync(register);
writeFileSync(register, "");
const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
console.log("pids " + process.pid + " " + child.pid);
setTimeout(() => {
  console.log(known ? "opened the register" : "made the register");
  createServer((_, reply) => reply.end("page")).listen(process.env.PORT, "127.0.0.1");
}, known ? 0 : 400);
`;

/** Whether the process still runs; one that ended and was not yet fetched by its parent does not. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !/\) Z /.test(readFileSync(stat, "utf8"));
}

describe("npm start, timed", () => {
  beforeEach(() => startsWith(server));

  it("is timed until its page answers, with what it said, and nothing of it is left", async () => {
    const line = await run("first");
    expect(line.seconds).toBeGreaterThan(0.4);
    const said = (line.figures.stages as { said: string }[]).map((stage) => stage.said);
    expect(said).toContain("made the register");
    const pids = said
      .find((text) => text.startsWith("pids"))!
      .split(" ")
      .slice(1)
      .map(Number);
    expect(pids.map(isAlive)).toEqual([false, false]);
    expect(readdirSync(options.scratch)).toEqual([]);
  });

  it("is started a second time on the register that the first left", async () => {
    const line = await run("second");
    expect((line.figures.stages as { said: string }[]).map((stage) => stage.said)).toContain("opened the register");
  });
});

describe("npm start that does not come up", () => {
  it("is told with what it said last", async () => {
    startsWith('console.error("the register is broken"); process.exit(3);');
    await expect(run("first")).rejects.toThrow(/ended with code 3 before its page answered.*the register is broken/s);
  });

  it("is stopped at the time limit", async () => {
    startsWith("setInterval(() => {}, 1000);");
    const patient = start.cases[0]!.parts[0]!.run({ ...options, timeoutSeconds: 1 });
    await expect(patient).rejects.toThrow("npm start did not answer in 1 s");
  });
});
