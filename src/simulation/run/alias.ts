/** A table from which a class is drawn in one step, whatever their number (A. J. Walker 1977). */
export interface AliasTable {
  readonly first: number;
  readonly keep: Float64Array;
  readonly other: Uint16Array;
}

/** Builds the table of weights; class k is drawn as often as its weight over the sum. `first` is added to the class drawn. */
export function aliasTable(weights: ArrayLike<number>, first: number): AliasTable {
  const n = weights.length;
  const keep = new Float64Array(n).fill(1);
  const other = Uint16Array.from({ length: n }, (_, k) => k);
  let sum = 0;
  for (let k = 0; k < n; k++) sum += weights[k]!;
  if (sum <= 0) return { first, keep, other };
  const scaled = Float64Array.from({ length: n }, (_, k) => (weights[k]! * n) / sum);
  const [small, large]: [number[], number[]] = [[], []];
  for (let k = 0; k < n; k++) (scaled[k]! < 1 ? small : large).push(k);
  while (small.length > 0 && large.length > 0) {
    const [low, high] = [small.pop()!, large.pop()!];
    keep[low] = scaled[low]!;
    other[low] = high;
    scaled[high] = scaled[high]! + scaled[low]! - 1;
    (scaled[high]! < 1 ? small : large).push(high);
  }
  return { first, keep, other };
}

/** The class of a share from 0 up to 1. */
export function drawAlias({ first, keep, other }: AliasTable, share: number): number {
  const at = share * keep.length;
  const k = at | 0;
  const instead = other[k]!;
  return first + (instead ^ ((instead ^ k) & -Number(at - k < keep[k]!)));
}
