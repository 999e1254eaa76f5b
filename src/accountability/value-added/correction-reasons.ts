import { civilDate, type Parameter, type Source } from "../../kernel/index.js";

/** What is done with a pupil: left out of the measure, or counted for other schools or other shares of time. */
export type CorrectionAction = "leave-out" | "shares";

/** A reason for which a school may ask that a pupil is counted otherwise. */
export interface CorrectionReason {
  /** As it is written in a table of corrections. */
  readonly code: string;
  readonly label: string;
  readonly actions: readonly CorrectionAction[];
  /** Whether it needs words of its own: `other: the words`. */
  readonly needsWords: boolean;
}

const exercise: Source = {
  kind: "published",
  citation:
    "Department for Education: the checking exercise's inclusion reasons 2, 8, 10, 11, 12 and 19 (DFE-Digital, review-school-college-data). " +
    "Dual registration is added, as shares of time need it; leaving the roll before the examinations is left out, as shares of time answer it",
};

const reason = (code: string, label: string, actions: readonly CorrectionAction[], needsWords = false) => ({
  ...{ code, label, actions, needsWords },
});

/** The reasons that hold on a day, with what each may do. */
export const correctionReasons: Parameter<readonly CorrectionReason[]> = {
  id: "accountability.value-added.correction-reasons",
  label: "Reasons for which a pupil may be counted otherwise",
  unit: "reasons",
  values: [
    {
      from: civilDate("2016-09-01"),
      value: [
        reason("never-on-roll", "never on the school's roll", ["leave-out", "shares"]),
        reason("permanently-excluded-elsewhere", "admitted after permanent exclusion from another school", [
          "leave-out",
        ]),
        reason("from-abroad", "admitted from abroad, with a first language other than English", ["leave-out"]),
        reason("left-england", "left England for good", ["leave-out"]),
        reason("died", "died", ["leave-out"]),
        reason("dual-roll", "on the rolls of two schools, or on another's for part of the time", ["shares"]),
        reason("other", "another reason, with its words", ["leave-out", "shares"], true),
      ],
      source: exercise,
    },
  ],
};
