import { type Absences, absencesOf } from "./absences.js";
import type { Layout, State } from "./layout.js";
import { type Packs, packPersons, scoresOf } from "./packs.js";
import { notAdministered } from "./responses.js";

/** Persons of one group who were given the same items, or nearly so. */
export interface Stratum {
  /** Positions; those of the exponential family first. */
  readonly items: Uint16Array;
  readonly plain: number;
  /** Whether some of the persons weren't given some of the items: many sets of items that only a few persons have in common are taken together. */
  readonly patchy: boolean;
  readonly group: number;
  /** Positions among the responses' persons, and their weights. */
  readonly persons: Uint32Array;
  readonly weight: Float64Array;
  /** Where no slope in it is estimated: weighted persons by their weighted score. */
  readonly cells: { readonly t: Float64Array; readonly weight: Float64Array } | null;
  readonly packs: Packs | null;
  /** Of patchy strata without curved items: what each person lacks; the packs then hold nought for it. */
  readonly absences: Absences | null;
}

/** Fewer persons than this with the same items are taken together with others, where that leaves at least this share of items given. */
const few = 40;
const leastShare = 0.25;

/** Each person's set of items: the booklet, or what is left of it where something was not administered. */
interface Sets {
  /** Of each person; −1: counts for nothing. The first numbers are those of the booklets. */
  readonly set: Int32Array;
  /** Of each set beyond the booklets, somebody who has it. */
  readonly example: readonly number[];
}

/** Numbers the sets, found by a table of places in which those with the same places missing meet: sets may be as many as persons. */
function setsOf({ responses }: Layout): Sets {
  const { booklets, booklet, starts, scores, weights } = responses;
  const set = new Int32Array(booklet.length);
  const example: number[] = [];
  let table = new Int32Array(1024).fill(-1);
  const hashes: number[] = [];
  const same = (p: number, other: number) => {
    if (booklet[p] !== booklet[other]) return false;
    const apart = starts[other]! - starts[p]!;
    for (let at = starts[p]!; at < starts[p + 1]!; at++)
      if ((scores[at] === notAdministered) !== (scores[at + apart] === notAdministered)) return false;
    return true;
  };
  const enlarge = () => {
    table = new Int32Array(2 * table.length).fill(-1);
    hashes.forEach((hash, k) => {
      let slot = hash & (table.length - 1);
      while (table[slot]! >= 0) slot = (slot + 1) & (table.length - 1);
      table[slot] = k;
    });
  };
  for (let p = 0; p < booklet.length; p++) {
    const [from, end] = [starts[p]!, starts[p + 1]!];
    let missing = 0;
    let hash = booklet[p]!;
    for (let at = from; at < end; at++)
      if (scores[at] === notAdministered) {
        missing++;
        hash = Math.imul(hash ^ (at - from + 1), 0x9e3779b1);
        hash ^= hash >>> 15;
      }
    if (missing === end - from || (weights && weights[p] === 0)) set[p] = -1;
    else if (missing === 0) set[p] = booklet[p]!;
    else {
      let slot = hash & (table.length - 1);
      while (table[slot]! >= 0 && !same(p, example[table[slot]!]!)) slot = (slot + 1) & (table.length - 1);
      if (table[slot]! < 0) {
        table[slot] = example.push(p) - 1;
        hashes.push(hash);
      }
      set[p] = booklets.length + table[slot]!;
      if (2 * example.length > table.length) enlarge();
    }
  }
  return { set, example };
}

/** The items of a set. */
function itemsOfSet({ responses }: Layout, { example }: Sets, set: number): Uint16Array {
  const { booklets, booklet, starts, scores } = responses;
  if (set < booklets.length) return booklets[set]!;
  const person = example[set - booklets.length]!;
  const from = starts[person]!;
  return booklets[booklet[person]!]!.filter((_, j) => scores[from + j] !== notAdministered);
}

/** Persons of one group with their items, before they are packed. */
interface Part {
  readonly items: Uint16Array;
  readonly patchy: boolean;
  readonly group: number;
  readonly persons: Uint32Array;
}

/** Persons by set and group, in the persons' order. */
interface Sorted {
  readonly order: Uint32Array;
  /** Where the persons of set · groups + group begin in the order. */
  readonly begin: Uint32Array;
}

function sortedBySet({ responses }: Layout, { set, example }: Sets): Sorted {
  const { booklets, groups, group } = responses;
  const keys = (booklets.length + example.length) * groups.length;
  const begin = new Uint32Array(keys + 1);
  const keyOf = (p: number) => set[p]! * groups.length + (group ? group[p]! : 0);
  for (let p = 0; p < set.length; p++) if (set[p]! >= 0) begin[keyOf(p) + 1]!++;
  for (let k = 0; k < keys; k++) begin[k + 1]! += begin[k]!;
  const next = begin.slice();
  const order = new Uint32Array(begin[keys]!);
  for (let p = 0; p < set.length; p++) if (set[p]! >= 0) order[next[keyOf(p)]!++] = p;
  return { order, begin };
}

