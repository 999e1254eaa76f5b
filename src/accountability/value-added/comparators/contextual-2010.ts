import type { IntakeCovariate, MeasureSpecification } from "../specification.js";

/** The figure of a school exactly at the national average, from Key Stage 2 to 4. Source: performance tables 2006–2010. */
export const contextualCentre = 1000;

/** Half the width of the published limits in standard errors. */
const halfWidth = 1.96;

/**
 * The shape of contextual value added as it was published to 2010: one model of two levels (pupils in schools) on prior attainment, the
 * pupil's context and the mean and spread of the school's prior attainment; each pupil wholly at the last school; no cohorts of
 * their own, no further groups, no slopes.
 *
 * Source: Department for Education and Skills, technical annex to the Key Stage 4 pilot of 2005 (opening read); list of covariates: 2007.
 * The coefficients were never published in a form that could be read here, so what is taken over is the shape, estimated on these pupils.
 */
export function contextual2010(specification: MeasureSpecification): MeasureSpecification {
  const intake = specification.prior.flatMap(({ column }): IntakeCovariate[] => [
    { of: column, statistic: "mean" },
    { of: column, statistic: "standard-deviation" },
  ]);
  return { ...specification, intake, slopes: [], groups: [], yearWeights: null };
}

/** The share of a school's mean residual that the published figure keeps: σu² ÷ (σu² + σe² ÷ n). */
export function shrinkageFactor(betweenVariance: number, withinVariance: number, pupils: number): number {
  return betweenVariance / (betweenVariance + withinVariance / pupils);
}

/**
 * The published limits of a school's figure: ± 1.96 times the standard error of a shrunken residual, √(σu² (1 − factor)).
 * Of the 3,056 mainstream schools in the tables of 2010 the widths follow this with σu = 20.3 and σe = 66.6 (see the test).
 */
export function contextualLimits(
  figure: number,
  betweenVariance: number,
  withinVariance: number,
  pupils: number,
): { lower: number; upper: number } {
  const kept = shrinkageFactor(betweenVariance, withinVariance, pupils);
  const half = halfWidth * Math.sqrt(betweenVariance * (1 - kept));
  return { lower: figure - half, upper: figure + half };
}
