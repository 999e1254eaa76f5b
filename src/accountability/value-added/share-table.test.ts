import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ShareTable, sharesFromTable } from "./share-table.js";

type Row = readonly [pupil: number, school: number, share: number];
const table = (rows: readonly Row[]): ShareTable => ({
  pupil: Int32Array.from(rows, (row) => row[0]),
  school: Int32Array.from(rows, (row) => row[1]),
  share: Float64Array.from(rows, (row) => row[2]),
});

function shares(rows: readonly Row[], pupils: number, remainder: "unaccounted" | "rescale" | "stop" = "unaccounted") {
  const result = sharesFromTable(table(rows), pupils, remainder);
  if (!result.ok) throw new Error(result.error.codes.join());
  return result.value;
}
function errors(rows: readonly Row[], pupils: number, remainder: "unaccounted" | "rescale" | "stop" = "unaccounted") {
  const result = sharesFromTable(table(rows), pupils, remainder);
  if (result.ok) throw new Error("no error");
  return result.error.codes.map((code, i) => [result.error.rows[i], code]);
}

describe("shares from a table", () => {
  it("are taken as they stand, in order of school", () => {
    const result = shares(
      [
        [1, 2, 0.25],
        [0, 0, 1],
        [1, 1, 0.75],
      ],
      2,
    );
    expect(Array.from(result.start)).toEqual([0, 1, 3]);
    expect(Array.from(result.school)).toEqual([0, 1, 2]);
    expect(Array.from(result.share)).toEqual([1, 0.75, 0.25]);
    expect(Array.from(result.unaccounted)).toEqual([0, 0]);
  });

  it("that add up to less than 1 leave the remainder unaccounted", () => {
    const result = shares(
      [
        [0, 0, 0.5],
        [0, 1, 0.25],
      ],
      1,
      "unaccounted",
    );
    expect([Array.from(result.share), result.unaccounted[0]]).toEqual([[0.5, 0.25], 0.25]);
    expect(result.counts["pupil-partly-unaccounted"]).toBe(1);
  });

  it("that add up to less than 1 are divided by their sum where the file asks for it", () => {
    const result = shares(
      [
        [0, 0, 0.5],
        [0, 1, 0.25],
      ],
      1,
      "rescale",
    );
    expect([Array.from(result.share), result.unaccounted[0]]).toEqual([[0.5 / 0.75, 0.25 / 0.75], 0]);
    expect(result.counts["pupil-rescaled"]).toBe(1);
  });

  it("that add up to less than 1 are errors where the file asks to stop", () => {
    expect(
      errors(
        [
          [0, 0, 0.5],
          [1, 0, 1],
          [0, 1, 0.25],
        ],
        2,
        "stop",
      ),
    ).toEqual([
      [0, "shares-below-one"],
      [2, "shares-below-one"],
    ]);
  });

  it("that add up to more than 1 are errors under every rule, with all of the pupil's rows", () => {
    for (const remainder of ["unaccounted", "rescale", "stop"] as const)
      expect(
        errors(
          [
            [0, 0, 0.8],
            [1, 0, 1],
            [0, 1, 0.5],
          ],
          2,
          remainder,
        ),
      ).toEqual([
        [0, "shares-above-one"],
        [2, "shares-above-one"],
      ]);
  });

  it("may miss 1 by the rounding of two decimals, and are then used as they are written", () => {
    const thirds = shares(
      [
        [0, 0, 0.33],
        [0, 1, 0.33],
        [0, 2, 0.33],
        [1, 0, 0.67],
        [1, 1, 0.34],
      ],
      2,
      "stop",
    );
    expect(Array.from(thirds.share)).toEqual([0.33, 0.33, 0.33, 0.67, 0.34]);
    expect(thirds.unaccounted[0]).toBeCloseTo(0.01, 12);
    expect(thirds.unaccounted[1]).toBe(0);
    expect(thirds.counts["shares-rounded"]).toBe(2);
    expect(
      errors(
        [
          [0, 0, 0.7],
          [0, 1, 0.32],
        ],
        1,
      ),
    ).toEqual([
      [0, "shares-above-one"],
      [1, "shares-above-one"],
    ]);
  });

  it("may miss 1 by a billionth, and then add up to 1", () => {
    const result = shares(
      [
        [0, 0, 0.5 + 5e-10],
        [0, 1, 0.5],
        [1, 0, 0.9999999996],
      ],
      2,
      "stop",
    );
    expect(Array.from(result.unaccounted)).toEqual([0, 0]);
    expect(result.share[0]! + result.share[1]!).toBeCloseTo(1, 15);
    expect(result.share[2]).toBe(1);
    expect(errors([[0, 0, 1 + 2e-9]], 1)).toEqual([[0, "shares-above-one"]]);
    expect(errors([[0, 0, 1 - 2e-9]], 1, "stop")).toEqual([[0, "shares-below-one"]]);
  });

  it("that are negative, missing or endless are errors by row", () => {
    expect(
      errors(
        [
          [0, 0, -0.1],
          [0, 1, Number.NaN],
          [1, 0, Number.POSITIVE_INFINITY],
          [1, 1, 1],
        ],
        2,
      ),
    ).toEqual([
      [0, "share-negative"],
      [1, "share-not-a-number"],
      [2, "share-not-a-number"],
    ]);
  });

  it("of the same pupil and school are added up with a note", () => {
    const result = shares(
      [
        [0, 3, 0.25],
        [0, 1, 0.5],
        [0, 3, 0.25],
      ],
      1,
    );
    expect([Array.from(result.school), Array.from(result.share)]).toEqual([
      [1, 3],
      [0.5, 0.5],
    ]);
    expect([Array.from(result.findings.rows), result.findings.codes]).toEqual([[2], ["share-repeated"]]);
  });

  it("at no known school are unaccounted, also where the rest is rescaled", () => {
    expect(
      shares(
        [
          [0, -1, 0.25],
          [0, 0, 0.75],
        ],
        1,
      ).unaccounted[0],
    ).toBe(0.25);
    const rescaled = shares(
      [
        [0, -1, 0.2],
        [0, 0, 0.2],
      ],
      1,
      "rescale",
    );
    expect([rescaled.unaccounted[0], rescaled.share[0]]).toEqual([0.5, 0.5]);
  });

  it("of 0 make no member", () => {
    const result = shares(
      [
        [0, 0, 0],
        [0, 1, 1],
      ],
      1,
    );
    expect(Array.from(result.school)).toEqual([1]);
  });

  it.each(["unaccounted", "rescale"] as const)("leave a pupil without any to nobody (%s)", (remainder) => {
    const result = shares([[1, 0, 0]], 3, remainder);
    expect(Array.from(result.unaccounted)).toEqual([1, 1, 1]);
    expect(result.counts["pupil-without-time"]).toBe(3);
  });

  it("add up to 1 with the unaccounted part, whatever the table", () => {
    const anyRow = fc.tuple(fc.nat(4), fc.integer({ min: -1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }));
    fc.assert(
      fc.property(
        fc.array(anyRow, { maxLength: 120 }),
        fc.constantFrom("unaccounted" as const, "rescale"),
        (rows, rule) => {
          // Each pupil's parts are brought to a sum below 1, so that no row is an error.
          const sums = [0, 1, 2, 3, 4].map((pupil) =>
            rows.filter((row) => row[0] === pupil).reduce((a, row) => a + row[2], 0),
          );
          const scaled = rows.map(([pupil, school, share]): Row => [pupil, school, share / Math.max(1, sums[pupil]!)]);
          const { start, share, school, unaccounted } = shares(scaled, 5, rule);
          for (let pupil = 0; pupil < 5; pupil++) {
            const [begin, end] = [start[pupil]!, start[pupil + 1]!];
            const sum = share.subarray(begin, end).reduce((a, b) => a + b, unaccounted[pupil]!);
            expect(Math.abs(sum - 1)).toBeLessThan(1e-12);
            const ofPupil = Array.from(school.subarray(begin, end));
            expect(ofPupil).toEqual([...new Set(ofPupil)].sort((a, b) => a - b));
          }
        },
      ),
    );
  });

  it("throw where a column is short, a pupil out of range or a school below −1", () => {
    expect(() => sharesFromTable({ ...table([[0, 0, 1]]), share: Float64Array.of() }, 1, "stop")).toThrow(RangeError);
    expect(() => shares([[1, 0, 1]], 1)).toThrow("row 0 names pupil 1, of 1 pupils");
    expect(() => shares([[0, -2, 1]], 1)).toThrow("row 0 names school -2");
  });
});
