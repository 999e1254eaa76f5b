import { chiSquareUpper } from "../../distributions/index.js";
import type { Responses } from "../responses.js";
import { type GroupPair, type ScoreStratum, scoreStrata } from "./strata.js";

/** ETS's classes: negligible, slight to moderate, moderate to large. */
export type DifClass = "A" | "B" | "C";

/** Differential functioning of an item by Mantel and Haenszel, or by Mantel where it has more than two scores. */
export interface MantelHaenszel {
  readonly name: string;
  readonly n: { readonly reference: number; readonly focal: number };
  /** Common odds ratio of a right answer, reference ÷ focal; null for polytomous items, or where it can't be told. */
  readonly alpha: number | null;
  /** −2.35 ln α: ETS's delta. Below nought where the item is harder for the focal group. */
  readonly delta: number | null;
  /** By Robins, Breslow and Greenland (1986). */
  readonly deltaError: number | null;
  /** Mantel and Haenszel's χ² with one degree of freedom, with the continuity correction of a half where it is asked for. */
  readonly chiSquare: number | null;
  readonly p: number | null;
  /** Focal less reference mean score at the focal group's totals (Dorans & Kulick), and that over the standard deviation of the item. */
  readonly standardisedDifference: number | null;
  readonly effect: number | null;
  readonly class: DifClass | null;
}

/** How items are compared. */
export interface MantelHaenszelOptions extends GroupPair {
  /** Yates's correction of a half in the χ² of dichotomous items. Default: yes, as ETS has it. */
  readonly continuity?: boolean;
  /** Match again without the items of class C of the first round. Default: no. */
  readonly purify?: boolean;
}

/**
 * Differential item functioning between two groups at the same total score (Holland & Thayer 1988), the studied item among the matching ones. Dichotomous
 * items have ETS's delta classes (Zieky 1993): A where |Δ| < 1 or Δ isn't distinguishable from nought, C where |Δ| ≥ 1.5 and
 * distinguishably above 1, B between. Polytomous items have Mantel's (1963) χ² and, by the standardised mean difference over the item's standard
 * deviation, the classes of NAEP: A up to 0.17 or not distinguishable, C above 0.25. All at 5%.
 */
export function mantelHaenszel(responses: Responses, options: MantelHaenszelOptions): readonly MantelHaenszel[] {
  const once = (matches?: (item: number) => boolean) =>
    scoreStrata(responses, options, matches).map((strata, item) =>
      responses.items[item]!.maximum === 1
        ? dichotomous(responses.items[item]!.name, strata, options.continuity ?? true)
        : polytomous(responses.items[item]!.name, strata),
    );
  const first = once();
  const kept = first.map((item) => item.class !== "C");
  return options.purify === true && kept.includes(false) && kept.filter(Boolean).length > 1
    ? once((item) => kept[item]!)
    : first;
}

const sum = (counts: Float64Array) => counts.reduce((a, b) => a + b, 0);
const moments = (counts: Float64Array) => {
  let [first, second] = [0, 0];
  counts.forEach((count, k) => {
    first += k * count;
    second += k * k * count;
  });
  return { first, second };
};

const sizes = (strata: readonly ScoreStratum[]) => ({
  reference: strata.reduce((total, stratum) => total + sum(stratum.reference), 0),
  focal: strata.reduce((total, stratum) => total + sum(stratum.focal), 0),
});

/** Focal less reference mean score, at the focal group's totals; and the item's standard deviation over both groups. */
function standardised(strata: readonly ScoreStratum[]) {
  let [difference, focal, n, first, second] = [0, 0, 0, 0, 0];
  for (const stratum of strata) {
    const [r, f] = [sum(stratum.reference), sum(stratum.focal)];
    const [ofR, ofF] = [moments(stratum.reference), moments(stratum.focal)];
    n += r + f;
    first += ofR.first + ofF.first;
    second += ofR.second + ofF.second;
    if (r === 0 || f === 0) continue;
    focal += f;
    difference += f * (ofF.first / f - ofR.first / r);
  }
  if (focal === 0) return { standardisedDifference: null, effect: null };
  const sd = Math.sqrt(second / n - (first / n) ** 2);
  return { standardisedDifference: difference / focal, effect: sd > 0 ? difference / focal / sd : null };
}

const level = 0.05;
const oneSided = 1.6448536269514722;

function dichotomous(name: string, strata: readonly ScoreStratum[], continuity: boolean): MantelHaenszel {
  let [r, s, pr, crossed, qs, observed, expected, variance] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (const { reference, focal } of strata) {
    const [b, a] = [reference[0]!, reference[1]!];
    const [d, c] = [focal[0]!, focal[1]!];
    const n = a + b + c + d;
    if (a + b === 0 || c + d === 0) continue;
    const right = (a * d) / n;
    const wrong = (b * c) / n;
    r += right;
    s += wrong;
    pr += (right * (a + d)) / n;
    crossed += (right * (b + c) + wrong * (a + d)) / n;
    qs += (wrong * (b + c)) / n;
    observed += a;
    expected += ((a + b) * (a + c)) / n;
    if (n > 1) variance += ((a + b) * (c + d) * (a + c) * (b + d)) / (n * n * (n - 1));
  }
  const base = { name, n: sizes(strata), ...standardised(strata) };
  if (!(r > 0 && s > 0 && variance > 0))
    return { ...base, alpha: null, delta: null, deltaError: null, chiSquare: null, p: null, class: null };
  const alpha = r / s;
  const delta = -2.35 * Math.log(alpha);
  const deltaError = 2.35 * Math.sqrt(pr / (2 * r * r) + crossed / (2 * r * s) + qs / (2 * s * s));
  const off = Math.max(0, Math.abs(observed - expected) - (continuity ? 0.5 : 0));
  const chiSquare = (off * off) / variance;
  const p = chiSquareUpper(chiSquare, 1);
  const size = Math.abs(delta);
  const large = size >= 1.5 && (size - 1) / deltaError > oneSided;
  const negligible = size < 1 || p >= level;
  return { ...base, alpha, delta, deltaError, chiSquare, p, class: large ? "C" : negligible ? "A" : "B" };
}

function polytomous(name: string, strata: readonly ScoreStratum[]): MantelHaenszel {
  let [off, variance] = [0, 0];
  for (const { reference, focal } of strata) {
    const [r, f] = [sum(reference), sum(focal)];
    const n = r + f;
    if (r === 0 || f === 0 || n < 2) continue;
    const [ofR, ofF] = [moments(reference), moments(focal)];
    const [first, second] = [ofR.first + ofF.first, ofR.second + ofF.second];
    off += ofF.first - (f * first) / n;
    variance += (r * f * (n * second - first * first)) / (n * n * (n - 1));
  }
  const differences = standardised(strata);
  const base = { name, n: sizes(strata), alpha: null, delta: null, deltaError: null, ...differences };
  if (!(variance > 0) || differences.effect === null) return { ...base, chiSquare: null, p: null, class: null };
  const chiSquare = (off * off) / variance;
  const p = chiSquareUpper(chiSquare, 1);
  const size = Math.abs(differences.effect);
  return { ...base, chiSquare, p, class: p >= level || size <= 0.17 ? "A" : size > 0.25 ? "C" : "B" };
}
