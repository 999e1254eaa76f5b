import type { DesignFault } from "../statistics/mixed-model/index.js";
import type { ProblemMeaning } from "./problem-codes.js";

/** Faults of a model's design, which `value-added` reports as problems of the pupil files. */
const designFaults = {
  "no-rows": {
    meaning: "No pupil is left: each lacks a value in one of the columns that the review needs.",
    remedy: "Check the columns that the review file names.",
  },
  "too-few-rows": {
    meaning: "There are fewer pupils than coefficients.",
    remedy: "Use more pupils or fewer covariates.",
  },
  "not-finite": {
    meaning: "A value is too large to compute with, or no number.",
    remedy: "Correct the value in the pupil file.",
  },
  "constant-response": {
    meaning: "The outcome is the same for every pupil.",
    remedy: "Name the column that holds the pupils' results.",
  },
  "collinear-columns": {
    meaning: "A covariate says nothing that the others do not already say.",
    remedy: "Remove one of them from the review file.",
  },
  "one-level": {
    meaning: "All pupils are in one school, or in one level of a further group.",
    remedy: "Leave the group out, or bring pupils of more of its levels.",
  },
  "as-many-levels-as-rows": {
    meaning: "Every pupil is alone in a level of a group.",
    remedy: "Leave the group out: it needs levels with several pupils.",
  },
  "no-random-term": { meaning: "The model has no schools.", remedy: "Name the column of the school." },
  "weights-not-positive": {
    meaning: "A pupil's weight in the model is missing, zero or below.",
    remedy: "Give every pupil a weight above 0, or leave the weights out.",
  },
} as const satisfies Record<DesignFault["code"], ProblemMeaning>;

/** Codes of problems that parts without a `problem-codes.ts` of their own report. */
export const problemCodes = {
  ...designFaults,
  "window-missing": {
    meaning: "A cohort has no window in which its spells count.",
    remedy: "Add a window with this year, or one without a year that holds for the rest.",
  },
  "baseline-missing": {
    meaning: "No pupil of a year has a value of prior attainment: its tests were cancelled, or the file lacks them.",
    remedy:
      "Say under `cohorts` of the review file that the year is left out, or from which other baseline it is measured.",
  },
  "results-missing": {
    meaning: "No pupil of a year has an outcome: its tests were cancelled, or the file lacks them.",
    remedy: "Say under `cohorts` of the review file that the year is left out.",
  },
  "cohort-unknown": {
    meaning: "There is a rule for a year of which there are no pupils.",
    remedy: "Write the year as it stands in the pupils' files.",
  },
  "time-unreadable": {
    meaning: "A group drifts along a column whose values are no years.",
    remedy: "Write years as 2024/25 or 2024, or leave `drift` out of the review file.",
  },
  "subgroup-empty": {
    meaning: "A group of pupils, as the disadvantaged, holds no pupil or every pupil.",
    remedy: "Correct its level or quantile under `subgroups` of the review file.",
  },
  "port-in-use": {
    meaning: "Another program is using the port.",
    remedy: "Stop it, or choose another port with PORT.",
  },
  "port-not-allowed": {
    meaning: "The system does not let this user open the port.",
    remedy: "Choose a port above 1023 with PORT.",
  },
  "address-not-available": {
    meaning: "This machine has no such network address.",
    remedy: "Use HOST=127.0.0.1, or HOST=0.0.0.0 for every network the machine is in.",
  },
} as const satisfies Record<string, ProblemMeaning>;
