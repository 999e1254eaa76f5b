import type { Progress, Table } from "../../kernel/index.js";
import { fitMixedModel, type MixedModelFit, type WeightedEffect } from "../../statistics/mixed-model/index.js";
import { standardised } from "./covariates.js";
import type { ValueAddedDesign } from "./design.js";
import type { OutcomeMeasure, OutcomePart, OutcomesRecord } from "./measure.js";
import { numbersOf } from "./pupils-used.js";
import { withInterval } from "./school-years.js";
import type { MeasureSpecification } from "./specification.js";

/** The outcomes of a composite, each with its own fit of the same model. */
export interface OutcomeFits {
  readonly record: OutcomesRecord;
  readonly fits: readonly MixedModelFit[];
}

const lastingVariance = (fit: MixedModelFit) =>
  fit.varianceComponents.find(({ group, term }) => group === "school" && term === "(Intercept)")!.variance;

function partOf(outcome: string, deviation: number, fit: MixedModelFit): OutcomePart {
  return {
    outcome,
    deviation,
    criterion: fit.criterion,
    fixedEffects: fit.fixedEffects,
    varianceComponents: fit.varianceComponents,
    converged: fit.convergence.converged,
    warnings: fit.convergence.warnings,
  };
}

/**
 * The correlation of two outcomes' lasting school effects, from the school variances of both and of their sum:
 * var(a + b) = var(a) + var(b) + 2 cov(a, b). Each variance is free of the pupils' noise, so the correlation is too.
 * @returns null where a variance is zero
 */
export function correlationOf(varianceA: number, varianceB: number, varianceOfSum: number): number | null {
  if (!(varianceA > 0) || !(varianceB > 0)) return null;
  return (varianceOfSum - varianceA - varianceB) / (2 * Math.sqrt(varianceA * varianceB));
}

/** Fits the specification's model to each outcome alone, in its standard deviations, and to the sums of pairs for their correlations. */
export function fitOutcomes(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  pupils: Table,
  progress: Progress,
): OutcomeFits | null {
  const { outcomes, method } = specification;
  if (!specification.parts || outcomes.length < 2) return null;
  const pairs = outcomes.flatMap((_, a) => outcomes.slice(a + 1).map((__, k) => [a, a + 1 + k] as const));
  progress.stage("fitting each outcome alone, and pairs", outcomes.length + pairs.length);
  const columns = outcomes.map(({ column }) => standardised(numbersOf(pupils, column, design.used.rows)));
  let done = 0;
  const fitOf = (name: string, values: Float64Array) => {
    const fit = fitMixedModel({ ...design.model, response: { name, values } }, method);
    progress.done(++done);
    return fit;
  };
  const fits = outcomes.map(({ column }, k) => fitOf(column, columns[k]!.values));
  const correlations = pairs.map(([a, b]) => {
    const [first, second] = [outcomes[a]!.column, outcomes[b]!.column];
    const other = columns[b]!.values;
    const sum = fitOf(
      `${first} + ${second}`,
      columns[a]!.values.map((value, i) => value + other[i]!),
    );
    const [varianceA, varianceB] = [lastingVariance(fits[a]!), lastingVariance(fits[b]!)];
    return { of: first, and: second, correlation: correlationOf(varianceA, varianceB, lastingVariance(sum)) };
  });
  const parts = outcomes.map(({ column }, k) => partOf(column, columns[k]!.deviation, fits[k]!));
  return { record: { parts, correlations }, fits };
}

/**
 * What one school adds to each outcome: the same sum of effects as the published figure, of each outcome's own fit.
 * @param margin half the interval's width in standard errors
 */
export function outcomeMeasures(
  { outcomes }: MeasureSpecification,
  fitted: OutcomeFits | null,
  published: readonly WeightedEffect[],
  margin: number,
): OutcomeMeasure[] {
  if (!fitted) return [];
  return outcomes.map(({ column }, k) => ({
    outcome: column,
    figure: withInterval(fitted.fits[k]!.combine(published), margin),
  }));
}
