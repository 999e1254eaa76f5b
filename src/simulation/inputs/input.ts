import { englandTeachers } from "../published/england-teachers.js";
import type { SubjectSeries } from "../published/totals.js";

/** A number that the engine reads, by name and year. The declared parameters with their sources and ranges stand in `../parameters`. */
export interface EngineInput {
  /** Dotted, as `leaving.under-55.physics`. */
  readonly name: string;
  readonly unit: string;
  /** What it means and where the engine uses it. */
  readonly meaning: string;
  /** The least and greatest value with which the engine's laws hold. */
  readonly low: number;
  readonly high: number;
  /** Published: computed from `../published`. Policy: as it stands without any proposal. */
  readonly basis: "published" | "assumption" | "policy";
  /** The published table and what was done with it, or the reason of an assumption. */
  readonly from: string;
  /** The value in the academic year that begins in a calendar year, without any proposal. */
  readonly value: (year: number) => number;
}

/** A row of the list: name, unit, bounds, value, meaning, reason or table. */
export function input(
  basis: EngineInput["basis"],
  name: string,
  unit: string,
  [low, high]: readonly [number, number],
  value: number | ((year: number) => number),
  meaning: string,
  from: string,
): EngineInput {
  return { name, unit, meaning, low, high, basis, from, value: typeof value === "number" ? () => value : value };
}

/** The value of a year of a published series: the last one known at or before it, or the first where none is. */
export function heldFrom(series: readonly (number | null)[], first: number, year: number): number {
  const known = series.slice(0, Math.max(1, year - first + 1)).findLast((value) => value !== null);
  return known ?? series.find((value) => value !== null) ?? 0;
}

/** A published flow of a subject in a year, held after its last year. */
export function publishedFlow(kind: keyof typeof englandTeachers.flows, subject: number, year: number): number {
  const series: SubjectSeries = englandTeachers.flows[kind];
  return heldFrom(series[subject]!, englandTeachers.firstFlows, year);
}

/** Values that hold from a year on; the first holds before it too. */
export function stepped(steps: readonly (readonly [from: number, value: number])[]): (year: number) => number {
  return (year) => (steps.findLast(([from]) => from <= year) ?? steps[0]!)[1];
}

/** A switch between forms of a response. */
export const formUnit = "0 none, 1 constant elasticity, 2 logit";
