import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { correctionReasons } from "../src/accountability/value-added/index.js";
import { build, clearAway, csvRows, greenpaper, project, temporaryFolder } from "./programs.js";

beforeAll(build);
afterAll(clearAway);

const plain = "test/ok/plain.yaml";
const corrections = "test/ok/corrections.csv";

const field = (row: Readonly<Record<string, string>>, name: string) => row[name]!;

/** The schools of a review's folder by id. */
const schoolsOf = (folder: string) =>
  new Map(csvRows(readFileSync(join(folder, "schools.csv"), "utf8")).map((row) => [field(row, "school"), row]));

describe("greenpaper correct", () => {
  it("tells what changed and writes the schools and the steps, and no pupil's id", async () => {
    const folder = temporaryFolder();
    const { code, stdout, stderr } = await greenpaper(["correct", plain, corrections, "--out", folder]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    for (const words of [
      "2 pupils left out, 1 pupil with other shares",
      "left-england 1",
      "4 schools concerned",
      "--refit",
    ])
      expect(stdout).toContain(words);
    expect(readdirSync(folder).sort()).toEqual(["corrections-explained.csv", "corrections.csv"]);
    const [rows, steps] = ["corrections.csv", "corrections-explained.csv"].map((name) => {
      const text = readFileSync(join(folder, name), "utf8");
      expect(stdout + text).not.toMatch(/P\d{3}|hospital/);
      return csvRows(text);
    });
    expect(
      rows!.map((row) => [field(row, "school"), field(row, "pupils_left_out"), field(row, "pupils_reweighted")]),
    ).toEqual([
      ["0101", "1", "0"],
      ["0102", "0", "1"],
      ["0104", "1", "0"],
      ["0105", "0", "1"],
    ]);
    for (const row of rows!) {
      const own = steps!.filter(({ school }) => school === field(row, "school"));
      const sum = own.reduce((total, { difference }) => total + Number(difference), 0);
      expect(sum).toBeCloseTo(Number(field(row, "difference")), 10);
      expect(Number(field(row, "value_added_after")) - Number(field(row, "value_added_before"))).toBeCloseTo(sum, 10);
      expect(field(row, "decision_before")).not.toBe("");
      expect(field(row, "reasons_after")).not.toBe("");
    }
    expect(rows![3]).toMatchObject({ pupils_before: "8", pupils_after: "9" });
    expect(Number(field(rows![3]!, "pupil_equivalents_after"))).toBeCloseTo(8.4, 12);
  });

  // Evidence class: closed form. The review of a file that has its lines no more.
  it("has the review's own figures before, and with --refit those of the corrected file after", async () => {
    const [folder, review] = [temporaryFolder(), temporaryFolder()];
    const lines = readFileSync(join(project, "test/ok/plain.csv"), "utf8").split(/\r?\n/);
    writeFileSync(join(folder, "plain.csv"), lines.filter((line) => !/^P1(01|16),/.test(line)).join("\n"));
    writeFileSync(join(folder, "plain.yaml"), readFileSync(join(project, plain)));
    writeFileSync(
      join(folder, "c.csv"),
      "pupil,action,school,share,reason\nP101,leave-out,,,died\nP116,leave-out,,,died\n",
    );
    for (const [file, out] of [
      [plain, "before"],
      [join(folder, "plain.yaml"), "after"],
    ] as const)
      expect((await greenpaper(["review", file, "--out", join(review, out)])).code).toBe(0);
    const args = ["correct", plain, join(folder, "c.csv"), "--out", folder, "--refit"];
    expect((await greenpaper(args)).code).toBe(0);
    const rows = csvRows(readFileSync(join(folder, "corrections.csv"), "utf8"));
    expect(rows.map(({ school }) => school)).toEqual(["0101", "0104"]);
    for (const row of rows)
      for (const when of ["before", "after"]) {
        const own = schoolsOf(join(review, when)).get(field(row, "school"))!;
        const error = Number(field(own, "prediction_error"));
        for (const name of ["value_added", "standard_error", "prediction_error", "lower", "upper"])
          expect(Math.abs(Number(field(row, `${name}_${when}`)) - Number(field(own, name))) / error).toBeLessThan(1e-6);
        expect(field(row, `decision_${when}`)).toBe(field(own, "decision"));
        expect(field(row, `pupils_${when}`)).toBe(field(own, "pupils"));
      }
  });

  it("writes nothing without --out, and one line of JSON where it was asked to", async () => {
    const { code, stdout } = await greenpaper(["correct", plain, corrections, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ leftOut: 2, reweighted: 1, withoutEffect: 0, held: true, converged: true, files: [] },
      reasons: { "left-england": 1, "dual-roll": 1, other: 1 },
    });
    expect(stdout.trimEnd()).not.toContain("\n");
  });

  it("lists the same reasons in its help and in the documents as the rules have", async () => {
    const { stdout } = await greenpaper(["correct", "--help"]);
    const page = readFileSync(join(project, "docs/corrections.md"), "utf8");
    const { value } = correctionReasons.values.at(-1)!;
    const rows = value.map(
      ({ code, label, actions, needsWords }) =>
        `| \`${code}${needsWords ? ": words" : ""}\` | ${label} | ${actions.join(", ")} |`,
    );
    expect(page.split("\n").filter((line) => /^\| `[a-z-]+(: words)?` \|/.test(line))).toEqual(rows);
    for (const { code, label } of value) expect(stdout).toMatch(new RegExp(`${code}[: a-z]* +${label}`));
  });

  it("answers a command that is not whole with 1 or 2 and the usage", async () => {
    const { code, stderr } = await greenpaper(["correct", plain]);
    expect(code).toBeGreaterThan(0);
    expect(stderr).toContain("missing required argument 'corrections'");
  });
});

