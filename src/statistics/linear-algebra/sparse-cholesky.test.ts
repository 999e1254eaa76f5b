import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { invertPositiveDefinite, NotPositiveDefiniteError, partialCholesky } from "./dense.js";
import { symmetricEigen } from "./eigen.js";
import { selectedInverse } from "./selected-inverse.js";
import { SparseCholesky } from "./sparse-cholesky.js";
import { analyse, type BlockPattern } from "./symbolic.js";

/** A random block-sparse symmetric positive definite matrix, and the same as a dense one. */
interface Example {
  pattern: BlockPattern;
  values: Float64Array;
  dense: Float64Array;
  n: number;
}

function example(
  widths: readonly number[],
  edges: readonly (readonly [number, number])[],
  draw: (k: number) => number,
): Example {
  const nodes = widths.length;
  const pairs = new Set(edges.map(([a, b]) => [Math.min(a % nodes, b % nodes), Math.max(a % nodes, b % nodes)].join()));
  const scalarStart = [0];
  for (const width of widths) scalarStart.push(scalarStart.at(-1)! + width);
  const n = scalarStart[nodes]!;
  const dense = new Float64Array(n * n);
  const start = [0];
  const column: number[] = [];
  const valueStart: number[] = [];
  const values: number[] = [];
  let k = 0;
  for (let a = 0; a < nodes; a++) {
    for (let b = a; b < nodes; b++) {
      if (a !== b && !pairs.has([a, b].join())) continue;
      column.push(b);
      valueStart.push(values.length);
      for (let i = 0; i < widths[a]!; i++)
        for (let j = 0; j < widths[b]!; j++) {
          const [row, col] = [scalarStart[a]! + i, scalarStart[b]! + j];
          if (a === b && j < i) {
            values.push(dense[col * n + row]!);
            continue;
          }
          const value = row === col ? 3 + 2 * n : draw(k++); // diagonally dominant, hence positive definite
          dense[row * n + col] = value;
          dense[col * n + row] = value;
          values.push(value);
        }
    }
    start.push(column.length);
  }
  const pattern = {
    nodes,
    width: Int32Array.from(widths),
    start: Int32Array.from(start),
    column: Int32Array.from(column),
    valueStart: Int32Array.from(valueStart),
  };
  return { pattern, values: Float64Array.from(values), dense, n };
}

const anyExample = fc
  .record({
    widths: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 25 }),
    edges: fc.array(fc.tuple(fc.nat(1000), fc.nat(1000)), { maxLength: 60 }),
    numbers: fc.infiniteStream(fc.double({ min: -1, max: 1, noNaN: true })),
  })
  .map(({ widths, edges, numbers }) => example(widths, edges, () => numbers.next().value as number));

