import type { CivilDate } from "../../kernel/index.js";
import type { DeclaredOutcome } from "./admissible.js";

/** What a measure is made of. */
export type MeasureBasis =
  /** What pupils gained from where they started. */
  | "value-added"
  /** What pupils reached, whatever they started from. */
  | "attainment"
  /** A share of pupils of whom something holds, as attendance. */
  | "rate"
  /** What people found when they looked, against written criteria. */
  | "judgement";

/** What follows for a school from a measure. */
export type Consequence =
  /** Nothing: no school is named, the figure is of the system. */
  | "system-only"
  /** A figure of each named school is published. */
  | "published-by-school"
  /** It is one part of the Quality Mark. */
  | "quality-mark"
  /** It brings by itself a visit, a warning, an order or a change of control. */
  | "intervention";

/** The schools that A2 tells apart. */
export type CoveredKind = "mainstream" | "special" | "pupil-referral-unit" | "alternative-provision";

/** Whom a measure covers. */
export interface MeasurePopulation {
  /** At least one. */
  readonly kinds: readonly CoveredKind[];
  /** The pupils who count, in words, as "pupils at the end of Key Stage 4". */
  readonly pupils: string;
  /** Who is left out, in words; empty where nobody is. */
  readonly leavesOut: string;
}

/** A line that parts schools. */
export interface Threshold {
  readonly value: number;
  readonly unit: string;
}

/** A measure as an official proposes it to the register (proposal A3). */
export interface ProposedMeasure {
  /** Stable, in kebab-case, as `contextual-value-added-secondary`. */
  readonly id: string;
  readonly title: string;
  readonly basis: MeasureBasis;
  /** What it reads: files, returns, other measures. At least one. */
  readonly reads: readonly string[];
  readonly population: MeasurePopulation;
  readonly outcomes: readonly DeclaredOutcome[];
  readonly usesPriorAttainment: boolean;
  /** How many years of results are looked at together, 1 or more. */
  readonly years: number;
  /** Whether a pupil counts in every school attended, by the time spent there. */
  readonly weightedByTime: boolean;
  readonly threshold: Threshold | null;
  readonly consequence: Consequence;
  /** The first day on which it would hold. */
  readonly from: CivilDate;
}
