/** What one program answered for one case, in the shape that all of them write. */
export interface Estimates {
  readonly criterion: number;
  readonly evaluations: number;
  /** In the order of the model: intercept, covariates, cohorts. */
  readonly fixedEffects: readonly Effect[];
  /** Schools, then schools by cohort where there are several, then the residual. */
  readonly variances: readonly Variance[];
  /** In the order of the variances, without the residual. */
  readonly groups: readonly GroupEffects[];
}

interface Effect {
  readonly estimate: number;
  readonly standardError: number;
}

interface Variance {
  readonly group: string;
  readonly variance: number;
  /** Null where the program gives none. */
  readonly standardError: number | null;
}

/** Effects of a group's levels in the order of their numbers; NaN where the program gives no value for a level. */
export interface GroupEffects {
  readonly group: string;
  readonly estimate: Float64Array;
  readonly conditionalError: Float64Array;
  readonly predictionError: Float64Array;
}
