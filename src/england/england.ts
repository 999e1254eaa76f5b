import type { AccountsOpinion, SafeguardingOutcome, SchoolKind } from "../accountability/quality-mark/index.js";
import type { MeasureSpecification } from "../accountability/value-added/index.js";
import type { AuthorityCode, CivilDate, GroupUid, Table, Urn } from "../kernel/index.js";
import type { RegionCode } from "../register/index.js";

/** The two stages whose leavers are measured: Years 3 to 6, and Years 7 to 11. */
export type Phase = "primary" | "secondary";

/** A made-up country: geography and targets are real, every school, trust and pupil is invented. */
export interface England {
  readonly synthetic: true;
  readonly seed: number;
  readonly regions: readonly EnglandRegion[];
  readonly authorities: readonly EnglandAuthority[];
  readonly trusts: readonly EnglandTrust[];
  readonly schools: readonly EnglandSchool[];
  readonly phases: readonly EnglandPhase[];
  readonly evidence: Evidence;
  readonly truth: readonly PhaseTruth[];
}

export interface EnglandRegion {
  readonly code: RegionCode;
  readonly name: string;
}

export interface EnglandAuthority {
  readonly code: AuthorityCode;
  readonly name: string;
  readonly region: RegionCode;
}

/** An invented academy trust; none crosses a region, so that a region made alone is the same. */
export interface EnglandTrust {
  readonly uid: GroupUid;
  readonly name: string;
  readonly region: RegionCode;
  readonly kind: "multi-academy" | "single-academy";
  readonly academies: number;
}

/** An invented school. */
export interface EnglandSchool {
  readonly urn: Urn;
  readonly name: string;
  readonly town: string;
  readonly authority: AuthorityCode;
  readonly region: RegionCode;
  readonly phase: Phase | "all-through";
  readonly kind: SchoolKind;
  readonly lowAge: number;
  readonly highAge: number;
  readonly admissions: "comprehensive" | "selective";
  /** On roll, all ages. */
  readonly pupils: number;
  readonly capacity: number;
  /** Percentage eligible for free school meals in the last six years. */
  readonly fsm6Percent: number;
  /** Null for a maintained school. */
  readonly trust: GroupUid | null;
  /** Kilometres on the region's invented map. */
  readonly east: number;
  readonly north: number;
}

/** One phase's files and what the review needs to read them. */
export interface EnglandPhase {
  readonly phase: Phase;
  readonly specification: MeasureSpecification;
  /** One row a pupil: the leavers of every cohort with a result. */
  readonly pupils: Table;
  /** One row a spell on roll. */
  readonly spells: Table;
  /** The cohorts' years, oldest first, as `2024/25`. */
  readonly years: readonly string[];
}

/** What the two other parts of the quality mark have on file; a school that isn't listed has sent nothing. */
export interface Evidence {
  readonly safeguarding: readonly SafeguardingEvidence[];
  readonly accounts: readonly AccountsEvidence[];
}

export interface SafeguardingEvidence {
  readonly school: Urn;
  readonly outcome: SafeguardingOutcome;
  readonly on: CivilDate;
}

/** A trust's accounts count for each of its academies. */
export interface AccountsEvidence {
  readonly school: Urn;
  readonly opinion: AccountsOpinion;
  readonly on: CivilDate;
}

/**
 * The effects that the pupils were made with, in the outcome's units before rounding and before the ends of the scale: for tests of
 * recovery, never for a review. A school's figure over several years is its persistent effect plus the mean of its years'.
 */
export interface PhaseTruth {
  readonly phase: Phase;
  /** In the order of the columns below: schools with pupils of this phase. */
  readonly schools: readonly Urn[];
  /** What each school adds in every year. */
  readonly persistent: Float64Array;
  /** What it adds in one year more: cohorts in order, then schools. */
  readonly ofYear: Float64Array;
  /** What goes with the authority of a pupil's last school. */
  readonly authority: ReadonlyMap<AuthorityCode, number>;
  readonly deviation: { readonly persistent: number; readonly ofYear: number; readonly authority: number };
  /** Effects of the context, by column and level, in the units of the outcome. */
  readonly coefficients: readonly { readonly column: string; readonly level: string; readonly effect: number }[];
}

/** What to make. */
export interface EnglandOptions {
  /** Any whole number from 0 to 2³² − 1: the same seed makes the same country. */
  readonly seed: number;
  readonly regions: readonly RegionCode[] | "all";
  /** Consecutive cohorts of leavers, from 1 to 6; 3 where it isn't given. */
  readonly cohorts?: number;
  /** The academic year in which the last cohort leaves; 2024 (2024/25) where it isn't given. */
  readonly lastYear?: number;
  /** Whose pupils are made, both where it isn't given. A phase made alone is the same as beside the other. */
  readonly phases?: readonly Phase[];
}
