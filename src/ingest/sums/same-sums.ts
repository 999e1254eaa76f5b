import type { SummedParts } from "../../statistics/mixed-model/index.js";

/**
 * The largest difference of two engines' sums of the same model, relative to the size that the sum can have: |Σ ab| ≤ √Σa² √Σb².
 * Relative to the sum itself it would mean nothing where a sum is zero, as that of a centred column.
 * @throws {RangeError} when they are not sums of the same model with the same levels
 */
export function largestDifference(one: SummedParts, other: SummedParts): number {
  const w = one.fixed.length + 1;
  const levels = ({ terms }: SummedParts) => terms.flatMap((term) => [...term.levels, ...term.coefficients]).join("\0");
  if (
    one.gram.length !== other.gram.length ||
    levels(one) !== levels(other) ||
    one.pairs.row.length !== other.pairs.row.length
  )
    throw new RangeError("these are not sums of the same model with the same levels");
  let most = 0;
  const compare = (a: number, b: number, size: number) => {
    if (a !== b) most = Math.max(most, Math.abs(a - b) / size);
  };
  for (let i = 0; i < w; i++)
    for (let j = 0; j < w; j++)
      compare(one.gram[i * w + j]!, other.gram[i * w + j]!, Math.sqrt(one.gram[i * w + i]! * one.gram[j * w + j]!));
  const own = new Map<number, number>();
  const { row, column, value } = one.pairs;
  row.forEach((r, e) => {
    if (r === column[e]) own.set(r, value[e]!);
  });
  row.forEach((r, e) => {
    const size = Math.sqrt(own.get(r)! * own.get(column[e]!)!);
    if (other.pairs.row[e] !== r || other.pairs.column[e] !== column[e]) throw new RangeError("the pairs differ");
    compare(value[e]!, other.pairs.value[e]!, size);
  });
  let scalar = 0;
  one.terms.forEach(({ levelSums }, t) => {
    for (let at = 0; at < levelSums.length; at += w, scalar++)
      for (let c = 0; c < w; c++) {
        // A column of scale 1 has about as much of its square in a level as the level has of its own.
        compare(
          levelSums[at + c]!,
          other.terms[t]!.levelSums[at + c]!,
          Math.max(own.get(scalar)!, Math.abs(levelSums[at + c]!)),
        );
      }
  });
  for (const [a, b] of [...one.fixed, one.response].map((c, i) => [c, [...other.fixed, other.response][i]!] as const)) {
    compare(a.centre, b.centre, a.scale);
    compare(a.scale, b.scale, a.scale);
  }
  return most;
}
