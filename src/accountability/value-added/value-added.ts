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
  type WeightedEffect,
} from "../../statistics/mixed-model/index.js";
import { designOf, type ValueAddedDesign, type WithinSchool } from "./design.js";
import { diagnose } from "./diagnose.js";
import { explainSchool, type SchoolSums, sumBySchool } from "./explain.js";
import { fittedParts } from "./fitted-parts.js";
import type { ModelRecord, SchoolMeasure, ValueAddedMeasure, YearMeasure } from "./measure.js";
import type { MeasureSpecification } from "./specification.js";

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
export function recordOf(design: ValueAddedDesign, fit: MixedModelFit): ModelRecord {
  return {
    formula: design.formula,
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
    warnings: fit.convergence.warnings,
  };
}

/** One level of a group within schools: its place among the levels and the pupils' time in it. */
interface OwnPart {
  readonly term: number;
  readonly level: number;
  readonly part: number;
  readonly weight: number;
}

/** For every school the levels of its own cohorts, each with the time of the pupils in it. */
function partsBySchool(design: ValueAddedDesign): OwnPart[][] {
  const out: OwnPart[][] = design.membership.schools.map(() => []);
  for (const { term, school, part } of design.within) {
    const { level, weight } = design.model.random[term]!;
    const time = new Float64Array(school.length);
    for (let e = 0; e < level.length; e++) if (level[e]! >= 0) time[level[e]!]! += weight ? weight[e]! : 1;
    for (let k = 0; k < school.length; k++)
      if (time[k]! > 0) out[school[k]!]!.push({ term, level: k, part: part[k]!, weight: time[k]! });
  }
  return out;
}

/** The weight of each level of a column: for the year by its place from the latest, else the same for all. */
function partWeights(specification: MeasureSpecification, { group, parts }: WithinSchool): readonly number[] {
  const { yearWeights, year } = specification;
  if (group.column !== year || yearWeights === null) return parts.map(() => 1);
  const latestFirst = [...parts].sort((a, b) => (a < b ? 1 : -1));
  return parts.map((part) => yearWeights[latestFirst.indexOf(part)] ?? 0);
}

/**
 * The published figure as a sum of effects: the lasting one and, for each group within schools, the mean of the school's own levels
 * by their weights. Years without a pupil of the school leave their weight to the others.
 */
function publishedParts(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  s: number,
  own: readonly OwnPart[],
): WeightedEffect[] {
  const parts: WeightedEffect[] = [{ term: 0, level: s, coefficient: 0, weight: 1 }];
  for (const within of design.within) {
    const weights = partWeights(specification, within);
    const levels = own.filter((part) => part.term === within.term && weights[part.part]! > 0);
    const total = levels.reduce((sum, { part }) => sum + weights[part]!, 0);
    for (const { level, part } of levels)
      parts.push({ term: within.term, level, coefficient: 0, weight: weights[part]! / total });
  }
  return parts;
}

function varianceOf(fit: MixedModelFit, group: string): number {
  return fit.varianceComponents.find((component) => component.group === group && component.term === "(Intercept)")!
    .variance;
}

function yearsOf(
  design: ValueAddedDesign,
  fit: MixedModelFit,
  specification: MeasureSpecification,
  s: number,
  own: readonly OwnPart[],
): YearMeasure[] {
  const years = design.within.find(({ group }) => group.column === specification.year);
  if (!years) return [];
  return own
    .filter(({ term }) => term === years.term)
    .map(({ term, level, part, weight }) => {
      const both = fit.combine([
        { term: 0, level: s, coefficient: 0, weight: 1 },
        { term, level, coefficient: 0, weight: 1 },
      ]);
      return {
        year: years.parts[part]!,
        valueAdded: both.estimate,
        standardError: both.predictionError,
        pupilEquivalents: weight,
      };
    })
    .sort((a, b) => (a.year < b.year ? -1 : 1));
}

function measureSchools(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  fit: MixedModelFit,
  sums: SchoolSums,
  national: number,
  progress: Progress,
): SchoolMeasure[] {
  const own = partsBySchool(design);
  const lasting = fit.randomEffects[0]!;
  const z = normalQuantile(0.5 + specification.confidence / 2);
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
    const between = parts.reduce(
      (sum, { term, weight }) => sum + weight ** 2 * varianceOf(fit, design.model.random[term]!.group),
      0,
    );
    if (s % 256 === 0) progress.done(s);
    return {
      school,
      valueAdded: figure.estimate,
      standardError: figure.conditionalError,
      predictionError: figure.predictionError,
      lower: figure.estimate - z * figure.predictionError,
      upper: figure.estimate + z * figure.predictionError,
      pupils: sums.pupils[s]!,
      pupilEquivalents: sums.pupilEquivalents[s]!,
      reliability: between > 0 ? Math.max(0, 1 - figure.conditionalError ** 2 / between) : 0,
      years: yearsOf(design, fit, specification, s, own[s]!),
      explanation: explainSchool(sums, s, national, lasting.estimate[s]!, figure.estimate, !alone, further > 0),
    };
  });
  progress.done(schools.length);
  return schools;
}

/**
 * Measures what each school added: pupils, shares of time, model, figures with their uncertainty, and how each came about.
 * Source: proposal A2; method in `docs/methods/value-added.md`.
 * @returns every problem of the pupils' tables where the model can't be fitted
 */
export function measureValueAdded(
  specification: MeasureSpecification,
  tables: MeasureTables,
  progress: Progress,
): Result<ValueAddedMeasure, readonly Problem[]> {
  const { pupils } = tables;
  progress.stage("weighting pupils by their time on roll");
  const made = designOf(specification, pupils, tables.membership);
  if (!made.ok) return made;
  const design = made.value;
  const faults = checkDesign(design.model);
  if (faults.length > 0) return err(faults.map((fault) => problemOf(fault, pupils, specification)));
  try {
    progress.stage("adding up the pupils");
    const objective = new Objective(sumsOf(design.model), specification.method);
    progress.stage("fitting the model");
    const fit = readFit(objective, optimise(objective));
    progress.stage("explaining each school", design.membership.schools.length);
    const parts = fittedParts(design, fit);
    const sums = sumBySchool(design, fit, parts);
    const schools = measureSchools(specification, design, fit, sums, parts.expectedMean, progress);
    const y = design.model.response.values;
    const mean = y.reduce((a, b) => a + b, 0) / y.length;
    return ok({
      title: specification.title,
      model: recordOf(design, fit),
      schools,
      diagnostics: diagnose(specification, design, pupils, parts, fit.sigma, normalQuantile),
      outcomeDeviation: Math.sqrt(y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (y.length - 1)),
      outcomeMean: mean,
      notes: design.notes,
      pupils: { read: pupils.rows, used: design.used.rows.length, leftOut: design.used.leftOut },
    });
  } catch (error) {
    if (error instanceof DesignError) return err(error.faults.map((fault) => problemOf(fault, pupils, specification)));
    throw error;
  }
}
