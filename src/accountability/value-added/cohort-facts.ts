import { civilDate, type Parameter, type Source, valueOn } from "../../kernel/index.js";

const cancelled: Source = {
  kind: "published",
  citation:
    "Department for Education: the national curriculum tests and the GCSE examinations of summer 2020 and summer 2021 did not take place",
};
const noBaseline: Source = {
  kind: "published",
  citation:
    "Schools Week on the department's plans for progress measures: no Progress 8 for 2024/25 and 2025/26; no primary progress for 2023/24 " +
    "and 2024/25, from Key Stage 1 in 2025/26 and 2026/27, from the reception baseline from 2027/28",
};
const before: Source = {
  kind: "published",
  citation: "Department for Education: primary progress and Progress 8 as published from 2015/16",
};

/** What a cohort's progress to the end of Key Stage 4 can be measured from, by the academic year in which the cohort finishes. */
export const baselineAtKeyStage4: Parameter<string> = {
  id: "accountability.value-added.baseline-at-key-stage-4",
  label: "Baseline of the cohorts that finish Key Stage 4",
  unit: "assessment",
  values: [
    { from: civilDate("2015-09-01"), value: "Key Stage 2", source: before },
    { from: civilDate("2024-09-01"), value: "none", source: noBaseline },
    { from: civilDate("2026-09-01"), value: "Key Stage 2", source: noBaseline },
  ],
};

/** What a cohort's progress to the end of Key Stage 2 can be measured from, by the academic year in which the cohort finishes. */
export const baselineAtKeyStage2: Parameter<string> = {
  id: "accountability.value-added.baseline-at-key-stage-2",
  label: "Baseline of the cohorts that finish Key Stage 2",
  unit: "assessment",
  values: [
    { from: civilDate("2015-09-01"), value: "Key Stage 1", source: before },
    { from: civilDate("2023-09-01"), value: "none", source: noBaseline },
    { from: civilDate("2025-09-01"), value: "Key Stage 1", source: noBaseline },
    { from: civilDate("2027-09-01"), value: "reception baseline", source: noBaseline },
  ],
};

/** Whether the tests and examinations at the end of a cohort's key stage took place. */
export const testsHeld: Parameter<"held" | "cancelled"> = {
  id: "accountability.value-added.tests-held",
  label: "Tests of Key Stage 2 and examinations of Key Stage 4",
  unit: "held or cancelled",
  values: [
    { from: civilDate("2015-09-01"), value: "held", source: before },
    { from: civilDate("2019-09-01"), value: "cancelled", source: cancelled },
    { from: civilDate("2021-09-01"), value: "held", source: cancelled },
  ],
};

/** The dated facts about cohorts that measures of England rest on. */
export const cohortFacts = [baselineAtKeyStage4, baselineAtKeyStage2, testsHeld] as const;

/** The calendar year in which an academic year begins, read from `2024/25`, `2024-25`, `2024/2025`, or the year of its summer `2025`; null for other words. */
export function startOfYear(label: string): number | null {
  const pair = /^(\d{4})[/-](?:\d{2})?(\d{2})$/.exec(label);
  if (pair) return (Number(pair[1]) + 1) % 100 === Number(pair[2]) ? Number(pair[1]) : null;
  return /^\d{4}$/.test(label) ? Number(label) - 1 : null;
}

/** What is known of the cohort that finishes in a year of somebody's file; empty where its tests took place and it has a baseline. */
export function knownOfCohort(label: string): { readonly baseline: readonly string[]; readonly cancelled: boolean } {
  const start = startOfYear(label);
  if (start === null || start < 2015 || start > 2200) return { baseline: [], cancelled: false };
  const day = civilDate(`${start}-09-01`);
  const stages = [
    ["Key Stage 4", "Key Stage 2", baselineAtKeyStage4],
    ["Key Stage 2", "Key Stage 1", baselineAtKeyStage2],
  ] as const;
  const baseline = stages
    .filter(([, , parameter]) => valueOn(parameter, day).value === "none")
    .map(
      ([end, beginning]) =>
        `those who finished ${end} in ${label} have no ${beginning} results, as these tests were cancelled`,
    );
  return { baseline, cancelled: valueOn(testsHeld, day).value === "cancelled" };
}
