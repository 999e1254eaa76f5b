import type { Outcome, Refusal } from "./outcome.js";

/** A scored item. `maximum` is its highest score, 1–253; it has `maximum` + 1 categories. */
export interface ScoredItem {
  readonly name: string;
  readonly maximum: number;
}

/** The score that stands for "not administered": missing by rule, no answer to be counted. */
export const notAdministered = 255;

/** Scored responses of a matrix-sampled test. A person's scores stand in the order of the booklet's items: one byte a response. */
export interface Responses {
  readonly items: readonly ScoredItem[];
  /** Positions of items, in order of presentation. */
  readonly booklets: readonly Uint16Array[];
  /** Of each person. */
  readonly booklet: Uint16Array;
  /** Persons + 1: where a person's scores begin in `scores`. */
  readonly starts: Uint32Array;
  /** 0 … the item's maximum; `notAdministered` for missing by rule. */
  readonly scores: Uint8Array;
  /** Sampling weights, zero or more; null: all 1. */
  readonly weights: Float64Array | null;
  /** Of each person, a position in `groups`; null: one group. */
  readonly group: Uint16Array | null;
  readonly groups: readonly string[];
}

/** What may be known of the persons of a matrix, one value each. */
export interface PersonColumns {
  readonly weights?: Float64Array | null;
  readonly group?: Uint16Array | null;
  readonly groups?: readonly string[];
}

/** How many faults of one kind are told one by one. */
const told = 20;

const highest = 253;
const bookletsAtMost = 65_535;

function itemFaults(items: readonly ScoredItem[]): Refusal[] {
  const faults: Refusal[] = [];
  const seen = new Set<string>();
  for (const { name, maximum } of items) {
    const place = `item "${name}"`;
    if (!(Number.isInteger(maximum) && maximum >= 1 && maximum <= highest))
      faults.push({
        code: "item-maximum-invalid",
        place,
        message: `its highest score is ${maximum}`,
        remedy: `Give a whole number from 1 to ${highest}`,
      });
    if (seen.has(name))
      faults.push({
        code: "item-named-twice",
        place,
        message: "two items have this name",
        remedy: "Name each item once",
      });
    seen.add(name);
  }
  return faults;
}

function personFaults(persons: number, columns: PersonColumns): Refusal[] {
  const { weights = null, group = null, groups = ["all"] } = columns;
  const faults: Refusal[] = [];
  const size = (what: string, length: number) => {
    if (length !== persons)
      faults.push({
        code: "responses-size",
        place: what,
        message: `there are ${length} for ${persons} persons`,
        remedy: "Give one a person, in the persons' order",
      });
  };
  if (weights) {
    size("weights", weights.length);
    const bad = weights.findIndex((weight) => !(weight >= 0 && weight < Infinity));
    if (bad >= 0)
      faults.push({
        code: "person-weight-invalid",
        place: `person ${bad + 1}`,
        message: `the weight is ${weights[bad]}`,
        remedy: "Give a weight of zero or more",
      });
    else if (persons > 0 && !weights.some((weight) => weight > 0))
      faults.push({
        code: "person-weight-invalid",
        place: "weights",
        message: "all of them are zero",
        remedy: "Give a weight above zero to whoever is in the sample",
      });
  }
  if (group) {
    size("groups", group.length);
    const bad = group.findIndex((one) => one >= groups.length);
    if (bad >= 0)
      faults.push({
        code: "person-group-unknown",
        place: `person ${bad + 1}`,
        message: `the group is number ${group[bad]}, and there are ${groups.length}, from 0`,
        remedy: "Name the group or correct the person's",
      });
  } else if (groups.length !== 1)
    faults.push({
      code: "responses-size",
      place: "groups",
      message: `there are ${groups.length} groups, and no person has one`,
      remedy: "Give each person's group",
    });
  return faults;
}

function bookletFaults(items: readonly ScoredItem[], booklets: readonly Uint16Array[]): Refusal[] {
  const faults: Refusal[] = [];
  booklets.forEach((booklet, b) => {
    const outside = booklet.findIndex((item) => item >= items.length);
    const twice = booklet.find((item, at) => booklet.indexOf(item) !== at);
    if (outside >= 0 || twice !== undefined)
      faults.push({
        code: "booklet-item-unknown",
        place: `booklet ${b + 1}`,
        message:
          outside >= 0
            ? `its item ${outside + 1} has position ${booklet[outside]}, and there are ${items.length} items, from 0`
            : `item "${items[twice!]?.name}" stands in it twice`,
        remedy: "Give positions in the list of items, each once",
      });
  });
  return faults;
}

