import { silent } from "../kernel/index.js";
import { regions } from "../register/index.js";
import { normalQuantile } from "../statistics/distributions/index.js";
import { assumptions } from "./assumptions.js";
import { interpolate } from "./distribution.js";
import type { England, EnglandPhase, Phase } from "./england.js";
import { makeWith } from "./make-england.js";
import { mobilityOf } from "./mobility.js";
import { bandedScores, meanOfBands, meanWhere, type PupilView, spreadOf, viewPupils } from "./moments.js";
import {
  type EffectName,
  effectNames,
  latentGrid,
  type Parameters,
  type PhaseParameters,
  type PriorName,
} from "./parameters.js";
import { foundEffects, pupilsOfCohort, wantedEffects, wantedSchools } from "./published-moments.js";
import { bandMiddles, knotsOf, probitOfTransition } from "./scales.js";
import { momentsOfSchools } from "./school-moments.js";
import { solvePrimaryScales } from "./solve-primary.js";
import { expectedAttainment8, gradeSpread, keyStage4Transition, progress8, schoolContext } from "./targets/index.js";

/** Where the solver begins: no effects, published curves, half of each spread. */
export function firstGuess(): Parameters {
  const latent = latentGrid.map(normalQuantile);
  const none = Object.fromEntries(effectNames.map((name) => [name, 0])) as Record<EffectName, number>;
  const common = {
    cohortScale: 1,
    intakeDeviation: 0.35,
    specialPrior: -2,
    prior: { fsm: -0.3, need: -0.7, otherLanguage: 0, girls: 0 },
    latent,
    effects: none,
    regions: Object.fromEntries(regions.map((region) => [region.code, 0])) as PhaseParameters["regions"],
    withFsm: 0,
    joining: 0.14,
    churn: 0.5,
  };
  const [reading, maths] = [probitOfTransition("reading"), probitOfTransition("maths")];
  const middles = bandMiddles();
  return {
    primary: {
      ...common,
      prior: {
        ...common.prior,
        otherLanguage: assumptions.priorOfOtherLanguage.value,
        girls: assumptions.priorOfGirls.value,
      },
      base: [reading, maths].map((subject) => subject.map((point) => point.mean)),
      spread: [reading, maths].map((subject) => subject.map((point) => point.spread)),
      persistent: 1.6,
      ofYear: 1.1,
      authority: 0.3,
    },
    secondary: {
      ...common,
      base: [expectedAttainment8.map(([, , mean]) => mean)],
      spread: [knotsOf("secondary").map((score) => 8 * interpolate(middles, gradeSpread.deviation, score))],
      persistent: 3.5,
      ofYear: 1.8,
      authority: 0.8,
    },
    subjects: { contrast: 0.8, correlation: 0.4, tail: [79.75, 89.75, 95.75, 113.25, 116.75] },
  };
}

/**
 * Moment matching by stochastic approximation: every round makes the whole country with another seed, compares each published
 * moment with its own, and moves each parameter towards agreement with the moment that mostly depends on it. The first rounds
 * go half of the way; later ones less and less, so that the chance of single seeds averages out.
 * @param told is called after each round
 */
export function solve(
  rounds: number,
  firstSeed: number,
  told: (round: number, parameters: Parameters) => void,
): Parameters {
  let parameters = firstGuess();
  for (let round = 0; round < rounds; round++) {
    const step = round < 8 ? 0.5 : 3 / (round - 2);
    parameters = blend(parameters, fullRound(parameters, firstSeed + round, 3), step);
    told(round, parameters);
  }
  return parameters;
}

/** Every number of one structure, moved a part of the way to the other's. */
function blend<T>(from: T, to: T, part: number): T {
  if (typeof from === "number") return (from + part * ((to as number) - from)) as T;
  if (Array.isArray(from)) return from.map((value, i) => blend(value, (to as unknown[])[i], part)) as T;
  const entries = Object.entries(from as Record<string, unknown>);
  return Object.fromEntries(
    entries.map(([key, value]) => [key, blend(value, (to as Record<string, unknown>)[key], part)]),
  ) as T;
}

function fullRound(parameters: Parameters, seed: number, cohorts: number): Parameters {
  const { england, latent } = makeWith({ seed, regions: "all", cohorts }, parameters, silent, true);
  const next = (phase: Phase) => improvePhase(phase, parameters[phase], england, latent[phase]!);
  const primary = next("primary");
  const secondary = next("secondary");
  const scales = solvePrimaryScales(viewPupils(england, england.phases[0]!), england, parameters);
  return {
    // Nothing is published on moves in primary schools: as many a year as in secondary schools, as unequally.
    primary: { ...primary, ...scales.curves, joining: (secondary.joining * 4) / 5, churn: secondary.churn },
    secondary,
    subjects: scales.subjects,
  };
}

function improvePhase(phase: Phase, old: PhaseParameters, england: England, latent: Float64Array): PhaseParameters {
  const made = england.phases.find((one) => one.phase === phase)!;
  const view = viewPupils(england, made);
  const curves = phase === "secondary" ? secondaryCurves(view, old) : {};
  return {
    ...old,
    ...curves,
    cohortScale: (old.cohortScale * pupilsOfCohort[phase]) / (view.rows / view.years),
    latent: latentQuantiles(latent),
    prior: solvePrior(phase, view, old),
    ...solveSchools(phase, england, view, old),
    ...(phase === "secondary" ? solveMoves(england, made, old) : {}),
  };
}

