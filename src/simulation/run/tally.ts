import { cellCount } from "../classes.js";
import { teacherSeries } from "./series.js";

/** What teachers were counted and paid, series × cell (subject × place), in the order of `teacherSeries`. */
export type Tally = Float64Array;

export const emptyTally = (): Tally => new Float64Array(teacherSeries.length * cellCount);

type TeacherSeriesName = (typeof teacherSeries)[number]["name"];

/** Where a series begins in a tally. */
export function tallyAt(name: TeacherSeriesName): number {
  return teacherSeries.findIndex((series) => series.name === name) * cellCount;
}

/** Adds one row of numbers to another of the same length. */
export function addInto(sum: Float64Array, more: Float64Array): void {
  for (let i = 0; i < sum.length; i++) sum[i]! += more[i]!;
}
