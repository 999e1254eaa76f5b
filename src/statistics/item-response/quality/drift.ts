import { median } from "../linking/common-items.js";
import { type Form, type FormsLink, linkForms, type Robustness, transformGroup } from "../linking/index.js";
import type { Caution, Outcome } from "../outcome.js";
import type { NormalGroup } from "../persons/index.js";

/** One cycle's own calibration, and the group whose trend is published. */
export interface Cycle extends Form {
  readonly group: NormalGroup;
  /** Standard error of an item's location on the cycle's own scale; null where it isn't known. */
  readonly locationError?: ((item: string) => number) | null;
}

/** An item's change between one cycle and the next that has it. */
export interface ItemChange {
  readonly item: string;
  readonly from: string;
  readonly to: string;
  /** Location on the common scale, later less earlier: above nought where the item became harder beside the others. */
  readonly change: number;
  /** Of both calibrations; null where a cycle gives none. It leaves out the error of the link, which all items share. */
  readonly standardError: number | null;
  /** Change ÷ standard error; null where there is none. It grows with the persons. */
  readonly z: number | null;
  /** (change − median) ÷ (0.74 · interquartile range) over the items of these cycles (Huynh & Meyer 2010): beside the other items, whatever n. Null with fewer than four. */
  readonly robustZ: number | null;
}

/** Sums of an item's standardised changes over the cycles, upwards (harder) and downwards (Page 1954). */
export interface ItemCusum {
  readonly item: string;
  /** After each of the item's changes. */
  readonly harder: readonly number[];
  readonly easier: readonly number[];
  /** The first cycle at which one of them passes the limit; null where none does. */
  readonly signalled: string | null;
}

/** The group's mean and standard deviation by cycle, on the first cycle's scale. */
export type TrendLine = readonly { readonly cycle: string; readonly mean: number; readonly sd: number }[];

/** Items over cycles. */
export interface Drift {
  readonly link: FormsLink;
  readonly changes: readonly ItemChange[];
  readonly cusum: readonly ItemCusum[];
  readonly trend: TrendLine;
  /** What the trend would be were an item not linked. Left out where the cycles would no longer be tied. */
  readonly without: readonly { readonly item: string; readonly trend: TrendLine }[];
  readonly cautions: readonly Caution[];
}

/** How drift is judged. */
export interface DriftOptions {
  /** Default: bisquare, so that items that moved don't move the others. */
  readonly robustness?: Robustness;
  /** What a standardised change has to exceed before it is added up. Default 0.5. */
  readonly allowance?: number;
  /** Where the sum signals. Default 4. */
  readonly limit?: number;
}

/**
 * Item parameter drift: every item's location on the scale of the first cycle, its changes from cycle to cycle with their errors, their cumulated sums, and
 * the trend without each item.
 *
 * @param cycles in time's order; each calibrated alone, items of the same name are the same
 */
export function itemDrift(cycles: readonly Cycle[], options: DriftOptions = {}): Outcome<Drift> {
  const { robustness = "bisquare", allowance = 0.5, limit = 4 } = options;
  const linked = linkForms(cycles, robustness);
  if (!linked.ok) return linked;
  const link = linked.value;
  const changes = changesOf(cycles, link);
  const names = [...new Set(changes.map(({ item }) => item))];
  const without = link.items.flatMap(({ name }) => {
    const kept = cycles.map((cycle) => ({ ...cycle, items: itemsWithout(cycle, name) }));
    const found = linkForms(kept, robustness);
    return found.ok ? [{ item: name, trend: trendOf(cycles, found.value) }] : [];
  });
  const lost = link.items.length - without.length;
  const cautions: Caution[] = [...link.cautions];
  if (lost > 0)
    cautions.push({
      code: "drift-single-tie",
      names: link.items.map(({ name }) => name).filter((name) => !without.some(({ item }) => item === name)),
      text: `Without one of ${lost} items the cycles would no longer be tied.`,
    });
  return {
    ok: true,
    value: {
      link,
      changes,
      cusum: names.map((item) => cusumOf(item, changes, allowance, limit)),
      trend: trendOf(cycles, link),
      without,
      cautions,
    },
  };
}

function itemsWithout({ items }: Cycle, name: string): Form["items"] {
  const kept = items.names.map((_, j) => j).filter((j) => items.names[j] !== name);
  return {
    names: kept.map((j) => items.names[j]!),
    models: kept.map((j) => items.models[j]!),
    slope: Float64Array.from(kept, (j) => items.slope[j]!),
    intercepts: kept.map((j) => items.intercepts[j]!),
    guessing: Float64Array.from(kept, (j) => items.guessing[j]!),
  };
}

const trendOf = (cycles: readonly Cycle[], { forms }: FormsLink): TrendLine =>
  cycles.map(({ name, group }, s) => {
    const { mean, sd } = transformGroup(group, forms[s]!);
    return { cycle: name, mean, sd };
  });

function changesOf(cycles: readonly Cycle[], { forms, items }: FormsLink): ItemChange[] {
  const found = items.flatMap(({ name, residuals }) => {
    const had = residuals.flatMap((residual, s) => (residual === null ? [] : [{ s, residual }]));
    return had.slice(1).map(({ s, residual }, k) => {
      const before = had[k]!;
      const errors = [before.s, s].map((at) => {
        const error = cycles[at]!.locationError?.(name) ?? null;
        return error === null ? null : error * forms[at]!.slope;
      });
      const [a, b] = errors;
      const standardError = a == null || b == null ? null : Math.hypot(a, b);
      const change = residual - before.residual;
      return { item: name, from: cycles[before.s]!.name, to: cycles[s]!.name, change, standardError };
    });
  });
  return found.map((one) => {
    const beside = found.filter(({ from, to }) => from === one.from && to === one.to).map(({ change }) => change);
    const spread = 0.74 * interquartileRange(beside);
    return {
      ...one,
      z: one.standardError === null || one.standardError === 0 ? null : one.change / one.standardError,
      robustZ: beside.length < 4 || spread === 0 ? null : (one.change - median(beside)) / spread,
    };
  });
}

/** By linear interpolation between order statistics (R's type 7). */
function interquartileRange(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number) => {
    const place = share * (sorted.length - 1);
    const low = Math.floor(place);
    return sorted[low]! + (place - low) * (sorted[Math.min(low + 1, sorted.length - 1)]! - sorted[low]!);
  };
  return at(0.75) - at(0.25);
}

function cusumOf(item: string, changes: readonly ItemChange[], allowance: number, limit: number): ItemCusum {
  const harder: number[] = [];
  const easier: number[] = [];
  let signalled: string | null = null;
  for (const { to, z, robustZ } of changes.filter((change) => change.item === item)) {
    const standardised = z ?? robustZ ?? 0;
    harder.push(Math.max(0, (harder.at(-1) ?? 0) + standardised - allowance));
    easier.push(Math.max(0, (easier.at(-1) ?? 0) - standardised - allowance));
    if (signalled === null && Math.max(harder.at(-1)!, easier.at(-1)!) > limit) signalled = to;
  }
  return { item, harder, easier, signalled };
}
