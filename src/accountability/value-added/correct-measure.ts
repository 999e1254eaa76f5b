import { err, ok, type Problem, type Progress, type Result, type Table } from "../../kernel/index.js";
import { FormulaError } from "../../statistics/formula/index.js";
import { changeSums, DesignError, holdVariances, Objective, readFit } from "../../statistics/mixed-model/index.js";
import { cohortsOf } from "./cohorts.js";
import {
  columnsStand,
  type NewShares,
  pupilsOfDesign,
  rowsOutside,
  withNewShares,
  withShares,
} from "./corrected-design.js";
import {
  type CorrectableMeasure,
  type CorrectedMeasure,
  type Correction,
  type DifferenceStep,
  schoolUnknown,
} from "./corrections.js";
import { designFor, type ValueAddedDesign } from "./design.js";
import { sumBySchool } from "./explain.js";
import {
  designProblems,
  type FittedDesign,
  fitDesign,
  fittableDesign,
  type MeasureTables,
  problemOf,
} from "./fit-design.js";
import { fittedParts } from "./fitted-parts.js";
import { formulaProblem } from "./formula-shape.js";
import type { SchoolMeasure } from "./measure.js";
import { measureSchools } from "./measure-schools.js";
import { problemCodes } from "./problem-codes.js";
import type { MeasureSpecification } from "./specification.js";
import { membershipAt } from "./variants.js";

/** Reads every school's figures off a fit. */
function schoolsOf(
  specification: MeasureSpecification,
  { design, fit }: Pick<FittedDesign, "design" | "fit">,
  progress: Progress,
) {
  const parts = fittedParts(design, fit);
  const sums = sumBySchool(design, fit, parts);
  return measureSchools(specification, design, fit, sums, parts.expectedMean, [], null, progress);
}

