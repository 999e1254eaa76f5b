import { err, ok, type Problem, type Progress, type Result, type Table } from "../../kernel/index.js";
import { normalQuantile } from "../../statistics/distributions/index.js";
import { DesignError, type MixedModelFit } from "../../statistics/mixed-model/index.js";
import type { Crew } from "../../statistics/parallel/index.js";
import { cautionText } from "./caution-words.js";
import { findCautions } from "./cautions.js";
import type { ValueAddedDesign } from "./design.js";
import { diagnose } from "./diagnose.js";
import { sumBySchool } from "./explain.js";
import { fitDesign, fittableDesign, type MeasureTables, problemOf } from "./fit-design.js";
import { type FittedParts, fittedParts } from "./fitted-parts.js";
import { intakeEffectsOf } from "./intake-effects.js";
import type { ModelRecord, ValueAddedMeasure } from "./measure.js";
import { measureSchools } from "./measure-schools.js";
import { fitOutcomes } from "./outcome-parts.js";
import { driftRecord } from "./school-drift.js";
import type { MeasureSpecification } from "./specification.js";
import { subgroupNotes, subgroupsOf } from "./subgroups.js";

/** The model's record: `model.json`. */
export function recordOf(
  { formula }: Pick<ValueAddedDesign, "formula">,
  fit: MixedModelFit,
  cautions: readonly string[],
): ModelRecord {
  return {
    formula,
    n: fit.rows,
    p: fit.fixedEffects.length,
    q: fit.randomEffects.reduce((sum, { levels }) => sum + levels.length, 0),
    method: fit.method,
    criterion: fit.criterion,
    logLikelihood: fit.logLikelihood,
    fixedEffects: fit.fixedEffects,
    varianceComponents: fit.varianceComponents,
    levels: fit.randomEffects.map(({ group, coefficient, levels }) => ({
      group,
      term: coefficient,
      count: levels.length,
    })),
    evaluations: fit.evaluations,
    gradient: fit.convergence.gradient,
    converged: fit.convergence.converged,
    convergence: {
      reason: fit.convergence.reason,
      iterations: fit.convergence.iterations,
      singular: fit.convergence.singular,
    },
    warnings: [...fit.convergence.warnings, ...cautions],
  };
}

/** What the specification asks to be reported of the fit beside its coefficients. */
function recordsOf(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  fit: MixedModelFit,
  pupils: Table,
): Pick<ModelRecord, "intake"> {
  const intake = intakeEffectsOf(specification, design, fit, pupils);
  return intake.length > 0 ? { intake } : {};
}

/**
 * Measures what each school added: pupils, shares of time, model, figures with their uncertainty, and how each came about.
 * Source: proposal A2; method in `docs/methods/value-added.md`.
 * @param crew who fits the model; the figures don't depend on it
 * @returns every problem of the pupils' tables where the model can't be fitted
 */
export function measureValueAdded(
  specification: MeasureSpecification,
  tables: MeasureTables,
  progress: Progress,
  crew?: Crew,
): Result<ValueAddedMeasure, readonly Problem[]> {
  const fitted = fitValueAdded(specification, tables, progress, crew);
  return fitted.ok ? ok(fitted.value.measure) : fitted;
}

/** A measure with the fit that it was read from, pupil by pupil. */
export interface FittedValueAdded {
  readonly measure: ValueAddedMeasure;
  readonly design: ValueAddedDesign;
  readonly fit: MixedModelFit;
  readonly parts: FittedParts;
}

/** Measures as {@link measureValueAdded} does and keeps the fit, for what else is made from it. */
export function fitValueAdded(
  specification: MeasureSpecification,
  tables: MeasureTables,
  progress: Progress,
  crew?: Crew,
): Result<FittedValueAdded, readonly Problem[]> {
  const { pupils } = tables;
  progress.stage("weighting pupils by their time on roll");
  const made = fittableDesign(specification, tables);
  if (!made.ok) return made;
  const subgroups = subgroupsOf(specification, made.value, pupils);
  if (subgroups.problems.length > 0) return err(subgroups.problems);
  try {
    const { design, fit, varying } = fitDesign(specification, made.value, pupils, progress, crew);
    const drift = driftRecord(specification, design, fit, progress);
    const outcomes = fitOutcomes(specification, design, pupils, progress);
    progress.stage("explaining each school", design.membership.schools.length);
    const parts = fittedParts(design, fit);
    const sums = sumBySchool(design, fit, parts);
    const schools = measureSchools(
      specification,
      design,
      fit,
      sums,
      parts.expectedMean,
      subgroups.bases,
      outcomes,
      progress,
    );
    const y = design.model.response.values;
    const mean = y.reduce((a, b) => a + b, 0) / y.length;
    const measure: ValueAddedMeasure = {
      title: specification.title,
      model: {
        ...recordOf(design, fit, findCautions(specification, design, pupils).map(cautionText)),
        ...recordsOf(specification, design, fit, pupils),
        ...(outcomes ? { outcomes: outcomes.record } : {}),
        ...(varying ? { residual: varying } : {}),
        ...(drift ? { drift } : {}),
      },
      schools,
      diagnostics: diagnose(specification, design, pupils, parts, fit, schools, normalQuantile),
      outcomeDeviation: Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (y.length - 1)),
      outcomeMean: mean,
      notes: [...design.notes, ...subgroupNotes(subgroups.bases, design, fit)],
      pupils: { read: pupils.rows, used: design.used.rows.length, leftOut: design.used.leftOut },
    };
    return ok({ measure, design, fit, parts });
  } catch (error) {
    if (error instanceof DesignError) return err(error.faults.map((fault) => problemOf(fault, pupils, specification)));
    throw error;
  }
}
