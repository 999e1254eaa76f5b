import { regions } from "../register/index.js";
import { measureRows } from "./calibration-measures.js";
import { pupilRows } from "./calibration-pupils.js";
import { registerRows } from "./calibration-register.js";
import type { CalibrationRow } from "./comparison.js";
import type { England } from "./england.js";
import { viewPupils } from "./moments.js";

/** Real and synthetic side by side, with the distances. */
export interface CalibrationReport {
  readonly synthetic: true;
  readonly seed: number;
  readonly regions: readonly string[];
  /** Whether every region was made; published figures are for the whole country, so with fewer the distances are larger. */
  readonly wholeCountry: boolean;
  readonly rows: readonly CalibrationRow[];
  /** What is farther away than its tolerance, in words; only of the whole country, which the published figures are of. */
  readonly misfits: readonly string[];
}

/** Compares a synthetic England with every published target of the phases whose pupils were made. */
export function calibrationReport(england: England): CalibrationReport {
  const views = england.phases.map((phase) => viewPupils(england, phase));
  const made = new Set(["all", ...england.phases.map(({ phase }) => phase)]);
  const rows = [...registerRows(england, views), ...pupilRows(england, views), ...measureRows(england, views)].filter(
    ({ phase }) => made.has(phase),
  );
  const wholeCountry = england.regions.length === regions.length;
  return {
    synthetic: true,
    seed: england.seed,
    regions: england.regions.map((region) => region.name),
    wholeCountry,
    rows,
    misfits: rows
      .filter((row) => wholeCountry && !(row.distance <= row.tolerance))
      .map((row) => `${row.phase}: ${row.target}: ${row.measure} ${row.distance.toFixed(3)}, above ${row.tolerance}`),
  };
}
