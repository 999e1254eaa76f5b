import { appendFileSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build, clearAway, greenpaper, startProgram, temporaryFolder } from "./programs.js";

// One region, one cohort, both phases as files; every review is measured once and then comes from its checkpoint.
const folder = temporaryFolder();
const reviews = ["primary", "secondary"].map((phase) => join(folder, `review-${phase}.yaml`));
const home = temporaryFolder();
const checkpoints = () => readdirSync(join(home, "checkpoints"));

function importRegister(into: string, ...options: string[]) {
  const files = ["schools", "groups", "group-links"].flatMap((kind) => [
    `--${kind}`,
    join(folder, `register-${kind}.csv`),
  ]);
  return greenpaper(["import-register", ...files, ...options], { env: { GREENPAPER_HOME: into } });
}

const publish = (into: string, files: readonly string[] = reviews) =>
  greenpaper(["publish", ...files, "--json"], { env: { GREENPAPER_HOME: into } });

beforeAll(async () => {
  build();
  const made = await greenpaper(["england", "--out", folder, "--regions", "North East", "--cohorts", "1"]);
  expect(made.code, made.stderr).toBe(0);
}, 60_000);
afterAll(clearAway);

describe("greenpaper publish", () => {
  it("says how to import the schools where the register doesn't know them, and keeps what it measured", async () => {
    const { code, stderr } = await publish(home);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /review-primary\.yaml: \d+ schools are not in the register: 900\d{3}, .*import-register --schools/,
    );
    expect(checkpoints()).toHaveLength(2);
  }, 120_000);

  it("goes on behind the reviews that were finished and publishes both phases as one", async () => {
    expect((await importRegister(home, "--synthetic")).code).toBe(0);
    const { code, stdout, stderr } = await publish(home);
    expect(code, stderr).toBe(0);
    const report = JSON.parse(stdout);
    expect(report).toMatchObject({ review: 1, synthetic: true, phases: ["primary", "secondary"] });
    expect(report.fromCheckpoint).toEqual(["review-primary.yaml", "review-secondary.yaml"]);
    expect(report.schools).toBeGreaterThan(900);
    expect(checkpoints()).toEqual([]);
  }, 120_000);

  it("computes what a head's correction would change from the files where they are, and from no others", async () => {
    const run = async (...words: string[]) => {
      const { code, stdout, stderr } = await greenpaper(words, { env: { GREENPAPER_HOME: home } });
      expect(code, `${words.join(" ")}: ${stderr}`).toBe(0);
      return stdout;
    };
    const draft = (pupil: string) =>
      run(
        ...["school-answer", "draft", "900000", pupil, "left-england"],
        ...["--fact", "leftOn=2025-03-27", "--fact", "country=Spain"],
      );
    const listed = async () => JSON.parse(await run("school-answer", "list", "900000", "--json")).corrections;
    await run("cases", "open", "2026/27");
    await run("cases", "send", "900000", "--by", "2999-12-31");
    await draft("1000000001");
    await run("jobs", "run");
    const [{ effect }] = await listed();
    const { valueAdded } = JSON.parse(await run("cases", "show", "900000", "--json")).evidence.measure;
    expect(effect.before.valueAdded).toBeCloseTo(valueAdded, 9);
    expect(effect.after.pupils).toBe(effect.before.pupils - 1);
    expect(effect.after.valueAdded).not.toBeCloseTo(valueAdded, 3);
    const spells = join(folder, "spells-primary.csv");
    const before = readFileSync(spells);
    appendFileSync(spells, "\n");
    await draft("1000000002");
    await run("jobs", "run");
    writeFileSync(spells, before);
    const [, second] = await listed();
    expect(second.effect.problems).toMatchObject([{ code: "pupil-files-changed", place: "spells-primary.csv" }]);
  }, 240_000);

  it("serves what was published, made-up schools marked as such", async () => {
    const served = startProgram(process.execPath, ["dist/main/cli.js", "serve", "--port", "0"], {
      env: { GREENPAPER_HOME: home },
    });
    const [, place] = (await served.said(/Greenpaper is at (http:\S+:\d+)\//))!;
    const page = await (await fetch(`${place}/`)).text();
    expect(page).toContain("Annual review of the Quality Mark");
    expect(page).toContain("a synthetic England");
    served.child.kill("SIGINT");
    await served.ended;
  }, 60_000);

  it("publishes a real register's review without the mark of made-up schools", async () => {
    const real = temporaryFolder();
    expect((await importRegister(real)).code).toBe(0);
    const { code, stdout, stderr } = await publish(real, [reviews[1]!]);
    expect(code, stderr).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ synthetic: false, phases: ["secondary"], fromCheckpoint: [] });
  }, 120_000);

  it("stopped by Ctrl-C publishes nothing and can be run again", async () => {
    const stopped = startProgram(process.execPath, ["dist/main/cli.js", "publish", ...reviews], {
      env: { GREENPAPER_HOME: home },
    });
    await wait(2_500);
    stopped.child.kill("SIGINT");
    const { code, stderr } = await stopped.ended;
    expect(code).toBe(130);
    expect(stderr).toContain("Stopped. Nothing was published");
    expect(checkpoints().filter((name) => name.endsWith(".new"))).toEqual([]);
    const again = JSON.parse((await publish(home)).stdout);
    expect(again.review).toBe(2); // the stopped run took no number
  }, 120_000);
});
