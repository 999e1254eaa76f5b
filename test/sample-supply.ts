import { regions, subjects } from "../src/simulation/classes.js";
import type { SupplyRun } from "../src/teachers/supply/figures.js";

/** A made-up run in which every subject but primary has a tenth of its posts empty. */
export function madeUpRun(): SupplyRun {
  const years = 12;
  const rows = (value: number) => new Float64Array(subjects.length * years).fill(value);
  const cells = (value: number, primary: number) => {
    const all = new Float64Array(subjects.length * regions.length * years).fill(value);
    return all.fill(primary, 0, regions.length * years);
  };
  return {
    ...{ first: 2025, years, posts: cells(90, 90), inPost: cells(81, 90), unfilled: cells(9, 0) },
    ...{ leavers: rows(80), hoursLost: rows(1), returners: rows(20), newToSector: rows(10) },
    ...{ trainees: rows(200), conversion: rows(0.8) },
  };
}
