import { describe, expect, it } from "vitest";
import { type Column, columnOf, missingDay, type Table } from "./table.js";

const columns: Column[] = [
  { kind: "number", name: "score", values: Float64Array.of(1, Number.NaN) },
  { kind: "category", name: "school", codes: Int32Array.of(0, -1), levels: ["100000"] },
  { kind: "date", name: "entered", days: Int32Array.of(20_697, missingDay) },
];
const table: Table = {
  name: "pupils.csv",
  rows: 2,
  columns: new Map(columns.map((column) => [column.name, column])),
  placeOf: (row) => `pupils.csv, line ${row + 2}`,
};

describe("table", () => {
  it("gives each column in its kind", () => {
    expect(columnOf(table, "score", "number").values[0]).toBe(1);
    expect(columnOf(table, "school", "category").levels).toEqual(["100000"]);
    expect(columnOf(table, "entered", "date").days[1]).toBe(missingDay);
  });

  it("throws for a column it has not, and for one of another kind", () => {
    expect(() => columnOf(table, "grade", "number")).toThrow(new TypeError('pupils.csv has no column "grade"'));
    expect(() => columnOf(table, "school", "number")).toThrow(
      new TypeError('column "school" of pupils.csv holds category, not number'),
    );
  });

  it("marks a missing day with a number that is no day and fits its column", () => {
    expect(Int32Array.of(missingDay)[0]).toBe(missingDay);
    expect(missingDay).toBeLessThan(-719_528); // the first day a CivilDate can write
  });
});
