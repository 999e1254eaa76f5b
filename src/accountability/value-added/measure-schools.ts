import type { Progress } from "../../kernel/index.js";
import { normalQuantile } from "../../statistics/distributions/index.js";
import type { MixedModelFit } from "../../statistics/mixed-model/index.js";
import type { ValueAddedDesign } from "./design.js";
import { explainSchool, type SchoolSums } from "./explain.js";
import type { SchoolMeasure } from "./measure.js";
import { type OutcomeFits, outcomeMeasures } from "./outcome-parts.js";
import { varianceBetween } from "./school-drift.js";
import { latestYear, partsBySchool, publishedParts, yearsOf } from "./school-years.js";
import type { MeasureSpecification } from "./specification.js";
import { type SubgroupBasis, subgroupMeasures } from "./subgroups.js";

/**
 * Reads every school's figures off a fit, in the order of the membership's schools.
 * @param national mean of the fixed part over the pupils
 */
export function measureSchools(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  fit: MixedModelFit,
  sums: SchoolSums,
  national: number,
  subgroups: readonly SubgroupBasis[],
  outcomes: OutcomeFits | null,
  progress: Progress,
): SchoolMeasure[] {
  const own = partsBySchool(design);
  const lasting = fit.randomEffects[0]!;
  const margin = normalQuantile(0.5 + specification.confidence / 2);
  const betweenOf = varianceBetween(design, fit);
  const latest = latestYear(specification, design);
  const further = design.model.random.length - 1 - design.within.length;
  const schools = design.membership.schools.map((school, s): SchoolMeasure => {
    const parts = publishedParts(specification, design, s, own[s]!);
    const alone = parts.length === 1;
    const figure = alone
      ? {
          estimate: lasting.estimate[s]!,
          conditionalError: lasting.conditionalError[s]!,
          predictionError: lasting.predictionError[s]!,
        }
      : fit.combine(parts);
    const between = betweenOf(parts);
    if (s % 256 === 255) progress.done(256);
    return {
      school,
      valueAdded: figure.estimate,
      standardError: figure.conditionalError,
      predictionError: figure.predictionError,
      lower: figure.estimate - margin * figure.predictionError,
      upper: figure.estimate + margin * figure.predictionError,
      pupils: sums.pupils[s]!,
      pupilEquivalents: sums.pupilEquivalents[s]!,
      reliability: between > 0 ? Math.max(0, 1 - figure.conditionalError ** 2 / between) : 0,
      years: yearsOf({ specification, design, fit, margin, latest }, s, own[s]!, parts),
      subgroups: subgroupMeasures(subgroups, fit, s, parts, margin),
      outcomes: outcomeMeasures(specification, outcomes, parts, margin),
      explanation: explainSchool(sums, s, national, lasting.estimate[s]!, figure.estimate, !alone, further > 0),
    };
  });
  progress.done(schools.length % 256);
  return schools;
}
