import { crossProductOfRows, invertLower } from "./dense.js";
import type { SparseCholesky } from "./sparse-cholesky.js";

/** Multiplies the symmetric r×r matrix `z` (full) with `y` (r×k, row-major): r×k, row-major, four rows of y at a time. */
function multiplySymmetric(z: Float64Array, r: number, y: Float64Array, k: number): Float64Array {
  const out = new Float64Array(r * k);
  for (let i = 0; i < r; i++) {
    const to = i * k;
    const row = i * r;
    let j = 0;
    for (; j + 3 < r; j += 4) {
      const z0 = z[row + j]!,
        z1 = z[row + j + 1]!,
        z2 = z[row + j + 2]!,
        z3 = z[row + j + 3]!;
      const y0 = j * k,
        y1 = y0 + k,
        y2 = y1 + k,
        y3 = y2 + k;
      for (let c = 0; c < k; c++) out[to + c]! += z0 * y[y0 + c]! + z1 * y[y1 + c]! + z2 * y[y2 + c]! + z3 * y[y3 + c]!;
    }
    for (; j < r; j++) {
      const zij = z[row + j]!;
      for (let c = 0, from = j * k; c < k; c++) out[to + c]! += zij * y[from + c]!;
    }
  }
  return out;
}

/**
 * The entries of the inverse on the pattern of the factor, by the recurrence of Takahashi, Fagan & Chin (1973) over dense fronts.
 *
 * @returns for every front, height × pivots, column-major like the factor: the inverse's rows of the front by its pivots
 */
export function selectedInverse(cholesky: SparseCholesky): Float64Array {
  const s = cholesky.symbolic;
  const l = cholesky.factor;
  const answer = new Float64Array(s.factorLength);
  const childrenLeft = new Int32Array(s.fronts);
  for (const p of s.parent) if (p >= 0) childrenLeft[p]!++;
  /** The whole inverse over a front's pivots and rows (height², full), kept while children still need it. */
  const whole: (Float64Array | null)[] = new Array(s.fronts).fill(null);
  for (let at = s.fronts - 1; at >= 0; at--) {
    const f = s.postorder[at]!;
    const m = s.height[f]!;
    const k = s.pivots[f]!;
    const r = m - k;
    const start = s.factorStart[f]!;
    const parent = s.parent[f]!;
    const z22 =
      r > 0 ? gather(whole[parent]!, s.height[parent]!, s.relative, s.relativeStart[f]!, r) : new Float64Array(0);
    if (parent >= 0 && --childrenLeft[parent]! === 0) whole[parent] = null;
    const keep = childrenLeft[f]! > 0;
    if (k === 1) invertOneColumn(l, answer, start, m, z22);
    else invertFront(l, answer, start, m, k, z22);
    if (keep) whole[f] = assemble(answer, start, m, k, z22);
  }
  return answer;
}

function gather(z: Float64Array, height: number, relative: Int32Array, at: number, r: number): Float64Array {
  const out = new Float64Array(r * r);
  for (let i = 0; i < r; i++) {
    const row = relative[at + i]! * height;
    for (let j = 0; j < r; j++) out[i * r + j] = z[row + relative[at + j]!]!;
  }
  return out;
}

/** A front with one pivot: z21 = −Z22 l21 / l11, z11 = 1 / l11² − z21ᵀ l21 / l11. */
function invertOneColumn(l: Float64Array, answer: Float64Array, start: number, m: number, z22: Float64Array): void {
  const r = m - 1;
  const inverse = 1 / l[start]!;
  let corner = inverse * inverse;
  for (let i = 0; i < r; i++) {
    let sum = 0;
    for (let j = 0; j < r; j++) sum += z22[i * r + j]! * l[start + 1 + j]!;
    const value = -sum * inverse;
    answer[start + 1 + i] = value;
    corner -= value * l[start + 1 + i]! * inverse;
  }
  answer[start] = corner;
}

/** z += xᵀy, all with rows of length k, row-major; four rows at a time. */
function addProductOfRows(z: Float64Array, x: Float64Array, y: Float64Array, rows: number, k: number): void {
  for (let a = 0; a < k; a++) {
    const to = a * k;
    let i = 0;
    for (; i + 3 < rows; i += 4) {
      const r0 = i * k;
      const r1 = r0 + k;
      const r2 = r1 + k;
      const r3 = r2 + k;
      const x0 = x[r0 + a]!;
      const x1 = x[r1 + a]!;
      const x2 = x[r2 + a]!;
      const x3 = x[r3 + a]!;
      for (let b = 0; b < k; b++) z[to + b]! += x0 * y[r0 + b]! + x1 * y[r1 + b]! + x2 * y[r2 + b]! + x3 * y[r3 + b]!;
    }
    for (; i < rows; i++) {
      const value = x[i * k + a]!;
      for (let b = 0, from = i * k; b < k; b++) z[to + b]! += value * y[from + b]!;
    }
  }
}

/** Y = L21 L11⁻¹, r×k, row-major; `inverse` is L11⁻¹, lower, row-major. Four of its rows at a time. */
function timesInverse(l: Float64Array, start: number, m: number, k: number, inverse: Float64Array): Float64Array {
  const r = m - k;
  const y = new Float64Array(r * k);
  for (let i = 0; i < r; i++) {
    const to = i * k;
    const row = start + k + i;
    let j = 0;
    for (; j + 3 < k; j += 4) {
      const l0 = l[row + j * m]!;
      const l1 = l[row + (j + 1) * m]!;
      const l2 = l[row + (j + 2) * m]!;
      const l3 = l[row + (j + 3) * m]!;
      const r0 = j * k;
      const r1 = r0 + k;
      const r2 = r1 + k;
      const r3 = r2 + k;
      for (let c = 0; c < j + 4; c++)
        y[to + c]! += l0 * inverse[r0 + c]! + l1 * inverse[r1 + c]! + l2 * inverse[r2 + c]! + l3 * inverse[r3 + c]!;
    }
    for (; j < k; j++) {
      const lij = l[row + j * m]!;
      for (let c = 0, from = j * k; c <= j; c++) y[to + c]! += lij * inverse[from + c]!;
    }
  }
  return y;
}

/** Z21 = −Z22 Y and Z11 = (L11 L11ᵀ)⁻¹ − Yᵀ Z21 with Y = L21 L11⁻¹. */
function invertFront(
  l: Float64Array,
  answer: Float64Array,
  start: number,
  m: number,
  k: number,
  z22: Float64Array,
): void {
  const r = m - k;
  const inverse = invertLower(l, start, m, k);
  const z11 = crossProductOfRows(inverse, k);
  if (r > 0) {
    const y = timesInverse(l, start, m, k, inverse);
    const z21 = multiplySymmetric(z22, r, y, k);
    addProductOfRows(z11, y, z21, r, k);
    for (let c = 0; c < k; c++) for (let i = 0; i < r; i++) answer[start + c * m + k + i] = -z21[i * k + c]!;
  }
  for (let c = 0; c < k; c++) for (let i = 0; i < k; i++) answer[start + c * m + i] = z11[i * k + c]!;
}

function assemble(answer: Float64Array, start: number, m: number, k: number, z22: Float64Array): Float64Array {
  const whole = new Float64Array(m * m);
  const r = m - k;
  for (let c = 0; c < k; c++)
    for (let i = 0; i < m; i++) {
      const value = answer[start + c * m + i]!;
      whole[i * m + c] = value;
      whole[c * m + i] = value;
    }
  for (let i = 0; i < r; i++) for (let j = 0; j < r; j++) whole[(k + i) * m + k + j] = z22[i * r + j]!;
  return whole;
}
