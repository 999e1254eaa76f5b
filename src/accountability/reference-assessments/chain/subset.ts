import type { Responses } from "../../../statistics/item-response/index.js";

/** The responses of some persons, in the order given. */
export function responsesOfPersons(responses: Responses, persons: Int32Array): Responses {
  const { booklets, booklet, starts, scores, weights, group } = responses;
  const own = new Uint32Array(persons.length + 1);
  persons.forEach((person, k) => {
    own[k + 1] = own[k]! + starts[person + 1]! - starts[person]!;
  });
  const kept = new Uint8Array(own[persons.length]!);
  persons.forEach((person, k) => {
    kept.set(scores.subarray(starts[person], starts[person + 1]), own[k]);
  });
  return {
    ...responses,
    booklets,
    booklet: Uint16Array.from(persons, (person) => booklet[person]!),
    starts: own,
    scores: kept,
    weights: weights ? Float64Array.from(persons, (person) => weights[person]!) : null,
    group: group ? Uint16Array.from(persons, (person) => group[person]!) : null,
  };
}

/** Which items anybody of some persons was given. */
export function itemsTaken(responses: Responses, persons: Int32Array): Uint8Array {
  const taken = new Uint8Array(responses.items.length);
  for (const person of persons) {
    const list = responses.booklets[responses.booklet[person]!]!;
    const from = responses.starts[person]!;
    for (let at = 0; at < list.length; at++) if (responses.scores[from + at] !== 255) taken[list[at]!] = 1;
  }
  return taken;
}

/** Rows of each cycle, in order. */
export function rowsOfCycles(cycle: Uint16Array, cycles: number): readonly Int32Array[] {
  const rows: number[][] = Array.from({ length: cycles }, () => []);
  cycle.forEach((one, row) => {
    rows[one]!.push(row);
  });
  return rows.map((list) => Int32Array.from(list));
}
