import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { knotsFor, naturalSplineBasis } from "./index.js";

// Evidence class: other program. Made by scripts/reference/natural-splines.R with R's splines::ns.
const reference = JSON.parse(readFileSync(new URL("./natural-splines.reference.json", import.meta.url), "utf8")) as {
  x: number[];
  outside: number[];
  knots: number[];
  inside: number[][];
  beyond: number[][];
};

describe("natural cubic splines", () => {
  const x = Float64Array.from(reference.x);
  const knots = knotsFor(x, 4);

  it("puts the knots where R's ns does", () => {
    reference.knots.forEach((knot, k) => {
      expect(knots.interior[k]).toBeCloseTo(knot, 13);
    });
  });

  it("has the columns of R's ns inside the boundaries and beyond them", () => {
    const inside = naturalSplineBasis(x, knots);
    reference.inside.forEach((row, r) => {
      row.forEach((value, k) => {
        expect(inside[k]![r]).toBeCloseTo(value, 12);
      });
    });
    const beyond = naturalSplineBasis(Float64Array.from(reference.outside), knots);
    reference.beyond.forEach((row, r) => {
      row.forEach((value, k) => {
        expect(beyond[k]![r]).toBeCloseTo(value, 12);
      });
    });
  });

  it("is a straight line with one degree of freedom", () => {
    const [line] = naturalSplineBasis(Float64Array.from([-5, 0, 1, 2, 9]), {
      lower: 0,
      upper: 2,
      interior: new Float64Array(0),
    });
    const slope = line![2]! - line![1]!;
    expect(slope).not.toBe(0);
    [-5, 0, 1, 2, 9].forEach((at, i) => {
      expect(line![i]).toBeCloseTo(line![1]! + slope * at, 12);
    });
  });
});
