import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { runStudyFile } from "../../accountability/reference-assessments/service.js";
import { civilDate, silent } from "../../kernel/index.js";

const ok = fileURLToPath(new URL("../../../test/ok/", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "greenpaper-items-"));
afterAll(() => rmSync(folder, { recursive: true }));

async function calibrate(study: string) {
  const path = join(folder, "study.yaml");
  writeFileSync(path, `title: T\n${study}\n`);
  return runStudyFile({ path, stage: "calibrate", folder: null, today: civilDate("2026-11-26"), version: "t" }, silent);
}

async function results(study: string) {
  const answer = await calibrate(study);
  if (!answer.ok) throw new Error(answer.error.map(({ place, message }) => `${place}: ${message}`).join("\n"));
  return answer.value.results;
}

/** Answers to a question of two points, one of one and one of letters: made up, without pattern. */
const answers = Array.from({ length: 240 }, (_, i) => {
  const level = (i * 37) % 11;
  const pick = (k: number) => (level * 3 + ((i * (k + 5)) % 17)) % 29;
  const long = pick(1) < 10 ? "79" : pick(1) < 18 ? (i % 2 ? "10" : "11") : pick(1) < 27 ? "20" : "96";
  return [long, pick(2) < 14 ? "10" : "70", "ABCD"[pick(3) % 4]!, String(pick(4) % 3), level > 5 ? "1" : "0"];
});
writeFileSync(join(folder, "answers.csv"), `Q1,Q2,Q3,Q4,Q5\n${answers.map((row) => row.join(",")).join("\n")}\n`);

describe("a key", () => {
  it("scores answers as the items table says, and names what it scored nought unasked", async () => {
    writeFileSync(join(folder, "key.csv"), 'item,key\nQ1,"20=2 10=1, 11=1"\nQ2,10=1\nQ3,B\nQ4,\nQ5,\n');
    const { items, notes } = await results(
      "persons: { files: answers.csv }\nitems: { files: key.csv, item: item, key: key }\nresponses: { codes: { notReached: [96] } }\ncalibration: { errors: none }",
    );
    const share = (k: number, points: Readonly<Record<string, number>>, most: number) => {
      const own = answers.map((row) => row[k]!).filter((text) => text !== "96");
      return own.reduce((sum, text) => sum + (points[text] ?? 0), 0) / own.length / most;
    };
    expect(items.map(({ maximum }) => maximum)).toEqual([2, 1, 1, 2, 1]);
    expect(items[0]!.facility).toBeCloseTo(share(0, { 20: 2, 10: 1, 11: 1 }, 2), 12);
    expect(items[1]!.facility).toBeCloseTo(share(1, { 10: 1 }, 1), 12);
    expect(items[2]!.facility).toBeCloseTo(share(2, { B: 1 }, 1), 12);
    expect(items[3]!.facility).toBeCloseTo(share(3, { 1: 1, 2: 2 }, 2), 12);
    expect(notes.join()).toContain("in no key of their item score nought: 70, 79, A, C, D.");
  });
});

describe("known parameters", () => {
  // Q4 has the slope 1.19 and thresholds −0.4 and 1; Q5 the slope 1.7 and difficulty 0.3.
  const fixed = async (header: string, rows: readonly string[], keys: string) => {
    writeFileSync(join(folder, "fixed.csv"), `item,${header}\n${rows.join("\n")}\n`);
    const study = `persons: { files: answers.csv }\nitems: { files: fixed.csv, item: item, ${keys} }\nresponses: { items: [Q4, Q5] }`;
    const { calibration, items } = await results(study);
    expect(items.every((item) => item.fixed)).toBe(true);
    expect(items[0]!.thresholds!.map((one) => one!.toFixed(6))).toEqual(["-0.400000", "1.000000"]);
    return calibration!.logLikelihood;
  };

  it("mean the same as steps of PISA, steps of NAEP with its constant, and intercepts", async () => {
    const pisa = await fixed(
      "a,b,d1,d2",
      ["Q4,1.19,0.3,-0.7,0.7", "Q5,1.7,0.3,0,0"],
      "slope: a, difficulty: b, steps: d*",
    );
    const naep = await fixed(
      "a,b,d1,d2,d3",
      ["Q4,0.7,0.3,0.7,-0.7,", "Q5,1,0.3,,,"],
      "slope: a, difficulty: b, steps: d*, stepSign: subtracted, scaling: 1.7",
    );
    const given = await fixed("a,c1,c2", ["Q4,1.19,0.476,-0.714", "Q5,1.7,-0.51,"], "slope: a, intercepts: [c1, c2]");
    expect(naep).toBeCloseTo(pisa, 8);
    expect(given).toBeCloseTo(pisa, 8);
  });

  it("keep a step of nought in the middle, and one at the end where the maximum says so", async () => {
    const steps = async (row: string, more = "") => {
      writeFileSync(join(folder, "fixed.csv"), `item,m,b,d1,d2,d3\n${row}\nQ5,1,0.3,0,0,0\n`);
      const { items } = await results(
        `persons: { files: answers.csv }\nitems: { files: fixed.csv, item: item, difficulty: b, steps: d*${more} }\nresponses: { items: [Q4, Q5] }`,
      );
      return items[0]!.thresholds!.map((one) => one!.toFixed(6));
    };
    expect(await steps("Q4,2,0.5,0,0.4,")).toEqual(["0.500000", "0.900000"]);
    expect(await steps("Q4,2,0.5,-0.4,0,", ", maximum: m")).toEqual(["0.100000", "0.500000"]);
  });

  it("are refused with an intercept beyond an empty one", async () => {
    writeFileSync(join(folder, "fixed.csv"), "item,a,c1,c2\nQ4,1,,0.5\nQ5,1,0.1,\n");
    expect(
      await calibrate(
        "persons: { files: answers.csv }\nitems: { files: fixed.csv, item: item, slope: a, intercepts: [c1, c2] }\nresponses: { items: [Q4, Q5] }",
      ),
    ).toMatchObject({ ok: false, error: [{ code: "item-parameter-incomplete" }] });
  });
});

it("reads a map with a column a booklet as one that lists booklets, in the order of its places", async () => {
  const study = (map: string) =>
    `persons: { files: ${ok}study.csv, person: pupil, booklet: booklet, weight: weight, school: school }\nresponses: { items: I*, blank: by-booklet }\nbooklets: { ${map} }\ncalibration: { model: rasch, errors: none }`;
  const listed = await results(study(`files: ${ok}study-booklets.csv, item: item, booklet: booklets`));
  writeFileSync(join(folder, "map.csv"), "item,A,B\nI6,0,4\nI5,,3\nI4,4,2\nI3,3,1\nI2,2,0\nI1,1,0\n");
  const placed = await results(study("files: map.csv, item: item, columns: [A, B]"));
  expect(placed.items).toEqual(listed.items);
  expect(await calibrate(study("files: map.csv, item: item"))).toMatchObject({
    ok: false,
    error: [{ code: "study-setting-needed" }],
  });
});
