/** What a subject's teachers do between two censuses, in full-time equivalents. */
export interface SubjectFlows {
  /** In post at the census of the year. */
  readonly inPost: number;
  /** Posts at the next census. */
  readonly postsNext: number;
  /** Between the two censuses. */
  readonly leavers: number;
  readonly hoursLost: number;
  readonly returners: number;
  readonly newToSector: number;
  /** Newly qualified full-time equivalents that a trainee of the year becomes at the next census. */
  readonly conversion: number;
}

/** The trainees that a subject needs in a year, and the parts that make the number, each in full-time equivalents. */
export interface TraineeNeed {
  readonly trainees: number;
  /** Leavers and hours lost, which have to be made good. */
  readonly replace: number;
  /** Growth of posts over those in post: above 0 where posts stand empty or are added. */
  readonly growth: number;
  /** Returners and entrants from elsewhere, who need no training. */
  readonly otherEntrants: number;
}

/**
 * The trainees who have to begin in a year so that every post of the next census has a teacher of the subject: posts less who stays and who
 * comes untrained, over what a trainee becomes. Posts that stand empty today are in it, as in the department's adjustment for undersupply.
 *
 * @returns at least 0 trainees; 0 too where nobody who trains becomes a teacher, since then no number would do
 */
export function traineeNeed(flows: SubjectFlows): TraineeNeed {
  const { inPost, postsNext, leavers, hoursLost, returners, newToSector, conversion } = flows;
  const replace = leavers + hoursLost;
  const growth = postsNext - inPost;
  const otherEntrants = returners + newToSector;
  const entrants = Math.max(0, replace + growth - otherEntrants);
  return { trainees: conversion > 0 ? entrants / conversion : 0, replace, growth, otherEntrants };
}
