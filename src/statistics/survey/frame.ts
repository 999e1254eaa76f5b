import { permanentNumber } from "./draws.js";
import type { SurveyFault } from "./fault.js";

/** A variable to sort units by within their stratum (implicit strata): numbers or labels, one a unit. */
export type SortKey = ArrayLike<number> | readonly string[];

/** The units a sample is drawn from. */
export interface SamplingFrame {
  /** One a unit, each once. */
  readonly names: readonly string[];
  /** Measure of size, ≥ 0: persons as a rule. */
  readonly sizes: ArrayLike<number>;
  /** Explicit strata; left out: one. */
  readonly strata?: readonly (string | number)[];
  /** Implicit strata, the most important first. */
  readonly sortBy?: readonly SortKey[];
}

/** What is wrong with a frame, by the unit's name. */
export function faultsOfFrame({ names, sizes, strata, sortBy = [] }: SamplingFrame): SurveyFault[] {
  const faults: SurveyFault[] = [];
  const add = (place: string, message: string, remedy: string) =>
    faults.push({ code: "survey-frame-invalid", place, message, remedy });
  if (names.length === 0) add("frame", "it has no units", "Bring at least one unit");
  const columns: [string, ArrayLike<unknown> | undefined][] = [
    ["sizes", sizes],
    ["strata", strata],
  ];
  sortBy.forEach((key, k) => {
    columns.push([`sortBy ${k + 1}`, key]);
  });
  for (const [name, column] of columns)
    if (column !== undefined && column.length !== names.length)
      add(name, `it has ${column.length} values for ${names.length} units`, "Bring one a unit");
  if (faults.length > 0) return faults;
  const seen = new Set<string>();
  for (let u = 0; u < names.length && faults.length < 20; u++) {
    if (seen.has(names[u]!)) add(`unit ${names[u]}`, "it is in the frame twice", "List each unit once");
    seen.add(names[u]!);
    if (!(sizes[u]! >= 0 && sizes[u]! < Number.POSITIVE_INFINITY))
      add(`unit ${names[u]}`, `its size is ${sizes[u]}`, "Give a number of 0 or more");
  }
  return faults;
}

/** Units by explicit stratum, in the order in which the strata first appear. */
export function unitsByStratum({ names, strata }: SamplingFrame): ReadonlyMap<string, number[]> {
  const units = new Map<string, number[]>();
  for (let u = 0; u < names.length; u++) {
    const stratum = strata ? String(strata[u]) : "all";
    const home = units.get(stratum);
    if (home) home.push(u);
    else units.set(stratum, [u]);
  }
  return units;
}

function comparing(key: SortKey) {
  return (a: number, b: number) => {
    const [x, y] = [key[a]!, key[b]!];
    return x < y ? -1 : x > y ? 1 : 0;
  };
}

/**
 * Units sorted by the keys, each key ascending and descending by turns of the values of those before it, so that neighbours are alike
 * everywhere (serpentine order; Chromy 1979). Units equal in every key follow a permanent number of the seed, not the file's order.
 *
 * @param units positions in the frame
 * @returns the same positions in order
 */
export function serpentineOrder(
  { names, sortBy = [] }: SamplingFrame,
  units: readonly number[],
  seed: number,
): number[] {
  const ties = new Map(units.map((u) => [u, permanentNumber(seed, names[u]!)]));
  const turns = sortBy.map(() => 0);
  const sort = (some: readonly number[], depth: number): number[] => {
    const key = sortBy[depth];
    if (!key) return [...some].sort((a, b) => ties.get(a)! - ties.get(b)!);
    const compare = comparing(key);
    const sign = turns[depth]! % 2 === 0 ? 1 : -1;
    turns[depth]! += 1;
    const sorted = [...some].sort((a, b) => sign * compare(a, b));
    const order: number[] = [];
    for (let from = 0; from < sorted.length; ) {
      let to = from + 1;
      while (to < sorted.length && compare(sorted[from]!, sorted[to]!) === 0) to++;
      order.push(...sort(sorted.slice(from, to), depth + 1));
      from = to;
    }
    return order;
  };
  return sort(units, 0);
}

/** Small units put together with neighbours, to be drawn as one. */
export interface PseudoUnits {
  readonly frame: SamplingFrame;
  /** Of each pseudo-unit: positions of its members in the original frame. */
  readonly members: readonly (readonly number[])[];
}

/**
 * Units below a size are joined with the next in serpentine order of their stratum until they reach it; what is left over at the end joins
 * the last. A pseudo-unit is drawn as a whole, with the summed size, so that tiny units neither flood the sample nor get enormous weights.
 *
 * @param least size from which a unit stands alone, > 0: as the persons to be drawn in a unit
 */
export function joinSmallUnits(frame: SamplingFrame, least: number, seed: number): PseudoUnits {
  const { names, sizes, strata, sortBy } = frame;
  const members: number[][] = [];
  for (const units of unitsByStratum(frame).values()) {
    const order = serpentineOrder(frame, units, seed);
    let open: number[] = [];
    let sum = 0;
    let last: number[] | null = null;
    for (const u of order) {
      if (sizes[u]! >= least) {
        members.push([u]);
        continue;
      }
      open.push(u);
      sum += sizes[u]!;
      if (sum >= least) {
        members.push(open);
        last = open;
        [open, sum] = [[], 0];
      }
    }
    if (open.length > 0) {
      if (last) last.push(...open);
      else members.push(open);
    }
  }
  const first = (column: SortKey): SortKey => members.map((group) => column[group[0]!]!) as number[] | string[];
  return {
    members,
    frame: {
      names: members.map((group) => group.map((u) => names[u]).join("+")),
      sizes: members.map((group) => group.reduce((sum, u) => sum + sizes[u]!, 0)),
      ...(strata ? { strata: members.map((group) => strata[group[0]!]!) } : {}),
      ...(sortBy ? { sortBy: sortBy.map(first) } : {}),
    },
  };
}
