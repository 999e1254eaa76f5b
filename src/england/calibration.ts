import { measureRows } from "./calibration-measures.js";
import { pupilRows } from "./calibration-pupils.js";
import { registerRows } from "./calibration-register.js";
import type { CalibrationRow } from "./comparison.js";
import type { England } from "./england.js";

/** Real and synthetic side by side, with the distances. */
export interface CalibrationReport {
  readonly synthetic: true;
  readonly seed: number;
  readonly regions: readonly string[];
  /** Whether every region was made; published figures are for the whole country, so with fewer the distances are larger. */
  readonly wholeCountry: boolean;
  readonly rows: readonly CalibrationRow[];
  /** What does not fit, in words. */
  readonly misfits: readonly string[];
}

/** Compares a synthetic England with every published target. */
export function calibrationReport(england: England): CalibrationReport {
  const rows = [...registerRows(england), ...pupilRows(england), ...measureRows(england)];
  return {
    synthetic: true,
    seed: england.seed,
    regions: england.regions.map((region) => region.name),
    wholeCountry: england.regions.length === 9,
    rows,
    misfits: rows
      .filter((row) => !(row.distance <= row.tolerance))
      .map((row) => `${row.phase}: ${row.target}: ${row.measure} ${row.distance.toFixed(3)}, above ${row.tolerance}`),
  };
}
