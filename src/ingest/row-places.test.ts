import { describe, expect, it } from "vitest";
import { rowPlaces } from "./row-places.js";

describe("the way back from a row to its line", () => {
  it("follows blank lines, line breaks inside fields and further files", () => {
    const places = rowPlaces();
    const lines = [2, 3, 5, 6, 9, 2, 3, 7];
    places.beginFile("a.csv", "line");
    lines.forEach((line, row) => {
      if (row === 5) places.beginFile("b.csv", "line");
      places.add(row, line);
    });
    places.beginFile("c.parquet", "row");
    places.add(8, 1);
    const files = ["a", "a", "a", "a", "a", "b", "b", "b"];
    const expected = lines.map((line, row) => `${files[row]}.csv, line ${line}`);
    expect(lines.map((_, row) => places.placeOf(row))).toEqual(expected);
    expect(places.placeOf(8)).toBe("c.parquet, row 1");
  });

  it("knows nothing of a table without rows", () => {
    expect(() => rowPlaces().placeOf(0)).toThrow(RangeError);
  });
});
