import type { SharedSchoolsRecord } from "./results.js";

/** Whom a figure is of. */
export interface LevelWords {
  readonly group: string | null;
  readonly level: string | null;
}

/** As "all pupils", or "sex: girls". */
export const levelInWords = ({ group, level }: LevelWords): string =>
  group === null ? "all pupils" : `${group}: ${level}`;

/** What two cycles have in common, as "2021 and 2025: 40 schools are in both (of 150 and 150); their covariance is counted." */
export const sharedInWords = ({ from, to, schools, ofFrom, ofTo, counted }: SharedSchoolsRecord): string =>
  `${from} and ${to}: ${schools} schools are in both (of ${ofFrom} and ${ofTo}); ${counted ? "their covariance is taken off the error of changes" : "too few for a covariance: the cycles count as independent"}.`;
