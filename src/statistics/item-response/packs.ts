import type { Layout } from "./layout.js";
import { notAdministered } from "./responses.js";
import type { Stratum } from "./strata.js";

/** Items of a stratum in packs: a person's scores on a pack are one byte, so that a sum over the items is a sum over packs. */
export interface Packs {
  readonly count: number;
  /** Of them, how many hold items of the exponential family; the others hold three-parameter items. */
  readonly plain: number;
  /** Count + 1: places in the stratum's items. */
  readonly start: Int32Array;
  /** Count + 1: where a pack's patterns begin among the patterns of all packs. */
  readonly offset: Int32Array;
  /** What a point on each of the stratum's items adds to the pattern's number, and how many digits the item has: its categories, and one for missing. */
  readonly stride: Int32Array;
  readonly radix: Int32Array;
  /** Persons × packs. */
  readonly codes: Uint8Array;
}

const patternsAtMost = 256;
/** Packs of curved items, and those in which something may be missing, have a table with a row a pattern and a column a node. */
const tabledPatternsAtMost = 64;

/** Small strata have small packs: a table of 256 patterns is not worth it for a few persons. */
function patternsFor(persons: number): number {
  if (persons >= 1024) return patternsAtMost;
  return persons >= 128 ? 32 : 8;
}

type Unpacked = Omit<Stratum, "packs" | "cells" | "absences">;

/** Whether what is missing has a digit in the packs; where no item is curved it is kept beside them, and is nought in them. */
const hasOwnDigit = ({ patchy, plain, items }: Unpacked) => patchy && plain < items.length;

function shapeOf(layout: Layout, stratum: Unpacked): Omit<Packs, "codes"> {
  const { items, plain, persons } = stratum;
  const patchy = hasOwnDigit(stratum);
  const start = [0];
  const offset = [0];
  const stride = new Int32Array(items.length);
  const radix = Int32Array.from(items, (item) => layout.responses.items[item]!.maximum + (patchy ? 2 : 1));
  let plainPacks = 0;
  for (let j = 0; j < items.length; ) {
    const isPlain = j < plain;
    const most = Math.min(patternsFor(persons.length), isPlain && !patchy ? patternsAtMost : tabledPatternsAtMost);
    let patterns = 1;
    do {
      stride[j] = patterns;
      patterns *= radix[j]!;
      j++;
    } while (j < items.length && j !== plain && patterns * radix[j]! <= most);
    start.push(j);
    offset.push(offset.at(-1)! + patterns);
    if (isPlain) plainPacks++;
  }
  const count = start.length - 1;
  return { count, plain: plainPacks, start: Int32Array.from(start), offset: Int32Array.from(offset), stride, radix };
}

/**
 * Reads persons of a stratum: a function that fills the scores of the stratum's p-th person, in the order of the stratum's items, with `notAdministered` for
 * what the person wasn't given.
 */
export function scoresOf(layout: Layout, stratum: Unpacked): (p: number, into: Uint8Array) => void {
  const { booklets, booklet, starts, scores } = layout.responses;
  const { items, persons, patchy } = stratum;
  const placeOf = new Int32Array(layout.responses.items.length).fill(-1);
  items.forEach((item, j) => {
    placeOf[item] = j;
  });
  const given = booklets[booklet[persons[0]!]!]!;
  const places = Int32Array.from(given, (item) => placeOf[item]!);
  if (!patchy)
    return (p, into) => {
      const from = starts[persons[p]!]!;
      for (let j = 0; j < places.length; j++) if (places[j]! >= 0) into[places[j]!] = scores[from + j]!;
    };
  return (p, into) => {
    const list = booklets[booklet[persons[p]!]!]!;
    const from = starts[persons[p]!]!;
    into.fill(notAdministered);
    for (let j = 0; j < list.length; j++) if (placeOf[list[j]!]! >= 0) into[placeOf[list[j]!]!] = scores[from + j]!;
  };
}

/** Puts a stratum's items into packs and writes down each person's patterns. */
export function packPersons(layout: Layout, stratum: Unpacked): Packs {
  const shape = shapeOf(layout, stratum);
  const { count, start, stride, radix } = shape;
  const { length } = stratum.persons;
  const codes = new Uint8Array(length * count);
  const own = new Uint8Array(stratum.items.length);
  const read = scoresOf(layout, stratum);
  const ownDigit = hasOwnDigit(stratum);
  for (let p = 0, to = 0; p < length; p++) {
    read(p, own);
    for (let b = 0, j = 0; b < count; b++) {
      const end = start[b + 1]!;
      let code = 0;
      for (; j < end; j++)
        code += (own[j] === notAdministered ? Number(ownDigit) * (radix[j]! - 1) : own[j]!) * stride[j]!;
      codes[to++] = code;
    }
  }
  return { ...shape, codes };
}

/** An item's digit in a pattern: its score, or one more than its maximum for missing. */
export const digitOf = ({ stride, radix }: Packs, j: number, pattern: number): number =>
  Math.floor(pattern / stride[j]!) % radix[j]!;
