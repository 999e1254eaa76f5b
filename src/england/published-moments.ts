import { normalQuantile } from "../statistics/distributions/index.js";
import { assumptions } from "./assumptions.js";
import type { Phase } from "./england.js";
import { bandedScores, meanOfBands, meanWhere, type PupilView } from "./moments.js";
import type { EffectName } from "./parameters.js";
import { bandMiddles } from "./scales.js";
import {
  gradeSpread,
  groupProgress,
  keyStage2Progress,
  keyStage2Transition,
  keyStage4Transition,
  type MeasureTargets,
  progress8,
} from "./targets/index.js";

const total = (table: readonly (readonly number[])[]) => table.flat().reduce((a, b) => a + b, 0);
const not = (test: (row: number) => boolean) => (row: number) => !test(row);

/** Pupils of one cohort in all state schools: key stage 2 in 2019, key stage 4 in 2023/24. */
export const pupilsOfCohort: Readonly<Record<Phase, number>> = {
  primary: Math.round((total(keyStage2Transition.reading) + total(keyStage2Transition.maths)) / 2),
  secondary: keyStage4Transition.total.reduce((sum, [pupils]) => sum + pupils!, 0),
};

/** The published differences of progress (or, at key stage 2, of attainment where progress isn't published), in outcome points. */
export function wantedEffects(phase: Phase): Partial<Record<EffectName, number>> {
  const p = groupProgress;
  if (phase === "secondary")
    return {
      fsm: 10 * (p.progress8.disadvantaged - p.progress8.other),
      support: 10 * (p.progress8.support - p.progress8.noNeed),
      plan: 10 * (p.progress8.plan - p.progress8.noNeed),
      otherLanguage: 10 * gradeSpread.gaps.otherLanguage,
      girls: 10 * p.girlsProgress8,
      mixed: 10 * (p.progress8.mixed - p.progress8.white),
      asian: 10 * (p.progress8.asian - p.progress8.white),
      black: 10 * (p.progress8.black - p.progress8.white),
      chinese: 10 * (p.progress8.chinese - p.progress8.white),
      other: 10 * assumptions.otherEthnicProgress.value,
      lookedAfter: 10 * p.progress8.lookedAfter,
    };
  const deviation = deviationOfBands();
  const standing = (group: keyof typeof p.expectedStandard) =>
    deviation * (normalQuantile(p.expectedStandard[group] / 100) - normalQuantile(p.expectedStandard.white / 100));
  const t = keyStage4Transition;
  return {
    fsm: p.keyStage2.disadvantaged - p.keyStage2.other,
    support: p.keyStage2.support - p.keyStage2.noNeed,
    plan: p.keyStage2.plan - p.keyStage2.noNeed,
    otherLanguage: meanOfBands(t.otherLanguage) - meanOfBands(t.english),
    girls: meanOfBands(t.girls) - meanOfBands(t.boys),
    mixed: standing("mixed"),
    asian: standing("asian"),
    black: standing("black"),
    chinese: standing("chinese"),
    other: standing("other"),
    lookedAfter: p.keyStage2.lookedAfter,
  };
}

function deviationOfBands(): number {
  const middles = bandMiddles();
  const rows = keyStage4Transition.total.slice(0, 11);
  const n = rows.reduce((sum, [pupils]) => sum + pupils!, 0);
  const mean = meanOfBands(keyStage4Transition.total);
  return Math.sqrt(rows.reduce((sum, [pupils], i) => sum + pupils! * (middles[i]! - mean) ** 2, 0) / n);
}

/** The same differences among the synthetic pupils. */
export function foundEffects(phase: Phase, view: PupilView): Record<Exclude<EffectName, "special">, number> {
  const attained = phase === "primary" ? bandedScores(view.outcome) : view.progress;
  const gap = (values: Float64Array, one: (row: number) => boolean, two: (row: number) => boolean) =>
    meanWhere(values, one) - meanWhere(values, two);
  const [fsm, none, language, girl, white] = [
    view.is("fsm6", "yes"),
    view.is("sen", "none"),
    view.is("first_language", "other"),
    view.is("sex", "girl"),
    view.is("ethnic_group", "white"),
  ];
  const ethnic = (level: string) =>
    gap(phase === "primary" ? view.outcome : view.progress, view.is("ethnic_group", level), white);
  return {
    fsm: gap(view.progress, fsm, not(fsm)),
    support: gap(view.progress, view.is("sen", "support"), none),
    plan: gap(view.progress, view.is("sen", "plan"), none),
    otherLanguage: gap(attained, language, not(language)),
    girls: gap(attained, girl, not(girl)),
    mixed: ethnic("mixed"),
    asian: ethnic("asian"),
    black: ethnic("black"),
    chinese: ethnic("chinese"),
    other: ethnic("other"),
    lookedAfter: meanWhere(view.progress, view.is("looked_after", "yes")),
  };
}

/** Published moments of schools in the outcome's points. */
export function wantedSchools(phase: Phase): {
  targets: MeasureTargets;
  points: number;
  stability: number;
  deviation: number;
} {
  const targets: MeasureTargets = phase === "primary" ? keyStage2Progress : progress8;
  const points = phase === "primary" ? 1 : 10;
  const pairs = Object.values(targets.stability);
  const years = Object.entries(targets.years).filter(([year]) => phase === "primary" || year !== "2016");
  return {
    targets,
    points,
    stability: pairs.reduce((a, b) => a + b, 0) / pairs.length,
    deviation: (points * years.reduce((sum, [, year]) => sum + year.deviation, 0)) / years.length,
  };
}
