import type { Outcome, SurveyFault } from "./fault.js";

/** How a sample is shared among strata. */
export type AllocationRule =
  | { readonly kind: "proportional" }
  /** By size × standard deviation ÷ √cost. */
  | { readonly kind: "neyman" }
  /** By size to a power: 1 proportional, 0 equal, ½ in between (Bankier 1988). */
  | { readonly kind: "power"; readonly power: number }
  | { readonly kind: "equal" };

/** A stratum to be given a share. */
export interface AllocationStratum {
  readonly name: string;
  /** Units in it: no more can be drawn. */
  readonly units: number;
  /** Persons in it. */
  readonly size: number;
  /** Of the outcome between units; for Neyman. */
  readonly sd?: number;
  /** Of a unit, relative; 1 when left out. */
  readonly cost?: number;
  /** Raises the share, as 2; 1 when left out. */
  readonly oversample?: number;
  /** Share of the subgroup among its persons, 0–1. */
  readonly subgroup?: number;
}

/** The whole to be shared. */
export interface AllocationPlan {
  readonly total: number;
  readonly rule: AllocationRule;
  /** Units a stratum at the least, as far as it has them; 2 when left out, so that a variance can be estimated. */
  readonly minimum?: number;
  /** At least so many persons of the subgroup in expectation, of `personsPerUnit` drawn in each unit. */
  readonly subgroup?: { readonly persons: number; readonly personsPerUnit: number };
}

/** What each stratum gets. */
export interface Allocation {
  /** Units, in the strata's order; they sum to the total. */
  readonly units: readonly number[];
  /** Exponent θ of the subgroup's share that the shares were raised by, 0 without need. */
  readonly tilt: number;
  /** Expected persons of the subgroup; null where it isn't asked for. */
  readonly subgroup: number | null;
}

function shareOf({ size, sd = 1, cost = 1, oversample = 1 }: AllocationStratum, rule: AllocationRule): number {
  if (size <= 0) return 0;
  if (rule.kind === "proportional") return oversample * size;
  if (rule.kind === "neyman") return (oversample * size * sd) / Math.sqrt(cost);
  return oversample * (rule.kind === "power" ? size ** rule.power : 1);
}

/** Whole numbers in proportion to the shares, between bounds, that sum to the total: bounds first, then largest remainders. */
function wholeShares(
  shares: readonly number[],
  low: readonly number[],
  high: readonly number[],
  total: number,
): number[] {
  const bounded = shares.map(() => false);
  const exact = new Array<number>(shares.length).fill(0);
  for (;;) {
    const left = total - exact.reduce((sum, x, h) => sum + (bounded[h] ? x : 0), 0);
    const weight = shares.reduce((sum, s, h) => sum + (bounded[h] ? 0 : s), 0);
    shares.forEach((s, h) => {
      if (!bounded[h]) exact[h] = weight > 0 ? (left * s) / weight : 0;
    });
    const over = exact.map((x, h) => (bounded[h] ? 0 : x > high[h]! ? x - high[h]! : x < low[h]! ? x - low[h]! : 0));
    const sum = over.reduce((a, b) => a + b, 0);
    if (over.every((x) => x === 0)) break;
    // Settle the side that weighs more, as iterative proportional allocation does; the other may come right.
    over.forEach((x, h) => {
      if ((sum >= 0 && x > 0) || (sum <= 0 && x < 0)) {
        bounded[h] = true;
        exact[h] = x > 0 ? high[h]! : low[h]!;
      }
    });
  }
  const whole = exact.map((x) => Math.floor(x + 1e-9));
  const order = exact.map((_, h) => h).sort((a, b) => exact[b]! - whole[b]! - (exact[a]! - whole[a]!) || a - b);
  let missing = total - whole.reduce((a, b) => a + b, 0);
  for (let round = 0; missing > 0 && round < 2; round++)
    for (const h of order)
      if (missing > 0 && whole[h]! < high[h]!) {
        whole[h]! += 1;
        missing--;
      }
  return whole;
}

/**
 * Shares a number of units among strata, with a minimum in each, and with strata rich in a subgroup raised as far as its minimum needs: shares
 * are multiplied by (the stratum's share of the subgroup ÷ the mean)^θ with the smallest θ ≥ 0 that expects enough.
 *
 * @returns the allocation, or why there is none: more than there are, a minimum beyond reach
 */
export function allocate(strata: readonly AllocationStratum[], plan: AllocationPlan): Outcome<Allocation> {
  const { total, rule, minimum = 2, subgroup } = plan;
  const place = "allocation";
  const refuse = (message: string, remedy: string): Outcome<never> => ({
    ok: false,
    error: [{ code: "survey-allocation-impossible", place, message, remedy } satisfies SurveyFault],
  });
  const high = strata.map(({ units, size }) => (size > 0 ? units : 0));
  const low = high.map((most) => Math.min(minimum, most));
  const most = high.reduce((a, b) => a + b, 0);
  const least = low.reduce((a, b) => a + b, 0);
  if (!(Number.isInteger(total) && total >= least && total <= most))
    return refuse(
      `${total} units can't be shared among ${strata.length} strata that need ${least} and have ${most}`,
      "Draw a number between the two, join strata, or lower the minimum",
    );
  const persons = strata.reduce((sum, { size }) => sum + size, 0);
  const mean = strata.reduce((sum, { size, subgroup: s = 0 }) => sum + size * s, 0) / persons;
  const at = (tilt: number) => {
    const shares = strata.map((stratum) => {
      const base = shareOf(stratum, rule);
      return tilt === 0 ? base : base * ((stratum.subgroup ?? 0) / mean) ** tilt;
    });
    const units = wholeShares(shares, low, high, total);
    const expected = units.reduce(
      (sum, n, h) => sum + n * (subgroup?.personsPerUnit ?? 0) * (strata[h]!.subgroup ?? 0),
      0,
    );
    return { units, expected };
  };
  if (!subgroup) return { ok: true, value: { units: at(0).units, tilt: 0, subgroup: null } };
  const reached = (tilt: number) => at(tilt).expected >= subgroup.persons;
  let [below, above] = [0, 0];
  if (!reached(0)) {
    above = 0.25;
    while (!reached(above) && above < 64) [below, above] = [above, above * 2];
    if (!reached(above))
      return refuse(
        `at most ${at(above).expected.toFixed(0)} persons of the subgroup are expected of ${total} units, and ${subgroup.persons} are asked for`,
        "Draw more units or more persons a unit, or ask for fewer",
      );
    for (let step = 0; step < 40; step++) {
      const middle = (below + above) / 2;
      if (reached(middle)) above = middle;
      else below = middle;
    }
  }
  const { units, expected } = at(above);
  return { ok: true, value: { units, tilt: above, subgroup: expected } };
}
