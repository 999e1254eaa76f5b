/** A linear mixed model as it was fitted: this is `model.json`. */
export interface ModelRecord {
  /** In words and symbols, as `score ~ gcsecnt + gender + (1 | school)`. */
  readonly formula: string;
  /** Pupils, fixed coefficients, random effects. */
  readonly n: number;
  readonly p: number;
  readonly q: number;
  readonly method: "REML" | "ML";
  /** The REML criterion, or −2 log-likelihood for ML, as lme4 defines them. */
  readonly criterion: number;
  readonly logLikelihood: number;
  readonly fixedEffects: readonly {
    readonly name: string;
    readonly estimate: number;
    readonly standardError: number;
  }[];
  /** `term` is `(Intercept)`, a covariate, or `a, b` for the covariance of two; the residual is a group of its own. */
  readonly varianceComponents: readonly VarianceComponent[];
  readonly levels: readonly { readonly group: string; readonly term: string; readonly count: number }[];
  readonly evaluations: number;
  /** Largest absolute element of the criterion's gradient in the relative covariance factors. */
  readonly gradient: number;
  readonly converged: boolean;
  /** How the search for the variances ended. `singular`: some variance is zero, or a correlation is ±1. */
  readonly convergence: { readonly reason: string; readonly iterations: number; readonly singular: boolean };
  /** Of the fit, and of the pupils: a caution ends with its code in brackets, explained in `docs/problems.md`. */
  readonly warnings: readonly string[];
  /** Effects within and between schools; left out where the specification asks for none. */
  readonly intake?: readonly IntakeEffect[];
  /** The outcomes of a composite, each on its own; left out where the specification does not ask for them. */
  readonly outcomes?: OutcomesRecord;
  /** The residual variance where it depends on a covariate; left out where there is one for all. */
  readonly residual?: ResidualVarianceRecord;
  /** How schools drift from year to year; left out where their years know nothing of each other. */
  readonly drift?: DriftRecord;
}

/** Years of schools that hang together, beside the same model with years that know nothing of each other. */
export interface DriftRecord {
  readonly group: string;
  readonly kind: "autoregressive" | "random-walk";
  /** Correlation of two neighbouring years' deviations; null for a random walk, and without error at ±1 or where there is no variance. */
  readonly autocorrelation: { readonly estimate: number; readonly standardError: number | null } | null;
  readonly criterion: number;
  readonly criterionIndependent: number;
  /** Parameters more than with independent years. */
  readonly parameters: number;
}

/** A residual variance that depends on a covariate. The residual among the variance components is then the mean over the pupils. */
export interface ResidualVarianceRecord {
  readonly varies: string;
  readonly shape: "tenths" | "log-linear";
  /** Mean covariate and residual variance by tenth of the pupils. */
  readonly tenths: readonly { readonly pupils: number; readonly value: number; readonly variance: number }[];
  /** δ of a standard deviation σ exp(δ x) where the shape is log-linear. */
  readonly exponent: number | null;
  readonly rounds: number;
  /** Whether the variances stood still at the end. */
  readonly settled: boolean;
  /** Parameters more than with one variance. */
  readonly parameters: number;
  /** The criterion with one variance, and with the function: comparable, the fixed part being the same. */
  readonly criterionOfOne: number;
  readonly criterion: number;
  /** Of the schools' lasting effects: prediction error with the function over that with one variance. */
  readonly errorRatio: { readonly low: number; readonly middle: number; readonly high: number };
}

/** One outcome of a composite under the composite's model, in standard deviations of the outcome. */
export interface OutcomePart {
  readonly outcome: string;
  /** The standard deviation, in the outcome's units. */
  readonly deviation: number;
  readonly criterion: number;
  readonly fixedEffects: ModelRecord["fixedEffects"];
  readonly varianceComponents: readonly VarianceComponent[];
  readonly converged: boolean;
  readonly warnings: readonly string[];
}

/** The outcomes of a composite one by one, and how far schools that add to one add to another. */
export interface OutcomesRecord {
  readonly parts: readonly OutcomePart[];
  /** Of the lasting school effects, from the variances of both and of their sum; null where a variance is zero, and beyond ±1 by chance. */
  readonly correlations: readonly { readonly of: string; readonly and: string; readonly correlation: number | null }[];
}

/** What a covariate is worth within schools, between them, and the difference: the contextual effect. Outcome's units by covariate's. */
export interface IntakeEffect {
  readonly of: string;
  /** Of a curve, its slope averaged over the pupils. */
  readonly within: { readonly estimate: number; readonly standardError: number };
  readonly between: { readonly estimate: number; readonly standardError: number };
  readonly contextual: { readonly estimate: number; readonly standardError: number };
}

export interface VarianceComponent {
  readonly group: string;
  readonly term: string;
  readonly variance: number;
  /** From the observed information; null where it can't be computed (a variance of zero), with a warning that says so. */
  readonly standardError: number | null;
}

/** What one school added, with its uncertainty and how the figure came about. Units: those of the outcome. */
export interface SchoolMeasure {
  readonly school: string;
  readonly valueAdded: number;
  /** Conditional on the estimated fixed effects (lme4's condVar). */
  readonly standardError: number;
  /** With the uncertainty of the fixed effects: the square root of the prediction error variance. */
  readonly predictionError: number;
  readonly lower: number;
  readonly upper: number;
  /** Pupils with any share of their time here. */
  readonly pupils: number;
  /** The sum of their shares. */
  readonly pupilEquivalents: number;
  /** 1 − conditional variance ÷ variance between schools; 0 where there is no variance between schools. */
  readonly reliability: number;
  /** The same school, cohort by cohort; empty where the measure has no years. */
  readonly years: readonly YearMeasure[];
  /** What the school adds for each group of pupils that the specification names. They decide nothing (A3). */
  readonly subgroups: readonly SubgroupMeasure[];
  /** Each outcome of a composite on its own, where the specification asks for the parts. They decide nothing (A3). */
  readonly outcomes: readonly OutcomeMeasure[];
  readonly explanation: readonly ExplanationStep[];
}

