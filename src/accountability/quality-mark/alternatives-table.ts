import { formatCsv } from "../../ingest/index.js";
import type { Review } from "./review.js";

const columns = [
  "kind",
  "code",
  "label",
  "awarded",
  "refused",
  "other",
  "changed",
  "newly_refused",
  "no_longer_refused",
  "schools_compared",
  "correlation",
  "rank_correlation",
  "largest_move_school",
  "largest_move_from",
  "largest_move_to",
  "pupils",
  "how",
  "not_computed",
] as const;

/**
 * What every other choice would change, as CSV: the rule's own numbers (`rule`), then other ways of measuring (`measure`). An empty field
 * is a figure that the kind has not, or that could not be computed; the last column then says why.
 */
export function alternativesTable({ alternatives, comparison, decisions }: Review): string {
  const rules = alternatives.map(({ label, awarded, refused, changed }) => {
    const counts = [awarded, refused, decisions.length - awarded - refused, changed];
    return ["rule", null, label, ...counts, ...new Array(columns.length - 7).fill(null)];
  });
  const models = comparison.models.map((model) => {
    const { code, label, how, pupils, largestMove: move, notComputed } = model;
    if (notComputed !== null) return ["measure", code, label, ...new Array(columns.length - 4).fill(null), notComputed];
    const counts = [
      model.awarded,
      model.refused,
      model.other,
      model.changed,
      model.newlyRefused,
      model.noLongerRefused,
    ];
    const agreement = [model.compared, model.correlation, model.rankCorrelation];
    const moved = [move?.school ?? null, move?.inForce ?? null, move?.alternative ?? null];
    return ["measure", code, label, ...counts, ...agreement, ...moved, pupils, how, null];
  });
  return formatCsv(columns, [...rules, ...models]);
}
