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

  it("deduces who turned 55 so that the stock of 55 and over adds up from one census to the next", () => {
    const [entrants, leavers] = [
      rowsOf("swf_entrants_subject_age_2011_2017"),
      rowsOf("swf_leavers_subject_age_2011_2017"),
    ];
    const total = (rows: typeof entrants, band: string, test: (row: Record<string, string>) => boolean) =>
      rows
        .filter((row) => row.CensusYear === "2017" && row.AgeGroup === band && test(row))
        .reduce((all, row) => all + (Number(row.StockSize) || 0), 0);
    const stayed = (row: Record<string, string>) => row.QualifiedLeaverType === "Not a qualified Leaver";
    const came = (row: Record<string, string>) => row.QualifiedEntrantType !== "Not a qualified Entrant";
    const turned = englandTeachers.atFiftyFour[6]! * total(leavers, "35-54", stayed);
    const expected = total(leavers, "55 and over", stayed) + total(entrants, "55 and over", came) + turned;
    expect(total(entrants, "55 and over", () => true) / expected).toBeCloseTo(1, 3); // the share is kept to four digits
  });
});
