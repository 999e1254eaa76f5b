import { civilDate, type Parameter } from "../../kernel/index.js";

const firstStatement = civilDate("2026-09-01");

/** The share of a subject's posts without a teacher of it from which the subject is short. */
export const shortPosts: Parameter<number> = {
  id: "teachers.supply.short-posts",
  label: "Posts without a teacher of the subject that make it a shortage subject",
  unit: "% of posts",
  values: [
    {
      from: firstStatement,
      value: 5,
      source: {
        kind: "assumption",
        why: "the paper sets no line; one post in twenty is about one teacher in a department of the largest secondary schools, which timetabling no longer hides",
      },
    },
  ],
};

/** Recruits over the trainees that are needed, below which a subject is short. */
export const shortRecruits: Parameter<number> = {
  id: "teachers.supply.short-recruits",
  label: "Expected recruits, of the trainees needed, below which a subject is a shortage subject",
  unit: "% of need",
  values: [
    {
      from: firstStatement,
      value: 80,
      source: {
        kind: "assumption",
        why: "the paper sets no line; a fifth below need in every year leaves a subject a post in twenty short within about three years at today's turnover",
      },
    },
  ],
};

/** How sure it has to be, over the draws, that a line is crossed. */
export const shortSureness: Parameter<number> = {
  id: "teachers.supply.short-sureness",
  label: "Share of the draws in which a line has to be crossed",
  unit: "% of draws",
  values: [
    {
      from: firstStatement,
      value: 50,
      source: {
        kind: "assumption",
        why: "to call a subject short that isn't costs money, to miss one costs lessons; neither is held to be worse, so the more likely case decides",
      },
    },
  ],
};

/** For how many years from the list's first the lines are looked at. */
export const shortYears: Parameter<number> = {
  id: "teachers.supply.short-years",
  label: "Years that the shortage list looks at",
  unit: "years",
  values: [
    {
      from: firstStatement,
      value: 3,
      source: { kind: "assumption", why: "the funding of training places is guaranteed for three years (R3)" },
    },
  ],
};

/** All of them, for pages and the documentation. */
export const supplyParameters = [shortPosts, shortRecruits, shortSureness, shortYears] as const;
