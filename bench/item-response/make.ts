import { seededRandom } from "../../src/kernel/index.js";
import { type ItemModel, notAdministered, type Responses } from "../../src/statistics/item-response/index.js";

/** A made-up test: everybody's ability is standard normal, items' intercepts too; slopes are log-normal, or 1. */
export interface TestShape {
  readonly persons: number;
  readonly items: number;
  /** Booklets are stretches of the items that begin evenly spread and go round the end. */
  readonly booklets: number;
  readonly length: number;
  readonly model: ItemModel;
  /** Share of the answers that are missing at random; none where left out. */
  readonly missing?: number;
}

export const shapes: Readonly<Record<string, TestShape>> = {
  "4000x100-2pl": { persons: 4000, items: 100, booklets: 10, length: 30, model: "two-parameter" },
  "200000x60-2pl": { persons: 200_000, items: 60, booklets: 1, length: 60, model: "two-parameter" },
  "200000x60-rasch": { persons: 200_000, items: 60, booklets: 1, length: 60, model: "rasch" },
  "200000x60-mms": { persons: 200_000, items: 60, booklets: 6, length: 30, model: "two-parameter" },
  "200000x60-gaps": { persons: 200_000, items: 60, booklets: 1, length: 60, model: "two-parameter", missing: 0.1 },
  "200000x60-pv": { persons: 200_000, items: 60, booklets: 1, length: 60, model: "two-parameter" },
  replicates: { persons: 4000, items: 100, booklets: 10, length: 30, model: "two-parameter" },
};

export interface MadeTest {
  readonly responses: Responses;
  readonly ability: Float64Array;
  readonly slope: Float64Array;
  readonly intercept: Float64Array;
}

/** Draws the responses from a seed. */
export function makeTest({ persons, items, booklets, length, model, missing = 0 }: TestShape, seed: number): MadeTest {
  const random = seededRandom(seed).fork("item-response");
  const slope = Float64Array.from({ length: items }, () => (model === "rasch" ? 1 : Math.exp(0.3 * random.normal())));
  const intercept = Float64Array.from({ length: items }, () => random.normal());
  const lists = Array.from({ length: booklets }, (_, b) =>
    Uint16Array.from({ length }, (_, j) => (Math.floor((b * items) / booklets) + j) % items),
  );
  const booklet = new Uint16Array(persons);
  const starts = new Uint32Array(persons + 1);
  const scores = new Uint8Array(persons * length);
  const abilities = new Float64Array(persons);
  for (let p = 0, at = 0; p < persons; p++) {
    booklet[p] = p % booklets;
    const ability = random.normal();
    abilities[p] = ability;
    for (const item of lists[p % booklets]!)
      scores[at++] = Number(random.uniform() < 1 / (1 + Math.exp(-(slope[item]! * ability + intercept[item]!))));
    starts[p + 1] = at;
  }
  if (missing > 0) {
    const gaps = seededRandom(seed).fork("missing");
    scores.forEach((_, at) => {
      if (gaps.uniform() < missing) scores[at] = notAdministered;
    });
  }
  const names = Array.from({ length: items }, (_, i) => ({ name: `I${i + 1}`, maximum: 1 }));
  const responses: Responses = {
    ...{ items: names, booklets: lists, booklet, starts, scores },
    ...{ weights: null, group: null, groups: ["all"] },
  };
  return { responses, ability: abilities, slope, intercept };
}

/** Three columns a person: the constant, a half, and a number of which the ability is a part (correlation 0.6). */
export function backgroundOf(ability: Float64Array, seed: number): Float64Array {
  const random = seededRandom(seed).fork("background");
  const design = new Float64Array(ability.length * 3);
  ability.forEach((theta, p) => {
    design.set([1, p % 2, 0.6 * theta + 0.8 * random.normal()], p * 3);
  });
  return design;
}

/** Persons × items, 255 where an item was not given: what the other programs read. */
export function matrixOf({ items, booklets, booklet, starts, scores }: Responses): Uint8Array {
  const matrix = new Uint8Array(booklet.length * items.length).fill(255);
  booklet.forEach((b, p) => {
    booklets[b]!.forEach((item, j) => {
      matrix[p * items.length + item] = scores[starts[p]! + j]!;
    });
  });
  return matrix;
}