// Evidence class: closed form. The dense factorisation of the same matrix.
describe("sparse Cholesky factorisation over dense fronts", () => {
  it("has the determinant and the solutions of the dense matrix", () => {
    fc.assert(
      fc.property(anyExample, ({ pattern, values, dense, n }) => {
        const cholesky = new SparseCholesky(analyse(pattern));
        const { inverse, logDeterminant } = invertPositiveDefinite(dense, n);
        expect(cholesky.factorise(values)).toBeCloseTo(logDeterminant, 9);
        const b = Float64Array.from({ length: n * 2 }, (_, i) => Math.sin(i + 1));
        const { place } = cholesky.symbolic;
        const x = new Float64Array(n * 2);
        for (let s = 0; s < n; s++) x.set(b.subarray(2 * s, 2 * s + 2), 2 * place[s]!);
        cholesky.solveForward(x, 2);
        cholesky.solveBackward(x, 2);
        for (let s = 0; s < n; s++)
          for (let c = 0; c < 2; c++) {
            let expected = 0;
            for (let t = 0; t < n; t++) expected += inverse[s * n + t]! * b[2 * t + c]!;
            expect(x[2 * place[s]! + c]).toBeCloseTo(expected, 10);
          }
      }),
      { numRuns: 60 },
    );
  });

  it("gives the entries of the inverse on the pattern, and quadratic forms off it", () => {
    fc.assert(
      fc.property(anyExample, fc.nat(100), fc.nat(100), ({ pattern, values, dense, n }, p, q) => {
        const cholesky = new SparseCholesky(analyse(pattern));
        cholesky.factorise(values);
        const s = cholesky.symbolic;
        const { inverse } = invertPositiveDefinite(dense, n);
        const scalarAt = new Int32Array(n);
        s.place.forEach((place, scalar) => {
          scalarAt[place] = scalar;
        });
        const selected = selectedInverse(cholesky);
        for (let f = 0; f < s.fronts; f++)
          for (let c = 0; c < s.pivots[f]!; c++)
            for (let i = c; i < s.height[f]!; i++) {
              const [row, column] = [
                scalarAt[s.indices[s.indexStart[f]! + i]!]!,
                scalarAt[s.indices[s.indexStart[f]! + c]!]!,
              ];
              expect(selected[s.factorStart[f]! + c * s.height[f]! + i]).toBeCloseTo(inverse[row * n + column]!, 12);
            }
        const [a, b] = [p % n, q % n];
        const expected = inverse[a * n + a]! + 4 * inverse[b * n + b]! + 4 * inverse[a * n + b]!;
        expect(cholesky.quadraticForm([a, b], [1, 2])).toBeCloseTo(expected, 12);
        expect(cholesky.quadraticForm([a], [1])).toBeCloseTo(inverse[a * n + a]!, 12);
      }),
      { numRuns: 60 },
    );
  });

  it("makes no fill for a school with its own cohorts, whatever their order", () => {
    const schools = 50;
    const cohorts = 5;
    const edges = Array.from({ length: schools * cohorts }, (_, k) => [Math.floor(k / cohorts), schools + k] as const);
    const { pattern } = example(new Array(schools * (1 + cohorts)).fill(1), edges, () => 0.1);
    const symbolic = analyse(pattern);
    expect(symbolic.largestHeight).toBe(2); // a cohort and its school, nothing else
    expect(symbolic.factorLength).toBeLessThanOrEqual(schools * 2 * (cohorts + 1));
  });

  it("names the pivot of a matrix that is not positive definite", () => {
    const f = Float64Array.from([1, 2, 2, 1]);
    expect(() => partialCholesky(f, 2, 2)).toThrow(NotPositiveDefiniteError);
  });

  it("factors a large front by panels as it does column by column", () => {
    const n = 131;
    const a = Float64Array.from({ length: n * n }, (_, k) => {
      const [i, j] = [Math.floor(k / n), k % n];
      return i === j ? n : Math.cos(i * j + i + j);
    });
    const { inverse } = invertPositiveDefinite(a, n);
    for (let i = 0; i < n; i += 13)
      for (let j = 0; j < n; j += 7) {
        let sum = 0;
        for (let k = 0; k < n; k++) sum += a[Math.max(i, k) * n + Math.min(i, k)]! * inverse[k * n + j]!;
        expect(sum).toBeCloseTo(i === j ? 1 : 0, 11);
      }
  });
});

describe("eigenvalues of a small symmetric matrix", () => {
  it("put the matrix together again", () => {
    const a = Float64Array.from([4, 1, -2, 1, 3, 0.5, -2, 0.5, 1]);
    const { values, vectors } = symmetricEigen(a, 3);
    for (let i = 0; i < 3; i++)
      for (let j = 0; j < 3; j++) {
        let sum = 0;
        for (let k = 0; k < 3; k++) sum += vectors[i * 3 + k]! * values[k]! * vectors[j * 3 + k]!;
        expect(sum).toBeCloseTo(a[i * 3 + j]!, 12);
      }
  });
});