/** Scores and booklets person by person; items and booklets are sound. */
function scoreFaults(responses: Responses): Refusal[] {
  const { items, booklets, booklet, starts, scores } = responses;
  const faults: Refusal[] = [];
  const maxima = booklets.map((list) => Uint8Array.from(list, (item) => items[item]!.maximum));
  for (let p = 0; p < booklet.length && faults.length < told; p++) {
    const maximum = maxima[booklet[p]!];
    const from = starts[p]!;
    const length = starts[p + 1]! - from;
    if (!maximum || length !== maximum.length) {
      faults.push({
        code: "booklet-unknown",
        place: `person ${p + 1}`,
        message: maximum
          ? `booklet ${booklet[p]! + 1} has ${maximum.length} items, and there are ${length} scores`
          : `the booklet is number ${booklet[p]}, and there are ${booklets.length}, from 0`,
        remedy: "Correct the person's booklet, or the map of booklets",
      });
      continue;
    }
    for (let j = 0; j < length; j++) {
      const score = scores[from + j]!;
      if (score > maximum[j]! && score !== notAdministered && faults.length < told)
        faults.push({
          code: "response-above-maximum",
          place: `person ${p + 1}, item "${items[booklets[booklet[p]!]![j]!]!.name}"`,
          message: `the score is ${score} and the highest is ${maximum[j]}`,
          remedy: `Correct the score; ${notAdministered} means that the item was not given`,
        });
    }
  }
  return faults;
}

/** What is wrong with scored responses, each fault naming its item, person or booklet; empty where nothing is. */
export function checkResponses(responses: Responses): readonly Refusal[] {
  const { items, booklets, booklet, starts, scores } = responses;
  const persons = booklet.length;
  if (items.length === 0 || persons === 0 || starts.length !== persons + 1 || starts[persons] !== scores.length)
    return [
      {
        code: "responses-size",
        place: "responses",
        message: `there are ${items.length} items, ${persons} persons, ${starts.length} starts and ${scores.length} scores`,
        remedy: "Give at least one item and person, and as many starts as persons and one more",
      },
    ];
  const faults = [...itemFaults(items), ...bookletFaults(items, booklets), ...personFaults(persons, responses)];
  return faults.length > 0 ? faults : scoreFaults(responses);
}

/** Which items of a row were given, as text: rows with the same text have the same booklet. */
function givenIn(matrix: Uint8Array, from: number, width: number): string {
  let text = "";
  for (let j = 0; j < width; j += 16) {
    let bits = 0;
    for (let k = j; k < width && k < j + 16; k++) if (matrix[from + k] !== notAdministered) bits |= 1 << (k - j);
    text += String.fromCharCode(bits);
  }
  return text;
}

/**
 * Scored responses from a matrix. Booklets are the distinct sets of items that a person has a score of, in order of their first person and of
 * the items' columns; a person without any score has an empty booklet. More than 65,535 sets are kept as one booklet with what is missing in it.
 *
 * @param items one a column
 * @param matrix persons × items, row-major: scores 0 … maximum, 255 where the item was not administered
 * @returns the responses, or every fault with the item or person it is in
 */
export function responsesFromMatrix(
  items: readonly ScoredItem[],
  matrix: Uint8Array,
  columns: PersonColumns = {},
): Outcome<Responses> {
  const width = items.length;
  const persons = width === 0 ? 0 : matrix.length / width;
  if (!Number.isInteger(persons) || persons === 0) {
    const message = `the matrix has ${matrix.length} scores for ${width} items`;
    return {
      ok: false,
      error: [{ code: "responses-size", place: "matrix", message, remedy: "Give one score for each person and item" }],
    };
  }
  const { weights = null, group = null, groups = ["all"] } = columns;
  const sets = new Map<string, number>();
  const set = new Uint32Array(persons);
  for (let p = 0; p < persons; p++) {
    const given = givenIn(matrix, p * width, width);
    const known = sets.get(given) ?? sets.size;
    if (known === sets.size) sets.set(given, known);
    set[p] = known;
  }
  const whole = sets.size > bookletsAtMost;
  const every = Uint16Array.from({ length: width }, (_, j) => j);
  const isIn = (given: string, j: number) => ((given.charCodeAt(j >> 4) >> (j & 15)) & 1) === 1;
  const booklets = whole ? [every] : [...sets.keys()].map((given) => every.filter((j) => isIn(given, j)));
  const booklet = whole ? new Uint16Array(persons) : Uint16Array.from(set);
  const starts = new Uint32Array(persons + 1);
  for (let p = 0; p < persons; p++) starts[p + 1] = starts[p]! + booklets[booklet[p]!]!.length;
  const scores = new Uint8Array(starts[persons]!);
  for (let p = 0, at = 0; p < persons; p++)
    for (const j of booklets[booklet[p]!]!) scores[at++] = matrix[p * width + j]!;
  const responses: Responses = { items, booklets, booklet, starts, scores, weights, group, groups };
  const faults = checkResponses(responses);
  return faults.length > 0 ? { ok: false, error: faults } : { ok: true, value: responses };
}
