import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, CommanderError } from "commander";
import { afterAll, describe, expect, it, vi } from "vitest";
import { parseStudyText } from "../../ingest/index.js";
import { civilDate, silent } from "../../kernel/index.js";
import { addReferenceAssessmentsCommand } from "./cli.js";
import { runStudyFile } from "./service.js";
import { writeExample } from "./service-example.js";
import { draftStudyFile } from "./service-init.js";
import { writeReport } from "./service-report.js";

const folder = mkdtempSync(join(tmpdir(), "greenpaper-init-"));
afterAll(() => rmSync(folder, { recursive: true }));
const today = civilDate("2026-11-26");

/** The draft for files whose text is given, by name; the pupils' file first. */
async function draft(files: Readonly<Record<string, string>>): Promise<string> {
  const paths = Object.entries(files).map(([name, text]) => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  });
  const answer = await draftStudyFile({ paths, file: null, folder });
  if (!answer.ok) throw new Error(answer.error.map(({ message }) => message).join("\n"));
  expect(parseStudyText(answer.value.text, join(folder, "study.yaml"))).toMatchObject({ ok: true });
  return answer.value.text;
}

const lines = (count: number, line: (k: number) => readonly (string | number)[]) =>
  Array.from({ length: count }, (_, k) => line(k));
const text = (header: readonly string[], rows: readonly (readonly (string | number)[])[], separator = ",") =>
  [header, ...rows].map((row) => row.join(separator)).join("\r\n");

describe("a drafted study file", () => {
  it("finds the parts of a survey by names and values, in German files with decimal commas too", async () => {
    const reps = Array.from({ length: 12 }, (_, r) => `W_FSTR${r + 1}`);
    const weights = lines(40, (k) => [`00${k}`, `${k + 3},25`, ...reps.map((_, r) => `${k + r},5`)]);
    const answers = lines(40, (k) => [
      `00${k}`,
      k % 2,
      (k * 3) % 5 === 4 ? 9 : k % 3,
      k % 2 ? "A" : "C",
      150 + k,
      1 + (k % 2),
    ]);
    const found = await draft({
      "gewichte.csv": text(["idstud", "W_FSTUWT", ...reps], weights, ";"),
      "antworten.csv": text(["idstud", "R1", "R2", "R3X", "AGE", "SEX"], answers, ";"),
    });
    expect(found).toContain("person: idstud,");
    expect(found).toContain("weight: W_FSTUWT,");
    expect(found).toContain('decimal: ",",');
    expect(found).toContain("join: [{ files: antworten.csv }],");
    expect(found).toContain("items: [R*]  # 3 columns");
    expect(found).toContain("codes: { omitted: [9] }");
    expect(found).toContain("1 columns hold letters (R3X)");
    expect(found).toContain("replicates: [W_FSTR*], method: Fay, fay: 0.5");
    expect(found).toContain("groups: [SEX]");
    expect(found).toContain("# Nothing was made of: AGE.");
  });

  it("takes plausible values for what they are, and patterns with their frequency", async () => {
    const pv = lines(60, (k) => [
      k,
      k % 7,
      1 + (k % 6),
      k % 2,
      ...[1, 2, 3, 4, 5].map((v) => 400 + ((k * 37 + v * 11) % 211)),
    ]);
    const header = ["IDSTUD", "IDSCHOOL", "JKZONE", "JKREP", ...[1, 2, 3, 4, 5].map((v) => `ASMMAT0${v}`)];
    const values = await draft({ "timss.csv": text(header, pv) });
    expect(values).toContain("plausibleValues: [ASMMAT*]");
    expect(values).toContain("design: { zone: JKZONE, replicate: JKREP, method: JK2 }");
    const patterns = lines(8, (k) => [k & 1, (k >> 1) & 1, (k >> 2) & 1, 10 + k]);
    expect(await draft({ "lsat.txt": text(["Item.1", "Item.2", "Item.3", "Freq"], patterns, "\t") })).toContain(
      "frequency: Freq,",
    );
  });
});

