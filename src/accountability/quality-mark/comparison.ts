import type { AlternativeCode, Stability } from "../value-added/index.js";

/** How the same schools would be decided if they were measured another way, by the rule in force. */
export interface MeasuredAlternative {
  readonly code: AlternativeCode;
  readonly label: string;
  /** What was done and on which pupils, in sentences; empty where it was not computed. */
  readonly how: string;
  /** Why it was not computed; null where it was. The counts are then all 0. */
  readonly notComputed: string | null;
  readonly pupils: number;
  readonly awarded: number;
  readonly refused: number;
  /** Neither: waiting for evidence or a framework, or too few pupils. */
  readonly other: number;
  /** Schools with another decision than in force, and of these the newly refused and those no longer refused. */
  readonly changed: number;
  readonly newlyRefused: number;
  readonly noLongerRefused: number;
  /** Schools whose figures are compared: those with enough pupils both ways. */
  readonly compared: number;
  /** Of the two figures over these schools; null where there is none. */
  readonly correlation: number | null;
  readonly rankCorrelation: number | null;
  readonly largestMove: SchoolMove | null;
  /** Some of the schools compared, evenly along the order in force, for a picture. */
  readonly points: readonly { readonly inForce: number; readonly alternative: number }[];
}

/** A school's figure both ways, in the outcome's units. */
export interface SchoolMove {
  readonly school: string;
  readonly inForce: number;
  readonly alternative: number;
}

/** How probable it is that decisions would be others if other pupils of the same schools had come. */
export interface ChanceOfOther {
  /** Schools whose decision rests on value added: mainstream, with enough pupils, and not refused for something else. */
  readonly schools: number;
  /** Expected number of these with another decision. */
  readonly expected: number;
  /** Those refused on value added, and how many of them are expected to be refused again. */
  readonly refused: number;
  readonly refusedAgain: number;
}

/** What stands beside a measure so that the argument about it can be had with numbers. */
export interface Comparison {
  readonly models: readonly MeasuredAlternative[];
  /** Null where no decision rests on value added. */
  readonly chance: ChanceOfOther | null;
  readonly stability: Stability | null;
}

/** Nothing was compared. */
export const noComparison: Comparison = { models: [], chance: null, stability: null };
