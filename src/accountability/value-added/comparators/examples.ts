import { contextualCentre, contextualLimits, shrinkageFactor } from "./contextual-2010.js";
import { progress8Band, progress8Interval, pupilProgress } from "./progress-8.js";
import { schoolMeans } from "./school-means.js";
import { reweightedProgress } from "./time-reweighting.js";

/** A published method on figures small enough for paper and pencil: run as a test and shown on the method page. */
export interface ComparatorExample {
  readonly title: string;
  readonly story: string;
  /** What comes out, worked by hand. */
  readonly expected: Readonly<Record<string, number>>;
  /** Decimals to which `expected` is written. */
  readonly decimals: number;
  readonly because: string;
  /** The same by the program. */
  readonly computed: () => Readonly<Record<string, number>>;
}

/** Six pupils with their Attainment 8: three who started low (mean 40), three who started high (mean 50). */
const results = Float64Array.of(36, 40, 44, 47, 50, 53);
const starts = Int32Array.of(0, 0, 0, 1, 1, 1);
const schools = ["Ash", "Elm"];

const progress = () => pupilProgress(results, starts, 2, 10);
const named = (means: Float64Array) => Object.fromEntries(schools.map((name, s) => [name, means[s]!]));

export const comparatorExamples: readonly ComparatorExample[] = [
  {
    title: "Progress 8 of two schools",
    story:
      "Three pupils who started low reach 36, 40 and 44 in Attainment 8; three who started high reach 47, 50 and 53. " +
      "The pupils with 44, 47 and 53 are at Ash, the others at Elm.",
    expected: { Ash: 0.133, Elm: -0.133 },
    decimals: 3,
    because:
      "Those who started low reach 40 on average and those who started high 50. At Ash the differences are 4, −3 and 3: on average 4 ÷ 3 points, " +
      "and a tenth of that for each of the ten slots. At Elm they are −4, 0 and 0.",
    computed: () => {
      const { score, deviation } = progress();
      const membership = { schools, start: null, school: Int32Array.of(1, 1, 0, 0, 1, 0), share: null };
      return named(schoolMeans(score, membership, deviation).mean);
    },
  },
  {
    title: "The same with a pupil who moved, by time on roll",
    story: "The pupil with 44 spent six of fifteen terms at Ash and nine at Elm. The others stayed.",
    expected: { Ash: 0.067, Elm: -0.044 },
    decimals: 3,
    because:
      "The pupil's 4 points count two fifths at Ash and three fifths at Elm. Ash has (1.6 − 3 + 3) ÷ 2.4 points, Elm (2.4 − 4) ÷ 3.6; a tenth of each. " +
      "By the last school alone the 4 points would all be Elm's.",
    computed: () => {
      const { score, deviation } = progress();
      const membership = {
        schools,
        start: Int32Array.of(0, 1, 2, 4, 5, 6, 7),
        school: Int32Array.of(1, 1, 0, 1, 0, 1, 0),
        share: Float64Array.of(1, 1, 0.4, 0.6, 1, 1, 1),
      };
      return named(reweightedProgress(score, membership, deviation).mean);
    },
  },
  {
    title: "Two schools with the same score in two bands",
    story: "Two schools score +0.45. One has 24 pupils, the other 45. The deviation of all pupils' scores is 1.282.",
    expected: { "lower limit with 24 pupils": -0.06, "lower limit with 45 pupils": 0.08 },
    decimals: 2,
    because:
      "The interval is 1.96 × 1.282 ÷ √24 = 0.51 either side in the first school and 0.37 in the second. Only the second is above 0 throughout: " +
      "it was published as above average, the first as average.",
    computed: () => {
      const [few, more] = [progress8Interval(0.45, 1.282, 24), progress8Interval(0.45, 1.282, 45)];
      const bands = [progress8Band(0.45, few.lower, few.upper), progress8Band(0.45, more.lower, more.upper)];
      if (bands.join() !== "average,above average") throw new RangeError(`the bands are ${bands.join(" and ")}`);
      return { "lower limit with 24 pupils": few.lower, "lower limit with 45 pupils": more.lower };
    },
  },
  {
    title: "Contextual value added of a small school",
    story:
      "Twenty pupils are 15 points below what the model expects. Schools differ with a variance of 400, pupils within schools with 4,000.",
    expected: { "kept of the difference": 0.667, published: 990, "lower limit": 967.4, "upper limit": 1012.6 },
    decimals: 1,
    because:
      "400 ÷ (400 + 4,000 ÷ 20) = two thirds of the difference is kept: −10, published as 1,000 − 10. The limits are 1.96 × √(400 × 1/3) = 22.6 either side.",
    computed: () => {
      const kept = shrinkageFactor(400, 4000, 20);
      const published = contextualCentre - 15 * kept;
      const { lower, upper } = contextualLimits(published, 400, 4000, 20);
      return { "kept of the difference": kept, published, "lower limit": lower, "upper limit": upper };
    },
  },
];
