import { err, type Problem, type Progress, type Result, type Table } from "../../kernel/index.js";
import { checkDesign, type DesignFault, sumsOf } from "../../statistics/mixed-model/index.js";
import type { Crew } from "../../statistics/parallel/index.js";
import { designOf, type ValueAddedDesign } from "./design.js";
import { type FitOnSums, fitOfSums } from "./fit-on-sums.js";
import type { ResidualVarianceRecord } from "./measure.js";
import { membershipFaults } from "./membership-faults.js";
import { fitVaryingVariance } from "./residual-variance.js";
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
  "weights-not-positive": "Give every pupil a weight above 0, or leave the weights out.",
};

/** A fault in the words of the pupils' own columns: the response is their outcome, whatever the report calls it. */
export function problemOf(fault: DesignFault, table: Table, specification: MeasureSpecification): Problem {
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

/** The design of a specification where the model can be fitted on it, or every problem of the pupils' tables. */
export function fittableDesign(
  specification: MeasureSpecification,
  { pupils, membership }: MeasureTables,
): Result<ValueAddedDesign, readonly Problem[]> {
  const made = designOf(specification, pupils, membership);
  if (!made.ok) return made;
  const problems = designProblems(specification, made.value, pupils);
  return problems.length > 0 ? err(problems) : made;
}

/** What stops a design from being fitted. */
export function designProblems(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  pupils: Table,
): readonly Problem[] {
  const stops = membershipFaults(design, pupils);
  if (stops.length > 0) return stops;
  return checkDesign(design.model).map((fault) => problemOf(fault, pupils, specification));
}

/** A fitted design with what the fit was read from. */
export interface FittedDesign extends FitOnSums {
  /** With the pupils' weights where the residual variance varies. */
  readonly design: ValueAddedDesign;
  /** Null where there is one residual variance for all. */
  readonly varying: ResidualVarianceRecord | null;
}

/**
 * Fits the model of a design, and its residual variance where that varies.
 * @param crew who fits; the figures don't depend on it
 * @throws {DesignError} where the fit finds a fault that the check can't
 */
export function fitDesign(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  pupils: Table,
  progress: Progress,
  crew?: Crew,
): FittedDesign {
  progress.stage("adding up the pupils");
  const sums = sumsOf(design.model, crew);
  progress.stage("fitting the model");
  const one = fitOfSums(sums, specification.method, crew);
  const varying = fitVaryingVariance(specification, design, one, pupils, progress);
  return varying ? { ...varying, varying: varying.record } : { ...one, design, varying: null };
}
