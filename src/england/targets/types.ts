/** A distribution, as its values at the probabilities of `grid`. */
export type Quantiles = readonly number[];

/** Schools of one phase in one region; percentages 0–100. */
export interface PhaseOfRegion {
  readonly schools: number;
  /** On roll, all ages. */
  readonly pupils: number;
  readonly size: Quantiles;
  /** Eligible for free school meals in the last six years. */
  readonly fsm: Quantiles;
  /** First language other than English. */
  readonly eal: Quantiles;
  readonly senSupport: Quantiles;
  /** Education, health and care plans. */
  readonly plan: Quantiles;
}

export interface PrimaryRegion extends PhaseOfRegion {
  /** Highest age at most 10: no key stage 2 leavers. */
  readonly infant: number;
  /** Lowest age 7 or more. */
  readonly junior: number;
}

export interface SecondaryRegion extends PhaseOfRegion {
  readonly sixthForm: number;
  readonly selective: number;
}

export interface SpecialPhase {
  readonly schools: number;
  readonly pupils: number;
  readonly size: Quantiles;
  readonly fsm: Quantiles;
  readonly eal: Quantiles;
}

export interface SpecialSchools {
  readonly special: SpecialPhase;
  readonly alternative: SpecialPhase & { readonly plan: number };
}

export interface SchoolContext {
  readonly schools: number;
  readonly idaci: Quantiles;
  readonly stability: Quantiles;
  readonly disadvantaged: Quantiles;
  /** Correlations of normal scores. */
  readonly idaciWithDisadvantaged: number;
  readonly stabilityWithDisadvantaged: number;
  readonly intakeWithDisadvantaged: number;
}

export interface Capacity {
  readonly schools: number;
  readonly filled: Quantiles;
}

export interface CohortShares {
  readonly primary: number;
  readonly junior: number;
  readonly secondary: number;
  readonly secondaryWithSixthForm: number;
  readonly specialAt11: number;
  readonly specialAt16: number;
}

/** Code; schools by phase; mean normal scores, primary and secondary. */
export type AuthorityTarget = readonly [
  code: string,
  schools: readonly number[],
  primary: readonly number[],
  secondary: readonly number[],
];

export interface Copulas {
  readonly primary: readonly (readonly number[])[];
  readonly secondary: readonly (readonly number[])[];
}

/** Shares of schools in multi- and in single-academy trusts. */
export type TrustShares = Readonly<
  Record<"primary" | "secondary" | "special" | "alternative", readonly [multi: number, single: number]>
>;

export interface TrustTargets {
  readonly trusts: number;
  readonly sizes: readonly (readonly [size: number, trusts: number])[];
  readonly shares: Readonly<Record<string, TrustShares>>;
}

/** Rows: attainment groups 0–24; columns: no result, below 100, 100–109, 110 and over. */
export type TransitionTable = readonly (readonly number[])[];

export interface KeyStage2Transition {
  readonly reading: TransitionTable;
  readonly maths: TransitionTable;
}

/** Rows: bands of key stage 2 score, the last without one; columns: pupils, grade 4 and over, grade 5 and over. */
export type BandTable = readonly (readonly number[])[];

export type KeyStage4Transition = Readonly<
  Record<
    "total" | "disadvantaged" | "other" | "english" | "otherLanguage" | "need" | "noNeed" | "boys" | "girls",
    BandTable
  >
>;

export interface GradeSpread {
  /** By band of key stage 2 score, in grades. */
  readonly deviation: readonly number[];
  readonly skewness: readonly number[];
  /** Differences of mean grade within bands. */
  readonly gaps: Readonly<Record<"disadvantaged" | "otherLanguage" | "need" | "girls", number>>;
}

export interface GroupProgress {
  readonly progress8: Readonly<
    Record<
      | "disadvantaged"
      | "other"
      | "noNeed"
      | "support"
      | "plan"
      | "white"
      | "mixed"
      | "asian"
      | "black"
      | "chinese"
      | "lookedAfter",
      number
    >
  >;
  /** Scaled score points. */
  readonly keyStage2: Readonly<
    Record<"disadvantaged" | "other" | "noNeed" | "support" | "plan" | "lookedAfter", number>
  >;
  /** Percentages at the expected standard in reading, writing and mathematics, 2023. */
  readonly expectedStandard: Readonly<Record<"white" | "mixed" | "asian" | "black" | "chinese" | "other", number>>;
  /** Looked-after children per 10,000; of them percentages with SEN support and with plans. */
  readonly lookedAfter: { readonly rate: number; readonly support: number; readonly plan: number };
  readonly girlsProgress8: number;
}

/** One year's schools. */
export interface YearOfSchools {
  readonly schools: number;
  readonly mean: number;
  readonly deviation: number;
  readonly quantiles: Quantiles;
}

export interface MeasureTargets {
  readonly years: Readonly<Record<string, YearOfSchools>>;
  /** Correlations of the same schools between two years. */
  readonly stability: Readonly<Record<string, number>>;
  /** Correlation with the school's FSM6 percentage. */
  readonly withFsm: number;
  /** Variance between authorities within regions. */
  readonly authorityVariance: number;
  /** Mean of each region less the country's, weighted by pupils. */
  readonly regions: Readonly<Record<string, number>>;
  /** What the school's prior attainment leads to nationally. */
  readonly intake: { readonly mean: number; readonly deviation: number; readonly quantiles: Quantiles };
  /** Special schools: progress, and what their pupils' prior attainment leads to nationally. */
  readonly special: {
    readonly schools: number;
    readonly mean: number;
    readonly deviation: number;
    readonly intake: number;
  };
}

export interface Progress8Targets extends MeasureTargets {
  /** Standard deviation of pupils' scores, read off the published limits. */
  readonly pupilDeviation: number;
  readonly cohort: { readonly schools: number; readonly pupils: number; readonly quantiles: Quantiles };
}

export interface KeyStage2Targets extends MeasureTargets {
  readonly readingWithMaths: number;
  readonly cohort: {
    readonly schools: number;
    readonly pupils: number;
    readonly quantiles: Quantiles;
    /** Half the mean squared change from year to year, divided by the mean: 1 where cohorts vary as counts by chance. */
    readonly dispersion: number;
  };
}

export interface ValueAdded2010 {
  readonly schools: number;
  readonly quantiles: Quantiles;
  readonly deviation: number;
  readonly varianceBetween: number;
  readonly varianceWithin: number;
  /** Correlation of the straight line through the limits. */
  readonly fit: number;
  /** Between ÷ (between + within). */
  readonly share: number;
}
