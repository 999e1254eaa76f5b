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
}

/** Fewer persons than this with the same items are taken together with others, where that leaves at least this share of items given. */
const few = 40;
const leastShare = 0.5;

interface Sets {
  /** Of each person; −1: counts for nothing. */
  readonly set: Int32Array;
  readonly items: readonly Uint16Array[];
  /** The booklet that a set is a part of; −1 for whole booklets. */
  readonly partOf: readonly number[];
}

/** Numbers each person's set of items: the booklet, or what is left of it where something was not administered. */
function setsOf(layout: Layout): Sets {
  const { booklets, booklet, starts, scores, weights } = layout.responses;
  const set = new Int32Array(booklet.length);
  const items: Uint16Array[] = [...booklets];
  const partOf = booklets.map(() => -1);
  const partial = new Map<string, number>();
  for (let p = 0; p < booklet.length; p++) {
    const [from, end] = [starts[p]!, starts[p + 1]!];
    let missing = 0;
    for (let at = from; at < end; at++) if (scores[at] === notAdministered) missing++;
    if (missing === end - from || (weights && weights[p] === 0)) set[p] = -1;
    else if (missing === 0) set[p] = booklet[p]!;
    else {
      const given: number[] = [];
      for (let at = from; at < end; at++) if (scores[at] !== notAdministered) given.push(at - from);
      const list = booklets[booklet[p]!]!;
      const key = `${booklet[p]}:${String.fromCharCode(...given)}`;
      const known = partial.get(key) ?? items.push(Uint16Array.from(given, (j) => list[j]!)) - 1;
      partial.set(key, known);
      partOf[known] = booklet[p]!;
      set[p] = known;
    }
  }
  return { set, items, partOf };
}

/** Persons of one group with their items, before they are packed. */
interface Part {
  readonly items: Uint16Array;
  readonly patchy: boolean;
  readonly group: number;
  readonly persons: Uint32Array;
}

/** Persons by set and group, in the persons' order. */
function partsOf(layout: Layout, { set, items }: Sets): (Part & { readonly set: number })[] {
  const { groups, group } = layout.responses;
  const keys = items.length * groups.length;
  const begin = new Uint32Array(keys + 1);
  const keyOf = (p: number) => set[p]! * groups.length + (group ? group[p]! : 0);
  for (let p = 0; p < set.length; p++) if (set[p]! >= 0) begin[keyOf(p) + 1]!++;
  for (let k = 0; k < keys; k++) begin[k + 1]! += begin[k]!;
  const next = begin.slice();
  const order = new Uint32Array(begin[keys]!);
  for (let p = 0; p < set.length; p++) if (set[p]! >= 0) order[next[keyOf(p)]!++] = p;
  const parts: (Part & { readonly set: number })[] = [];
  for (let key = 0; key < keys; key++) {
    const persons = order.subarray(begin[key]!, begin[key + 1]!);
    const own = Math.floor(key / groups.length);
    if (persons.length > 0)
      parts.push({ set: own, items: items[own]!, patchy: false, group: key % groups.length, persons });
  }
  return parts;
}

/** Takes small parts of one booklet, or small booklets, of a group together where most of the items of all were given to each. */
function joinSmall(parts: readonly (Part & { readonly set: number })[], { partOf }: Sets): readonly Part[] {
  const families = new Map<string, Part[]>();
  const joined: Part[] = [];
  for (const part of parts) {
    if (part.persons.length >= few) joined.push(part);
    else {
      const key = `${partOf[part.set]} ${part.group}`;
      const family = families.get(key) ?? [];
      family.push(part);
      families.set(key, family);
    }
  }
  for (const family of families.values()) {
    const every = [...new Set(family.flatMap(({ items }) => [...items]))].sort((a, b) => a - b);
    const persons = family.reduce((sum, part) => sum + part.persons.length, 0);
    const given = family.reduce((sum, part) => sum + part.persons.length * part.items.length, 0);
    if (family.length < 3 || given < leastShare * persons * every.length) joined.push(...family);
    else {
      const together = Uint32Array.from(family.flatMap((part) => [...part.persons])).sort();
      joined.push({ items: Uint16Array.from(every), patchy: true, group: family[0]!.group, persons: together });
    }
  }
  return joined;
}

type Uncounted = Omit<Stratum, "packs" | "cells">;

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
  const sets = setsOf(layout);
  const parts = partsOf(layout, sets);
  return (join ? joinSmall(parts, sets) : parts).map(({ items: given, patchy, group, persons }) => {
    const items = Uint16Array.from([...given].sort((a, b) => layout.curved[a]! - layout.curved[b]!));
    const plain = items.filter((item) => layout.curved[item] === 0).length;
    const weight = Float64Array.from(persons, (p) => (weights ? weights[p]! : 1));
    const stratum: Uncounted = { items, plain, patchy, group, persons, weight };
    const cells = gather(layout, state, stratum);
    return { ...stratum, cells, packs: cells ? null : packPersons(layout, stratum) };
  });
}
