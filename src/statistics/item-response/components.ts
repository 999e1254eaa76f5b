import { notAdministered, type Responses } from "./responses.js";

/**
 * The parts into which items fall when those that one person took belong together, and, where persons are equivalent, those that one group took.
 * @returns of each item, then of each group, the number of its part; parts are numbered by their first item
 */
export function componentsOf(responses: Responses, equivalentPersons: boolean): Int32Array {
  const { items, groups, booklets, booklet, starts, scores, weights, group } = responses;
  const count = items.length;
  const parent = Int32Array.from({ length: count + groups.length }, (_, i) => i);
  const root = (node: number): number => {
    let at = node;
    while (parent[at] !== at) {
      parent[at] = parent[parent[at]!]!;
      at = parent[at]!;
    }
    return at;
  };
  const join = (a: number, b: number) => {
    const [x, y] = [root(a), root(b)];
    parent[Math.max(x, y)] = Math.min(x, y);
  };
  // A booklet's places need joining once for a person who took all of it.
  const whole = new Uint8Array(booklets.length * groups.length);
  for (let p = 0; p < booklet.length; p++) {
    if (weights && weights[p] === 0) continue;
    const b = booklet[p]!;
    const g = group ? group[p]! : 0;
    if (whole[b * groups.length + g]) continue;
    let first = -1;
    let missing = false;
    for (let j = 0, at = starts[p]!; at < starts[p + 1]!; j++, at++) {
      if (scores[at] === notAdministered) missing = true;
      else if (first < 0) first = booklets[b]![j]!;
      else join(first, booklets[b]![j]!);
    }
    if (equivalentPersons && first >= 0) join(first, count + g);
    if (!missing) whole[b * groups.length + g] = 1;
  }
  return parent.map((_, node) => root(node));
}
