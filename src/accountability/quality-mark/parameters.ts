import { type CivilDate, civilDate, type Parameter, valueOn } from "../../kernel/index.js";
import type { DecisionParameters } from "./decision.js";

/** The academic year in which the paper came out: its rule has no earlier value. */
const paper = civilDate("2016-09-01");

/** How sure the measure has to be before it refuses a school. */
export const refusalProbability: Parameter<number> = {
  id: "accountability.quality-mark.refusal-probability",
  label: "Probability of being below the line from which a school is refused",
  unit: "probability, 0–1",
  values: [
    {
      from: paper,
      value: 0.95,
      source: {
        kind: "assumption",
        why:
          "A refusal brings inspection back and can cost a head the post, so chance must not do it: of the schools exactly on " +
          "the line no more than about one in twenty is refused. It is the level at which the department printed its own confidence limits.",
      },
    },
  ],
};

/** The line below which a school's pupils have gained too little. */
export const agreedLine: Parameter<number> = {
  id: "accountability.quality-mark.line",
  label: "Agreed line of value added",
  unit: "standard deviations of the pupils' outcome",
  values: [
    {
      from: paper,
      value: -0.2,
      source: {
        kind: "assumption",
        why:
          "The paper speaks of an agreed measure and sets no line. Nought, the national average, would put half of all schools " +
          "on the wrong side for ever, whatever they do. A fifth of a standard deviation is three months of a pupil's progress " +
          "in the Education Endowment Foundation's conversion, so it matters to a pupil; and it lies a little above the " +
          "department's own last line on progress, half a grade below average in each subject (Progress 8, 2016 to 2018), " +
          "which is a quarter of a standard deviation, GCSE grades having one of about two. It is a choice: every review " +
          "shows what other lines would change.",
      },
    },
  ],
};

/** Fewer pupils than this, counted by their time in the school, decide nothing. */
export const fewestPupilEquivalents: Parameter<number> = {
  id: "accountability.quality-mark.fewest-pupil-equivalents",
  label: "Fewest pupils, counted by their time in the school",
  unit: "pupil-equivalents over the years that count",
  values: [
    {
      from: paper,
      value: 11,
      source: {
        kind: "assumption",
        why:
          "The department printed no contextual value added for fewer than eleven pupils (performance tables 2010, the mark " +
          "LT11), so that no pupil is recognised. It is also about where the figure begins to be the school's own: where a " +
          "tenth of the variance lies between schools, nine pupils are needed before a school's own results weigh as much as " +
          "the national average in its shrunken figure.",
      },
    },
  ],
};

/** How many years' results are looked at together. */
export const yearsThatCount: Parameter<number> = {
  id: "accountability.quality-mark.years",
  label: "Years that count",
  unit: "academic years",
  values: [
    {
      from: paper,
      value: 3,
      source: {
        kind: "assumption",
        why:
          "The paper asks for several years and names no number. Three is the fewest in which one unusual cohort is outvoted, " +
          "and still recent enough that most of the teachers are the same; the department's definition of coasting also took three.",
      },
    },
  ],
};

/** How much each of the years weighs, the latest first. */
export const yearWeights: Parameter<readonly number[]> = {
  id: "accountability.quality-mark.year-weights",
  label: "Weights of the years, latest first",
  unit: "relative weight",
  values: [
    {
      from: paper,
      value: [1, 1, 1],
      source: {
        kind: "assumption",
        why:
          "The years' own deviations count the same beside what lasts. A heavier latest year would make the measure jump with one " +
          "cohort, which is what several years are there to prevent.",
      },
    },
  ],
};

/** Coverage of the interval that is shown beside a value added. */
export const intervalConfidence: Parameter<number> = {
  id: "accountability.quality-mark.interval-confidence",
  label: "Coverage of the interval shown",
  unit: "probability, 0–1",
  values: [
    {
      from: paper,
      value: 0.95,
      source: {
        kind: "published",
        citation:
          "Department for Education, school performance tables: confidence limits of contextual value added (2010) and of Progress 8 (2016 on) at 95%",
      },
    },
  ],
};

/** Every dated number of the rule, in the order in which pages list them. */
export const qualityMarkParameters = [
  refusalProbability,
  agreedLine,
  fewestPupilEquivalents,
  yearsThatCount,
  yearWeights,
  intervalConfidence,
] as const satisfies readonly Parameter<unknown>[];

/**
 * The numbers of the rule on a day, with the line in the outcome's units.
 * @param outcomeDeviation standard deviation of the outcome over the pupils, above 0
 * @throws {RangeError} when the deviation is not above 0 or the day is before the first values.
 */
export function decisionParametersOn(date: CivilDate, outcomeDeviation: number): DecisionParameters {
  if (!(outcomeDeviation > 0) || outcomeDeviation === Number.POSITIVE_INFINITY)
    throw new RangeError(`the outcome's standard deviation must be above 0, got ${outcomeDeviation}`);
  return {
    line: valueOn(agreedLine, date).value * outcomeDeviation,
    refusalProbability: valueOn(refusalProbability, date).value,
    fewestPupilEquivalents: valueOn(fewestPupilEquivalents, date).value,
  };
}
