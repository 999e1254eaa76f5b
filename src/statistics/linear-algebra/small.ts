/**
 * Inverts a small symmetric positive definite matrix in place, by its Cholesky factor.
 * @param a n×n, row-major, from `at` on; its lower triangle is read
 * @returns the logarithm of the determinant of what was there; `NaN` where it is not positive definite, and then `a` is spoilt
 */
export function invertSymmetric(a: Float64Array, at: number, n: number): number {
  let logDeterminant = 0;
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = a[at + i * n + j]!;
      for (let k = 0; k < j; k++) sum -= a[at + i * n + k]! * a[at + j * n + k]!;
      if (i !== j) a[at + i * n + j] = sum / a[at + j * n + j]!;
      else if (sum > 0) {
        a[at + i * n + i] = Math.sqrt(sum);
        logDeterminant += Math.log(sum);
      } else return Number.NaN;
    }
  // The factor's inverse in its place, then (L⁻¹)ᵀL⁻¹.
  for (let j = 0; j < n; j++) {
    a[at + j * n + j] = 1 / a[at + j * n + j]!;
    for (let i = j + 1; i < n; i++) {
      let sum = 0;
      for (let k = j; k < i; k++) sum -= a[at + i * n + k]! * a[at + k * n + j]!;
      a[at + i * n + j] = sum / a[at + i * n + i]!;
    }
  }
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = 0;
      for (let k = i; k < n; k++) sum += a[at + k * n + i]! * a[at + k * n + j]!;
      a[at + i * n + j] = sum;
      a[at + j * n + i] = sum;
    }
  return logDeterminant;
}