function deviationOf(values: Float64Array): number {
  const mean = values.reduce((a, b) => a + b, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}

/** A fault that only the fit itself finds, as a problem of the pupils' tables. */
function solving<T>(specification: MeasureSpecification, pupils: Table, make: () => T): Result<T, readonly Problem[]> {
  try {
    return ok(make());
  } catch (error) {
    if (!(error instanceof DesignError)) throw error;
    return err(error.faults.map((fault) => problemOf(fault, pupils, specification)));
  }
}

/** Fits a measure and keeps what corrections begin with. */
export function correctableMeasure(
  specification: MeasureSpecification,
  tables: MeasureTables,
  progress: Progress,
): Result<CorrectableMeasure, readonly Problem[]> {
  const { pupils } = tables;
  progress.stage("weighting pupils by their time on roll");
  const made = fittableDesign(specification, tables);
  if (!made.ok) return made;
  const fitted = solving(specification, pupils, () => fitDesign(specification, made.value, pupils, progress));
  if (!fitted.ok) return fitted;
  progress.stage("explaining each school", made.value.membership.schools.length);
  return ok({
    specification,
    pupils,
    fitted: fitted.value,
    schools: schoolsOf(specification, fitted.value, progress),
    outcomeDeviation: deviationOf(made.value.model.response.values),
  });
}

/** Corrections by place among the pupils used. */
interface PlacedCorrections {
  readonly leftOut: ReadonlySet<number>;
  readonly shares: ReadonlyMap<number, NewShares>;
  /** The places of all who are corrected, and of all who stay, ascending. */
  readonly changed: Int32Array;
  readonly kept: Int32Array;
  readonly withoutEffect: number;
}

function placeCorrections(
  { used, membership }: ValueAddedDesign,
  corrections: readonly Correction[],
): Result<PlacedCorrections, readonly Problem[]> {
  const ofRow = new Map(corrections.map((correction) => [correction.row, correction]));
  if (ofRow.size < corrections.length) throw new RangeError("a pupil has two corrections");
  const placeOfSchool = new Map(membership.schools.map((school, s) => [school, s]));
  const unknown = corrections.flatMap(({ shares, place }) =>
    shares.filter(({ school }) => !placeOfSchool.has(school)).map(({ school }) => schoolUnknown(place, school)),
  );
  if (unknown.length > 0) return err(unknown);
  const [leftOut, shares] = [new Set<number>(), new Map<number, NewShares>()];
  const [changed, kept] = [[] as number[], new Int32Array(used.rows.length)];
  let stays = 0;
  for (let i = 0; i < used.rows.length; i++) {
    const correction = ofRow.get(used.rows[i]!);
    if (correction) changed.push(i);
    if (correction?.action === "leave-out") leftOut.add(i);
    else kept[stays++] = i;
    if (correction?.action === "shares")
      shares.set(
        i,
        correction.shares.map(({ school, share }) => ({ school: placeOfSchool.get(school)!, share })),
      );
  }
  return ok({
    ...{ leftOut, shares, changed: Int32Array.from(changed), kept: kept.slice(0, stays) },
    withoutEffect: corrections.length - changed.length,
  });
}

const needsRefit = (place: string, message: string): Problem => ({
  ...{ code: "correction-needs-refit", place, message, remedy: problemCodes["correction-needs-refit"].remedy },
});

/** The design and fit after the corrections at the published ratios of the variances: sums less and plus the rows of the pupils concerned. */
function heldFit(
  { specification, pupils, fitted }: CorrectableMeasure,
  { leftOut, shares, changed, kept }: PlacedCorrections,
  placeOf: (place: number) => string,
): Result<Pick<FittedDesign, "design" | "fit">, readonly Problem[]> {
  const { design, sums, optimum } = fitted;
  const moved = shares.size === 0 ? { design, unplaced: [] } : withNewShares(design, shares, pupils);
  const stay = changed.filter((place) => !leftOut.has(place));
  const brought = pupilsOfDesign(moved.design, stay);
  const outside = new Set([...moved.unplaced, ...rowsOutside(sums, brought).map((row) => stay[row]!)]);
  if (outside.size > 0)
    return err(
      [...outside].map((place) =>
        needsRefit(placeOf(place), "the model knows no pupil of this school in the pupil's year or authority"),
      ),
    );
  const after = pupilsOfDesign(moved.design, kept);
  const faults = designProblems(specification, after, pupils);
  if (faults.length > 0) return err(faults.map(({ place, message }) => needsRefit(place, message)));
  const changedSums = changeSums(sums, [
    { design: pupilsOfDesign(design, changed).model, sign: -1 },
    { design: brought.model, sign: 1 },
  ]);
  if (!columnsStand(sums, changedSums))
    return err([needsRefit(pupils.name, "a column of the model says nothing more once these pupils are out")]);
  const objective = new Objective(changedSums, specification.method);
  return ok({ design: after, fit: readFit(objective, holdVariances(objective, optimum)) });
}

/** The design and fit after the corrections with everything anew, as if the files had been so from the start. */
function newFit(
  { specification, pupils, fitted }: CorrectableMeasure,
  { leftOut, shares, kept }: PlacedCorrections,
  progress: Progress,
): Result<FittedDesign, readonly Problem[]> {
  const { membership, used } = fitted.design;
  const all = shares.size === 0 ? membership : withShares(membership, used.rows.length, shares);
  const rows = kept.map((place) => used.rows[place]!);
  const reason = { reason: "left out by a correction", count: leftOut.size };
  const stay = { rows, leftOut: [...used.leftOut, ...(leftOut.size > 0 ? [reason] : [])] };
  try {
    const own = leftOut.size === 0 ? all : membershipAt(all, kept);
    const design = designFor(specification, pupils, stay, own, cohortsOf(specification, pupils));
    const faults = designProblems(specification, design, pupils);
    if (faults.length > 0) return err(faults);
    return solving(specification, pupils, () => fitDesign(specification, design, pupils, progress));
  } catch (error) {
    if (!(error instanceof FormulaError)) throw error;
    return err([formulaProblem(error, specification.formula?.places ?? [], pupils, rows)]);
  }
}

function stepsOf(before: SchoolMeasure, after: SchoolMeasure): DifferenceStep[] {
  const steps = before.explanation.length >= after.explanation.length ? before : after;
  const codes = [
    ...new Set([...steps.explanation, ...before.explanation, ...after.explanation].map(({ code }) => code)),
  ];
  return codes.map((code) => {
    const [old, own] = [before, after].map(({ explanation }) => explanation.find((step) => step.code === code));
    const [was, is] = [old?.change ?? 0, own?.change ?? 0];
    return { code, label: (own ?? old)!.label, before: was, after: is, difference: is - was };
  });
}

/** How many of the corrected pupils have time at each school, before or after. */
function pupilsConcerned(design: ValueAddedDesign, { leftOut, shares, changed }: PlacedCorrections) {
  const { schools, start, school, share } = design.membership;
  const counts = { leftOut: new Int32Array(schools.length), reweighted: new Int32Array(schools.length) };
  for (const i of changed) {
    const own = new Set((shares.get(i) ?? []).filter((part) => part.share > 0).map((part) => part.school));
    for (let e = start ? start[i]! : i, end = start ? start[i + 1]! : i + 1; e < end; e++)
      if (school[e]! >= 0 && (share ? share[e]! : 1) > 0) own.add(school[e]!);
    for (const s of own) (leftOut.has(i) ? counts.leftOut : counts.reweighted)[s]!++;
  }
  return counts;
}

/**
 * Measures the schools with some pupils left out or counted for other schools.
 *
 * Without a new search the ratios of the variances, and all that is made from the pupils together (means of intakes, knots, a composite's
 * standard deviations, weights of a residual variance), stay as published; coefficients, residual variance, figures and errors are exact for
 * them. With one, the answer is that of files which had been so from the start. Equations: `docs/methods/value-added.md`, §7.
 *
 * @param refit whether to search for the variances anew
 * @throws {RangeError} for a pupil with two corrections
 */
export function correctMeasure(
  published: CorrectableMeasure,
  corrections: readonly Correction[],
  refit: boolean,
  progress: Progress,
): Result<CorrectedMeasure, readonly Problem[]> {
  const { specification, fitted, schools } = published;
  const { design } = fitted;
  progress.stage("correcting");
  const found = placeCorrections(design, corrections);
  if (!found.ok) return found;
  const placed = found.value;
  const made = placed.changed.length;
  const whereOf = new Map(corrections.map(({ row, place }) => [row, place]));
  const corrected =
    made === 0
      ? ok(fitted)
      : refit
        ? newFit(published, placed, progress)
        : heldFit(published, placed, (place) => whereOf.get(design.used.rows[place]!)!);
  if (!corrected.ok) return corrected;
  const after = made === 0 ? schools : schoolsOf(specification, corrected.value, progress);
  const { leftOut, reweighted } = pupilsConcerned(design, placed);
  return ok({
    schools: schools.map((before, s) => ({
      ...{ before, after: after[s]! },
      ...{ leftOut: leftOut[s]!, reweighted: reweighted[s]! },
      difference: after[s]!.valueAdded - before.valueAdded,
      steps: stepsOf(before, after[s]!),
    })),
    leftOut: placed.leftOut.size,
    reweighted: placed.shares.size,
    withoutEffect: placed.withoutEffect,
    converged: corrected.value.fit.convergence.converged,
  });
}
