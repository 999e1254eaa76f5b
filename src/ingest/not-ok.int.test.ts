import { readdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parseReviewFile } from "../accountability/quality-mark/index.js";
import { measureValueAdded } from "../accountability/value-added/index.js";
import { columnOf, type Problem, silent, type Table } from "../kernel/index.js";
import { readReviewTables } from "./review-tables.js";
import { shownPath } from "./source-file.js";

const folder = fileURLToPath(new URL("../../test/", import.meta.url));
const place = (file: string) => shownPath(folder + file);

/** The first step that refuses a review, and every problem it names. */
async function refusal(file: string): Promise<{ step: string; problems: readonly Problem[] }> {
  const review = await parseReviewFile(folder + file);
  if (!review.ok) return { step: "review file", problems: review.error };
  const tables = await readReviewTables(review.value, silent);
  if (!tables.ok) return { step: "tables", problems: tables.error };
  const measure = measureValueAdded(tables.value.specification, tables.value, silent);
  return measure.ok ? { step: "none", problems: [] } : { step: "measure", problems: measure.error };
}

/** One defect a file: who notices, the code, the place (below test/not-ok), what the remedy says, and how many there are. */
const defects: readonly (readonly [
  name: string,
  step: string,
  code: string,
  place: string,
  remedy: string,
  count?: number,
])[] = [
  ["baseline-missing", "measure", "baseline-missing", "", "leaveOut: true"],
  ["binary-junk", "tables", "file-not-text", "binary-junk.csv", "Save the table as CSV"],
  ["blank-lines-only", "tables", "file-empty", "blank-lines-only.csv", "Export the file again"],
  ["column-missing", "tables", "column-missing", "../ok/plain.csv, line 1", 'Did you mean "score"?'],
  ["column-twice", "tables", "column-twice", "column-twice.csv, line 1", "Rename one"],
  ["covariate-equal", "measure", "collinear-columns", "", "Remove one of them"],
  ["cut-in-half", "tables", "field-count", "cut-in-half.csv, line 25", "it was cut off"],
  ["damaged", "tables", "file-cut-off", "damaged.csv.gz", "Copy or download it again"],
  ["damaged-parquet", "tables", "parquet-unreadable", "damaged-parquet.parquet", "export CSV"],
  ["decimal-comma", "tables", "number-expected", 'decimal-comma.csv, line 2, column "score"', 'decimal: ","', 96],
  ["empty", "tables", "file-empty", "empty.csv", "Export the file again"],
  [
    "evidence-contradictory",
    "tables",
    "evidence-contradictory",
    'evidence-contradictory.csv, line 4, column "outcome"',
    "Keep the one",
  ],
  [
    "evidence-date",
    "tables",
    "date-expected",
    'evidence-date.csv, line 3, column "audited"',
    "the day before the month",
  ],
  ["evidence-schools", "tables", "school-unknown", "evidence-schools.yaml, line 7, column 58", "Write the ids"],
  ["evidence-word", "tables", "word-unknown", 'evidence-word.csv, line 3, column "outcome"', "`words`"],
  ["file-missing", "tables", "file-missing", "nowhere.csv", "Correct the path"],
  ["folder-for-file", "tables", "file-unreadable", "../ok", "Check that it is a file"],
  [
    "formula-and-groups",
    "review file",
    "settings-contradictory",
    "formula-and-groups.yaml, line 7, column 1",
    "formula",
  ],
  ["formula-bracket", "review file", "formula-invalid", "formula-bracket.yaml, line 5, column 51", "Expected `,`"],
  ["formula-column", "tables", "column-missing", "../ok/plain.csv, line 1", "The columns are"],
  ["formula-function", "review file", "formula-invalid", "formula-function.yaml, line 5, column 19", "poly, ns"],
  ["formula-level", "measure", "formula-invalid", "formula-level.yaml, line 7, column 23", 'Did you mean "boy"?'],
  ["formula-logarithm", "measure", "formula-invalid", "formula-logarithm.yaml, line 5, column 18", "for every row"],
  [
    "formula-other-membership",
    "review file",
    "formula-invalid",
    "formula-other-membership.yaml, line 5, column 31",
    "(1 | mm(school, share))",
  ],
  [
    "formula-prior-unknown",
    "review file",
    "name-unknown",
    "formula-prior-unknown.yaml, line 6, column 9",
    "Did you mean `prior`?",
  ],
  [
    "formula-without-school",
    "review file",
    "formula-invalid",
    "formula-without-school.yaml, line 5, column 32",
    "(1 | school)",
  ],
  ["header-only", "tables", "rows-missing", "header-only.csv", "with its rows"],
  [
    "interaction-unknown",
    "review file",
    "name-unknown",
    "interaction-unknown.yaml, line 8, column 24",
    "There are prior, sex, ward",
  ],
  [
    "kind-contradictory",
    "tables",
    "kind-contradictory",
    "kind-contradictory.yaml, line 6, column 10",
    "another column",
  ],
  ["leading-zero", "tables", "school-unknown", '../ok/plain.csv, line 2, column "school"', 'There is "101"', 6],
  [
    "membership-pupil-unknown",
    "tables",
    "membership-pupil-unknown",
    'membership-pupil-unknown.csv, line 9, column "pupil"',
    "Add the pupil",
  ],
  ["misplaced-quote", "tables", "quote-misplaced", "misplaced-quote.csv, line 22", "Double quotation marks"],
  ["mostly-numbers", "tables", "kind-unclear", 'mostly-numbers.csv, line 30, column "prior"', "`kind: category`"],
  ["not-yaml", "review file", "yaml-invalid", "not-yaml.yaml, line 4, column 1", "closed"],
  ["one-school", "measure", "one-level", "", "levels"],
  ["open-quote", "tables", "quote-open", "open-quote.csv, line 33", "Close it"],
  ["outcome-constant", "measure", "constant-response", "", "outcome"],
  [
    "pattern-without-file",
    "tables",
    "file-missing",
    "pattern-without-file.yaml, line 4, column 11",
    "Correct the path",
  ],
  ["prior-missing", "measure", "value-missing", 'prior-missing.csv, line 8, column "prior"', "Fill it in"],
  ["pupil-missing", "tables", "value-missing", 'pupil-missing.csv, line 12, column "pupil"', "Fill it in"],
  ["pupil-twice", "tables", "pupil-twice", 'pupil-twice.csv, line 41, column "pupil"', "Keep one"],
  [
    "pupil-without-membership",
    "tables",
    "pupil-without-membership",
    '../ok/plain.csv, line 11, column "pupil"',
    "Add the pupil's school",
  ],
  ["reference-unknown", "tables", "level-unknown", "reference-unknown.yaml, line 7, column 26", 'Did you mean "boy"?'],
  ["school-unknown", "tables", "school-unknown", 'school-unknown.csv, line 21, column "school"', "Add the school"],
  ["schools-twice", "tables", "school-twice", 'schools-twice.csv, line 8, column "urn"', "Keep one"],
  ["schools-explained-away", "measure", "schools-explained-away", "", "covariates of the school"],
  ["shares-above-one", "measure", "shares-above-one", "shares-above-one.csv, line 14", "Correct the shares", 2],
  ["shares-all-zero", "measure", "shares-all-zero", "", "the shares are not all 0"],
  ["slope-unknown", "review file", "name-unknown", "slope-unknown.yaml, line 8, column 10", "Did you mean `prior`?"],
  ["spell-date", "tables", "date-expected", 'spell-date.csv, line 14, column "entered"', "01/09/2024"],
  [
    "spell-ends-before-it-begins",
    "measure",
    "spell-ends-before-it-begins",
    "spell-ends-before-it-begins.csv, line 5",
    "Correct one of the two dates",
  ],
  ["spell-status", "tables", "word-unknown", 'spell-status.csv, line 18, column "status"', "`words`"],
  ["spreadsheet", "tables", "file-not-text", "spreadsheet.csv", "Save the table as CSV"],
  ["text-in-number", "tables", "number-expected", 'text-in-number.csv, line 17, column "score"', "Correct the value"],
  ["two-encodings", "tables", "encoding-invalid", "two-encodings.csv, line 26", "State the encoding"],
  ["two-memberships", "review file", "settings-contradictory", "two-memberships.yaml, line 9, column 3", "Keep one"],
  ["typo-in-key", "review file", "key-unknown", "typo-in-key.yaml, line 5, column 1", "Did you mean `outcome`?"],
  ["wrong-encoding", "tables", "encoding-invalid", "wrong-encoding.csv, line 2", "State the encoding"],
  ["wrong-separator", "tables", "separator-unclear", "wrong-separator.csv, line 1", 'state `separator: ","`'],
];

