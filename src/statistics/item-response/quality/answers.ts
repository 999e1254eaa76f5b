import { notAdministered, type Responses } from "../responses.js";

/** Calls back for every answer of every person: person, item, score. Persons without weight are passed over. */
export function eachAnswer(responses: Responses, take: (person: number, item: number, score: number) => void): void {
  const { booklets, booklet, starts, scores, weights } = responses;
  for (let i = 0; i < booklet.length; i++) {
    if (weights?.[i] === 0) continue;
    const list = booklets[booklet[i]!]!;
    for (let at = 0, from = starts[i]!; at < list.length; at++) {
      const score = scores[from + at]!;
      if (score !== notAdministered) take(i, list[at]!, score);
    }
  }
}

/** Sum of a person's scores, and of the maxima of the items answered. */
export interface Totals {
  readonly score: Float64Array;
  readonly possible: Float64Array;
}

export function totalsOf(responses: Responses, counts: (item: number) => boolean = () => true): Totals {
  const n = responses.booklet.length;
  const score = new Float64Array(n);
  const possible = new Float64Array(n);
  eachAnswer(responses, (person, item, value) => {
    if (!counts(item)) return;
    score[person]! += value;
    possible[person]! += responses.items[item]!.maximum;
  });
  return { score, possible };
}
