import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runStudyFile, type StudyOrder } from "../../accountability/reference-assessments/service.js";
import { civilDate, silent } from "../../kernel/index.js";

const folder = fileURLToPath(new URL("../../../test/", import.meta.url));
const run = (path: string) => {
  const order: StudyOrder = { path, stage: "run", folder: null, today: civilDate("2026-11-26"), version: "test" };
  return runStudyFile(order, silent);
};

/** What each study is refused for: the code, and what its message or place must name. */
const refusals: Readonly<Record<string, readonly [code: string, ...named: string[]]>> = {
  "response-outside-booklet": ["response-outside-booklet", "line 4", 'column "I6"', 'booklet "A"', "response is 1"],
  "item-untaken": ["item-untaken", 'item "I2"'],
  "item-all-right": ["item-answered-alike", 'item "I3"', "everybody got it right"],
  "booklet-map-disagrees": ["booklet-map-disagrees", 'item "I1"', 'booklet "B"'],
  "booklet-map-item": ["booklet-map-item", "line 8", '"I7"'],
  "booklet-not-in-map": ["booklet-not-in-map", "line 6", '"C"'],
  "weights-do-not-sum": ["weights-do-not-sum", "600", "1,200"],
  "weight-negative": ["study-weight-invalid", "line 11", "-3"],
  "replicate-counts": ["replicate-counts-differ", "has 4 columns", "has 3"],
  "stratum-one-school": ["survey-lonely-unit", "T9"],
  "cycles-unlinked": ["cycles-without-common-items", "2021"],
  "group-of-schools": ["figures-of-schools", '"town"', "one school each"],
  "group-school-column": ["figures-of-schools", '"school"'],
  "response-text": ["response-not-score", "line 8", '"wrong"', 'column "I1"'],
  "pupil-twice": ["id-twice", "line 6", '"P2"', "line 3"],
  "codes-among-scores": ["item-scores-apart", 'column "I3"', "the score 9", "next below is 1"],
  "weights-nought": ["study-weight-invalid", "every weight", "is 0"],
  "ids-as-item": ["response-not-score", 'column "pupil"', '"P1"'],
  "one-item": ["parameters-not-told", "I3", "2 numbers"],
  "pattern-without-column": ["study-columns-missing", '"Q*"'],
  "booklets-unlinked": ["booklets-disconnected"],
};

describe("a study that can't be right", () => {
  it.each(Object.entries(refusals))("is refused: %s", async (name, [code, ...named]) => {
    const answer = await run(`${folder}not-ok/study-${name}.yaml`);
    expect(answer.ok).toBe(false);
    if (answer.ok) return;
    const found = answer.error.find((problem) => problem.code === code);
    expect(answer.error.map((problem) => problem.code)).toContain(code);
    for (const word of named) expect(`${found!.place}: ${found!.message}`).toContain(word);
    expect(found!.remedy.length).toBeGreaterThan(10);
  });

  it("stands in a file of its own for each", () => {
    const files = readdirSync(`${folder}not-ok`).filter((name) => /^study-.*\.yaml$/.test(name));
    expect(files.sort()).toEqual(
      Object.keys(refusals)
        .map((name) => `study-${name}.yaml`)
        .sort(),
    );
  });
});

it("runs the same study where nothing is wrong", async () => {
  const answer = await run(`${folder}ok/study.yaml`);
  expect(answer).toMatchObject({ ok: true, value: { results: { calibration: { converged: true } } } });
});