describe("a review with one defect", () => {
  for (const [name, step, code, where, remedy, count = 1] of defects)
    it(`${name} is refused by the ${step} as ${code}`, async () => {
      const refused = await refusal(`not-ok/${name}.yaml`);
      expect(refused.step).toBe(step);
      expect(refused.problems).toHaveLength(count);
      const [first] = refused.problems;
      expect(first?.code).toBe(code);
      if (where !== "") expect(first?.place).toBe(place(`not-ok/${where}`));
      expect(first?.remedy).toContain(remedy);
    });

  it("tells where in a formula the column was asked for", async () => {
    const [found] = (await refusal("not-ok/formula-column.yaml")).problems;
    expect(found?.message).toBe(
      `there is no column "gender" (asked for in ${place("not-ok/formula-column.yaml")}, line 7, column 7)`,
    );
  });

  it("has a line in this table", () => {
    const files = readdirSync(`${folder}not-ok`).filter((name) => /^(?!study-).*\.yaml$/.test(name)); // those: study/not-ok.int.test
    expect(defects.map(([name]) => `${name}.yaml`).sort()).toEqual(files.sort());
  });
});

async function tablesOf(name: string) {
  const review = await parseReviewFile(`${folder}ok/${name}.yaml`);
  if (!review.ok) throw new Error(JSON.stringify(review.error));
  const tables = await readReviewTables(review.value, silent);
  if (!tables.ok) throw new Error(JSON.stringify(tables.error));
  return { review: review.value, tables: tables.value };
}

