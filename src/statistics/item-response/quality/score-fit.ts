import { chiSquareUpper } from "../../distributions/index.js";
import { type ItemParameters, probabilities } from "../items.js";
import type { NormalGroup } from "../persons/index.js";
import { notAdministered, type Responses } from "../responses.js";

/** Orlando and Thissen's S-X² of an item. */
export interface ScoreFit {
  readonly name: string;
  readonly statistic: number;
  readonly degrees: number;
  readonly p: number;
  /** √((X² − df) ÷ (n df)), nought where X² is below its degrees of freedom: the misfit a degree of freedom, whatever n. */
  readonly rmsea: number;
  readonly n: number;
  /** Score groups that were counted, after joining those with fewer than `leastExpected` expected. */
  readonly cells: number;
}

/** Fewer expected right or wrong answers than this and a score joins the next: mirt's rule. */
const leastExpected = 1;

/** Persons with all answers of a booklet: how many have each total score, and how many of these each item right. */
interface Counts {
  readonly persons: Float64Array;
  readonly right: readonly Float64Array[];
}

/**
 * S-X² (Orlando & Thissen 2000) for dichotomous items: in each group of persons with the same total, the share right against the share that the model
 * expects there, from the totals' distribution with and without the item (Lord & Wingersky 1984). Booklets are added up. Persons with gaps in
 * their booklet aren't counted, and weights aren't used: the distribution is that of persons drawn one by one.
 *
 * @param group ability distribution of the persons
 * @param parametersOf how many parameters of the item were estimated from these persons; they're taken off the degrees of freedom
 * @returns one an item of those that are dichotomous and stand in a booklet of dichotomous items of at least three; null elsewhere
 */
export function scoreFit(
  responses: Responses,
  items: ItemParameters,
  group: NormalGroup,
  parametersOf: (item: number) => number,
): readonly (ScoreFit | null)[] {
  const sums = responses.items.map(() => ({ statistic: 0, cells: 0, n: 0 }));
  responses.booklets.forEach((list, b) => {
    if (list.length < 3 || list.some((item) => items.intercepts[item]!.length !== 2)) return;
    const counts = countScores(responses, b);
    const curves = Array.from(list, (item) => curveOf(items, item, group));
    const all = scoreDistribution(curves);
    list.forEach((item, place) => {
      const rest = scoreDistribution(curves.filter((_, k) => k !== place));
      const found = compare(counts, place, curves[place]!, all, rest);
      const sum = sums[item]!;
      sum.statistic += found.statistic;
      sum.cells += found.cells;
      sum.n += found.n;
    });
  });
  return responses.items.map(({ name }, j) => {
    const { statistic, cells, n } = sums[j]!;
    const degrees = cells - parametersOf(j);
    if (degrees < 1) return null;
    const rmsea = Math.sqrt(Math.max(0, statistic - degrees) / (n * degrees));
    return { name, statistic, degrees, p: chiSquareUpper(statistic, degrees), rmsea, n, cells };
  });
}

function countScores({ booklets, booklet, starts, scores }: Responses, b: number): Counts {
  const length = booklets[b]!.length;
  const persons = new Float64Array(length + 1);
  const right = Array.from({ length }, () => new Float64Array(length + 1));
  for (let i = 0; i < booklet.length; i++) {
    if (booklet[i] !== b) continue;
    const own = scores.subarray(starts[i]!, starts[i]! + length);
    if (own.includes(notAdministered)) continue;
    const total = own.reduce((sum, score) => sum + score, 0);
    persons[total]! += 1;
    own.forEach((score, place) => {
      right[place]![total]! += score;
    });
  }
  return { persons, right };
}

const width = 121;
const reach = 6;

/** P(right) at the nodes, and the nodes' weights, of a normal group. */
function curveOf(items: ItemParameters, item: number, { mean, sd }: NormalGroup): Float64Array {
  const p = new Float64Array(2);
  return Float64Array.from(
    { length: width },
    (_, q) => probabilities(items, item, mean + sd * (-reach + (2 * reach * q) / (width - 1)), p)[1]!,
  );
}

const weights = (() => {
  const density = Float64Array.from({ length: width }, (_, q) =>
    Math.exp(-0.5 * (-reach + (2 * reach * q) / (width - 1)) ** 2),
  );
  const sum = density.reduce((a, b) => a + b, 0);
  return density.map((value) => value / sum);
})();

/** P(total = s | node), scores × nodes, by Lord and Wingersky's recursion. */
function scoreDistribution(curves: readonly Float64Array[]): readonly Float64Array[] {
  let scores: Float64Array[] = [new Float64Array(width).fill(1)];
  for (const curve of curves) {
    const next = Array.from({ length: scores.length + 1 }, () => new Float64Array(width));
    scores.forEach((row, s) => {
      for (let q = 0; q < width; q++) {
        next[s]![q]! += row[q]! * (1 - curve[q]!);
        next[s + 1]![q]! += row[q]! * curve[q]!;
      }
    });
    scores = next;
  }
  return scores;
}

const integral = (values: (q: number) => number) => weights.reduce((sum, w, q) => sum + w * values(q), 0);

/** The item's statistic over totals 1 … length − 1, neighbours joined until each has enough expected right and wrong. */
function compare(
  { persons, right }: Counts,
  place: number,
  curve: Float64Array,
  all: readonly Float64Array[],
  rest: readonly Float64Array[],
) {
  const cells: { n: number; observed: number; expected: number }[] = [];
  let open = { n: 0, observed: 0, expected: 0 };
  let n = 0;
  for (let s = 1; s < all.length - 1; s++) {
    n += persons[s]!;
    const share = integral((q) => curve[q]! * rest[s - 1]![q]!) / integral((q) => all[s]![q]!);
    open = {
      n: open.n + persons[s]!,
      observed: open.observed + right[place]![s]!,
      expected: open.expected + persons[s]! * share,
    };
    if (Math.min(open.expected, open.n - open.expected) >= leastExpected) {
      cells.push(open);
      open = { n: 0, observed: 0, expected: 0 };
    }
  }
  const last = cells.at(-1);
  if (last && open.n > 0) {
    last.n += open.n;
    last.observed += open.observed;
    last.expected += open.expected;
  }
  const statistic = cells.reduce(
    (sum, cell) => sum + (cell.observed - cell.expected) ** 2 / (cell.expected * (1 - cell.expected / cell.n)),
    0,
  );
  return { statistic, cells: cells.length, n: n + persons[0]! + persons[all.length - 1]! };
}
