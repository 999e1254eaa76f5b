import type { Layout, State } from "./layout.js";
import { scoresOf } from "./packs.js";
import { notAdministered, type Responses } from "./responses.js";
import type { EachScore } from "./score-spread.js";
import { makeStrata } from "./strata.js";
import { categoriesGivenScore } from "./symmetric-functions.js";

/** Lowest and highest score of each item that somebody who counts has; 255 and −1 where nobody does. */
function observedRange({ items, booklets, booklet, starts, scores }: Responses, counts: Uint8Array) {
  const lowest = new Uint8Array(items.length).fill(notAdministered);
  const highest = new Int16Array(items.length).fill(-1);
  booklet.forEach((one, person) => {
    if (counts[person] === 0) return;
    const from = starts[person]!;
    booklets[one]!.forEach((item, at) => {
      const score = scores[from + at]!;
      if (score === notAdministered) return;
      if (score < lowest[item]!) lowest[item] = score;
      if (score > highest[item]!) highest[item] = score;
    });
  });
  return { lowest, highest };
}

/**
 * The same responses with weight 0 for whoever has the lowest or the highest score of the items given: there is one way only to it, so that it tells nothing. Asked
 * again until nobody more is left out, since a category that only they had is then nobody's.
 */
export function informative(responses: Responses): Responses {
  const { booklets, booklet, starts, scores, weights } = responses;
  const counts = Uint8Array.from(booklet, (_, person) => Number(!(weights && weights[person] === 0)));
  for (let left = true; left; ) {
    left = false;
    const { lowest, highest } = observedRange(responses, counts);
    booklet.forEach((one, person) => {
      if (counts[person] === 0) return;
      let [below, above] = [0, 0];
      booklets[one]!.forEach((item, at) => {
        const score = scores[starts[person]! + at]!;
        if (score === notAdministered) return;
        below += score - lowest[item]!;
        above += highest[item]! - score;
      });
      if (below > 0 && above > 0) return;
      counts[person] = 0;
      left = true;
    });
  }
  return { ...responses, weights: Float64Array.from(counts, (one, person) => one * (weights?.[person] ?? 1)) };
}

/** The scores of a conditional likelihood: the gradients of its persons' parts. */
export interface ConditionalScores {
  /** All persons who tell something, in turn. */
  readonly each: EachScore;
  /** One person's; nothing for whoever tells nothing. The arrays are used again for the next. */
  of(person: number): { readonly at: Int32Array; readonly values: Float64Array } | null;
}

/** A person's score on a category is whether it was chosen less its probability given the total score, times the person's weight. */
export function conditionalScores(layout: Layout, state: State): ConditionalScores {
  const strata = makeStrata(layout, state, false);
  const home = new Int32Array(layout.responses.booklet.length).fill(-1);
  const within = new Int32Array(layout.responses.booklet.length);
  const readers = strata.map((stratum, h) => {
    const { items, persons, weight } = stratum;
    persons.forEach((person, k) => {
      home[person] = h;
      within[person] = k;
    });
    const start = new Int32Array(items.length + 1);
    const category: number[] = [];
    items.forEach((item, j) => {
      for (let c = layout.offset[item]!; c < layout.offset[item + 1]!; c++) category.push(c);
      start[j + 1] = category.length;
    });
    const totals = [...(stratum.cells?.t ?? [])];
    const weights = Float64Array.from(category, (c) => Math.exp(state.intercept[c]!));
    const given = categoriesGivenScore({ start, weight: weights }, totals);
    const read = scoresOf(layout, stratum);
    const own = new Uint8Array(items.length);
    const kept = category.map((_, c) => c).filter((c) => layout.interceptAt[category[c]!]! >= 0);
    const at = Int32Array.from(kept, (c) => layout.interceptAt[category[c]!]!);
    const values = new Float64Array(kept.length);
    return (k: number) => {
      read(k, own);
      const total = own.reduce((sum, score) => sum + score, 0);
      const row = totals.indexOf(total) * category.length;
      const chosen = new Uint8Array(category.length);
      own.forEach((score, j) => {
        chosen[start[j]! + score] = 1;
      });
      kept.forEach((c, d) => {
        values[d] = weight[k]! * (chosen[c]! - given[row + c]!);
      });
      return { at, values };
    };
  });
  return {
    of: (person) => (home[person]! < 0 ? null : readers[home[person]!]!(within[person]!)),
    each: (use) => {
      strata.forEach(({ persons }, h) => {
        persons.forEach((person, k) => {
          const { at, values } = readers[h]!(k);
          use(person, at, values);
        });
      });
    },
  };
}
