import type {
  Diagnostics,
  ExplanationStep,
  ModelRecord,
  OutcomeMeasure,
  SubgroupMeasure,
  YearMeasure,
} from "../value-added/index.js";
import type { Comparison } from "./comparison.js";
import type { Alternative, Reason } from "./decision.js";
import type { Mark } from "./marks/mark.js";
import type { ReviewStanding, ShownDecision } from "./shown-decision.js";

/** A published annual review: the heading of every page. */
export interface PublishedReview {
  readonly id: number;
  readonly title: string;
  /** As `2025/26`. */
  readonly academicYear: string;
  /** Whether the pupils are made up; every page then says so. */
  readonly synthetic: boolean;
  readonly standing: ReviewStanding;
  /** One measure a phase: `primary`, `secondary`. */
  readonly measures: readonly PublishedMeasure[];
}

/** One phase's measure with its fit, its checks and what another choice would change. */
export interface PublishedMeasure {
  readonly phase: string;
  readonly title: string;
  readonly outcomeDeviation: number;
  readonly line: number;
  readonly refusalProbability: number;
  readonly fewestPupilEquivalents: number;
  /** Coverage of the intervals, as 0.95; pages say just "interval" where it is left out. */
  readonly confidence?: number;
  readonly model: ModelRecord;
  readonly diagnostics: Diagnostics;
  readonly alternatives: readonly Alternative[];
  /** Null with reviews that were published before there was one. */
  readonly comparison: Comparison | null;
  readonly notes: readonly string[];
}

/** Counts of decisions in a country, a region or an authority. */
export interface DecisionCounts {
  readonly code: string;
  readonly name: string;
  readonly schools: number;
  readonly decisions: Readonly<Record<ShownDecision, number>>;
}

/** A school as a line of a list or a point of a chart. */
export interface SchoolLine {
  readonly urn: string;
  readonly name: string;
  readonly phase: string;
  readonly authority: string;
  readonly region: string;
  readonly decision: ShownDecision;
  /** Null where the school has no measure (awaiting framework, too few pupils). */
  readonly valueAdded: number | null;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly pupilEquivalents: number | null;
}

/** A published mark beside its decision and reasons. */
export type ShownMark = Omit<Mark, "urn" | "decision" | "reasons">;

/** A school's whole page. */
export interface SchoolPage extends SchoolLine {
  readonly regionCode: string;
  readonly kind: string;
  readonly trust: string | null;
  readonly town: string | null;
  readonly standardError: number | null;
  readonly predictionError: number | null;
  readonly reliability: number | null;
  readonly pupils: number | null;
  readonly probabilityBelow: number | null;
  /** Probability of another decision on another draw of pupils; null where the decision doesn't rest on value added. */
  readonly probabilityOtherwise: number | null;
  /** The published ones; empty while the school's case is in review. */
  readonly reasons: readonly Reason[];
  /** The mark as it stands; null where nothing has been published of a case. */
  readonly mark: ShownMark | null;
  readonly explanation: readonly ExplanationStep[];
  readonly years: readonly YearMeasure[];
  /** Groups of pupils; empty where the measure names none. */
  readonly subgroups: readonly SubgroupMeasure[];
  /** The outcomes of a composite one by one; empty where the measure does not show them. */
  readonly outcomes: readonly OutcomeMeasure[];
  readonly safeguarding: { readonly outcome: string; readonly on: string } | null;
  readonly accounts: { readonly opinion: string; readonly on: string } | null;
}

/** What the pages and the API read of the published review. The store implements it on both databases. */
export interface ReviewReader {
  /** The newest published review, or null before the first. */
  review(): Promise<PublishedReview | null>;
  country(): Promise<DecisionCounts>;
  regions(): Promise<readonly DecisionCounts[]>;
  /** The authorities of a region with their counts; null when there is no such region. */
  region(
    code: string,
  ): Promise<{ readonly region: DecisionCounts; readonly authorities: readonly DecisionCounts[] } | null>;
  /** A page of schools in order of name; `decision`, `phase`, `region` and `text` narrow it. */
  schools(query: SchoolQuery): Promise<{ readonly total: number; readonly lines: readonly SchoolLine[] }>;
  /** Every measured school of a phase in a region (or of the country), for the charts, in order of value added. */
  measured(phase: string, regionCode: string | null): Promise<readonly SchoolLine[]>;
  school(urn: string): Promise<SchoolPage | null>;
  /** Every school of the review, by its URN. */
  lines(): Promise<ReadonlyMap<string, SchoolLine>>;
}

export interface SchoolQuery {
  readonly text?: string;
  readonly region?: string;
  readonly phase?: string;
  readonly decision?: ShownDecision;
  readonly offset: number;
  readonly limit: number;
}
