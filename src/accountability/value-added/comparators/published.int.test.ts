import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { contextualCentre, contextualLimits, shrinkageFactor } from "./contextual-2010.js";
import { scaledScoreGroups } from "./prior-groups.js";
import { deviation2019, progress8Band, progress8Bands, progress8Interval } from "./progress-8.js";

const shared = fileURLToPath(new URL("../../../../../shared/data/england", import.meta.url));

/** The schools of a published table as records; the fields used here hold no comma. */
function schoolsOf(name: string): Record<string, string>[] {
  const text = gunzipSync(readFileSync(`${shared}/${name}.csv.gz`)).toString("utf8");
  const [head, ...lines] = text.trimEnd().split(/\r?\n/);
  const names = head!.split(",");
  return lines
    .map((line) => [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map((match) => match[1]!))
    .map((cells) => Object.fromEntries(names.map((column, k) => [column, cells[k] ?? ""])));
}

const numbersIn = (row: Record<string, string>, columns: readonly string[]) =>
  columns.map((column) => (row[column]?.trim() === "" ? Number.NaN : Number(row[column]?.replace("%", ""))));

// Evidence class: published. The department's own tables carry inputs and outputs of both intervals.
describe.skipIf(!existsSync(shared))("beside the published tables (skipped where ../shared is not)", () => {
  it("gives the interval and the band of every school's Progress 8 of 2019", () => {
    let [compared, banded] = [0, 0];
    for (const row of schoolsOf("ks4provisional_2019")) {
      const [pupils, score, lower, upper] = numbersIn(row, ["P8PUP", "P8MEA", "P8CILOW", "P8CIUPP"]) as number[];
      if (!["1", "2"].includes(row.RECTYPE!) || [pupils, score, lower, upper].some(Number.isNaN)) continue;
      const own = progress8Interval(score!, deviation2019, pupils!);
      // Score and limits are each rounded to two decimals before we add one to the other: half a unit for either.
      expect(Math.abs(own.lower - lower!), row.SCHNAME).toBeLessThan(0.0101);
      expect(Math.abs(own.upper - upper!), row.SCHNAME).toBeLessThan(0.0101);
      expect(Math.abs((own.upper - own.lower - (upper! - lower!)) / 2), row.SCHNAME).toBeLessThan(0.0051);
      compared++;
      const band = Number(row.P8_BANDING);
      if (!(band >= 1)) continue; // SUPP: special schools have no band
      expect(progress8Band(score!, lower!, upper!), row.SCHNAME).toBe(progress8Bands[band - 1]);
      banded++;
    }
    expect([compared, banded]).toEqual([3525, 3401]);
  });

  it("groups scaled scores as the ready reckoner of 2024 does", () => {
    const lines = readFileSync(`${shared}/ks4rr_p8_att8_splits.csv`, "utf8").trimEnd().split(/\r?\n/).slice(2);
    const ranges = lines.map((line) => line.split(",")[1] ?? "").filter((range) => range.includes(" to "));
    expect(ranges.map((range) => Number(range.split(" to ")[0]))).toEqual(scaledScoreGroups);
  });

  it("gives the width of contextual value added's limits of 2010 from the number of pupils and two variances", () => {
    const points: [number, number, number][] = [];
    for (const row of schoolsOf("ks4_2010_cva")) {
      const [pupils, covered, figure, lower, upper] = numbersIn(row, [
        "KS4TotPup",
        "CVACov",
        "CVAMea",
        "CVALConf",
        "CVAUConf",
      ]) as number[];
      if (row.RecType !== "1" || [pupils, covered, figure, lower, upper].some(Number.isNaN) || !(covered! > 0))
        continue;
      expect(Math.abs(figure! - lower! - (upper! - figure!)), row.SchoolName).toBeLessThan(0.11); // symmetrical to one decimal
      points.push([(pupils! * covered!) / 100, (upper! - lower!) / 2, figure!]);
    }
    expect(points).toHaveLength(3056);
    // (1.96 ÷ half width)² = 1 ÷ σu² + n ÷ σe²: a straight line in n, fitted by least squares.
    const x = points.map(([n]) => n);
    const y = points.map(([, half]) => (1.96 / half) ** 2);
    const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;
    const [mx, my] = [mean(x), mean(y)];
    const slope =
      x.reduce((sum, v, i) => sum + (v - mx) * (y[i]! - my), 0) / x.reduce((sum, v) => sum + (v - mx) ** 2, 0);
    const [between, within] = [1 / (my - slope * mx), 1 / slope];
    expect(Math.sqrt(between)).toBeCloseTo(20.3, 1);
    expect(Math.sqrt(within)).toBeCloseTo(66.6, 1);
    for (const [n, half, figure] of points) {
      const { lower, upper } = contextualLimits(figure, between, within, n);
      // Coverage is printed in whole percent, limits in tenths: both together leave half a unit at the smallest schools.
      expect(Math.abs((upper - lower) / 2 - half)).toBeLessThan(0.5);
    }
    // Shrunken figures spread as √(σu² × factor) does, if the two variances are the model's: 19.5 against 19.7.
    const kept = mean(points.map(([n]) => shrinkageFactor(between, within, n)));
    const centre = mean(points.map(([, , figure]) => figure));
    const spread = Math.sqrt(mean(points.map(([, , figure]) => (figure - centre) ** 2)));
    expect(spread / Math.sqrt(between * kept)).toBeCloseTo(1, 1);
    expect(Math.abs(centre - contextualCentre)).toBeLessThan(2);
  }, 60_000);
});
