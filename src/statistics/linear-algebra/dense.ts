/** Dense kernels on column-major lower triangles: what the sparse factorisation spends its time in. */

const panelWidth = 48;

/** Thrown when a matrix that has to be positive definite is not. */
export class NotPositiveDefiniteError extends Error {
  readonly code = "not-positive-definite";
  readonly column: number;

  constructor(column: number) {
    super(`the matrix is not positive definite: pivot ${column} is not positive`);
    this.column = column;
  }
}

/** Factors columns `from` … `to` − 1 of the panel, every column already updated by those before `from`. */
function factorPanel(f: Float64Array, m: number, from: number, to: number): void {
  for (let j = from; j < to; j++) {
    const cj = j * m;
    const pivot = f[cj + j]!;
    if (!(pivot > 0)) throw new NotPositiveDefiniteError(j);
    const root = Math.sqrt(pivot);
    f[cj + j] = root;
    const inverse = 1 / root;
    for (let i = j + 1; i < m; i++) f[cj + i]! *= inverse;
    for (let k = j + 1; k < to; k++) {
      const ck = k * m;
      const ljk = f[cj + k]!;
      if (ljk !== 0) for (let i = k; i < m; i++) f[ck + i]! -= f[cj + i]! * ljk;
    }
  }
}

/** Copies rows `from` … m − 1 of the panel's columns into `packed`, row after row. */
function packPanel(f: Float64Array, m: number, first: number, width: number, from: number, packed: Float64Array): void {
  for (let c = 0; c < width; c++) {
    const column = (first + c) * m;
    for (let i = from, at = c; i < m; i++, at += width) packed[at] = f[column + i]!;
  }
}

/** Subtracts P Pᵀ from the lower triangle of rows and columns `from` … m − 1, four by four. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: the tile's sixteen sums are clearest side by side
function subtractOuter(f: Float64Array, m: number, from: number, p: Float64Array, width: number): void {
  const n = m - from;
  for (let j = 0; j < n; j += 4) {
    const jn = Math.min(4, n - j);
    let i = j;
    if (jn === 4) {
      const b0 = j * width;
      const b1 = b0 + width;
      const b2 = b1 + width;
      const b3 = b2 + width;
      const c0 = (from + j) * m + from;
      const c1 = c0 + m;
      const c2 = c1 + m;
      const c3 = c2 + m;
      for (; i + 3 < n; i += 4) {
        let s00 = 0,
          s10 = 0,
          s20 = 0,
          s30 = 0,
          s01 = 0,
          s11 = 0,
          s21 = 0,
          s31 = 0;
        let s02 = 0,
          s12 = 0,
          s22 = 0,
          s32 = 0,
          s03 = 0,
          s13 = 0,
          s23 = 0,
          s33 = 0;
        const a0 = i * width;
        const a1 = a0 + width;
        const a2 = a1 + width;
        const a3 = a2 + width;
        for (let c = 0; c < width; c++) {
          const x0 = p[a0 + c]!,
            x1 = p[a1 + c]!,
            x2 = p[a2 + c]!,
            x3 = p[a3 + c]!;
          const y0 = p[b0 + c]!,
            y1 = p[b1 + c]!,
            y2 = p[b2 + c]!,
            y3 = p[b3 + c]!;
          s00 += x0 * y0;
          s10 += x1 * y0;
          s20 += x2 * y0;
          s30 += x3 * y0;
          s01 += x0 * y1;
          s11 += x1 * y1;
          s21 += x2 * y1;
          s31 += x3 * y1;
          s02 += x0 * y2;
          s12 += x1 * y2;
          s22 += x2 * y2;
          s32 += x3 * y2;
          s03 += x0 * y3;
          s13 += x1 * y3;
          s23 += x2 * y3;
          s33 += x3 * y3;
        }
        // Above the diagonal of a diagonal tile the result is written too; nothing reads it.
        f[c0 + i]! -= s00;
        f[c0 + i + 1]! -= s10;
        f[c0 + i + 2]! -= s20;
        f[c0 + i + 3]! -= s30;
        f[c1 + i]! -= s01;
        f[c1 + i + 1]! -= s11;
        f[c1 + i + 2]! -= s21;
        f[c1 + i + 3]! -= s31;
        f[c2 + i]! -= s02;
        f[c2 + i + 1]! -= s12;
        f[c2 + i + 2]! -= s22;
        f[c2 + i + 3]! -= s32;
        f[c3 + i]! -= s03;
        f[c3 + i + 1]! -= s13;
        f[c3 + i + 2]! -= s23;
        f[c3 + i + 3]! -= s33;
      }
    }
    for (; i < n; i++) {
      const a = i * width;
      for (let k = 0; k < jn; k++) {
        if (j + k > i) break;
        const b = (j + k) * width;
        let sum = 0;
        for (let c = 0; c < width; c++) sum += p[a + c]! * p[b + c]!;
        f[(from + j + k) * m + from + i]! -= sum;
      }
    }
  }
}

let packedPanel = new Float64Array(1024);

/**
 * Cholesky factorisation of the first `pivots` columns of a symmetric matrix, in place; the rest becomes the Schur complement.
 *
 * @param f m×m, column-major, lower triangle read and written
 * @throws {NotPositiveDefiniteError} when a pivot is not positive.
 */
