import fc from "fast-check";
import { expect, it } from "vitest";
import { nearestPoints } from "./neighbours.js";

const unit = fc.double({ min: 0, max: 1, noNaN: true });

it("finds the nearest others, nearest first, never the point itself", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(unit, unit), { minLength: 5, maxLength: 30 }), (points) => {
      const x = Float64Array.from(points, ([a]) => a);
      const y = Float64Array.from(points, ([, b]) => b);
      const found = nearestPoints(x, y, 4);
      points.forEach((_, i) => {
        const distance = (j: number) => (x[j]! - x[i]!) ** 2 + (y[j]! - y[i]!) ** 2;
        const others = points.map((_, j) => j).filter((j) => j !== i);
        const nearest = others.map(distance).sort((a, b) => a - b);
        const mine = [...found.subarray(i * 4, i * 4 + 4)];
        expect(mine).not.toContain(i);
        expect(new Set(mine).size).toBe(4);
        expect(mine.map(distance)).toEqual(nearest.slice(0, 4));
      });
    }),
  );
});
