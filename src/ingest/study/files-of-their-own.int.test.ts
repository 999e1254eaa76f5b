import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { DuckDBInstance } from "@duckdb/node-api";
import { afterAll, describe, expect, it } from "vitest";
import { runStudyFile } from "../../accountability/reference-assessments/service.js";
import { civilDate, silent } from "../../kernel/index.js";

const ok = fileURLToPath(new URL("../../../test/ok/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "greenpaper-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

const rows = readFileSync(`${ok}study.csv`, "utf8")
  .trim()
  .split(/\r?\n/)
  .map((line) => line.split(","));
const header = rows[0]!;
const items = header.filter((name) => /^I\d/.test(name));
/** Columns of the study's pupils as text, each value through `write`. */
const table = (names: readonly string[], separator = ",", write = (text: string) => text) =>
  rows.map((row) => names.map((name) => write(row[header.indexOf(name)]!)).join(separator)).join("\r\n");

async function calibrate(study: string) {
  const path = join(folder, "study.yaml");
  writeFileSync(path, `title: T\n${study}\ngroups: [sex]\ncalibration: { model: rasch }\n`);
  return runStudyFile({ path, stage: "calibrate", folder: null, today: civilDate("2026-11-26"), version: "t" }, silent);
}

async function results(study: string) {
  const answer = await calibrate(study);
  if (!answer.ok) throw new Error(answer.error.map(({ place, message }) => `${place}: ${message}`).join("\n"));
  const { items: rowsOfItems, calibration, notes } = answer.value.results;
  return { items: rowsOfItems, calibration, notes };
}

const whole = `persons: { files: ${ok}study.csv, person: pupil, weight: weight, school: school }\nresponses: { items: I* }`;
const parts = (more = "", responses = "") =>
  `persons: { files: pupils.csv, person: pupil, weight: w, school: school, join: [{ files: weights.csv, person: id${more} }] }\nresponses: { files: answers.csv, person: no${responses} }`;

function write(weights = table(["pupil", "weight"], ";", (text) => text.replace(".", ","))): void {
  writeFileSync(join(folder, "pupils.csv"), table(["pupil", "school", "sex"]));
  writeFileSync(join(folder, "weights.csv"), weights.replace("pupil;weight", "id;w"));
  writeFileSync(join(folder, "answers.csv"), `\ufeff${table(["pupil", ...items].toReversed()).replace("pupil", "no")}`);
}

describe("responses and weights in files of their own", () => {
  it("give what they give in one file, whatever their order, separator and decimal mark", async () => {
    write();
    const [one, three] = [await results(whole), await results(parts(', decimal: ","'))];
    const byName = ({ items: list }: typeof one) => [...list].sort((a, b) => a.item.localeCompare(b.item));
    expect(byName(three).map(({ item }) => item)).toEqual(byName(one).map(({ item }) => item));
    byName(three).forEach((item, k) => {
      expect(item.difficulty).toBeCloseTo(byName(one)[k]!.difficulty!, 5);
    });
    expect(three.calibration!.logLikelihood).toBeCloseTo(one.calibration!.logLikelihood, 6);
  });

  it("refuse a pupil without weight by the id, and a pupil who stands there twice", async () => {
    const lines = table(["pupil", "weight"]).split("\r\n");
    const id = rows[3]![header.indexOf("pupil")]!;
    write(["id,w", ...lines.slice(1, 3), ...lines.slice(4)].join("\n"));
    expect(await calibrate(parts())).toMatchObject({
      ok: false,
      error: [{ code: "value-missing", message: `weights.csv has no row of the pupil "${id}", and "w" stand there` }],
    });
    write(["id,w", ...lines.slice(1), lines[3]].join("\n"));
    expect(await calibrate(parts())).toMatchObject({ ok: false, error: [{ code: "id-twice" }] });
  });

  it("are named with their own line where a value in them is wrong", async () => {
    const wrong = table(["pupil", "weight"]).split("\r\n").slice(1).toReversed();
    write(["id,w", `${wrong[0]!.split(",")[0]},-3`, ...wrong.slice(1)].join("\n"));
    const place = expect.stringContaining('weights.csv, line 2, column "w"');
    expect(await calibrate(parts())).toMatchObject({ ok: false, error: [{ code: "study-weight-invalid", place }] });
  });

  it("say how many rows are of nobody in the sample, and refuse a table of responses whose columns are half named", async () => {
    write(`id,w\n${table(["pupil", "weight"]).split("\r\n").slice(1).join("\n")}\nnobody,3`);
    expect((await results(parts())).notes).toContain(
      "weights.csv has rows of 1 pupil who are not in the pupils' files.",
    );
    expect(await calibrate(parts("", ", score: x"))).toMatchObject({
      ok: false,
      error: [{ code: "study-setting-needed" }],
    });
  });
});

it("leaves a column without a name out, as R writes its row names, and says so", async () => {
  const named = table(["pupil", "school", "weight", "sex", ...items]).split("\r\n");
  writeFileSync(join(folder, "r.csv"), named.map((line, k) => `${k === 0 ? '""' : `"${k}"`},${line}`).join("\n"));
  const { items: found, notes } = await results(
    "persons: { files: r.csv, person: pupil, weight: weight, school: school }",
  );
  expect(found.map(({ item }) => item)).toEqual(items);
  expect(notes).toContain("Column 1 of the file has no name, and is left out.");
});

it("takes a code that only some columns have for a missing value", async () => {
  const names = ["pupil", "school", "weight", "sex", ...items];
  const lines = table(names).split("\r\n");
  lines[1] = lines[1]!
    .split(",")
    .map((text, k) => (names[k] === "I1" ? "9" : text))
    .join(",");
  writeFileSync(join(folder, "coded.csv"), lines.join("\n"));
  const study = (more: string) =>
    `persons: { files: coded.csv, person: pupil, weight: weight, school: school${more} }\nresponses: { items: I* }`;
  expect(await calibrate(study(""))).toMatchObject({ ok: false, error: [{ code: "item-scores-apart" }] });
  const takenOf = (list: Awaited<ReturnType<typeof results>>) => list.items.find(({ item }) => item === "I1")!.n;
  const coded = await results(study(", missing: [{ columns: I*, codes: [9] }]"));
  expect(takenOf(coded)).toBe(takenOf(await results(whole)) - 1);
});

it("makes schools, zones and groups of several columns together", async () => {
  const path = join(folder, "combined.csv");
  const names = ["pupil", "school", "weight", "sex", "town", ...items];
  const here = table(names).split("\r\n");
  // The same pupils in a second country, where schools have the first one's numbers.
  const there = here.slice(1).map((line) => `${line.replace(/^P/, "Q")},there`);
  writeFileSync(path, [`${here[0]},country`, ...here.slice(1).map((line) => `${line},here`), ...there].join("\n"));
  const study = join(folder, "combined.yaml");
  writeFileSync(
    study,
    "title: T\npersons: { files: combined.csv, person: pupil, weight: weight, school: [country, school] }\nresponses: { items: I* }\ngroups: [{ column: [country, sex], lower: there × girl, higher: here × boy }]\ncalibration: { model: rasch }\n",
  );
  const order = { stage: "estimate", folder: null, today: civilDate("2026-11-26"), version: "t" } as const;
  const answer = await runStudyFile({ path: study, ...order }, silent);
  if (!answer.ok) throw new Error(answer.error.map(({ message }) => message).join("\n"));
  const { designs, disclosed } = answer.value.results;
  const schools = new Set(rows.slice(1).map((row) => row[header.indexOf("school")])).size;
  expect(designs[0]!.words).toContain(`${2 * schools} schools`);
  // Of the girls there are too few to be shown.
  const levels = [...disclosed.figures, ...disclosed.heldBack].flatMap(({ level }) => (level === null ? [] : [level]));
  for (const level of ["here × boy", "here × girl", "there × boy", "there × girl"]) expect(levels).toContain(level);
});

it("reads a study from Parquet, scores as whole numbers or not, as from CSV", async () => {
  const database = await DuckDBInstance.create(":memory:");
  const connection = await database.connect();
  const scores = items.map((item) => `${item}::double as ${item}`).join(", ");
  await connection.run(
    `copy (select pupil, school, weight, sex, ${scores} from read_csv('${ok}study.csv')) to '${folder}/study.parquet' (format parquet)`,
  );
  connection.closeSync();
  database.closeSync();
  const read = await results(
    "persons: { files: study.parquet, person: pupil, weight: weight, school: school }\nresponses: { items: I* }",
  );
  expect(read.items).toEqual((await results(whole)).items);
});
