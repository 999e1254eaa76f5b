import { subjects } from "../../simulation/classes.js";
import { englandTeachers } from "../../simulation/published/england-teachers.js";
import type { Interval } from "./interval.js";
import type { Statement, TrainingLine } from "./statement.js";

/** Own need of trainees beside the department's published one, for one subject. */
export interface NeedComparison extends Pick<TrainingLine, "subject" | "need" | "withoutEmpty" | "recruits"> {
  /** The department's postgraduate trainee need; null where none is published for the year. */
  readonly published: number | null;
  /** Why the two differ, in a sentence. */
  readonly words: string;
}

/** The department's postgraduate trainee need of a subject in a year; null where none is published. */
export function publishedNeed(subject: string, year: number): number | null {
  const at = (subjects as readonly string[]).indexOf(subject);
  return englandTeachers.need[at]?.[year - englandTeachers.firstNeed] ?? null;
}

const within = (value: number, { low, high }: Interval) => value >= low && value <= high;

/**
 * Why an own need and a published one differ, as far as the numbers tell: the department makes past undersupply good over several years,
 * has paths of its own for returners and entrants from elsewhere, and states one figure without an interval.
 */
function differenceInWords({ need, withoutEmpty, published }: Omit<NeedComparison, "words">): string {
  if (published === null) return "The department has published no need for this year.";
  const backlog = need.value - withoutEmpty.value > 0.1 * need.value;
  if (within(published, withoutEmpty))
    return backlog
      ? "The flows ask for what the department says; the rest fills posts that stand empty today, all of them next year, where the department makes undersupply good over several."
      : "The published need is within the interval.";
  if (within(published, need))
    return "The published need is within the interval, with a part of the posts that stand empty today.";
  return published < withoutEmpty.low
    ? "Higher: the department expects fewer leavers or more who come untrained, or lets teachers above the posts of past years fill them."
    : "Lower: the department carries undersupply of past years that is not in today's empty posts, or expects more posts.";
}

/** Own and published need of every subject in the statement's year, in the simulation's order. */
export function compareNeed({ training, year }: Pick<Statement, "training" | "year">): readonly NeedComparison[] {
  return training
    .filter((line) => line.year === year)
    .map(({ subject, need, withoutEmpty, recruits }) => {
      const compared = { subject, need, withoutEmpty, recruits, published: publishedNeed(subject, year) };
      return { ...compared, words: differenceInWords(compared) };
    });
}
