/**
 * Which tenth each row belongs to, from 0: in ascending order of the value, rows of the same value in their own order, all
 * tenths of (nearly) equal size. Sorting the values alone is many times faster than sorting the rows by them.
 */
export function tenthsOf(values: Float64Array): Uint8Array {
  const n = values.length;
  const out = new Uint8Array(n);
  if (n === 0) return out;
  const sorted = values.slice().sort();
  const cut = new Float64Array(9);
  const before = new Int32Array(9); // rows of the cut's own value that belong below it
  for (let k = 0; k < 9; k++) {
    const at = Math.floor(((k + 1) * n) / 10);
    cut[k] = sorted[at]!;
    let first = at;
    while (first > 0 && sorted[first - 1] === cut[k]) first--;
    before[k] = at - first;
  }
  const seen = new Int32Array(9); // rows of the value so far, kept at the first cut of that value
  for (let i = 0; i < n; i++) {
    const value = values[i]!;
    let k = 0;
    let equal = -1;
    for (; k < 9 && value >= cut[k]!; k++) {
      if (value > cut[k]!) continue;
      if (equal < 0) equal = seen[k]!++;
      if (equal < before[k]!) break;
    }
    out[i] = k;
  }
  return out;
}

/** Mean of some columns, and the standard error of the last one's mean, over the rows of each group. */
export interface GroupMeans {
  readonly rows: Int32Array;
  readonly means: readonly Float64Array[];
  readonly error: Float64Array;
}

/**
 * Means over the rows of each group.
 * @param group a row's group, from 0; negative is none
 * @param columns as long as `group`
 */
export function meansBy(group: ArrayLike<number>, groups: number, ...columns: readonly Float64Array[]): GroupMeans {
  const rows = new Int32Array(groups);
  for (let i = 0; i < group.length; i++) if (group[i]! >= 0) rows[group[i]!]! += 1;
  const means = columns.map((values) => {
    const mean = new Float64Array(groups);
    for (let i = 0; i < values.length; i++) if (group[i]! >= 0) mean[group[i]!]! += values[i]!;
    return mean.map((sum, g) => sum / rows[g]!);
  });
  const [last, mean] = [columns.at(-1)!, means.at(-1)!];
  const squares = new Float64Array(groups);
  for (let i = 0; i < last.length; i++) if (group[i]! >= 0) squares[group[i]!]! += (last[i]! - mean[group[i]!]!) ** 2;
  const error = squares.map((sum, g) => (rows[g]! > 1 ? Math.sqrt(sum / (rows[g]! - 1) / rows[g]!) : 0));
  return { rows, means, error };
}

/** The groups that have rows, with their number, in order. */
export const someRows = ({ rows }: GroupMeans) =>
  Array.from(rows, (count, k) => ({ k, count })).filter(({ count }) => count > 0);
