/** Raw powers x, x², … of the values. */
export function rawPolynomial(x: Float64Array, degree: number): Float64Array[] {
  const columns = [x];
  for (let k = 1; k < degree; k++) {
    const [before, next] = [columns[k - 1]!, new Float64Array(x.length)];
    for (let i = 0; i < x.length; i++) next[i] = before[i]! * x[i]!;
    columns.push(next);
  }
  return columns;
}

/**
 * Orthogonal polynomials as R's `poly(x, degree)`: columns of length 1, orthogonal to the constant and to each other, the leading
 * coefficient positive. By the three-term recurrence (Forsythe 1957, J. SIAM 5, 74–88), which R's QR decomposition amounts to.
 * @param x with more different values than `degree`
 */
export function orthogonalPolynomial(x: Float64Array, degree: number): Float64Array[] {
  const n = x.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += x[i]! / n;
  const centred = new Float64Array(n);
  for (let i = 0; i < n; i++) centred[i] = x[i]! - mean;
  let before: Float64Array | null = null;
  let current = new Float64Array(n).fill(1 / Math.sqrt(n));
  const columns: Float64Array[] = [];
  for (let k = 0; k < degree; k++) {
    const next = new Float64Array(n);
    for (let i = 0; i < n; i++) next[i] = centred[i]! * current[i]!;
    // Twice, so that rounding in the first pass does not stay.
    for (let pass = 0; pass < 2; pass++)
      for (const column of before ? [before, current] : [current]) {
        let along = 0;
        for (let i = 0; i < n; i++) along += next[i]! * column[i]!;
        for (let i = 0; i < n; i++) next[i]! -= along * column[i]!;
      }
    let squares = 0;
    for (let i = 0; i < n; i++) squares += next[i]! ** 2;
    const length = Math.sqrt(squares);
    for (let i = 0; i < n; i++) next[i]! /= length;
    columns.push(next);
    before = current;
    current = next;
  }
  return columns;
}
