import type { SchoolMembership } from "../school-membership.js";
import { type SchoolMeans, schoolMeans } from "./school-means.js";

/**
 * Progress scores averaged over all pupils who were ever on a school's roll, each by the share of the time there: FFT Education Datalab's
 * answer to pupils who leave before they are counted. Nothing is drawn towards the average and nobody's other schools are taken off:
 * a pupil's whole score counts at each of the pupil's schools, only less.
 *
 * Source: FFT Education Datalab, "Who's left" (2017–2018): share of the fifteen termly censuses from Year 7 to Year 11. It published no
 * interval; the error here is that of a weighted mean of pupils with the deviation σ, as Progress 8 has it.
 *
 * @param progress one a pupil, as `pupilProgress` makes them; NaN counts nowhere
 * @param deviation σ
 */
export function reweightedProgress(
  progress: Float64Array,
  membership: Pick<SchoolMembership, "schools" | "start" | "school" | "share">,
  deviation: number,
): SchoolMeans {
  return schoolMeans(progress, membership, deviation);
}