/** One defect a file: the code, the line and column, what is said of it, and how many problems there are. */
const defects: readonly (readonly [name: string, code: string, where: string, words: string, count: number])[] = [
  ["pupil-unknown", "correction-pupil-unknown", 'line 2, column "pupil"', "no pupil of the review has this id", 1],
  ["upn-letter", "upn-check-letter", 'line 2, column "pupil"', "call for the letter B", 1],
  ["action", "word-unknown", 'line 2, column "action"', 'Did you mean "leave-out"?', 1],
  ["reason", "word-unknown", 'line 2, column "reason"', '"left-before-exams" is none of "never-on-roll"', 1],
  ["reason-of-other-action", "correction-not-allowed", 'line 2, column "reason"', '"dual-roll" allows "shares"', 1],
  ["reason-without-words", "correction-not-allowed", 'line 2, column "reason"', "other: the words", 1],
  ["school-unknown", "correction-school-unknown", 'line 2, column "school"', 'a school "0199"', 1],
  ["school-of-left-out", "correction-not-allowed", 'line 2, column "school"', 'has the school "0102"', 1],
  ["share-missing", "value-missing", 'line 2, column "share"', "there is no value", 1],
  ["share-no-number", "number-expected", 'line 2, column "share"', "half", 1],
  ["shares-above-one", "shares-above-one", 'line 2, column "share"', "(here 0.7)", 2],
  ["pupil-twice", "correction-twice", 'line 3, column "pupil"', "corrections-pupil-twice.csv, line 2", 1],
  ["column-missing", "column-missing", "line 1", 'no column "share"', 2],
];

describe("greenpaper correct of bad input", () => {
  it.each(defects)("%s is refused as %s, and nothing is written", async (name, code, where, words, count) => {
    const folder = temporaryFolder();
    const file = `test/not-ok/corrections-${name}.csv`;
    const ended = await greenpaper(["correct", plain, file, "--out", folder, "--json"]);
    expect(ended.code).toBe(1);
    const { problems } = JSON.parse(ended.stdout) as { problems: Record<string, string>[] };
    expect(problems).toHaveLength(count);
    expect(problems[0]).toMatchObject({ code, place: `${file}, ${where}`, remedy: expect.stringMatching(/./) });
    expect(ended.stderr.split("\n")[0]).toContain(words);
    expect(ended.stderr).not.toMatch(/P\d{3}/);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("has a file for every defect, and a defect for every file", () => {
    const files = readdirSync(join(project, "test/not-ok")).filter((name) => name.startsWith("corrections-"));
    expect(files).toEqual(defects.map(([name]) => `corrections-${name}.csv`).sort());
  });
});

const real = join(project, "../shared/data/value-added/exam.csv");
const reason = existsSync(real) ? "" : " (skipped: ../shared is not here)";

describe.skipIf(!existsSync(real))(`greenpaper correct of real pupils${reason}`, () => {
  it("takes pupils whom two columns tell apart, and stays near a new search", async () => {
    const file = join(temporaryFolder(), "c.csv");
    const lines = ["1 + 1,leave-out,,,left-england", "1 + 2,shares,1,0.5,dual-roll", "1 + 2,shares,2,0.5,dual-roll"];
    writeFileSync(file, `pupil,action,school,share,reason\n${lines.join("\n")}\n`);
    const [held, anew] = await Promise.all(
      [[], ["--refit"]].map(async (more) => {
        const { code, stdout } = await greenpaper(["correct", "reviews/exam.yaml", file, "--json", ...more]);
        expect(code).toBe(0);
        return JSON.parse(stdout) as {
          schools: { school: string; before: number; difference: number; predictionError: number }[];
        };
      }),
    );
    expect(held!.schools.map(({ school }) => school)).toEqual(["1", "2"]);
    held!.schools.forEach(({ before, difference, predictionError }, s) => {
      const other = anew!.schools[s]!;
      expect(before).toBe(other.before);
      expect(Math.abs(difference - other.difference) / predictionError).toBeLessThan(0.005); // of 4,059 pupils two change
      expect(Math.abs(difference) / predictionError).toBeGreaterThan(0.01);
    });
  });
});
