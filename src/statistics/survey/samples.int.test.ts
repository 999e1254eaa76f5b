import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  ReferenceColumns,
  referenceAssessments,
  skippedWithoutThem,
} from "../../../test/reference-assessment-columns.js";
import {
  accepted,
  difference,
  type Estimate,
  type Groups,
  givenReplicates,
  means,
  replicateDesign,
  trend,
} from "./index.js";

// Evidence class: other program. survey 4.1-1 with Rubin's rules and the link added; scripts/reference/survey-samples.R made the file.
interface Pooled {
  value: number;
  sampling: number;
  measurement: number;
}
interface Change {
  first: Pooled;
  second: Pooled;
  share: Pooled;
  link: number;
  change: number;
  error: number;
}
const reference = JSON.parse(readFileSync(new URL("./survey-samples.reference.json", import.meta.url), "utf8")) as {
  trend: Record<string, Change>;
  pisa: { values: number; mean: Pooled; gap: Pooled };
};

function agrees({ value, parts }: Estimate, expected: Pooled) {
  expect(value / expected.value).toBeCloseTo(1, 10);
  expect(parts.sampling / expected.sampling).toBeCloseTo(1, 8);
  expect(parts.measurement / expected.measurement).toBeCloseTo(1, 8);
}

describe.skipIf(!referenceAssessments)(`two cycles of three fictional countries${skippedWithoutThem}`, () => {
  if (!referenceAssessments) return;
  const columns = new ReferenceColumns("eatrep_simulated_trend_reading_long.csv");
  const [years, countries, persons, imputations] = ["year", "country", "idstud", "imp"].map((c) => columns.text(c)) as [
    string[],
    string[],
    string[],
    string[],
  ];
  const rowsOf = (country: string, year: string, imputation: string) =>
    years
      .map((_, i) => i)
      .filter((i) => countries[i] === country && years[i] === year && imputations[i] === imputation)
      .sort((a, b) => (persons[a]! < persons[b]! ? -1 : 1));
  const cycle = (country: string, year: string) => {
    const sets = [...new Set(imputations)].sort().map((k) => rowsOf(country, year, k));
    const column = (name: string) => {
      const cells = columns.numbers(name);
      return sets.map((rows) => Float64Array.from(rows, (i) => cells[i]!));
    };
    const design = accepted(
      replicateDesign({
        weights: column("wgt")[0]!,
        method: "JK2",
        zones: column("jkzone")[0]!,
        replicate: column("jkrep")[0]!,
        doubled: 1,
        lonely: "as-coded",
      }),
    );
    return {
      score: means(column("score"), design).estimate("all"),
      share: means(column("passReg"), design).estimate("all"),
    };
  };

  it.each(Object.keys(reference.trend))("have %s's means, shares and change with the link's error", (country) => {
    const expected = reference.trend[country]!;
    const [first, second] = [...new Set(years)].sort().map((year) => cycle(country, year));
    agrees(first!.score, expected.first);
    agrees(second!.score, expected.second);
    agrees(second!.share, expected.share);
    const change = trend(first!.score, second!.score, { linkingVariance: expected.link ** 2 });
    expect(change.value).toBeCloseTo(expected.change, 9);
    expect(change.standardError).toBeCloseTo(expected.error, 9);
    expect(change.parts.linking).toBeCloseTo(expected.link ** 2, 12);
  });
});

describe.skipIf(!referenceAssessments)(`a sample of PISA 2018 with ten plausible values${skippedWithoutThem}`, () => {
  if (!referenceAssessments) return;
  it("has the pooled mean and gap by its eighty weights of Fay", () => {
    const columns = new ReferenceColumns("pisa2018_sample_1269_pv_brr.csv");
    const design = accepted(
      givenReplicates({
        weights: columns.numbers("w_fstuwt"),
        replicates: Array.from({ length: 80 }, (_, r) => columns.numbers(`w_fsturwt${r + 1}`)),
        method: "Fay",
        fay: 0.5,
        expected: 80,
      }),
    );
    const values = Array.from({ length: reference.pisa.values }, (_, k) => columns.numbers(`pv${k + 1}math`));
    agrees(means(values, design).estimate("all"), reference.pisa.mean);
    const sex: Groups = { names: ["1", "2"], of: columns.numbers("st004d01t").map((s) => s - 1) };
    agrees(difference(means(values, design, sex), "1", "2").estimate!, reference.pisa.gap);
  });
});
