import type { Table } from "../../kernel/index.js";
import type { MixedModelFit } from "../../statistics/mixed-model/index.js";
import { knotsFor, naturalSplineBasis } from "../../statistics/splines/index.js";
import type { ValueAddedDesign } from "./design.js";
import type { IntakeEffect } from "./measure.js";
import { numbersOf } from "./pupils-used.js";
import type { MeasureSpecification } from "./specification.js";

/** A weighted sum of fixed coefficients, by their names. */
type Contrast = ReadonlyMap<string, number>;

function estimateOf(fit: MixedModelFit, contrast: Contrast): { estimate: number; standardError: number } {
  const p = fit.fixedEffects.length;
  const weights = fit.fixedEffects.map(({ name }) => contrast.get(name) ?? 0);
  let variance = 0;
  for (let i = 0; i < p; i++)
    for (let j = 0; j < p; j++) variance += weights[i]! * weights[j]! * fit.fixedCovariance[i * p + j]!;
  return {
    estimate: weights.reduce((sum, weight, j) => sum + weight * fit.fixedEffects[j]!.estimate, 0),
    standardError: Math.sqrt(variance),
  };
}

const meanOf = (values: Float64Array) => values.reduce((a, b) => a + b, 0) / values.length;

/** The pupil's own slope on a column, averaged over the pupils: one coefficient, or for a curve the mean of its derivative. */
function slopeOf(
  of: string,
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  pupils: Table,
): Contrast | null {
  const shape = specification.prior.find(({ column }) => column === of)?.shape;
  if (shape?.kind === "spline") {
    const values = numbersOf(pupils, of, design.used.rows).filter((value) => Number.isFinite(value));
    const knots = knotsFor(values, shape.degreesOfFreedom);
    const step = (knots.upper - knots.lower) * 1e-4;
    const [above, below] = [step, -step].map((by) =>
      naturalSplineBasis(
        values.map((value) => value + by),
        knots,
      ),
    );
    return new Map(
      above!.map((column, k) => [
        `ns(${of}, df = ${shape.degreesOfFreedom})${k + 1}`,
        (meanOf(column) - meanOf(below![k]!)) / (2 * step),
      ]),
    );
  }
  const contrast = new Map([[of, 1]]);
  const values = design.model.fixed.find(({ name }) => name === of)?.values;
  if (!values) return null; // another model of the same pupils has the mean without the covariate
  for (let k = 2; k <= (shape?.degree ?? 1); k++)
    contrast.set(`I(${of}^${k})`, k * meanOf(values.map((value) => value ** (k - 1))));
  return contrast;
}

/**
 * What a covariate is worth within and between schools: with β its coefficient and γ that of the school's mean beside it, the effect within
 * schools is β, between schools β + γ, and the contextual effect, the difference, γ. The model with (x − mean) and mean in place of x and
 * mean is the same model; this reads its coefficients off, with their errors.
 */
export function intakeEffectsOf(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  fit: MixedModelFit,
  pupils: Table,
): IntakeEffect[] {
  return specification.intake
    .filter(({ statistic }) => statistic === "within-between")
    .flatMap(({ of }) => {
      const within = slopeOf(of, specification, design, pupils);
      if (!within) return [];
      const mean = `school_mean(${of})`;
      return [
        {
          of,
          within: estimateOf(fit, within),
          between: estimateOf(fit, new Map([...within, [mean, 1]])),
          contextual: estimateOf(fit, new Map([[mean, 1]])),
        },
      ];
    });
}
