import { noise, normal } from "../made-up-numbers.js";
import { type Responses, responsesFromMatrix } from "./responses.js";

interface Shape {
  readonly persons: number;
  readonly items: number;
  readonly booklets: number;
  readonly maximum: number;
  readonly groups: number;
  readonly seed: number;
  /** Whether every slope is 1. */
  readonly rasch?: boolean;
}

/** For tests: true parameters of made-up items, by position. */
export const inventedSlope = (i: number): number => 0.7 + 0.9 * ((i * 0.37) % 1);
export const inventedIntercept = (i: number, k: number): number =>
  k * (((i * 0.61) % 1) * 2 - 1) * 0.9 - 0.3 * k * (k - 1);

/**
 * For tests: reproducible responses. Booklets are overlapping stretches of the items; the second group is half a standard deviation above the first, and a
 * little wider.
 */
export function inventedResponses({
  persons,
  items,
  booklets,
  maximum,
  groups,
  seed,
  rasch = false,
}: Shape): Responses {
  const matrix = new Uint8Array(persons * items).fill(255);
  const group = new Uint16Array(persons);
  const length = booklets === 1 ? items : Math.ceil((2 * items) / booklets);
  for (let p = 0; p < persons; p++) {
    const g = (p * 7 + 3) % groups;
    group[p] = g;
    const theta = normal(seed * 100_003 + p * 11) * (1 + 0.2 * g) + 0.5 * g;
    const from = Math.floor(((p % booklets) * items) / booklets);
    for (let j = 0; j < length; j++) {
      const i = (from + j) % items;
      const weights = Array.from({ length: maximum + 1 }, (_, k) =>
        Math.exp(k * (rasch ? 1 : inventedSlope(i)) * theta + inventedIntercept(i, k)),
      );
      let left = ((noise(seed * 7919 + p * 131 + i * 17 + 5) + 1) / 2) * weights.reduce((a, b) => a + b, 0);
      let score = 0;
      while (score < maximum && left > weights[score]!) left -= weights[score++]!;
      matrix[p * items + i] = score;
    }
  }
  const list = Array.from({ length: items }, (_, i) => ({ name: `I${i + 1}`, maximum }));
  const names = Array.from({ length: groups }, (_, g) => `group ${g + 1}`);
  const outcome = responsesFromMatrix(list, matrix, { group: groups > 1 ? group : null, groups: names });
  if (!outcome.ok) throw new RangeError(JSON.stringify(outcome.error));
  return outcome.value;
}
