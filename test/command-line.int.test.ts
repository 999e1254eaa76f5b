import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, watch, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededRandom } from "../src/kernel/index.js";
import {
  build,
  clearAway,
  greenpaper,
  project,
  startOnTerminal,
  startProgram,
  temporaryFolder,
  withoutTerminal,
} from "./programs.js";

beforeAll(build);
afterAll(clearAway);

const plain = "test/ok/plain.yaml";

/** What a folder holds, hidden files too; nothing where it isn't there. */
const contents = (folder: string) => (existsSync(folder) ? readdirSync(folder).sort() : []);

/** A review of made-up pupils, 60 a school, whose date is fixed so that it is the same on every day. */
function madeUpReview(pupils: number): string {
  const folder = temporaryFolder();
  const random = seededRandom(5);
  const schools = Array.from({ length: Math.ceil(pupils / 60) }, () => random.normal());
  const rows = Array.from({ length: pupils }, (_, pupil) => {
    const [prior, school] = [random.normal(), random.below(schools.length)];
    return `${pupil},${100_000 + school},${(prior + schools[school]! / 3 + random.normal()).toFixed(4)},${prior.toFixed(4)}`;
  });
  writeFileSync(join(folder, "pupils.csv"), `pupil,school,score,prior\n${rows.join("\n")}\n`);
  const review = `title: Made-up scores\ndate: 2026-08-31\npupils: { files: pupils.csv, pupil: pupil, school: school }
outcome: { column: score, keyStage: 4, aspect: all subjects }\nprior: [{ column: prior, degree: 3 }]\n`;
  writeFileSync(join(folder, "review.yaml"), review);
  return join(folder, "review.yaml");
}

