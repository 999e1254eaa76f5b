// Made by scripts/reference/england-targets.mjs; don't edit.
import type { GroupProgress } from "./types.js";

/** National progress by group of pupils: Progress 8 2023/24 and key stage 2 progress 2019 (mean of reading and mathematics), local authority interactive tool; girls less boys from the 2018 performance tables. */
export const groupProgress: GroupProgress = {
  progress8: {
    disadvantaged: -0.57,
    other: 0.16,
    noNeed: 0.1,
    support: -0.45,
    plan: -1.13,
    white: -0.15,
    mixed: -0.02,
    asian: 0.51,
    black: 0.26,
    chinese: 1.04,
    lookedAfter: -1.31,
  },
  keyStage2: { disadvantaged: -0.665, other: 0.345, noNeed: 0.36, support: -1.015, plan: -3.79, lookedAfter: -0.615 },
  expectedStandard: { white: 59, mixed: 62, asian: 67, black: 60, chinese: 73, other: 57 },
  lookedAfter: { rate: 70, support: 27.1, plan: 30.4 },
  girlsProgress8: 0.451,
};
