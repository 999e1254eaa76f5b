/**
 * How far below the mean of its group a pupil's score may count, in standard deviations of the group's scores.
 * Source: Department for Education, secondary accountability measures 2019: "extremely negative" scores, about one pupil in a hundred.
 */
export const lowestCounted = 2.766514;

/** Standard deviation of all pupils' Progress 8 scores of 2019, after the lowest were raised. Source: the same guide's confidence intervals. */
export const deviation2019 = 1.282479;

/** Half the width of the published interval in standard errors. */
const halfWidth = 1.96;

/** The pupils' progress: what Progress 8 averages over a school. */
export interface PupilProgress {
  /** NaN for a pupil without a group. */
  readonly score: Float64Array;
  /** Standard deviation of all pupils' scores, the σ of the interval. */
  readonly deviation: number;
  /** Pupils whose score was raised to the lowest that counts. */
  readonly raised: number;
  readonly pupils: number;
}

/**
 * Each pupil's result less the mean result of all pupils with like prior attainment, no lower than {@link lowestCounted} deviations below
 * it. Source: Department for Education, secondary accountability measures (October 2019), annex A.
 *
 * @param result one a pupil
 * @param group the pupil's group of prior attainment (within the cohort), −1 for none
 * @param slots by what the difference is divided: 10 for Attainment 8, which counts ten slots; 1 for other outcomes
 */
export function pupilProgress(result: Float64Array, group: Int32Array, groups: number, slots = 1): PupilProgress {
  const [count, mean, squares] = [new Float64Array(groups), new Float64Array(groups), new Float64Array(groups)];
  for (let i = 0; i < result.length; i++) {
    const g = group[i]!;
    if (g < 0) continue;
    count[g]! += 1;
    mean[g]! += (result[i]! - mean[g]!) / count[g]!;
  }
  for (let i = 0; i < result.length; i++)
    if (group[i]! >= 0) squares[group[i]!]! += (result[i]! - mean[group[i]!]!) ** 2;
  const lowest = squares.map((sum, g) => (count[g]! > 1 ? -lowestCounted * Math.sqrt(sum / (count[g]! - 1)) : 0));
  const score = new Float64Array(result.length).fill(Number.NaN);
  let [raised, pupils, sum] = [0, 0, 0];
  for (let i = 0; i < result.length; i++) {
    const g = group[i]!;
    if (g < 0) continue;
    const difference = result[i]! - mean[g]!;
    if (difference < lowest[g]!) raised++;
    score[i] = Math.max(difference, lowest[g]!) / slots;
    sum += score[i]!;
    pupils++;
  }
  let spread = 0;
  for (const value of score) if (!Number.isNaN(value)) spread += (value - sum / pupils) ** 2;
  return { score, deviation: pupils > 1 ? Math.sqrt(spread / (pupils - 1)) : 0, raised, pupils };
}

/** The published interval of a school's score: ± 1.96 σ ÷ √n, with σ the deviation of all pupils in the country. */
export function progress8Interval(score: number, deviation: number, pupils: number): { lower: number; upper: number } {
  const half = (halfWidth * deviation) / Math.sqrt(pupils);
  return { lower: score - half, upper: score + half };
}

/** The published bands, best first. */
export const progress8Bands = [
  "well above average",
  "above average",
  "average",
  "below average",
  "well below average",
] as const;

/**
 * The band in which a school's score was published: average where the interval holds 0, "well" from half a grade above
 * and beyond half a grade below. Source: Department for Education, 2017 on.
 */
export function progress8Band(score: number, lower: number, upper: number): (typeof progress8Bands)[number] {
  if (lower > 0) return score >= 0.5 ? "well above average" : "above average";
  if (upper < 0) return score < -0.5 ? "well below average" : "below average";
  return "average";
}
