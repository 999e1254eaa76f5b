/**
 * Pearson's correlation of two vectors.
 *
 * @param x length n
 * @param y length n
 * @returns −1 to 1; null for fewer than two pairs or where one of the two doesn't vary
 * @throws {RangeError} when the lengths differ.
 */
export function correlation(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const n = x.length;
  if (y.length !== n) throw new RangeError(`a correlation needs as many of both, got ${n} and ${y.length}`);
  if (n < 2) return null;
  let [mx, my] = [0, 0];
  for (let i = 0; i < n; i++) {
    mx += x[i]! / n;
    my += y[i]! / n;
  }
  let [xx, yy, xy] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const [a, b] = [x[i]! - mx, y[i]! - my];
    xx += a * a;
    yy += b * b;
    xy += a * b;
  }
  return xx > 0 && yy > 0 ? Math.max(-1, Math.min(1, xy / Math.sqrt(xx * yy))) : null;
}

/** Ranks from 1, the lowest first; equal values share the mean of their ranks. */
export function midranks(values: ArrayLike<number>): Float64Array {
  const n = values.length;
  const order = Uint32Array.from({ length: n }, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  const ranks = new Float64Array(n);
  for (let from = 0; from < n; ) {
    let to = from + 1;
    while (to < n && values[order[to]!] === values[order[from]!]) to++;
    for (let k = from; k < to; k++) ranks[order[k]!] = (from + 1 + to) / 2;
    from = to;
  }
  return ranks;
}

/**
 * Spearman's rank correlation: Pearson's of the midranks, so that ties are allowed.
 * @returns −1 to 1, or null as {@link correlation}
 * @throws {RangeError} when the lengths differ.
 */
export function rankCorrelation(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  return correlation(midranks(x), midranks(y));
}
