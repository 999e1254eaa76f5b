/**
 * What a value-added measure is made of, in the names of the columns of somebody's own files.
 * The review file is read into this (`quality-mark/review-file.ts`), and so is the synthetic England.
 */
export interface MeasureSpecification {
  /** Words for the outcome on pages and reports, as "GCSE score". */
  readonly title: string;
  /** One or several outcomes; several are standardised, weighted and added up. */
  readonly outcomes: readonly Outcome[];
  /** Whether each outcome of a composite is also fitted and shown on its own; left out, none is. */
  readonly parts?: boolean;
  readonly pupil: string;
  /** The column of the pupil's (last) school; absent where a membership table or spells name the schools. */
  readonly school: string | null;
  /** The column of the cohort's year, or null for one cohort. */
  readonly year: string | null;
  readonly prior: readonly PriorAttainment[];
  /** What is done with the cohorts of some years; the others are measured from `prior`. */
  readonly cohorts: readonly CohortRule[];
  readonly context: readonly ContextCovariate[];
  /** Products of covariates already named in `prior`, `context` or `intake`. */
  readonly interactions: readonly (readonly [string, string])[];
  readonly intake: readonly IntakeCovariate[];
  readonly membership: Membership;
  /** Covariates whose effect differs between schools (random slopes). */
  readonly slopes: readonly string[];
  readonly groups: readonly FurtherGroup[];
  /** Groups of pupils for whom each school's effect is estimated apart; each column needs a slope. */
  readonly subgroups: readonly Subgroup[];
  /**
   * Weights of the years' own deviations in the published figure, the latest first; years beyond the list don't count.
   * Null: every year of the school counts the same. Needs a group of the year within schools.
   */
  readonly yearWeights: readonly number[] | null;
  /**
   * The model as a formula, in place of its shape by roles; left out, the roles make the model. The roles still say what each column
   * is, what is done where it is missing, and which terms stand: a term with a column that has no role is dropped.
   */
  readonly formula?: MeasureFormula;
  /** Left out: one residual variance for all pupils. */
  readonly residual?: ResidualVariance;
  readonly method: "REML" | "ML";
  /** Coverage of the interval that is shown, as 0.95. */
  readonly confidence: number;
}

/** A model in the words of `statistics/formula`. */
export interface MeasureFormula {
  readonly text: string;
  /** The text of the group that is the school, as `urn` or `mm(urn, share)`. */
  readonly school: string;
  /** Where each character of the text stands in the review file, for messages. */
  readonly places: readonly string[];
}

export interface Outcome {
  readonly column: string;
  /** Weight in the composite; 1 where there is one outcome. */
  readonly weight: number;
}

/** One subject of prior attainment and the shape of its relation with the outcome. */
export interface PriorAttainment {
  readonly column: string;
  /** `polynomial` with raw powers 1…degree, or a natural cubic spline with so many degrees of freedom. */
  readonly shape:
    | { readonly kind: "polynomial"; readonly degree: number }
    | { readonly kind: "spline"; readonly degreesOfFreedom: number };
  /**
   * What happens to a pupil without it: `exclude` leaves the pupil out, `indicator` keeps the pupil at the mean
   * with an indicator of its own in the model, `stop` reports each such line.
   */
  readonly missing: "exclude" | "indicator" | "stop";
}

/** What is done with a cohort that has no baseline, or whose tests were cancelled. */
export interface CohortRule {
  /** As the year stands in the pupils' files. */
  readonly year: string;
  readonly rule:
    | { readonly kind: "leave-out" }
    /** In place of `prior`, with coefficients and a constant of its own. */
    | { readonly kind: "other-baseline"; readonly prior: readonly PriorAttainment[] };
}

export interface ContextCovariate {
  readonly column: string;
  /** The reference level of a categorical covariate; null for a numeric one or for the first level in order of text. */
  readonly reference: string | null;
  readonly kind: "number" | "category";
  readonly missing: "exclude" | "indicator" | "stop";
}

/** A property of the school's intake, computed from the pupils, each counted by the share of time. */
export interface IntakeCovariate {
  /** A numeric column of the pupils. */
  readonly of: string;
  /**
   * `within-between` is the mean of a column that is itself a covariate: its effects within and between schools, and their
   * difference, are reported apart.
   */
  readonly statistic: "mean" | "standard-deviation" | "within-between";
}

export type Membership =
  /** Each pupil counts wholly for the school in `school`. */
  | { readonly kind: "one-school" }
  /** A table of pupil, school and share. */
  | {
      readonly kind: "table";
      readonly pupil: string;
      readonly school: string;
      readonly share: string;
      readonly remainder: "unaccounted" | "rescale" | "stop";
    }
  /** Columns of the pupils' own table: as many schools as shares; an empty school, `0` or a share of 0 is none. */
  | {
      readonly kind: "columns";
      readonly schools: readonly string[];
      readonly shares: readonly string[];
      readonly remainder: "unaccounted" | "rescale";
    }
  /** A table of pupil, school, entry and leaving dates. */
  | {
      readonly kind: "spells";
      readonly pupil: string;
      readonly school: string;
      readonly entered: string;
      readonly left: string;
      /** An optional column that marks a spell's kind (main, subsidiary, alternative provision). */
      readonly status: string | null;
      readonly unit: "days" | "terms";
      /** The key stage's window, by cohort year where the windows differ. `from` is in it, `to` is not. */
      readonly windows: readonly { readonly year: string | null; readonly from: string; readonly to: string }[];
    };

/** Pupils for whom each school's effect is estimated apart, as the disadvantaged or low attainers. */
export interface Subgroup {
  readonly name: string;
  readonly column: string;
  readonly members:
    | { readonly kind: "level"; readonly level: string }
    /** At or below, or at or above, the value that cuts off this part of the pupils, 0–1. */
    | { readonly kind: "below" | "above"; readonly quantile: number };
  /** A school with fewer pupils in the group, or outside it, has no figure for it. */
  readonly fewestPupils: number;
}

/** A residual variance that depends on a column of numbers, as prior attainment; a pupil without a value is taken at the mean. */
export interface ResidualVariance {
  readonly varies: string;
  /** One variance for each tenth of the pupils, or a variance whose logarithm is a straight line. */
  readonly shape: "tenths" | "log-linear";
}

/** A further random grouping of the pupils: authority, cohort, primary school, or the school's own cohorts. */
export interface FurtherGroup {
  readonly name: string;
  readonly column: string;
  /**
   * What happens to a pupil without it: `exclude` leaves the pupil out, `average` keeps the pupil with the effect of an average level,
   * zero, as a pupil whose previous school is not known. Left out, it is `exclude`.
   */
  readonly missing?: "exclude" | "average";
  /** True where the group's effect is the school's own in that level of the column (school by cohort). */
  readonly withinSchool: boolean;
  /**
   * How a school's years hang together: an autoregressive series about the lasting effect, or a random walk that begins there. Left out,
   * they know nothing of each other. Only of the year within schools.
   */
  readonly drift?: "autoregressive" | "random-walk";
}
