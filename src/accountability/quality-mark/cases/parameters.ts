import { type CivilDate, civilDate, type Parameter, valueOn } from "../../../kernel/index.js";

/** The academic year in which the paper came out: its rule has no earlier value. */
const paper = civilDate("2016-09-01");

/** How long an awarded mark holds. */
export const markMonths: Parameter<number> = {
  id: "accountability.quality-mark.months",
  label: "How long a mark holds",
  unit: "months",
  values: [
    {
      from: paper,
      value: 12,
      source: {
        kind: "assumption",
        why:
          "The paper wants the mark looked at every year and gives no month. Twelve from the day of publication is the plain reading; " +
          "a review that comes late leaves a school without a mark, and so presses on the office and not on the school.",
      },
    },
  ],
};

/** How long the school has to answer a case that is sent to it. */
export const answerDays: Parameter<number> = {
  id: "accountability.quality-mark.answer-days",
  label: "Shortest time a school has to answer",
  unit: "days",
  values: [
    {
      from: paper,
      value: 14,
      source: {
        kind: "assumption",
        why:
          "The paper sets none. Ten school days are a fortnight: long enough to look up a leaver in the admission register, " +
          "and the time that the checking exercise of the performance tables leaves open.",
      },
    },
  ],
};

/** How long after publication a school may appeal. */
export const appealDays: Parameter<number> = {
  id: "accountability.quality-mark.appeal-days",
  label: "Time for an appeal after publication",
  unit: "days",
  values: [
    {
      from: paper,
      value: 28,
      source: {
        kind: "assumption",
        why: "The paper is silent. Twenty-eight days are what most tribunals in England allow from the day of a decision.",
      },
    },
  ],
};

/** The share of awards and of refusals that a second person reads. */
export const secondReadingShare: Parameter<number> = {
  id: "accountability.quality-mark.second-reading-share",
  label: "Share of a region's awards, and of its refusals, read by a second person; rounded up",
  unit: "share, 0–1",
  values: [
    {
      from: paper,
      value: 0.1,
      source: {
        kind: "assumption",
        why:
          "One in ten is the share that moderation of teachers' assessments has long used: an office with three hundred schools " +
          "reads thirty twice, which finds a habit that is wrong in one case in ten with a probability of 96%.",
      },
    },
  ],
};

/** From which chance of another outcome a refusal has to be read by a second person. */
export const closeRefusal: Parameter<number> = {
  id: "accountability.quality-mark.close-refusal",
  label: "Chance of another decision from which a refusal is always read twice",
  unit: "probability, 0–1",
  values: [
    {
      from: paper,
      value: 0.25,
      source: {
        kind: "assumption",
        why:
          "A refusal that one draw of pupils in four would have turned round rests on little, and costs a school much: " +
          "nobody should carry it alone. Below a quarter the sample is thought to do.",
      },
    },
  ],
};

/** Every dated number of the case, in the order in which pages list them. */
export const caseParameters = [
  markMonths,
  answerDays,
  appealDays,
  secondReadingShare,
  closeRefusal,
] as const satisfies readonly Parameter<unknown>[];

/** The numbers of the case on a day. */
export interface CaseParameters {
  readonly markMonths: number;
  readonly answerDays: number;
  readonly appealDays: number;
  readonly secondReadingShare: number;
  readonly closeRefusal: number;
}

/** The numbers of the case on a day. @throws {RangeError} for a day before their first values. */
export function caseParametersOn(date: CivilDate): CaseParameters {
  return {
    markMonths: valueOn(markMonths, date).value,
    answerDays: valueOn(answerDays, date).value,
    appealDays: valueOn(appealDays, date).value,
    secondReadingShare: valueOn(secondReadingShare, date).value,
    closeRefusal: valueOn(closeRefusal, date).value,
  };
}
