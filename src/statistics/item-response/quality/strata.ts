import type { Responses } from "../responses.js";
import { eachAnswer, totalsOf } from "./answers.js";

/** Who is compared with whom. */
export interface GroupPair {
  /** Names of groups of the responses: the reference and the focal one. */
  readonly reference: string;
  readonly focal: string;
}

/** An item's answers of the two groups, among persons of one booklet with the same total. */
export interface ScoreStratum {
  readonly booklet: number;
  /** The total over the matching items, the studied one among them. */
  readonly total: number;
  readonly possible: number;
  /** Persons by score of the studied item. */
  readonly reference: Float64Array;
  readonly focal: Float64Array;
}

/**
 * Answers of each item by group, in strata of booklet and total score; the total is over the items answered that `matches` names, and the
 * studied one in any case. Weights aren't used.
 */
export function scoreStrata(
  responses: Responses,
  pair: GroupPair,
  matches: (item: number) => boolean = () => true,
): readonly (readonly ScoreStratum[])[] {
  const reference = responses.groups.indexOf(pair.reference);
  const focal = responses.groups.indexOf(pair.focal);
  if (reference < 0 || focal < 0 || reference === focal)
    throw new RangeError(`groups ${pair.reference} and ${pair.focal} of ${responses.groups.join(", ")}`);
  const { score, possible } = totalsOf(responses, matches);
  const cells = responses.items.map(() => new Map<number, ScoreStratum>());
  const steps = 1 + responses.items.reduce((sum, item) => sum + item.maximum, 0);
  eachAnswer(responses, (person, item, value) => {
    const group = responses.group?.[person];
    if (group !== reference && group !== focal) return;
    const { maximum } = responses.items[item]!;
    const own = matches(item) ? 0 : 1;
    const total = score[person]! + own * value;
    const most = possible[person]! + own * maximum;
    const booklet = responses.booklet[person]!;
    const key = (booklet * steps + most) * steps + total;
    let stratum = cells[item]!.get(key);
    if (!stratum) {
      const empty = () => new Float64Array(maximum + 1);
      stratum = { booklet, total, possible: most, reference: empty(), focal: empty() };
      cells[item]!.set(key, stratum);
    }
    (group === reference ? stratum.reference : stratum.focal)[value]! += 1;
  });
  return cells.map((map) => [...map.values()]);
}
