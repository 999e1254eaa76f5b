/** Groups of pupils with like prior attainment, each pupil in one; −1 for a pupil without any. */
export interface PriorGroups {
  readonly group: Int32Array;
  readonly count: number;
  /** How the groups were made, for a reader: a clause that follows "prior attainment:". */
  readonly words: string;
}

/**
 * Lowest average scaled score (reading and mathematics at Key Stage 2) of each of the 34 groups of Progress 8.
 * Source: Department for Education, KS4 ready reckoner of 2024, "KS2 average scaled score range".
 */
export const scaledScoreGroups: readonly number[] = [
  59,
  82.5,
  86.5,
  88,
  89.5,
  91,
  ...Array.from({ length: 28 }, (_, k) => 92.5 + k),
];

/** From this group on, and from its lowest score, the groups are one point wide. */
const firstRegular = 6;
const regularFrom = scaledScoreGroups[firstRegular]!;

/** Highest average scaled score of the Key Stage 2 tests. */
const highestScaledScore = 120;

/** Fewest pupils for whom a group of their own is made where the department's groups don't fit the scores. */
const fewestPerGroup = 30;

/** Whether every score present is one that two Key Stage 2 scaled scores can average to: 59 to 120 by halves. */
function areScaledScores(scores: Float64Array): boolean {
  let some = false;
  for (let i = 0; i < scores.length; i++) {
    const score = scores[i]!;
    if (Number.isNaN(score)) continue;
    if (!(score >= scaledScoreGroups[0]! && score <= highestScaledScore && Number.isInteger(2 * score))) return false;
    some = true;
  }
  return some;
}

/** The group of a scaled score: the last that begins at or below it. */
function groupOfScaledScore(score: number): number {
  if (score >= regularFrom) return firstRegular + Math.floor(score - regularFrom);
  let group = 0;
  while (score >= scaledScoreGroups[group + 1]!) group++;
  return group;
}

/** As many groups of equal size as Progress 8 has, or fewer where pupils are few; pupils with the same score stay together. */
function equalGroups(scores: Float64Array): PriorGroups {
  const order = Uint32Array.from(scores.keys())
    .filter((i) => !Number.isNaN(scores[i]!))
    .sort((a, b) => scores[a]! - scores[b]! || a - b);
  const wanted = Math.max(1, Math.min(scaledScoreGroups.length, Math.floor(order.length / fewestPerGroup)));
  const group = new Int32Array(scores.length).fill(-1);
  let count = 0;
  let place = -1;
  order.forEach((pupil, rank) => {
    const own = Math.floor((rank * wanted) / order.length);
    const tied = rank > 0 && scores[pupil] === scores[order[rank - 1]!];
    if (own !== place && !tied) {
      place = own;
      count++;
    }
    group[pupil] = count - 1;
  });
  return { group, count, words: `${count} groups of about the same number of pupils` };
}

/**
 * Pupils by prior attainment, as Progress 8 groups them: by the published ranges where the scores are averages of Key Stage 2 scaled
 * scores, else in groups of equal size, 34 of them or one for every 30 pupils.
 *
 * @param scores one a pupil; NaN where there is none
 */
export function groupByPrior(scores: Float64Array): PriorGroups {
  if (!areScaledScores(scores)) return equalGroups(scores);
  const group = new Int32Array(scores.length);
  for (let i = 0; i < scores.length; i++) group[i] = Number.isNaN(scores[i]!) ? -1 : groupOfScaledScore(scores[i]!);
  const count = scaledScoreGroups.length;
  return { group, count, words: `the department's ${count} ranges of the average Key Stage 2 scaled score` };
}

/** One score of prior attainment a pupil, of those subjects that the pupil has; NaN where there is none. */
export function averagePrior(subjects: readonly Float64Array[]): Float64Array {
  const [first, ...others] = subjects;
  if (!first) throw new RangeError("there is no prior attainment to average");
  if (others.length === 0) return first;
  const used = subjects.every(areScaledScores) ? subjects : subjects.map(standardised);
  return Float64Array.from(first.keys(), (i) => {
    let [sum, count] = [0, 0];
    for (const subject of used) {
      if (Number.isNaN(subject[i]!)) continue;
      sum += subject[i]!;
      count++;
    }
    return count > 0 ? sum / count : Number.NaN;
  });
}

/** With mean 0 and standard deviation 1, so that subjects on different scales weigh the same. */
function standardised(values: Float64Array): Float64Array {
  const present = values.filter((value) => !Number.isNaN(value));
  const mean = present.reduce((a, b) => a + b, 0) / present.length;
  const deviation = Math.sqrt(present.reduce((sum, value) => sum + (value - mean) ** 2, 0) / present.length);
  return values.map((value) => (deviation > 0 ? (value - mean) / deviation : value - mean));
}
