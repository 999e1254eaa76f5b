import type { CalibrationReport } from "./calibration.js";
import type { CalibrationRow } from "./comparison.js";

/** A line of the calibration report as a page shows it. */
export interface CalibrationLine {
  readonly phase: string;
  readonly target: string;
  /** What the numbers of `real` and `synthetic` are, in order; empty for a single figure. */
  readonly labels: readonly string[];
  readonly real: readonly string[];
  readonly synthetic: readonly string[];
  readonly unit: string;
  /** As `0.021 (largest difference of the distribution functions)`. */
  readonly distance: string;
  /** Whether the distance is within the tolerance; null where not the whole country was made. */
  readonly agrees: boolean | null;
  /** In words: drawn from it, solved for, or a check. */
  readonly use: string;
  readonly source: string;
}

const phases: Readonly<Record<CalibrationRow["phase"], string>> = {
  primary: "Primary",
  secondary: "Secondary",
  all: "All schools",
};
const uses: Readonly<Record<CalibrationRow["use"], string>> = {
  given: "drawn from it",
  solved: "solved for",
  checked: "a check: nothing was fitted to it",
};

/** The report's rows with numbers written out, three significant digits and no fewer before the point. */
export function calibrationLines(report: CalibrationReport): CalibrationLine[] {
  return report.rows.map((row) => ({
    phase: phases[row.phase],
    target: row.target,
    labels: row.labels.length === 1 && row.labels[0] === "" ? [] : row.labels,
    real: row.real.map(written),
    synthetic: row.synthetic.map(written),
    unit: row.unit,
    distance: `${row.distance.toFixed(3)} (${row.measure})`,
    agrees: report.wholeCountry ? row.distance <= row.tolerance : null,
    use: uses[row.use],
    source: row.source,
  }));
}

function written(value: number): string {
  if (!Number.isFinite(value)) return "–";
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString("en-GB");
  return String(Number(value.toPrecision(3)));
}
