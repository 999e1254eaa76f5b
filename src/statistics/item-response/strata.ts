import type { Layout, State } from "./layout.js";
import { notAdministered } from "./responses.js";

/** Items of a stratum in packs: a person's scores on a pack are one byte, so that a sum over the items is a sum over packs. */
export interface Packs {
  readonly count: number;
  /** Of them, how many hold items of the exponential family; the others hold three-parameter items. */
  readonly plain: number;
  /** Count + 1: places in the stratum's items. */
  readonly start: Int32Array;
  /** Count + 1: where a pack's patterns begin among the patterns of all packs. */
  readonly offset: Int32Array;
  /** What a point on each of the stratum's items adds to the pattern's number. */
  readonly stride: Int32Array;
  /** Persons × packs. */
  readonly codes: Uint8Array;
}

/** Persons of one group who were given the same items. */
export interface Stratum {
  /** Positions; those of the exponential family first. */
  readonly items: Uint16Array;
  readonly plain: number;
  readonly group: number;
  /** Positions among the responses' persons, and their weights. */
  readonly persons: Uint32Array;
  readonly weight: Float64Array;
  /** Where no slope in it is estimated: weighted persons by their weighted score. */
  readonly cells: { readonly t: Float64Array; readonly weight: Float64Array } | null;
  readonly packs: Packs | null;
}

const patternsAtMost = 256;
/** Packs of curved items have a table with a row a pattern and a column a node. */
const curvedPatternsAtMost = 64;

/** Numbers each person's set of items: the booklet, or what is left of it where something was not administered. −1: counts for nothing. */
function setsOf(layout: Layout): { readonly set: Int32Array; readonly items: readonly Uint16Array[] } {
  const { booklets, booklet, starts, scores, weights } = layout.responses;
  const set = new Int32Array(booklet.length);
  const items: Uint16Array[] = [...booklets];
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
      set[p] = known;
    }
  }
  return { set, items };
}

/** Persons in the order of their stratum: where each stratum begins, and who follows. */
function sortPersons(layout: Layout, set: Int32Array, sets: number) {
  const { groups, group } = layout.responses;
  const keys = sets * groups.length;
  const begin = new Uint32Array(keys + 1);
  const keyOf = (p: number) => set[p]! * groups.length + (group ? group[p]! : 0);
  for (let p = 0; p < set.length; p++) if (set[p]! >= 0) begin[keyOf(p) + 1]!++;
  for (let k = 0; k < keys; k++) begin[k + 1]! += begin[k]!;
  const next = begin.slice();
  const order = new Uint32Array(begin[keys]!);
  for (let p = 0; p < set.length; p++) if (set[p]! >= 0) order[next[keyOf(p)]!++] = p;
  return { begin, order };
}

/** Small strata have small packs: a table of 256 patterns is not worth it for a few persons. */
function patternsFor(persons: number): number {
  if (persons >= 1024) return patternsAtMost;
  return persons >= 128 ? 32 : 8;
}

function packItems(layout: Layout, items: Uint16Array, plain: number, persons: number) {
  const start = [0];
  const offset = [0];
  const stride = new Int32Array(items.length);
  let plainPacks = 0;
  for (let j = 0; j < items.length; ) {
    const isPlain = j < plain;
    const most = Math.min(patternsFor(persons), isPlain ? patternsAtMost : curvedPatternsAtMost);
    let patterns = 1;
    do {
      stride[j] = patterns;
      patterns *= layout.responses.items[items[j]!]!.maximum + 1;
      j++;
    } while (j < items.length && j !== plain && patterns * (layout.responses.items[items[j]!]!.maximum + 1) <= most);
    start.push(j);
    offset.push(offset.at(-1)! + patterns);
    if (isPlain) plainPacks++;
  }
  return {
    count: start.length - 1,
    plain: plainPacks,
    start: Int32Array.from(start),
    offset: Int32Array.from(offset),
    stride,
  };
}

/** Place of each item of the stratum in the persons' booklets: all of them have the same booklet. */
export function placesIn(layout: Layout, booklet: number, items: Uint16Array): Int32Array {
  const list = layout.responses.booklets[booklet]!;
  const place = new Map(Array.from(list, (item, j) => [item, j]));
  return Int32Array.from(items, (item) => place.get(item)!);
}

function encode(layout: Layout, stratum: Pick<Stratum, "items" | "persons">, packs: Omit<Packs, "codes">): Uint8Array {
  const { booklet, starts, scores } = layout.responses;
  const { persons, items } = stratum;
  const { count, start, stride } = packs;
  const codes = new Uint8Array(persons.length * count);
  const places = placesIn(layout, booklet[persons[0]!]!, items);
  for (let p = 0, to = 0; p < persons.length; p++) {
    const from = starts[persons[p]!]!;
    for (let b = 0, j = 0; b < count; b++) {
      const end = start[b + 1]!;
      let code = 0;
      for (; j < end; j++) code += scores[from + places[j]!]! * stride[j]!;
      codes[to++] = code;
    }
  }
  return codes;
}

/** Weighted persons by weighted score, where no slope is to be estimated; null where that gathers too few to be worth it. */
export function gather(layout: Layout, state: State, stratum: Pick<Stratum, "items" | "persons" | "weight" | "plain">) {
  const { items, persons, weight } = stratum;
  if (stratum.plain < items.length || items.some((item) => layout.slopeAt[item]! >= 0)) return null;
  const { booklet, starts, scores } = layout.responses;
  const places = placesIn(layout, booklet[persons[0]!]!, items);
  const slopes = Float64Array.from(items, (item) => state.slope[item]!);
  const t = new Float64Array(persons.length);
  for (let p = 0; p < persons.length; p++) {
    const from = starts[persons[p]!]!;
    let sum = 0;
    for (let j = 0; j < places.length; j++) sum += slopes[j]! * scores[from + places[j]!]!;
    t[p] = sum;
  }
  const cells = new Map<number, number>();
  // Whole slopes make few different scores; others may make one a person.
  const most = slopes.every(Number.isInteger) ? Infinity : Math.max(64, persons.length / 4);
  for (let p = 0; p < t.length; p++) {
    cells.set(t[p]!, (cells.get(t[p]!) ?? 0) + weight[p]!);
    if (cells.size > most) return null;
  }
  const sorted = [...cells].sort((a, b) => a[0] - b[0]);
  return { t: Float64Array.from(sorted, (c) => c[0]), weight: Float64Array.from(sorted, (c) => c[1]) };
}

/** Everybody who counts, in strata, in the order of booklets and groups. */
export function makeStrata(layout: Layout, state: State): readonly Stratum[] {
  const { groups, weights } = layout.responses;
  const { set, items: sets } = setsOf(layout);
  const { begin, order } = sortPersons(layout, set, sets.length);
  const strata: Stratum[] = [];
  for (let key = 0; key < sets.length * groups.length; key++) {
    const persons = order.subarray(begin[key]!, begin[key + 1]!);
    if (persons.length === 0) continue;
    const given = sets[Math.floor(key / groups.length)]!;
    const items = Uint16Array.from([...given].sort((a, b) => layout.curved[a]! - layout.curved[b]!));
    const plain = items.filter((item) => layout.curved[item] === 0).length;
    const weight = Float64Array.from(persons, (p) => (weights ? weights[p]! : 1));
    const part = { items, plain, group: key % groups.length, persons, weight };
    const cells = gather(layout, state, part);
    const shape = cells ? null : packItems(layout, items, plain, persons.length);
    strata.push({ ...part, cells, packs: shape && { ...shape, codes: encode(layout, part, shape) } });
  }
  return strata;
}