describe("the walk of docs/first-study.md", () => {
  const page = readFileSync(new URL("../../../docs/first-study.md", import.meta.url), "utf8");
  const commands = [...page.matchAll(/^\.\/greenpaper reference-assessments (\S+)(.*)$/gm)].map((match) => match[1]!);

  it("names commands and options that there are", async () => {
    const walk = [...page.matchAll(/^\.\/greenpaper (reference-assessments .*)$/gm)].map((match) =>
      (match[1]!.match(/"[^"]*"|\S+/g) ?? []).map((word) => word.replaceAll('"', "")),
    );
    expect(walk.length).toBeGreaterThanOrEqual(5);
    const program = new Command("greenpaper").exitOverride();
    addReferenceAssessmentsCommand(program, {
      version: "1",
      today,
      projectFolder: "",
      home: "",
      build: "",
      withRegister: () => Promise.resolve(0),
    });
    const parent = program.commands[0]!;
    for (const [, name, ...rest] of walk) {
      const command = parent.commands.find((one) => one.name() === name);
      expect(command, name).toBeDefined();
      // Options are parsed as the command would, without its action.
      command!.exitOverride().action(() => {});
      vi.spyOn(process.stderr, "write").mockReturnValue(true);
      await command!.parseAsync(rest, { from: "user" }).catch((error: unknown) => {
        throw error instanceof CommanderError ? new Error(`${name}: ${error.message}`) : error;
      });
      vi.restoreAllMocks();
    }
  });

  it("goes from files to published figures and their report, with the gap that was made", async () => {
    expect(commands).toEqual(["example", "init", "calibrate", "run", "report", "publish"]);
    const here = join(folder, "walk");
    expect(await writeExample(here)).toMatchObject({ ok: true });
    const file = join(here, "study.yaml");
    const paths = ["pupils.csv", "answers.csv", "booklets.csv"].map((name) => join(here, name));
    expect(await draftStudyFile({ paths, file, folder: here })).toMatchObject({ ok: true });
    expect(page).toContain(readFileSync(file, "utf8").split("\n").slice(1).join("\n").trimEnd());
    const order = { path: file, stage: "run", folder: join(here, "results"), today, version: "t" } as const;
    const answer = await runStudyFile(order, silent);
    if (!answer.ok) throw new Error(answer.error.map(({ message }) => message).join("\n"));
    expect(readdirSync(join(here, "results"))).toContain("calibration.csv");
    const gap = answer.value.results.disclosed.figures.find(
      ({ statistic, group }) => statistic === "gap" && group === "free_meals",
    )!;
    // By construction 0.6 where all pupils have a standard deviation of √(0.35² + 0.9² + 0.6² × 0.26 × 0.74) = 1.00.
    expect(Math.abs(Math.abs(gap.value) - 60)).toBeLessThan(3 * gap.standardError);
    expect(page).toContain(`${Math.abs(gap.value).toFixed(1)} (${gap.standardError.toFixed(1)})`);
    const report = join(here, "report.html");
    expect(await writeReport({ folder: order.folder, file: report, synthetic: true, version: "t" })).toMatchObject({
      ok: true,
    });
  });

  it("is never written over anything", async () => {
    const here = join(folder, "walk");
    const before = readFileSync(join(here, "study.yaml"), "utf8");
    const again = { paths: [join(here, "pupils.csv")], file: join(here, "study.yaml"), folder: here };
    expect(await draftStudyFile(again)).toMatchObject({ ok: false, error: [{ code: "study-file-exists" }] });
    expect(await writeExample(here)).toMatchObject({ ok: false });
    expect(readFileSync(join(here, "study.yaml"), "utf8")).toBe(before);
  });
});

it("leads from the study file's page to the walk", () => {
  const page = readFileSync(fileURLToPath(new URL("../../../docs/study-file.md", import.meta.url)), "utf8");
  expect(page).toContain("](first-study.md)");
});
