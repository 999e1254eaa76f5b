import type { Responses } from "../responses.js";
import { eachAnswer, totalsOf } from "./answers.js";

/** An item by the statistics of classical test theory. */
export interface ClassicalItem {
  readonly name: string;
  /** Persons who answered it, and the sum of their weights. */
  readonly n: number;
  readonly weighted: number;
  /** Mean score ÷ maximum, weighted: for a dichotomous item the share who got it right. Null where nobody answered. */
  readonly facility: number | null;
  /** Share of each score, weighted. */
  readonly shares: readonly number[];
  /**
   * Correlation with the share of points on the booklet's other items, within booklets and weighted: the point-biserial of the rest score.
   * Null where it has no variation.
   */
  readonly restCorrelation: number | null;
}

/** Facility and discrimination of every item, without a model. */
export function classicalItems(responses: Responses): readonly ClassicalItem[] {
  const count = responses.items.length;
  const { score, possible } = totalsOf(responses);
  const n = new Float64Array(count);
  const shares = responses.items.map((item) => new Float64Array(item.maximum + 1));
  // Moments within booklets: their sums by item and booklet, then taken off.
  const cells = new Map<number, { w: number; x: number; y: number; xx: number; yy: number; xy: number }>();
  const sums = Array.from({ length: count }, () => ({ xx: 0, yy: 0, xy: 0 }));
  eachAnswer(responses, (person, item, value) => {
    const w = responses.weights?.[person] ?? 1;
    const { maximum } = responses.items[item]!;
    n[item]! += 1;
    shares[item]![value]! += w;
    const rest = possible[person]! - maximum;
    if (rest === 0) return;
    const x = value / maximum;
    const y = (score[person]! - value) / rest;
    const key = item * responses.booklets.length + responses.booklet[person]!;
    const cell = cells.get(key) ?? { w: 0, x: 0, y: 0, xx: 0, yy: 0, xy: 0 };
    cells.set(key, cell);
    cell.w += w;
    cell.x += w * x;
    cell.y += w * y;
    cell.xx += w * x * x;
    cell.yy += w * y * y;
    cell.xy += w * x * y;
  });
  for (const [key, { w, x, y, xx, yy, xy }] of cells) {
    const sum = sums[Math.floor(key / responses.booklets.length)]!;
    sum.xx += xx - (x * x) / w;
    sum.yy += yy - (y * y) / w;
    sum.xy += xy - (x * y) / w;
  }
  return responses.items.map(({ name, maximum }, j) => {
    const weighted = shares[j]!.reduce((a, b) => a + b, 0);
    const { xx, yy, xy } = sums[j]!;
    const spread = Math.sqrt(xx * yy);
    return {
      name,
      n: n[j]!,
      weighted,
      facility: weighted > 0 ? shares[j]!.reduce((sum, share, k) => sum + k * share, 0) / weighted / maximum : null,
      shares: weighted > 0 ? Array.from(shares[j]!, (share) => share / weighted) : [],
      restCorrelation: spread > 1e-12 * weighted ? xy / spread : null,
    };
  });
}