describe("greenpaper, asked for help", () => {
  it("lists its commands and ends well", async () => {
    const { code, stdout, stderr } = await greenpaper(["--help"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const words of ["Usage: greenpaper", "review [options]", "Quality", "--version"])
      expect(stdout).toContain(words);
  });

  it("teaches a command with examples", async () => {
    const { code, stdout } = await greenpaper(["review", "--help"]);
    expect(code).toBe(0);
    for (const words of ["Examples:", "reviews/exam.yaml --out", "--explain", "--json", "schools.csv"])
      expect(stdout).toContain(words);
  });

  it("shows the same help, as an error, to whoever names no command", async () => {
    const { code, stdout, stderr } = await greenpaper([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain("review [options]");
  });

  it("tells its version", async () => {
    const { version } = JSON.parse(readFileSync(join(project, "package.json"), "utf8")) as { version: string };
    expect(await greenpaper(["--version"])).toMatchObject({ code: 0, stdout: `${version}\n` });
  });

  it("explains every key of a review file", async () => {
    const { code, stdout } = await greenpaper(["review", "--explain"]);
    expect(code).toBe(0);
    const schema = JSON.parse(readFileSync(join(project, "schemas/review.schema.json"), "utf8")) as {
      properties: Record<string, unknown>;
    };
    expect(Object.keys(schema.properties).length).toBeGreaterThan(10);
    for (const key of Object.keys(schema.properties)) expect(stdout).toMatch(new RegExp(`\\b${key}\\b`));
  });

  it("does not mind a reader who has seen enough", async () => {
    const { code, stdout, stderr } = await startProgram("/bin/sh", [
      "-c",
      `"$0" dist/main/cli.js review --explain | head -n 1`,
      process.execPath,
    ]).ended;
    expect({ code, stderr, lines: stdout.split("\n").length }).toEqual({ code: 0, stderr: "", lines: 2 });
  });
});

describe("greenpaper, asked for what it doesn't have", () => {
  it.each([
    [["reveiw"], "(Did you mean review?)"],
    [["review", "--explian"], "(Did you mean --explain?)"],
    [["review", plain, "--ot", "x"], "(Did you mean --out?)"],
    [["review"], "--explain"],
    [["review", plain], "--out FOLDER"],
    [["review", plain, "--out"], "argument missing"],
    [["simulate", "--seed", "x"], "A whole number"],
    [["reference-assessments", "plan", "--icc", "many"], "'many' is invalid"],
  ])("answers %j with what was meant", async (args, words) => {
    const { code, stdout, stderr } = await greenpaper(args);
    expect(code).toBe(2);
    expect(stdout).toBe("");
    expect(stderr).toMatch(/^error: /);
    expect(stderr).toContain(words);
  });
});

/** One defect a file: where it is, and the remedy. The reader's own tests go through all of them. */
const defects = [
  ["typo-in-key", "test/not-ok/typo-in-key.yaml, line 5, column 1", "Did you mean `outcome`?"],
  ["cut-in-half", "test/not-ok/cut-in-half.csv, line 25", "it was cut off"],
  ["pupil-twice", 'test/not-ok/pupil-twice.csv, line 41, column "pupil"', "Keep one of the lines"],
  ["shares-above-one", "test/not-ok/shares-above-one.csv, line 14", "Correct the shares"],
  ["text-in-number", 'test/not-ok/text-in-number.csv, line 17, column "score"', "Correct the value"],
  ["outcome-constant", "outcome-constant.csv", "Name the column that holds the pupils' results"],
  ["covariate-equal", "covariate-equal.csv", "Remove one of them"],
  ["wrong-separator", "test/not-ok/wrong-separator.csv, line 1", "separator"],
  ["file-missing", "test/not-ok/nowhere.csv", "Correct the path"],
] as const;

describe("greenpaper review of bad input", () => {
  it.each(defects)("%s: says where and what to do, and writes nothing", async (name, place, remedy) => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await greenpaper(["review", `test/not-ok/${name}.yaml`, "--out", folder]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    const [first] = stderr.split("\n");
    expect(first).toContain(place);
    expect(first).toContain(remedy);
    expect(stderr).not.toMatch(/^\s+at .*:\d+:\d+/m); // no stack
    expect(contents(folder)).toEqual([]);
  });

  it("names a review file that isn't there", async () => {
    const { code, stderr } = await greenpaper(["review", "nowhere.yaml", "--out", temporaryFolder()]);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^nowhere\.yaml: there is no such file\. .*reviews\//);
  });

  it("does not write where a file stands instead of a folder", async () => {
    const file = join(temporaryFolder(), "results");
    writeFileSync(file, "mine");
    const { code, stderr } = await greenpaper(["review", plain, "--out", file]);
    expect(code).toBe(1);
    expect(stderr).toContain(`${file}: there is a file where the folder should be. `);
    expect(stderr.trimEnd().split("\n")).toHaveLength(1);
    expect(readFileSync(file, "utf8")).toBe("mine");
  });

  it("prints the problems as JSON where it was asked to", async () => {
    const refused = ["review", "test/not-ok/typo-in-key.yaml", "--out", temporaryFolder(), "--json"];
    const { code, stdout } = await greenpaper(refused);
    expect(code).toBe(1);
    const { problems } = JSON.parse(stdout) as { problems: Record<string, string>[] };
    expect(problems).toMatchObject([
      { code: "key-unknown", place: "test/not-ok/typo-in-key.yaml, line 5, column 1", remedy: expect.any(String) },
    ]);
  });

  // Root may write everywhere, so it lends the child an ordinary user where that one can read the project.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : undefined;
  const look = ["-e", `require("node:fs").readdirSync(${JSON.stringify(join(project, "node_modules"))})`];
  const mayRead = user === undefined || spawnSync(process.execPath, look, { ...user }).status === 0;
  const reason = mayRead ? "" : " (skipped: root's ordinary user can't read the project)";
  it.skipIf(!mayRead)(`says that it may not write in the folder${reason}`, async () => {
    const folder = temporaryFolder();
    chmodSync(folder, 0o555);
    const { code, stdout, stderr } = await greenpaper(["review", plain, "--out", folder], user ? { user } : {});
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
    expect(stderr).toContain(`${folder}: files can't be written here (EACCES). `);
    expect(contents(folder)).toEqual([]);
  });
});

describe("greenpaper review in a pipe", () => {
  it("prints the totals and nothing of its progress", async () => {
    const folder = join(temporaryFolder(), "new", "folder");
    const { code, stdout, stderr } = await greenpaper(["review", plain, "--out", folder]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("48 pupils");
    expect(stdout).toBe(stripVTControlCharacters(stdout));
    for (const file of contents(folder)) expect(stdout).toContain(file);
    for (const file of ["model.json", "schools.csv", "report.html", "record.json"])
      expect(contents(folder)).toContain(file);
  });

  it("prints one line of JSON where it was asked to", async () => {
    const { code, stdout, stderr } = await greenpaper(["review", plain, "--out", temporaryFolder(), "--json"]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ n: 48, schools: 6, converged: true });
    expect(stdout.trimEnd()).not.toContain("\n");
  });

  it("writes the same bytes again", async () => {
    const [review, folder] = [madeUpReview(3_000), temporaryFolder()];
    const bytes = () =>
      Object.fromEntries(contents(folder).map((name) => [name, readFileSync(join(folder, name), "latin1")]));
    expect((await greenpaper(["review", review, "--out", folder])).code).toBe(0);
    const first = bytes();
    expect(Object.keys(first).length).toBeGreaterThanOrEqual(4);
    expect((await greenpaper(["review", review, "--out", folder])).code).toBe(0);
    const second = bytes();
    expect(Object.keys(second)).toEqual(Object.keys(first));
    for (const name of Object.keys(first)) expect(second[name] === first[name], name).toBe(true);
  });
});

describe("greenpaper review, stopped in the middle", () => {
  let review: string;
  beforeAll(() => {
    review = madeUpReview(250_000);
  });

  it.each([
    ["SIGINT", 130, 0],
    ["SIGINT", 130, 600],
    ["SIGTERM", 143, 300],
  ] as const)("by %s ends with %i and leaves nothing behind (%i ms on)", async (signal, expected, milliseconds) => {
    const folder = join(temporaryFolder(), "results");
    const { child, ended } = startProgram(process.execPath, ["dist/main/cli.js", "review", review, "--out", folder]);
    while (!existsSync(folder) && child.exitCode === null) await wait(10); // the thread makes it before it reads
    await wait(milliseconds);
    child.kill(signal);
    const { code, stdout, stderr } = await ended;
    expect({ code, stdout }).toEqual({ code: expected, stdout: "" });
    expect(stderr).toContain("Stopped. Nothing was written");
    expect(contents(folder)).toEqual([]);
  });

  it("while its files are being written leaves all of them or nothing", async () => {
    const folder = join(temporaryFolder(), "results");
    const { child, ended } = startProgram(process.execPath, ["dist/main/cli.js", "review", review, "--out", folder]);
    while (!contents(folder).some((name) => name.includes("model.json")) && child.exitCode === null) await wait(1);
    child.kill("SIGINT");
    const { code } = await ended;
    // A signal that comes when all is written finds the program ending: then everything is there.
    if (code === 0) expect(contents(folder)).toContain("record.json");
    else expect(contents(folder)).toEqual([]);
    expect([0, 130]).toContain(code);
  });

  it("keeps the results of the last time", async () => {
    const folder = temporaryFolder();
    const old = ["model.json", "record.json", "report.html", "schools.csv"];
    for (const name of old) writeFileSync(join(folder, name), "old");
    mkdirSync(join(folder, ".mine"));
    const tried = new Promise((resolve) => watch(folder).once("change", resolve)); // the review tries first whether it can write there
    const { child, ended } = startProgram(process.execPath, ["dist/main/cli.js", "review", review, "--out", folder]);
    await Promise.race([tried, ended]);
    child.kill("SIGINT");
    expect((await ended).code).toBe(130);
    expect(contents(folder)).toEqual([".mine", ...old]);
    for (const name of old) expect(readFileSync(join(folder, name), "utf8")).toBe("old");
  });
});

describe.skipIf(withoutTerminal !== "")(`greenpaper review on a terminal${withoutTerminal}`, () => {
  const onTerminal = (review: string, folder: string) =>
    startOnTerminal(["dist/main/cli.js", "review", review, "--out", folder]);
  /** How a program begins to hide the cursor or to cut long lines: what a killed one would leave behind. */
  const modeChange = "\u001b[?";

  it("shows each stage and leaves the terminal as it is", async () => {
    const { code, stdout } = await onTerminal(madeUpReview(30_000), temporaryFolder()).ended;
    expect(code).toBe(0);
    expect(stripVTControlCharacters(stdout).match(/✓ .+ \(\d+\.\d s\)/g)!.length).toBeGreaterThanOrEqual(3);
    expect(stdout).not.toContain(modeChange);
  });

  it("stops on Ctrl-C, takes its bar away and calls no stage done that isn't", async () => {
    const folder = temporaryFolder();
    const { child, ended, said } = onTerminal(madeUpReview(250_000), folder);
    await said(/[█░]{24} /); // the first stage's bar
    child.stdin!.write("\u0003");
    const { code, stdout } = await ended;
    expect(code).toBe(130);
    expect(stdout).toContain("Stopped. Nothing was written");
    const stages = new Set([...stdout.matchAll(/[█░]{24} (.+?) [\d…]/g)].map(([, stage]) => stage));
    expect([...stdout.matchAll(/✓ (.+) \(/g)].length).toBe(stages.size - 1);
    expect(stdout).not.toContain(modeChange);
    expect(contents(folder)).toEqual([]);
  });
});