/** What a school adds for a group of pupils. All three are null where the school has too few pupils in the group or outside it, or the model can't tell the slopes. */
export interface SubgroupMeasure {
  readonly name: string;
  readonly pupils: number | null;
  /** For pupils who are like the group's, all schools' together, in the covariates whose effects differ between schools. */
  readonly figure: IntervalFigure | null;
  /** The figure less the same for the other pupils: 0 where the school does as much more or less for the group as schools on average do. */
  readonly difference: IntervalFigure | null;
}

/** What a school adds to one outcome of a composite, in standard deviations of that outcome. */
export interface OutcomeMeasure {
  /** The outcome's column. */
  readonly outcome: string;
  readonly figure: IntervalFigure;
}

/** A figure with its interval, in the outcome's units. */
export interface IntervalFigure {
  readonly estimate: number;
  /** With the uncertainty of the fixed effects. */
  readonly predictionError: number;
  readonly lower: number;
  readonly upper: number;
}

export interface YearMeasure {
  readonly year: string;
  readonly valueAdded: number;
  /** With the uncertainty of the fixed effects, as a school's `predictionError`. */
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  readonly pupilEquivalents: number;
  /**
   * Of the measure's latest year, the current one: this year's figure less the published average of the agreed years. Its error is not the
   * two figures' errors added in squares, since both are made from the same pupils. Null for the years before.
   */
  readonly lessAverage: IntervalFigure | null;
}

/** One bar of the waterfall from the raw average to the published figure; `total` is the running sum after it. */
export interface ExplanationStep {
  readonly code: "outcome" | "prior" | "context" | "elsewhere" | "groups" | "shrinkage" | "years" | "published";
  readonly label: string;
  readonly change: number;
  readonly total: number;
}

/** Checks of the fit that a critic asks for, made from the pupils without showing one. */
export interface Diagnostics {
  /** Mean predicted and mean observed outcome by tenth of the prediction (fixed part). */
  readonly calibration: readonly {
    readonly tenth: number;
    readonly predicted: number;
    readonly observed: number;
    /** Of observed less predicted, allowing for what pupils of a school have in common. Absent in reviews stored by earlier versions. */
    readonly standardError?: number;
    readonly pupils: number;
  }[];
  /** Mean residual by tenth of the first prior attainment. */
  readonly residualsByPrior: readonly {
    readonly tenth: number;
    readonly prior: number;
    readonly residual: number;
    readonly standardError: number;
    readonly pupils: number;
  }[];
  /** Quantiles of the standardised residuals against the normal distribution. */
  readonly residualQuantiles: readonly { readonly theoretical: number; readonly observed: number }[];
  /** Mean residual by level of each categorical context covariate. */
  readonly residualsByGroup: readonly {
    readonly column: string;
    readonly level: string;
    readonly residual: number;
    readonly standardError: number;
    readonly pupils: number;
  }[];
  /** Counts of the residuals in equal classes from −4 to 4 standard deviations. */
  readonly residualHistogram: readonly { readonly from: number; readonly to: number; readonly pupils: number }[];
  /** How the spread of the residuals depends on the first prior attainment; null without one, absent in reviews stored earlier. */
  readonly residualSpread?: ResidualSpread | null;
  /** How far a single pupil moves a school's figure, by size of school; empty with fewer than ten schools, absent in reviews stored earlier. */
  readonly influence?: readonly InfluenceGroup[];
}

/** The spread of the residuals by tenth of prior attainment, and what it means for the schools' errors. */
export interface ResidualSpread {
  readonly tenths: readonly {
    readonly tenth: number;
    readonly prior: number;
    /** Variance of the residuals ÷ that of all residuals, and its standard error, which allows for tails that are not normal. */
    readonly ratio: number;
    readonly standardError: number;
    readonly pupils: number;
  }[];
  /** The largest ratio ÷ the smallest. */
  readonly largestToSmallest: number;
  /**
   * The part of a school's error that comes from its pupils, with these variances ÷ with one variance: the value that a twentieth of the
   * schools lie below, the middle one, and the value that a twentieth lie above.
   */
  readonly errorRatio: { readonly low: number; readonly middle: number; readonly high: number };
}

/** How far the figures of some schools move when the one pupil is left out who matters most to each. */
export interface InfluenceGroup {
  readonly schools: number;
  readonly fromEquivalents: number;
  readonly toEquivalents: number;
  /** Over the schools, in the outcome's units: the middle school, the one that nine in ten do not exceed, and the largest. */
  readonly change: { readonly middle: number; readonly ninth: number; readonly largest: number };
  /** The same in the school's prediction errors. */
  readonly inErrors: { readonly middle: number; readonly ninth: number; readonly largest: number };
}

/** Everything a value-added measure says. */
export interface ValueAddedMeasure {
  readonly title: string;
  readonly model: ModelRecord;
  readonly schools: readonly SchoolMeasure[];
  readonly diagnostics: Diagnostics;
  /** Standard deviation of the outcome over the pupils: the unit in which the agreed line is stated. */
  readonly outcomeDeviation: number;
  readonly outcomeMean: number;
  /** Sentences on what was left out or decided on the way, with counts: missing baselines, unaccounted time. */
  readonly notes: readonly string[];
  /** Pupils read, used and left out, with the reason. */
  readonly pupils: {
    readonly read: number;
    readonly used: number;
    readonly leftOut: readonly { readonly reason: string; readonly count: number }[];
  };
}
