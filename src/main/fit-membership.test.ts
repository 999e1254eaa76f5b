import { describe, expect, it } from "vitest";
import type { Column, Table } from "../kernel/index.js";
import { membershipOfRows } from "./fit-membership.js";

function table(name: string, columns: readonly Column[], rows: number): Table {
  return {
    name,
    rows,
    columns: new Map(columns.map((one) => [one.name, one])),
    placeOf: (row) => `${name}, line ${row + 2}`,
  };
}
const texts = (name: string, levels: readonly string[], codes: readonly number[]): Column => ({
  ...{ kind: "category", name, levels, codes: Int32Array.from(codes) },
});
const numbers = (name: string, values: readonly number[]): Column => ({
  ...{ kind: "number", name, values: Float64Array.from(values) },
});

const columns = { pupil: "id", group: "school", weight: "years" };
const pupils = table("pupils.csv", [texts("id", ["a", "b", "c", "d"], [0, 1, 0, 2, 3])], 5);
const members = (weights: readonly number[]) =>
  table(
    "members.csv",
    [
      texts("id", ["b", "a", "z", "c"], [1, 0, 1, 2, 3, 3]),
      texts("school", ["Ash", "Birch", "Cedar", "Dogwood"], [0, 1, 1, 2, -1, 3]),
      numbers("years", weights),
    ],
    6,
  );

describe("memberships for a fit", () => {
  it("are those of each row's pupil, with the weights as they are written", () => {
    const made = membershipOfRows(pupils, members([2, 3, 1, 1, 1, 0]), columns, Int32Array.of(0, 1, 2, 3, 4));
    expect(made).toMatchObject({
      ok: true,
      value: {
        membership: {
          levels: ["Ash", "Birch"],
          start: Int32Array.of(0, 2, 3, 5, 5, 5),
          level: Int32Array.of(0, 1, 1, 0, 1),
          weight: Float64Array.of(2, 1, 3, 2, 1),
        },
        alone: 2, // c has no known school and a weight of 0; d has no row
      },
    });
  });

  it("are refused with their line where a weight is below 0 or missing", () => {
    const made = membershipOfRows(pupils, members([2, -3, 1, Number.NaN, 1, 0]), columns, Int32Array.of(0));
    expect(!made.ok && made.error.map(({ code, place }) => `${code} ${place}`)).toEqual([
      "share-negative members.csv, line 3",
      "share-not-a-number members.csv, line 5",
    ]);
  });
});