function contents(table: Table) {
  const texts = (name: string) => {
    const { codes, levels } = columnOf(table, name, "category");
    return [...codes].map((code) => levels[code]);
  };
  const numbers = (name: string) => [...columnOf(table, name, "number").values];
  return {
    ...{ pupil: texts("pupil"), school: texts("school"), sex: texts("sex"), ward: texts("ward") },
    ...{ score: numbers("score"), prior: numbers("prior") },
  };
}

describe("a review of good files", () => {
  const others = ["byte-order-mark", "columnar", "compressed", "decimal-comma", "quoted", "several", "tabs", "utf-16"];

  it.each([...others, "windows-1252", "windows-1252-found"])("%s holds the same table as plain", async (name) => {
    const plain = contents((await tablesOf("plain")).tables.pupils);
    expect(plain.school).toHaveLength(48);
    expect(new Set(plain.ward)).toEqual(new Set(["Château Ward", "St Alder’s", "Fen End", "Hill Top"]));
    expect(contents((await tablesOf(name)).tables.pupils)).toEqual(plain);
  });

  it("knows the line of a row behind line breaks and blank lines", async () => {
    const { tables } = await tablesOf("quoted");
    // Other program: `grep -n 'P101\|P109\|P148' test/ok/quoted.csv`.
    expect([0, 8, 47].map((row) => tables.pupils.placeOf(row))).toEqual(
      [2, 12, 60].map((line) => `${place("ok/quoted.csv")}, line ${line}`),
    );
  });

  it("reads spells, schools and evidence with the review's own words", async () => {
    const { review, tables } = await tablesOf("every-table");
    expect(tables.specification.context).toMatchObject([{ column: "sex", kind: "category" }]);
    const status = columnOf(tables.membership!, "status", "category");
    expect([...status.levels].sort()).toEqual(["guest", "main"]);
    expect(tables.schools?.get("0103")).toMatchObject({ name: "Château School", kind: "mainstream", region: "North" });
    expect(tables.kinds.get("0106")).toBe("special");
    expect([...tables.safeguarding]).toEqual([
      ["0101", { outcome: "secure", on: "2026-03-01" }],
      ["0102", { outcome: "secure", on: "2026-02-01" }],
      ["0103", { outcome: "not-secure", on: "2026-01-15" }],
      ["0104", { outcome: "secure", on: "2026-02-02" }],
    ]);
    expect([...tables.accounts].map(([school, { opinion }]) => [school, opinion])).toEqual([
      ["0101", "unqualified"],
      ["0102", "qualified"],
      ["0103", "unqualified"],
    ]);
    const measure = measureValueAdded(tables.specification, tables, silent);
    expect(measure.ok && measure.value.schools).toHaveLength(6);
    expect(review.declaredOutcomes).toEqual([{ column: "score", keyStage: 4, aspect: "all subjects" }]);
  });

  it("reads a table of shares", async () => {
    const { tables } = await tablesOf("membership");
    const shares = columnOf(tables.membership!, "share", "number").values;
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(48, 10);
  });

  it("measures by a formula, with the outcome and prior attainment that stand beside it", async () => {
    const { review, tables } = await tablesOf("formula");
    expect(review.declaredOutcomes).toEqual([{ column: "score", keyStage: 4, aspect: "all subjects" }]);
    expect(tables.specification).toMatchObject({
      outcomes: [{ column: "score", weight: 1 }],
      prior: [{ column: "prior", missing: "exclude" }],
      context: [{ column: "sex", kind: "category", missing: "stop" }],
      intake: [{ of: "prior", statistic: "mean" }],
      groups: [{ name: "school:cohort", column: "cohort", withinSchool: true }],
    });
    const measure = measureValueAdded(tables.specification, tables, silent);
    if (!measure.ok) throw new Error(JSON.stringify(measure.error));
    expect(measure.value.schools).toHaveLength(6);
    expect(measure.value.model.fixedEffects.map(({ name }) => name)).toEqual([
      ...["(Intercept)", "poly(prior, 2)1", "poly(prior, 2)2", 'factor(sex, ref = "boy")girl', "school_mean(prior)"],
    ]);
    expect(measure.value.schools[0]!.years).toHaveLength(2);
  });

  it("measures by a formula with the schools in columns of the pupils", async () => {
    const { tables } = await tablesOf("formula-columns");
    expect(tables.specification.membership).toEqual({
      kind: "columns",
      schools: ["school", "second"],
      shares: ["share", "rest"],
      remainder: "unaccounted",
    });
    const measure = measureValueAdded(tables.specification, tables, silent);
    if (!measure.ok) throw new Error(JSON.stringify(measure.error));
    const time = measure.value.schools.map(({ pupilEquivalents }) => pupilEquivalents);
    expect(measure.value.schools.map(({ school }) => school).sort()).toEqual([
      "0101",
      "0102",
      "0103",
      "0104",
      "0105",
      "0106",
    ]);
    expect(time.reduce((a, b) => a + b, 0)).toBeCloseTo(48, 10);
    expect(time.some((one) => !Number.isInteger(one))).toBe(true);
  });

  it("has a review file that is read here", () => {
    const files = readdirSync(`${folder}ok`).filter((name) => /^(?!caution-|study).*\.yaml$/.test(name)); // those: cautions.int.test, study/not-ok.int.test
    const read = [
      ...others,
      "windows-1252",
      "windows-1252-found",
      "plain",
      "every-table",
      "membership",
      "formula",
      "formula-columns",
    ];
    expect(files.sort()).toEqual(read.map((name) => `${name}.yaml`).sort());
  });
});
