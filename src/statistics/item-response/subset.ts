import type { Responses } from "./responses.js";

/** The responses to some items alone; `items` are positions, ascending. */
export function responsesToItems(responses: Responses, items: readonly number[]): Responses {
  const position = new Int32Array(responses.items.length).fill(-1);
  items.forEach((item, k) => {
    position[item] = k;
  });
  const kept = responses.booklets.map((list) => [...list.keys()].filter((at) => position[list[at]!]! >= 0));
  const booklets = responses.booklets.map((list, b) => Uint16Array.from(kept[b]!, (at) => position[list[at]!]!));
  const persons = responses.booklet.length;
  const starts = new Uint32Array(persons + 1);
  for (let p = 0; p < persons; p++) starts[p + 1] = starts[p]! + booklets[responses.booklet[p]!]!.length;
  const scores = new Uint8Array(starts[persons]!);
  let to = 0;
  for (let p = 0; p < persons; p++)
    for (const at of kept[responses.booklet[p]!]!) scores[to++] = responses.scores[responses.starts[p]! + at]!;
  return { ...responses, items: items.map((item) => responses.items[item]!), booklets, starts, scores };
}
