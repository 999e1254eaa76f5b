import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { portableExp, portableLog } from "./exponential.js";

/** The distance between a value and the one wanted, in units of the wanted one's last place. */
function unitsApart(value: number, wanted: number): number {
  if (value === wanted) return 0;
  const exponent = Math.max(-1022, Math.floor(Math.log2(Math.abs(wanted))));
  return Math.abs(value - wanted) / 2 ** (exponent - 52);
}

const bitsOf = (value: number) => {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16);
};

function doubleOf(bits: string): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setBigUint64(0, BigInt(`0x${bits}`));
  return view.getFloat64(0);
}

describe("the exponential", () => {
  // other-program: Python's decimal with 60 digits, rounded to a double (scripts/reference/exponential.py)
  it.each([
    [1.0, "4005bf0a8b145769"],
    [-1.0, "3fd78b56362cef38"],
    [0.5, "3ffa61298e1e069c"],
    [10.0, "40d5829dcf950560"],
    [-20.0, "3e21b48655f37267"],
    [700.0, "7f0d945df4f8ec8e"],
    [-0.001, "3feff7cfe56f1a9e"],
    [0.3, "3ff599058c8c1a96"],
    [-700.0, "00d14f2b0fb9307f"],
  ])("of %d has the bits %s, give or take the last", (x, bits) => {
    expect(unitsApart(portableExp(x), doubleOf(bits))).toBeLessThanOrEqual(1);
  });

  it("is within a unit of the engine's own", () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (x) => {
        expect(unitsApart(portableExp(x), Math.exp(x))).toBeLessThanOrEqual(1);
      }),
      { numRuns: 5000 },
    );
  });

  it("knows its ends", () => {
    expect([-746, -Infinity, 710, Infinity, 0, -0].map(portableExp)).toEqual([0, 0, Infinity, Infinity, 1, 1]);
    expect(portableExp(Number.NaN)).toBeNaN();
    expect(portableExp(-745)).toBe(5e-324);
    expect(portableExp(709.78)).toBeLessThan(Infinity);
    expect(portableExp(1e-300)).toBe(1);
  });
});

describe("the logarithm", () => {
  // other-program: as above
  it.each([
    [2.0, "3fe62e42fefa39ef"],
    [0.5, "bfe62e42fefa39ef"],
    [10.0, "40026bb1bbb55516"],
    [1e-300, "c085963447f87fb5"],
    [1.5, "3fd9f323ecbf984c"],
    [0.7, "bfd6d3c324e13f50"],
    [123456.789, "40277281cad8a844"],
    [1.0000001, "3e7ad7f2847b6492"],
  ])("of %d has the bits %s, give or take the last", (x, bits) => {
    expect(unitsApart(portableLog(x), doubleOf(bits))).toBeLessThanOrEqual(1);
  });

  it("is within a unit of the engine's own", () => {
    fc.assert(
      fc.property(fc.double({ min: 5e-324, max: 1.7e308, noNaN: true }), (x) => {
        expect(unitsApart(portableLog(x), Math.log(x))).toBeLessThanOrEqual(1);
      }),
      { numRuns: 5000 },
    );
  });

  it("undoes the exponential", () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1, max: 700, noNaN: true }), (x) => {
        expect(Math.abs(portableLog(portableExp(x)) - x)).toBeLessThan(4e-16 * Math.max(1, x));
      }),
    );
  });

  it("knows its ends", () => {
    expect([0, 1, Infinity].map(portableLog)).toEqual([-Infinity, 0, Infinity]);
    expect([-1, Number.NaN].map(portableLog)).toEqual([Number.NaN, Number.NaN]);
    expect(unitsApart(portableLog(5e-324), Math.log(5e-324))).toBeLessThanOrEqual(1);
  });
});

// own-output: the hash of many values is the same wherever this is run; a change of one bit of one value shows.
it("has the same bits everywhere", () => {
  let hash = 0;
  for (let i = -2000; i <= 2000; i++)
    for (const digit of bitsOf(portableExp(i / 97)) + bitsOf(portableLog((i + 2001) / 97)))
      hash = (Math.imul(hash, 31) + digit.charCodeAt(0)) | 0;
  expect(hash >>> 0).toMatchInlineSnapshot(`3884958077`);
});