export function partialCholesky(f: Float64Array, m: number, pivots: number): void {
  for (let j = 0; j < pivots; j += panelWidth) {
    const end = Math.min(pivots, j + panelWidth);
    factorPanel(f, m, j, end);
    const width = end - j;
    if (end === m) return;
    if ((m - end) * width > packedPanel.length) packedPanel = new Float64Array(2 * (m - end) * width);
    packPanel(f, m, j, width, end, packedPanel);
    subtractOuter(f, m, end, packedPanel, width);
  }
}

/**
 * Solves `L x = b` in place for several right-hand sides.
 * @param l m×n column-major with `lda` rows, lower triangle of its first n rows
 * @param b n×width, row-major, beginning at `at`
 */
export function solveLower(
  l: Float64Array,
  lAt: number,
  lda: number,
  n: number,
  b: Float64Array,
  at: number,
  width: number,
): void {
  for (let j = 0; j < n; j++) {
    const column = lAt + j * lda;
    const inverse = 1 / l[column + j]!;
    const rowJ = at + j * width;
    for (let c = 0; c < width; c++) b[rowJ + c]! *= inverse;
    for (let i = j + 1; i < n; i++) {
      const lij = l[column + i]!;
      if (lij === 0) continue;
      const rowI = at + i * width;
      for (let c = 0; c < width; c++) b[rowI + c]! -= lij * b[rowJ + c]!;
    }
  }
}

/** Solves `Lᵀ x = b` in place for several right-hand sides; shapes as in {@link solveLower}. */
export function solveLowerTransposed(
  l: Float64Array,
  lAt: number,
  lda: number,
  n: number,
  b: Float64Array,
  at: number,
  width: number,
): void {
  for (let j = n - 1; j >= 0; j--) {
    const column = lAt + j * lda;
    const rowJ = at + j * width;
    for (let i = j + 1; i < n; i++) {
      const lij = l[column + i]!;
      if (lij === 0) continue;
      const rowI = at + i * width;
      for (let c = 0; c < width; c++) b[rowJ + c]! -= lij * b[rowI + c]!;
    }
    const inverse = 1 / l[column + j]!;
    for (let c = 0; c < width; c++) b[rowJ + c]! *= inverse;
  }
}

/**
 * The inverse of a lower triangle, row-major n×n (its upper triangle is zero).
 * @param l column-major with `lda` rows, beginning at `lAt`
 */
export function invertLower(l: Float64Array, lAt: number, lda: number, n: number): Float64Array {
  const x = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    const row = i * n;
    let j = 0;
    for (; j + 3 < i; j += 4) {
      const l0 = l[lAt + j * lda + i]!,
        l1 = l[lAt + (j + 1) * lda + i]!;
      const l2 = l[lAt + (j + 2) * lda + i]!,
        l3 = l[lAt + (j + 3) * lda + i]!;
      const r0 = j * n,
        r1 = r0 + n,
        r2 = r1 + n,
        r3 = r2 + n;
      for (let c = 0; c < j + 4; c++)
        x[row + c]! -= l0 * x[r0 + c]! + l1 * x[r1 + c]! + l2 * x[r2 + c]! + l3 * x[r3 + c]!;
    }
    for (; j < i; j++) {
      const lij = l[lAt + j * lda + i]!;
      for (let c = 0, r = j * n; c <= j; c++) x[row + c]! -= lij * x[r + c]!;
    }
    const inverse = 1 / l[lAt + i * lda + i]!;
    for (let c = 0; c < i; c++) x[row + c]! *= inverse;
    x[row + i] = inverse;
  }
  return x;
}

/**
 * The inverse of a symmetric positive definite matrix.
 * @param a n×n, either order, its lower triangle read
 * @returns n×n, symmetric; R with RᵀR that inverse, lower triangle, row-major; and the logarithm of the determinant of `a`
 * @throws {NotPositiveDefiniteError} when it is not positive definite.
 */
export function invertPositiveDefinite(
  a: Float64Array,
  n: number,
): { readonly inverse: Float64Array; readonly factorInverse: Float64Array; readonly logDeterminant: number } {
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) l[j * n + i] = a[i * n + j]!;
  partialCholesky(l, n, n);
  let logDeterminant = 0;
  for (let j = 0; j < n; j++) logDeterminant += 2 * Math.log(l[j * n + j]!);
  const factorInverse = invertLower(l, 0, n, n);
  return { inverse: crossProductOfRows(factorInverse, n), factorInverse, logDeterminant };
}

/** XᵀX of a lower triangle held row-major: the inverse of L Lᵀ when X is the inverse of L. n×n, symmetric. */
export function crossProductOfRows(x: Float64Array, n: number): Float64Array {
  const z = new Float64Array(n * n);
  // Row j of the answer gathers x[i, j] · x[i, ·] over i ≥ j, four rows of X at a time.
  for (let j = 0; j < n; j++) {
    const out = j * n;
    let i = j;
    for (; i + 3 < n; i += 4) {
      const r0 = i * n,
        r1 = r0 + n,
        r2 = r1 + n,
        r3 = r2 + n;
      const x0 = x[r0 + j]!,
        x1 = x[r1 + j]!,
        x2 = x[r2 + j]!,
        x3 = x[r3 + j]!;
      for (let c = 0; c <= j; c++) z[out + c]! += x0 * x[r0 + c]! + x1 * x[r1 + c]! + x2 * x[r2 + c]! + x3 * x[r3 + c]!;
    }
    for (; i < n; i++) {
      const xi = x[i * n + j]!;
      for (let c = 0, r = i * n; c <= j; c++) z[out + c]! += xi * x[r + c]!;
    }
  }
  for (let j = 0; j < n; j++) for (let c = 0; c < j; c++) z[c * n + j] = z[j * n + c]!;
  return z;
}
