import { existsSync, readFileSync } from "node:fs";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { simulationParameters, valueInYear } from "../parameters/index.js";
import { englandTeachers } from "./england-teachers.js";

// Evidence class: published. The department's files in ../shared/data/england.
const folder = "../shared/data/england";
const missing = existsSync(folder) ? "" : " (skipped: ../shared/data/england is not here)";

/** Rows by column; the files hold no line breaks within fields. */
function rowsOf(name: string): readonly Record<string, string>[] {
  const [head, ...lines] = gunzipSync(readFileSync(`${folder}/${name}.csv.gz`))
    .toString("utf8")
    .trimEnd()
    .split(/\r?\n/);
  const fields = (line: string) =>
    [...line.matchAll(/(?:^|,)(?:"([^"]*)"|([^,]*))/g)].map(([, quoted, plain]) => quoted ?? plain ?? "");
  const names = fields(head!);
  return lines.map((line) => Object.fromEntries(fields(line).map((value, k) => [names[k]!, value])));
}

describe.skipIf(missing !== "")(`what the simulation takes as published${missing}`, () => {
  it("pays the pupil premium of 2021 at the rates by which schools got it", () => {
    const rows = rowsOf("pupil_premium_2021").filter((row) => row["School Type"] === "Mainstream");
    expect(rows.length).toBeGreaterThan(10_000);
    for (const [phase, place] of [
      ["Primary", "11"],
      ["Secondary", "12"],
    ] as const) {
      const rate = valueInYear(
        simulationParameters.find(({ path }) => path === `premium.${phase.toLowerCase()}`)!,
        2021,
      ).value;
      const sum = (column: string) => rows.reduce((all, row) => all + (Number(row[column]) || 0), 0);
      const pupils = sum(`Number of ${phase} pupils eligible for the Deprivation Pupil Premium`);
      expect(sum(`Deprivation Pupil Premium Allocation (${place})`) / pupils).toBeCloseTo(rate, 0); // allocations are whole pounds
    }
  });

  it("deduces the teachers of 54 so that the stock of 55 and over adds up with the flows that the simulation runs on", () => {
    const { stocks, flows, shares, middleAges, firstStocks, firstFlows } = englandTeachers;
    for (const [i, ages] of middleAges.entries()) {
      const t = firstStocks + i + 1 - firstFlows;
      const all = (band: number, at: number) => stocks[at]!.reduce((sum, row) => sum + row[band]!, 0);
      const left = stocks[i]!.reduce(
        (sum, row, s) => sum + flows.over55[s + 1]![t]! * row.reduce((a, b) => a + b, 0),
        0,
      );
      const came = (["newlyQualified", "returners", "newToSector"] as const).reduce(
        (sum, kind) => sum + shares[kind][2]! * flows[kind].slice(1).reduce((all, row) => all + (row[t] ?? 0), 0),
        0,
      );
      const expected = all(2, i) + ages.at(-1)! * all(1, i) - left + came;
      expect(all(2, i + 1) / expected).toBeCloseTo(1, 3); // shares are kept to five digits
    }
  });

  it("takes the ages from 35 to 54 for a whole, none of them empty, and those of 35 for the ones who turned it", () => {
    for (const ages of englandTeachers.middleAges) {
      expect(ages.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 3);
      expect(Math.min(...ages)).toBeGreaterThan(0);
    }
    const [entrants, leavers] = [
      rowsOf("swf_entrants_subject_age_2011_2017"),
      rowsOf("swf_leavers_subject_age_2011_2017"),
    ];
    const total = (rows: typeof entrants, band: string, test: (row: Record<string, string>) => boolean) =>
      rows
        .filter((row) => row.CensusYear === "2016" && row.AgeGroup === band && test(row))
        .reduce((all, row) => all + (Number(row.StockSize) || 0), 0);
    const notStayed = (band: string) =>
      total(entrants, band, () => true) -
      total(leavers, band, (row) => row.QualifiedLeaverType === "Not a qualified Leaver") -
      total(entrants, band, (row) => row.QualifiedEntrantType !== "Not a qualified Entrant");
    const turned35 = notStayed("35-54") + notStayed("55 and over");
    expect(englandTeachers.middleAges[6]![0]).toBeCloseTo(turned35 / total(entrants, "35-54", () => true), 4);
  });
});
