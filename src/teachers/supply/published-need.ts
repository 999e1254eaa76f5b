import { subjects } from "../../simulation/classes.js";
import { englandTeachers } from "../../simulation/published/england-teachers.js";
import type { Statement, TrainingLine } from "./statement.js";

/** Own need of trainees beside the department's published one, for one subject. */
export interface NeedComparison
  extends Pick<TrainingLine, "subject" | "need" | "recruits" | "emptyToday" | "conversion"> {
  /** The department's postgraduate trainee need; null where none is published for the year. */
  readonly published: number | null;
  /** Trainees of the own need who fill posts that stand empty in the year itself. */
  readonly forEmptyPosts: number;
  /** Why the two differ, in a sentence. */
  readonly words: string;
}

/** The department's postgraduate trainee need of a subject in a year; null where none is published. */
export function publishedNeed(subject: string, year: number): number | null {
  const at = (subjects as readonly string[]).indexOf(subject);
  return englandTeachers.need[at]?.[year - englandTeachers.firstNeed] ?? null;
}

/**
 * Why an own need and a published one differ: what can be told from the numbers. The published model has no posts that stand empty (it
 * counts past undersupply over several years), draws returners and entrants from paths of its own, and states one figure without an interval.
 */
function differenceInWords({ need, published, forEmptyPosts }: Omit<NeedComparison, "words">): string {
  if (published === null) return "The department has published no need for this year.";
  if (published >= need.low && published <= need.high) return "The published need is within the interval.";
  const apart = need.value - published;
  if (apart > 0 && published >= need.low - forEmptyPosts)
    return "Higher, as far as the posts explain that stand empty today: here they are all to be filled next year, there past undersupply is made good over several.";
  return apart > 0
    ? "Higher by more than the posts that stand empty today: fewer returners and entrants from elsewhere, or fewer trainees who become teachers, than the department expects."
    : "Lower: more returners and entrants from elsewhere, fewer leavers, or fewer posts than the department expects; the department also carries past undersupply that is not in today's empty posts.";
}

/** Own and published need of every subject in the statement's year, in the simulation's order. */
export function compareNeed({ training, year }: Statement): readonly NeedComparison[] {
  return training
    .filter((line) => line.year === year)
    .map(({ subject, need, recruits, emptyToday, conversion }) => {
      const compared = {
        ...{ subject, need, recruits, emptyToday, conversion },
        published: publishedNeed(subject, year),
        forEmptyPosts: conversion > 0 ? emptyToday / conversion : 0,
      };
      return { ...compared, words: differenceInWords(compared) };
    });
}
