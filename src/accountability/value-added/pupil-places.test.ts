import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placesOfCodes, placesOfNumbers } from "./pupil-places.js";

const everyRow = (n: number) => Int32Array.from({ length: n }, (_, i) => i);

describe("places of pupils by number", () => {
  it("finds each pupil of a file in ascending order, and none for an id that nobody has", () => {
    const ids = Float64Array.of(3, 5, 8, 13);
    const wanted = Float64Array.of(3, 3, 5, 13, 4, 8, 99, -1);
    expect([...placesOfNumbers(ids, everyRow(4), wanted)]).toEqual([0, 0, 1, 3, -1, 2, -1, -1]);
  });

  it("counts places among the pupils used only", () => {
    expect([...placesOfNumbers(Float64Array.of(3, 5, 8), Int32Array.of(0, 2), Float64Array.of(8, 5, 3))]).toEqual([
      1, -1, 0,
    ]);
  });

  it("says the same whatever the order of the pupils (compared with a plain search)", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 40 })),
        fc.array(fc.integer({ min: 0, max: 45 })),
        (own, asked) => {
          const ids = Float64Array.from(own);
          const places = placesOfNumbers(ids, everyRow(own.length), Float64Array.from(asked));
          expect([...places]).toEqual(asked.map((id) => own.lastIndexOf(id)));
          const sorted = [...new Set(own)].sort((a, b) => a - b);
          const ofSorted = placesOfNumbers(
            Float64Array.from(sorted),
            everyRow(sorted.length),
            Float64Array.from(asked),
          );
          expect([...ofSorted]).toEqual(asked.map((id) => sorted.indexOf(id)));
        },
      ),
    );
  });

  it("finds nobody where there are no pupils", () => {
    expect([...placesOfNumbers(new Float64Array(0), new Int32Array(0), Float64Array.of(1))]).toEqual([-1]);
  });
});

describe("places of pupils by a common numbering of texts", () => {
  it("takes the pupil of the same number; missing and unknown ones have no place", () => {
    const codes = Int32Array.of(2, 0, -1, 5);
    expect([...placesOfCodes(codes, Int32Array.of(0, 1, 2, 3), Int32Array.of(5, 2, 0, 1, -1, 9))]).toEqual([
      3, 0, 1, -1, -1, -1,
    ]);
  });
});
