import type { Problem, Progress, Table } from "../../kernel/index.js";
import {
  autocorrelation,
  fitMixedModel,
  type MixedModelFit,
  type WeightedEffect,
} from "../../statistics/mixed-model/index.js";
import { startOfYear } from "./cohort-facts.js";
import type { ValueAddedDesign } from "./design.js";
import type { DriftRecord } from "./measure.js";
import { timesVariance } from "./own-effects.js";
import { levelsOf } from "./pupils-used.js";
import type { FurtherGroup, MeasureSpecification } from "./specification.js";

/** Whole years of a column's levels, from `2024/25` or whole numbers; null where they can't be told. */
export function timesOfLevels(levels: readonly string[]): Int32Array | null {
  const years = levels.map(startOfYear);
  if (years.every((year) => year !== null)) return Int32Array.from(years);
  return levels.every((level) => /^-?\d{1,6}$/.test(level)) ? Int32Array.from(levels, Number) : null;
}

/** Groups that are said to drift along a column that is no time. */
export function driftProblems({ groups }: MeasureSpecification, pupils: Table, rows: Int32Array): Problem[] {
  return groups
    .filter(({ drift }) => drift !== undefined)
    .flatMap(({ column, name }): Problem[] => {
      const { levels } = levelsOf(pupils, column, rows);
      if (timesOfLevels(levels)) return [];
      return [
        {
          code: "time-unreadable",
          place: `${pupils.name}, column "${column}"`,
          message: `the group "${name}" drifts along "${column}", and ${levels
            .filter((level) => timesOfLevels([level]) === null)
            .slice(0, 3)
            .map((level) => `"${level}"`)
            .join(", ")} can't be read as a year`,
          remedy: "Write years as 2024/25 or 2024, or leave `drift` out.",
        },
      ];
    });
}

/** Which school and which time each level of a school's own cohorts is of, as the mixed model wants it. */
export function driftOf(
  { drift }: FurtherGroup,
  school: readonly number[],
  part: readonly number[],
  parts: readonly string[],
) {
  const times = drift === undefined ? null : timesOfLevels(parts);
  if (!drift || !times) return {};
  return {
    drift: { kind: drift, unit: Int32Array.from(school), time: Int32Array.from(part, (level) => times[level]!) },
  };
}

/** Makes the variance between schools of a sum of one school's effects, before any pupil is seen: years that drift are correlated. */
export function varianceBetween(
  { model }: ValueAddedDesign,
  fit: MixedModelFit,
): (parts: readonly WeightedEffect[]) => number {
  const variance = (group: string, term: string) =>
    fit.varianceComponents.find((one) => one.group === group && one.term === term)!.variance;
  const terms = model.random.map((random) => ({
    random,
    variance: variance(random.group, "(Intercept)"),
    rho: random.drift?.kind === "autoregressive" ? variance(random.group, autocorrelation) : 0,
    first: random.drift ? random.drift.time.reduce((least, time) => Math.min(least, time)) : 0,
  }));
  return (parts) => {
    let sum = 0;
    for (const a of parts)
      for (const b of parts) {
        if (a.term !== b.term) continue;
        const { random, variance: own, rho, first } = terms[a.term]!;
        sum += a.weight * b.weight * own * timesVariance(random, a.level, b.level, rho, first);
      }
    return sum;
  };
}

/** How schools drift, beside the same model with years that know nothing of each other; null where none drifts. */
export function driftRecord(
  { method }: MeasureSpecification,
  design: ValueAddedDesign,
  fit: MixedModelFit,
  progress: Progress,
): DriftRecord | null {
  const drifting = design.model.random.find(({ drift }) => drift !== undefined);
  if (!drifting?.drift) return null;
  progress.stage("fitting the years without drift");
  const random = design.model.random.map(({ drift: _, ...term }) => term);
  const independent = fitMixedModel({ ...design.model, random }, method);
  const correlation = fit.varianceComponents.find(
    ({ group, term }) => group === drifting.group && term === autocorrelation,
  );
  return {
    group: drifting.group,
    kind: drifting.drift.kind,
    autocorrelation: correlation ? { estimate: correlation.variance, standardError: correlation.standardError } : null,
    criterion: fit.criterion,
    criterionIndependent: independent.criterion,
    parameters: correlation ? 1 : 0,
  };
}
