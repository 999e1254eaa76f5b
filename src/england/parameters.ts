import type { RegionCode } from "../register/index.js";

/** Covariates whose effects on progress are solved for. `special` is a pupil of a special school. */
export const effectNames = [
  "fsm",
  "support",
  "plan",
  "otherLanguage",
  "girls",
  "lookedAfter",
  "mixed",
  "asian",
  "black",
  "chinese",
  "other",
  "special",
] as const;
export type EffectName = (typeof effectNames)[number];

/** Covariates whose differences in prior attainment are solved for, within schools. */
export type PriorName = "fsm" | "need" | "otherLanguage" | "girls";

/** What no published table states itself but is solved for, so that what comes out agrees with the published tables. */
export interface PhaseParameters {
  /** Pupils of a cohort against the published share of the roll. */
  readonly cohortScale: number;
  /** Standard deviation of schools' mean prior attainment, in pupils' normal scores. */
  readonly intakeDeviation: number;
  /** Mean prior attainment in special schools, in pupils' normal scores. */
  readonly specialPrior: number;
  /** Differences in prior attainment within schools, in normal scores; a plan counts `need` twice. */
  readonly prior: Readonly<Record<PriorName, number>>;
  /** Pupils' prior attainment before it is mapped to the published distribution: quantiles at `latentGrid`. */
  readonly latent: readonly number[];
  /** Outcome by knot of prior attainment without effects. Primary: reading, then mathematics. */
  readonly base: readonly (readonly number[])[];
  /** Spread of the outcome about it, by knot, in the same order. */
  readonly spread: readonly (readonly number[])[];
  readonly effects: Readonly<Record<EffectName, number>>;
  /** Standard deviations between schools (persistent, of a year) and between authorities. */
  readonly persistent: number;
  readonly ofYear: number;
  readonly authority: number;
  /** Correlation of a school's persistent effect with its FSM6 rate. */
  readonly withFsm: number;
  /** What goes with a region. */
  readonly regions: Readonly<Record<RegionCode, number>>;
  /** Joiners a year's cohort has had, and how unequally schools have them (standard deviation of the logarithm). */
  readonly joining: number;
  readonly churn: number;
}

/** What only the primary phase has: two subjects, and tails of their own. */
export interface SubjectParameters {
  /** Standard deviation of a school's difference between reading and mathematics, halved. */
  readonly contrast: number;
  /** Correlation of a pupil's reading and mathematics given everything else. */
  readonly correlation: number;
  /** Raw scores that become 79.75, 89.75, 95.75, 113.25 and 116.75; from 100 to 110 they stay. */
  readonly tail: readonly [number, number, number, number, number];
}

/** All solved parameters. */
export interface Parameters {
  readonly primary: PhaseParameters;
  readonly secondary: PhaseParameters;
  readonly subjects: SubjectParameters;
}

/** Probabilities of {@link PhaseParameters.latent}. */
export const latentGrid: readonly number[] = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.02, 0.035, 0.05, 0.075, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.55,
  0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9, 0.925, 0.95, 0.965, 0.98, 0.99, 0.995, 0.9975, 0.999, 0.9995,
];
