import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { afterEach, describe, expect, inject, it } from "vitest";
import { type Database, openDatabase } from "./open.js";

const project = fileURLToPath(new URL("../../../", import.meta.url));
const opener = new URL("./open.ts", import.meta.url).href;

describe("the embedded database", () => {
  const folders: string[] = [];
  const opened: Database[] = [];
  const children: ChildProcess[] = [];

  function newFolder(): string {
    const folder = mkdtempSync(join(tmpdir(), "greenpaper-register-"));
    folders.push(folder);
    return folder;
  }

  async function open(folder: string): Promise<Database> {
    const database = await openDatabase({ kind: "pglite", folder, image: inject("pgliteImage") });
    opened.push(database);
    return database;
  }

  /** Another process that opens the folder, runs the lines with `database` and says what it prints, line by line. */
  function otherProcess(
    folder: string,
    lines: string,
  ): { child: ChildProcess; output: () => string; ended: Promise<void> } {
    const code = `
      import { openDatabase } from ${JSON.stringify(opener)};
      import { sql } from "drizzle-orm";
      try {
        const database = await openDatabase({ kind: "pglite", folder: ${JSON.stringify(folder)} });
        ${lines}
      } catch (error) {
        console.log(error.code + ": " + error.message);
      }`;
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
      cwd: project,
      stdio: ["pipe", "pipe", "inherit"],
    });
    children.push(child);
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    return { child, output: () => text, ended: new Promise((resolve) => child.once("close", () => resolve())) };
  }

  async function until(condition: () => boolean): Promise<void> {
    while (!condition()) await new Promise((resolve) => setTimeout(resolve, 20));
  }

  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    for (const database of opened.splice(0)) await database.close();
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  it("makes its folder at the first start and keeps what was saved for the next", async () => {
    const folder = join(newFolder(), "not", "there", "yet");
    const first = await open(folder);
    await first.queries.execute(sql`create table kept as select 42 as n`);
    await first.close();
    expect(readdirSync(folder)).toEqual(["data"]);
    const second = await open(folder);
    expect(await second.queries.execute(sql`select n from kept`)).toEqual([{ n: 42 }]);
  });

  it("refuses a second process and says which process has it and what to do", async () => {
    const folder = newFolder();
    const database = await open(folder);
    const other = otherProcess(folder, `console.log("opened");`);
    await other.ended;
    expect(other.output()).toContain(
      `database-folder-in-use: the embedded database in ${folder} is in use by process ${process.pid}`,
    );
    expect(other.output()).toContain(
      "Stop that process, or use another folder with GREENPAPER_HOME, or use PostgreSQL with DATABASE_URL",
    );
    expect(await database.queries.execute(sql`select 1 as n`)).toEqual([{ n: 1 }]);
  });

  it("refuses a second opening in the same process", async () => {
    const folder = newFolder();
    await open(folder);
    await expect(open(folder)).rejects.toMatchObject({
      code: "database-folder-in-use",
      message: expect.stringContaining("by this same process"),
    });
  });

  it("takes over from a process that was killed, and has all that it acknowledged", async () => {
    const folder = newFolder();
    const other = otherProcess(
      folder,
      `await database.queries.execute(sql\`create table kept (n integer)\`);
       for (let n = 0; ; n++) {
         await database.queries.transaction((inner) => inner.execute(sql\`insert into kept values (\${n})\`));
         console.log("saved " + n);
       }`,
    );
    await until(() => other.output().includes("saved 20"));
    other.child.kill("SIGKILL");
    await other.ended;
    expect(existsSync(join(folder, "lock"))).toBe(true);
    const acknowledged = Number(other.output().trim().split(/\D+/).at(-1));
    const database = await open(folder);
    const [row] = await database.queries.execute<{ rows: number; top: number }>(
      sql`select count(*) as rows, max(n) as top from kept`,
    );
    expect(row?.top).toBeGreaterThanOrEqual(acknowledged);
    expect(row?.rows).toBe(row!.top + 1);
  });

  it.each([
    ["a process that is no more", { pid: 2 ** 22 + 1, host: hostname(), began: null, command: "x", since: "x" }],
    [
      "a dead process whose number another has now",
      { pid: process.pid, host: hostname(), began: "1", command: "x", since: "x" },
    ],
    ["nobody, in a file that makes no sense", "half a lo"],
  ])("takes over the lock of %s", async (_, owner) => {
    const folder = newFolder();
    writeFileSync(join(folder, "lock"), typeof owner === "string" ? owner : JSON.stringify(owner));
    const database = await open(folder);
    expect(await database.queries.execute(sql`select 1 as n`)).toEqual([{ n: 1 }]);
  });

  it("never takes the lock of another machine's process, which can't be seen from here", async () => {
    const folder = newFolder();
    writeFileSync(
      join(folder, "lock"),
      JSON.stringify({ pid: 1, host: "elsewhere.example", began: null, command: "x", since: "x" }),
    );
    await expect(open(folder)).rejects.toMatchObject({
      message: expect.stringContaining("by process 1 on elsewhere.example"),
    });
    expect(existsSync(join(folder, "lock"))).toBe(true);
  });

  it("starts afresh after a first start that was interrupted", async () => {
    const folder = newFolder();
    mkdirSync(join(folder, "data.unfinished"));
    writeFileSync(join(folder, "data.unfinished", "PG_VERSION"), "18");
    const database = await open(folder);
    expect(await database.queries.execute(sql`select 1 as n`)).toEqual([{ n: 1 }]);
    expect(existsSync(join(folder, "data.unfinished"))).toBe(false);
  });

  it("says which folder can't be written", async () => {
    const file = join(newFolder(), "a-file");
    writeFileSync(file, "");
    await expect(open(join(file, "register"))).rejects.toMatchObject({
      code: "database-folder-unusable",
      message: expect.stringContaining(`can't write in ${join(file, "register")}`),
    });
  });

  it("lets a process end by itself though it forgot to close", async () => {
    const other = otherProcess(
      newFolder(),
      `console.log(JSON.stringify(await database.queries.execute(sql\`select 1 as n\`)));`,
    );
    await other.ended;
    expect(other.output()).toBe('[{"n":1}]\n');
  });

  it("does not stop the thread that asks while a long statement runs", async () => {
    const database = await open(newFolder());
    let ticks = 0;
    const ticking = setInterval(() => ticks++, 10);
    await database.queries.execute(sql`select sum(sqrt(n)) from generate_series(1, 3000000) as t(n)`);
    clearInterval(ticking);
    expect(ticks).toBeGreaterThan(5);
  });
});
