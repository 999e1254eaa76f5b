import type { SchoolMembership } from "../school-membership.js";

/** Means over each school's pupils, each counted by the share of time. All arrays are as long as the schools. */
export interface SchoolMeans {
  /** NaN for a school without a pupil. */
  readonly mean: Float64Array;
  /** Standard error where nothing but the draw of pupils makes chance: σ √Σw² ÷ Σw, which is σ ÷ √n where every pupil counts wholly. */
  readonly error: Float64Array;
  /** Σ w: pupil-equivalents. */
  readonly weight: Float64Array;
}

/**
 * The mean of a score over each school's pupils, unshrunken.
 * @param score one a pupil; a pupil with NaN counts nowhere
 * @param deviation standard deviation of a pupil's score
 */
export function schoolMeans(
  score: Float64Array,
  { schools, start, school, share }: Pick<SchoolMembership, "schools" | "start" | "school" | "share">,
  deviation: number,
): SchoolMeans {
  const [weight, squares, mean] = [
    new Float64Array(schools.length),
    new Float64Array(schools.length),
    new Float64Array(schools.length),
  ];
  for (let i = 0; i < score.length; i++) {
    if (Number.isNaN(score[i]!)) continue;
    const end = start ? start[i + 1]! : i + 1;
    for (let e = start ? start[i]! : i; e < end; e++) {
      const s = school[e]!;
      if (s < 0) continue;
      const w = share ? share[e]! : 1;
      weight[s]! += w;
      squares[s]! += w * w;
      mean[s]! += w * score[i]!;
    }
  }
  const error = squares.map((sum, s) => (deviation * Math.sqrt(sum)) / weight[s]!);
  for (let s = 0; s < mean.length; s++) mean[s]! /= weight[s]!;
  return { mean, error, weight };
}
