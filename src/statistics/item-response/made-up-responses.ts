import { keyedDraws } from "../random/index.js";
import { type ItemParameters, probabilities } from "./items.js";
import { notAdministered, type PersonColumns, type Responses, responsesFromMatrix } from "./responses.js";

/** For tests: items whose parameters are given as slope, intercepts (without the nought) and guessing. */
export function madeUpItems(
  each: readonly { readonly slope: number; readonly intercepts: readonly number[]; readonly guessing?: number }[],
): ItemParameters {
  return {
    names: each.map((_, j) => `item-${j + 1}`),
    models: each.map((item) => (item.guessing ? "three-parameter" : "generalised-partial-credit")),
    slope: Float64Array.from(each, (item) => item.slope),
    intercepts: each.map((item) => Float64Array.of(0, ...item.intercepts)),
    guessing: Float64Array.from(each, (item) => item.guessing ?? 0),
  };
}

/** For tests: responses of persons with known abilities, item by item. `given` says which items a person has; default all. */
export function madeUpResponses(
  items: ItemParameters,
  abilities: Float64Array,
  seed: number,
  columns: PersonColumns = {},
  given: (person: number, item: number) => boolean = () => true,
): Responses {
  const width = items.slope.length;
  const matrix = new Uint8Array(abilities.length * width).fill(notAdministered);
  const { uniform } = keyedDraws(seed, 1);
  abilities.forEach((theta, i) => {
    for (let j = 0; j < width; j++) {
      if (!given(i, j)) continue;
      let left = uniform(i, j);
      const p = probabilities(items, j, theta);
      let k = 0;
      while (k < p.length - 1 && left >= p[k]!) left -= p[k++]!;
      matrix[i * width + j] = k;
    }
  });
  const scored = items.names.map((name, j) => ({ name, maximum: items.intercepts[j]!.length - 1 }));
  const outcome = responsesFromMatrix(scored, matrix, columns);
  if (!outcome.ok) throw new Error(outcome.error.map((fault) => fault.message).join("; "));
  return outcome.value;
}

/** For tests: the value of an outcome that has to be there. */
export function valueIn<T>(
  outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
): T {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

/** For tests: dichotomous items of slopes and difficulties. */
export function dichotomousItems(
  names: readonly string[],
  slopes: readonly number[],
  difficulties: readonly number[],
): ItemParameters {
  return {
    names,
    models: names.map(() => "two-parameter"),
    slope: Float64Array.from(slopes),
    intercepts: names.map((_, j) => Float64Array.of(0, -slopes[j]! * difficulties[j]!)),
    guessing: new Float64Array(names.length),
  };
}
