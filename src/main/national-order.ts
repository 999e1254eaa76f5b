import type { Phase } from "../england/index.js";
import { academicYear, civilDate } from "../kernel/index.js";
import { checkpointKey } from "../platform/checkpoints/index.js";
import type { RegionCode } from "../register/index.js";

/** Which synthetic England to review. */
export interface NationalOrder {
  readonly seed: number;
  readonly regions: readonly RegionCode[] | "all";
  readonly cohorts: number;
  /** The other ways of measuring that are tried. */
  readonly alternatives: "all" | "without-refit" | "none";
  readonly version: string;
}

/** The academic year in which the last cohort leaves; its review is decided on the last day of the year. */
export const lastYear = academicYear(2024);
export const decidedOn = civilDate("2025-08-31");

/** What a review was made from, in words that tell it from every other. */
export function describeOrder({ seed, regions, cohorts, alternatives }: NationalOrder): string {
  const where = regions === "all" ? "all regions" : `regions ${[...regions].sort().join(" ")}`;
  const beside = alternatives === "without-refit" ? "" : `, alternatives ${alternatives}`;
  return `synthetic England, seed ${seed}, ${where}, ${cohorts} cohorts${beside}`;
}

/** Under what a phase of an order is kept when it is done. */
export const keyOfPhase = (order: NationalOrder, phase: Phase) =>
  checkpointKey(["national review", describeOrder(order), phase]);
