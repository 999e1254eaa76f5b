import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meansBy, someRows, tenthsOf } from "./tenths.js";

/** The rule, slowly: rows sorted by value, then by place, and cut. */
function slowTenths(values: readonly number[]): number[] {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  const tenth: number[] = values.map(() => 0);
  order.forEach((row, rank) => {
    for (let k = 0; k < 10; k++) if (rank >= Math.floor((k * values.length) / 10)) tenth[row] = k;
  });
  return tenth;
}

describe("tenths of a column", () => {
  it("are those of sorting the rows, ties and all (compared with the slow rule)", () => {
    const anyValues = fc.oneof(
      fc.array(fc.integer({ min: 0, max: 5 }), { maxLength: 200 }),
      fc.array(fc.double({ noNaN: true, noDefaultInfinity: true }), { maxLength: 200 }),
    );
    fc.assert(
      fc.property(anyValues, (values) => {
        expect([...tenthsOf(Float64Array.from(values))]).toEqual(slowTenths(values));
      }),
    );
  });
});

describe("means by group", () => {
  it("leaves out rows without a group, and has no error for a single row", () => {
    const by = meansBy([0, 0, -1, 2], 3, Float64Array.of(1, 3, 100, 7));
    expect([...by.rows]).toEqual([2, 0, 1]);
    expect([by.means[0]![0], by.means[0]![2]]).toEqual([2, 7]);
    expect(by.error[0]).toBeCloseTo(1, 14); // closed form: standard deviation √2 over √2
    expect(by.error[2]).toBe(0);
    expect(someRows(by)).toEqual([
      { k: 0, count: 2 },
      { k: 2, count: 1 },
    ]);
  });
});