function latentQuantiles(latent: Float64Array): number[] {
  const sorted = Float64Array.from(latent).sort();
  return latentGrid.map((p) => sorted[Math.round(p * (sorted.length - 1))]!);
}

/** Differences of prior attainment so that the published bands of key stage 2 score by group come out. */
function solvePrior(phase: Phase, view: PupilView, old: PhaseParameters): PhaseParameters["prior"] {
  const banded = bandedScores(phase === "primary" ? view.outcome : view.prior);
  const perScore = phase === "primary" ? 5.5 : 8;
  const t = keyStage4Transition;
  const pairs: readonly (readonly [PriorName, number, (row: number) => boolean])[] = [
    ["fsm", meanOfBands(t.disadvantaged) - meanOfBands(t.other), view.is("fsm6", "yes")],
    ["need", meanOfBands(t.need) - meanOfBands(t.noNeed), not(view.is("sen", "none"))],
    ["otherLanguage", meanOfBands(t.otherLanguage) - meanOfBands(t.english), view.is("first_language", "other")],
    ["girls", meanOfBands(t.girls) - meanOfBands(t.boys), view.is("sex", "girl")],
  ];
  const next: Record<PriorName, number> = { ...old.prior };
  for (const [name, wanted, test] of pairs) {
    if (phase === "primary" && (name === "otherLanguage" || name === "girls")) continue;
    const gap = meanWhere(banded, test) - meanWhere(banded, not(test));
    next[name] += (0.8 * (wanted - gap)) / perScore;
  }
  return next;
}

const not = (test: (row: number) => boolean) => (row: number) => !test(row);

function solveEffects(phase: Phase, view: PupilView, old: PhaseParameters): PhaseParameters["effects"] {
  const [wanted, found] = [wantedEffects(phase), foundEffects(phase, view)];
  const next: Record<EffectName, number> = { ...old.effects };
  for (const [name, value] of Object.entries(wanted) as [Exclude<EffectName, "special">, number][])
    next[name] += 0.9 * (value - found[name]);
  return next;
}

function solveSchools(phase: Phase, england: England, view: PupilView, old: PhaseParameters) {
  const { targets, points, stability, deviation } = wantedSchools(phase);
  const found = momentsOfSchools(england, view);
  const perPrior = phase === "primary" ? 6 : 15;
  const variance = (wanted: number, now: number, smallest: number, from: number) =>
    Math.sqrt(Math.max(smallest ** 2, from ** 2 + 0.9 * (wanted - now)));
  const [wantedAll, foundAll] = [deviation ** 2, found.deviation ** 2];
  const intake = phase === "primary" ? targets.intake.deviation : targets.intake.deviation;
  return {
    intakeDeviation: old.intakeDeviation * (intake / spreadOf(found.expected).deviation) ** 0.9,
    specialPrior: old.specialPrior + (0.8 * (targets.special.intake - found.special.expected)) / perPrior,
    persistent: variance(stability * wantedAll, found.stability * foundAll, 0.05, old.persistent),
    ofYear: variance((1 - stability) * wantedAll, (1 - found.stability) * foundAll, 0.05, old.ofYear),
    authority: variance(targets.authorityVariance * points ** 2, found.authorityVariance, 0.02, old.authority),
    withFsm: Math.max(-0.9, Math.min(0.9, old.withFsm + 0.8 * (targets.withFsm - found.withFsm))),
    regions: Object.fromEntries(
      regions.map(({ code }) => [
        code,
        old.regions[code] + 0.9 * (points * targets.regions[code]! - found.regions.get(code)!),
      ]),
    ) as PhaseParameters["regions"],
    effects: {
      ...solveEffects(phase, view, old),
      special: old.effects.special + 0.9 * (points * targets.special.mean - found.special.mean),
    },
  };
}

/** Attainment 8 by key stage 2 score: each knot's published mean, and one scale for the published spread of pupils' scores. */
function secondaryCurves(view: PupilView, old: PhaseParameters): Pick<PhaseParameters, "base" | "spread"> {
  const knots = knotsOf("secondary");
  const means = knots.map(() => Number.NaN);
  for (let row = 0; row < view.rows; row++) {
    if (Number.isNaN(view.prior[row]!)) continue;
    const knot = Math.max(
      0,
      expectedAttainment8.findLastIndex(([from]) => view.prior[row]! >= from),
    );
    means[knot] = view.expected[row]!;
  }
  const scale = (10 * progress8.pupilDeviation) / spreadOf(view.progress).deviation;
  return {
    base: [old.base[0]!.map((value, k) => value + 0.9 * (expectedAttainment8[k]![2] - means[k]!))],
    spread: [old.spread[0]!.map((value) => value * scale)],
  };
}

/** Joiners so that the published median of leavers comes out, and their inequality so that the spread of stability does. */
function solveMoves(
  england: England,
  made: EnglandPhase,
  old: PhaseParameters,
): Pick<PhaseParameters, "joining" | "churn"> {
  const found = mobilityOf(england, made);
  const at = (values: Float64Array, p: number) =>
    Float64Array.from(values).sort()[Math.round(p * (values.length - 1))]!;
  const spread = schoolContext.stability[20]! - schoolContext.stability[4]!;
  return {
    joining: old.joining * (assumptions.leaverRate.value / at(found.leavers, 0.5)) ** 0.9,
    churn: old.churn * (spread / (at(found.stable, 0.9) - at(found.stable, 0.1))) ** 0.7,
  };
}
