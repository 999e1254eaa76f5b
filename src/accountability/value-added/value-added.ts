import { err, ok, type Problem, type Progress, type Result, type Table } from "../../kernel/index.js";
import { normalQuantile } from "../../statistics/distributions/index.js";
import {
  checkDesign,
  DesignError,
  type DesignFault,
  type MixedModelFit,
  Objective,
  optimise,
  readFit,
  sumsOf,
} from "../../statistics/mixed-model/index.js";
import type { Crew } from "../../statistics/parallel/index.js";
import { cautionText } from "./caution-words.js";
import { findCautions } from "./cautions.js";
import { designOf, type ValueAddedDesign } from "./design.js";
import { diagnose } from "./diagnose.js";
import { explainSchool, type SchoolSums, sumBySchool } from "./explain.js";
import { type FittedParts, fittedParts } from "./fitted-parts.js";
import { intakeEffectsOf } from "./intake-effects.js";
import type { ModelRecord, SchoolMeasure, ValueAddedMeasure } from "./measure.js";
import { membershipFaults } from "./membership-faults.js";
import { fitOutcomes, type OutcomeFits, outcomeMeasures } from "./outcome-parts.js";
import { fitVaryingVariance } from "./residual-variance.js";
import { driftRecord, varianceBetween } from "./school-drift.js";
import { latestYear, partsBySchool, publishedParts, yearsOf } from "./school-years.js";
import type { MeasureSpecification } from "./specification.js";
import { type SubgroupBasis, subgroupMeasures, subgroupNotes, subgroupsOf } from "./subgroups.js";

/** The tables of a measure: the pupils, and the membership table or the spells where the specification names one. */
export interface MeasureTables {
  readonly pupils: Table;
  readonly membership: Table | null;
}

const remedies: Readonly<Record<DesignFault["code"], string>> = {
  "no-rows": "Check the columns named in the review file: every pupil lacks a value in one of them.",
  "too-few-rows": "Use more pupils or fewer covariates.",
  "not-finite": "Correct the value in the pupil file.",
  "constant-response": "Name the column that holds the pupils' results as the outcome.",
  "collinear-columns": "Remove one of them from the review file.",
  "one-level": "Leave this group out, or bring pupils of more of its levels.",
  "as-many-levels-as-rows": "Leave this group out: it needs levels with several pupils.",
  "no-random-term": "Name the column of the school.",
  "weights-not-positive": "Give every pupil a weight above 0, or leave the weights out.",
};

/** A fault in the words of the pupils' own columns: the response is their outcome, whatever the report calls it. */
function problemOf(fault: DesignFault, table: Table, specification: MeasureSpecification): Problem {
  const names = fault.names.flatMap((name) =>
    name === specification.title ? specification.outcomes.map(({ column }) => column) : [name],
  );
  return {
    code: fault.code,
    place: names.length > 0 ? `${table.name}, column ${names.map((name) => `"${name}"`).join(" and ")}` : table.name,
    message: fault.message,
    remedy: remedies[fault.code],
  };
}

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

function measureSchools(
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
  const made = designOf(specification, pupils, tables.membership);
  if (!made.ok) return made;
  let design = made.value;
  const stops = membershipFaults(design, pupils);
  if (stops.length > 0) return err(stops);
  const faults = checkDesign(design.model);
  if (faults.length > 0) return err(faults.map((fault) => problemOf(fault, pupils, specification)));
  const subgroups = subgroupsOf(specification, design, pupils);
  if (subgroups.problems.length > 0) return err(subgroups.problems);
  try {
    progress.stage("adding up the pupils");
    const objective = new Objective(sumsOf(design.model, crew), specification.method, undefined, crew);
    progress.stage("fitting the model");
    let fit = readFit(objective, optimise(objective));
    const varying = fitVaryingVariance(specification, design, fit, pupils, progress);
    if (varying) ({ design, fit } = varying);
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
        ...(varying ? { residual: varying.record } : {}),
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
