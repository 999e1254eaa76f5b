import type { SubjectFlows } from "./need.js";
import type { ShortageLines, ShortageReason, SubjectDraw } from "./shortage.js";

/** A worked example of the trainee need: made-up figures that anybody can recompute. */
export interface NeedExample {
  readonly story: string;
  readonly flows: SubjectFlows;
  readonly trainees: number;
  readonly working: string;
}

const steady: SubjectFlows = {
  ...{ inPost: 1000, postsNext: 1000, leavers: 100, hoursLost: 5, returners: 30, newToSector: 15, conversion: 0.75 },
};

/** Worked examples of the trainee need. */
export const needExamples: readonly NeedExample[] = [
  {
    story: "A subject whose posts are all filled and don't change",
    flows: steady,
    trainees: 80,
    working:
      "100 leave and 5 are lost in hours; 30 return and 15 come from elsewhere; 60 new teachers are 80 trainees, three in four of whom teach.",
  },
  {
    story: "The same with 30 posts that stand empty",
    flows: { ...steady, inPost: 970 },
    trainees: 120,
    working: "90 new teachers instead of 60: the empty posts are filled too.",
  },
  {
    story: "The same with 60 posts fewer next year",
    flows: { ...steady, postsNext: 940 },
    trainees: 0,
    working: "The posts that go are as many as the new teachers that were needed.",
  },
  {
    story: "Posts fall by more than anybody leaves",
    flows: { ...steady, postsNext: 800 },
    trainees: 0,
    working: "Nobody has to be trained; the number doesn't turn negative.",
  },
];

/** A worked example of the shortage rule. */
export interface ShortageExample {
  readonly story: string;
  readonly lines: ShortageLines;
  readonly draws: readonly SubjectDraw[];
  readonly reasons: readonly ShortageReason[];
}

const lines: ShortageLines = { posts: 0.05, recruits: 0.8, sureness: 0.5 };
const draw = (unfilled: number, recruits: number | null): SubjectDraw => ({ unfilled, recruits });

/** Worked examples of the shortage rule, with lines of 5% of posts and 80% of need in more than half of the draws. */
export const shortageExamples: readonly ShortageExample[] = [
  { story: "Enough of both", lines, draws: [draw(0.01, 1.1), draw(0.02, 0.95)], reasons: [] },
  {
    story: "Too few recruits in two draws of three",
    lines,
    draws: [draw(0.01, 0.5), draw(0.01, 0.7), draw(0.01, 0.9)],
    reasons: ["too-few-recruits"],
  },
  {
    story: "Too few recruits in one draw of two: not in more than half",
    lines,
    draws: [draw(0.01, 0.5), draw(0.01, 0.9)],
    reasons: [],
  },
  {
    story: "Empty posts, though training would do",
    lines,
    draws: [draw(0.08, 1), draw(0.09, 1.2)],
    reasons: ["posts-unfilled"],
  },
  { story: "On both lines, which isn't past them", lines, draws: [draw(0.05, 0.8)], reasons: [] },
  { story: "Nobody needs to be trained", lines, draws: [draw(0, null)], reasons: [] },
];
