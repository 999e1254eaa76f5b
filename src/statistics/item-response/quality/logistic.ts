import { chiSquareUpper } from "../../distributions/index.js";
import { invertSymmetric } from "../../linear-algebra/small.js";
import type { Responses } from "../responses.js";
import { type GroupPair, type ScoreStratum, scoreStrata } from "./strata.js";

/** A likelihood ratio with its degrees of freedom. */
export interface Ratio {
  readonly chiSquare: number;
  readonly degrees: number;
  readonly p: number;
}

/** Differential functioning of an item by logistic regression on total score, group and both. */
export interface LogisticDif {
  readonly name: string;
  /** Adding the group: the same difference at all totals. */
  readonly uniform: Ratio;
  /** Adding score × group to that: a difference that changes with the total. */
  readonly nonUniform: Ratio;
  readonly both: Ratio;
  /** Coefficient of the focal group in the model without score × group, in logits: below nought where the item is harder for it. */
  readonly difference: number;
  /** Nagelkerke's R² that group and score × group add; and its class by Jodoin and Gierl (2001): from 0.035 and 0.070 on, if distinguishable. */
  readonly addedR2: number;
  readonly class: "A" | "B" | "C";
}

/**
 * Swaminathan and Rogers's (1990) logistic regressions for dichotomous items: the odds of a right answer by the share of points on the booklet, a constant for each
 * booklet, the group, and group times share. Weights aren't used.
 *
 * @returns one an item; null for polytomous items and where a regression has no finite solution
 */
export function logisticDif(responses: Responses, pair: GroupPair): readonly (LogisticDif | null)[] {
  return scoreStrata(responses, pair).map((strata, item) =>
    responses.items[item]!.maximum === 1 ? compare(responses.items[item]!.name, strata) : null,
  );
}

interface Row {
  readonly booklet: number;
  readonly score: number;
  readonly focal: number;
  readonly right: number;
  readonly n: number;
}

function compare(name: string, strata: readonly ScoreStratum[]): LogisticDif | null {
  const rows = strata.flatMap(({ booklet, total, possible, reference, focal }) =>
    [reference, focal].map((counts, g): Row => {
      const n = counts[0]! + counts[1]!;
      return { booklet, score: total / possible, focal: g, right: counts[1]!, n };
    }),
  );
  const used = rows.filter(({ n }) => n > 0);
  const booklets = [...new Set(used.map(({ booklet }) => booklet))];
  const constants = booklets.map((b) => (row: Row) => (row.booklet === b ? 1 : 0));
  const score = (row: Row) => row.score;
  const group = (row: Row) => row.focal;
  const none = regress(used, constants);
  const base = regress(used, [...constants, score]);
  const uniform = regress(used, [...constants, score, group]);
  const full = regress(used, [...constants, score, group, (row) => row.score * row.focal]);
  if (!none || !base || !uniform || !full) return null;
  const n = used.reduce((total, row) => total + row.n, 0);
  const nagelkerke = (logLikelihood: number) =>
    (1 - Math.exp((2 * (none.logLikelihood - logLikelihood)) / n)) / (1 - Math.exp((2 * none.logLikelihood) / n));
  const both = ratio(base.logLikelihood, full.logLikelihood, 2);
  const addedR2 = nagelkerke(full.logLikelihood) - nagelkerke(base.logLikelihood);
  return {
    name,
    uniform: ratio(base.logLikelihood, uniform.logLikelihood, 1),
    nonUniform: ratio(uniform.logLikelihood, full.logLikelihood, 1),
    both,
    difference: uniform.coefficients[constants.length + 1]!,
    addedR2,
    class: both.p >= 0.05 || addedR2 < 0.035 ? "A" : addedR2 < 0.07 ? "B" : "C",
  };
}

function ratio(small: number, large: number, degrees: number): Ratio {
  const chiSquare = Math.max(0, 2 * (large - small));
  return { chiSquare, degrees, p: chiSquareUpper(chiSquare, degrees) };
}

/** Logistic regression of counts by Newton's method; null where it has no finite solution. */
function regress(rows: readonly Row[], columns: readonly ((row: Row) => number)[]) {
  const p = columns.length;
  const x = rows.map((row) => columns.map((column) => column(row)));
  const coefficients = new Float64Array(p);
  let before = Number.NEGATIVE_INFINITY;
  for (let step = 0; step < 60; step++) {
    const information = new Float64Array(p * p);
    const gradient = new Float64Array(p);
    let logLikelihood = 0;
    rows.forEach(({ right, n }, r) => {
      const own = x[r]!;
      let eta = 0;
      for (let a = 0; a < p; a++) eta += own[a]! * coefficients[a]!;
      const odds = Math.exp(-Math.abs(eta));
      const log = Math.log1p(odds);
      logLikelihood += right * Math.min(0, eta) + (n - right) * Math.min(0, -eta) - n * log;
      const mean = eta >= 0 ? 1 / (1 + odds) : odds / (1 + odds);
      for (let a = 0; a < p; a++) {
        gradient[a]! += (right - n * mean) * own[a]!;
        for (let b = 0; b <= a; b++) information[a * p + b]! += n * mean * (1 - mean) * own[a]! * own[b]!;
      }
    });
    if (Math.abs(logLikelihood - before) < 1e-10) return { coefficients, logLikelihood };
    before = logLikelihood;
    if (Number.isNaN(invertSymmetric(information, 0, p))) return null;
    for (let a = 0; a < p; a++) for (let b = 0; b < p; b++) coefficients[a]! += information[a * p + b]! * gradient[b]!;
    if (coefficients.some((value) => Math.abs(value) > 60)) return null;
  }
  return null;
}