/** Small sets of one booklet and group, or small booklets of one group: together where most of the items of all were given to each. */
function joinFamily({ responses }: Layout, { order, begin }: Sorted, keys: readonly number[]): Part | null {
  const { items, groups: names, booklets, booklet, starts, scores } = responses;
  const groups = names.length;
  const has = new Uint8Array(items.length);
  let [persons, given] = [0, 0];
  for (const key of keys) {
    const own = begin[key + 1]! - begin[key]!;
    const example = order[begin[key]!]!;
    const list = booklets[booklet[example]!]!;
    const from = starts[example]!;
    persons += own;
    for (let j = 0; j < list.length; j++)
      if (scores[from + j] !== notAdministered) {
        has[list[j]!] = 1;
        given += own;
      }
  }
  const every = Uint16Array.from([...has.keys()].filter((item) => has[item] === 1));
  if (keys.length < 3 || given < leastShare * persons * every.length) return null;
  const together = new Uint32Array(persons);
  let at = 0;
  for (const key of keys) {
    together.set(order.subarray(begin[key]!, begin[key + 1]!), at);
    at += begin[key + 1]! - begin[key]!;
  }
  return { items: every, patchy: true, group: keys[0]! % groups, persons: together.sort() };
}

/** Everybody by set and group, small ones taken together where `join` says so. */
function partsOf(layout: Layout, join: boolean): readonly Part[] {
  const sets = setsOf(layout);
  const sorted = sortedBySet(layout, sets);
  const { booklets, booklet, groups } = layout.responses;
  const parts: Part[] = [];
  const families = new Map<number, number[]>();
  const add = (key: number) => {
    const persons = sorted.order.subarray(sorted.begin[key]!, sorted.begin[key + 1]!);
    const items = itemsOfSet(layout, sets, Math.floor(key / groups.length));
    parts.push({ items, patchy: false, group: key % groups.length, persons });
  };
  for (let key = 0; key + 1 < sorted.begin.length; key++) {
    const persons = sorted.begin[key + 1]! - sorted.begin[key]!;
    if (persons === 0) continue;
    if (!join || persons >= few) add(key);
    else {
      const set = Math.floor(key / groups.length);
      const whole = set < booklets.length ? booklets.length : booklet[sets.example[set - booklets.length]!]!;
      const family = whole * groups.length + (key % groups.length);
      const known = families.get(family);
      if (known) known.push(key);
      else families.set(family, [key]);
    }
  }
  for (const keys of families.values()) {
    const joined = joinFamily(layout, sorted, keys);
    if (joined) parts.push(joined);
    else keys.forEach(add);
  }
  return parts;
}

type Uncounted = Omit<Stratum, "packs" | "cells" | "absences">;

/** Weighted persons by weighted score, where no slope is to be estimated; null where that gathers too few to be worth it. */
export function gather(layout: Layout, state: State, stratum: Uncounted): Stratum["cells"] {
  const { items, persons, weight, plain, patchy } = stratum;
  if (patchy || plain < items.length || items.some((item) => layout.slopeAt[item]! >= 0)) return null;
  const slopes = Float64Array.from(items, (item) => state.slope[item]!);
  // Whole slopes make few different scores; others may make one a person.
  const most = slopes.every(Number.isInteger) ? Infinity : Math.max(64, persons.length / 4);
  const own = new Uint8Array(items.length);
  const read = scoresOf(layout, stratum);
  const cells = new Map<number, number>();
  for (let p = 0; p < persons.length; p++) {
    read(p, own);
    let t = 0;
    for (let j = 0; j < own.length; j++) t += slopes[j]! * own[j]!;
    cells.set(t, (cells.get(t) ?? 0) + weight[p]!);
    if (cells.size > most) return null;
  }
  const sorted = [...cells].sort((a, b) => a[0] - b[0]);
  return { t: Float64Array.from(sorted, (c) => c[0]), weight: Float64Array.from(sorted, (c) => c[1]) };
}

/**
 * Everybody who counts, in strata, in an order that follows from booklets and groups.
 * @param join whether small strata may be taken together; otherwise all persons of each were given all its items
 */
export function makeStrata(layout: Layout, state: State, join = true): readonly Stratum[] {
  const { weights } = layout.responses;
  return partsOf(layout, join).map(({ items: given, patchy, group, persons }) => {
    const items = Uint16Array.from([...given].sort((a, b) => layout.curved[a]! - layout.curved[b]!));
    const plain = items.filter((item) => layout.curved[item] === 0).length;
    const weight = Float64Array.from(persons, (p) => (weights ? weights[p]! : 1));
    const stratum: Uncounted = { items, plain, patchy, group, persons, weight };
    const cells = gather(layout, state, stratum);
    const absences = patchy && plain === items.length ? absencesOf(layout, stratum) : null;
    return { ...stratum, cells, absences, packs: cells ? null : packPersons(layout, stratum) };
  });
}
