import { columnOf, err, ok, type Problem, type Result } from "../../../kernel/index.js";
import {
  type ItemParameters,
  type LatentRegression,
  latentRegression,
  plausibleValues,
  type Responses,
} from "../../../statistics/item-response/index.js";
import type { RegressionRecord } from "../published/results.js";
import type { StudyMaterial } from "../study/material.js";
import { studyProblem } from "../study/problem.js";
import { backgroundOf } from "./background.js";
import { sampledUnits } from "./sampled-units.js";
import { responsesOfPersons } from "./subset.js";

/** How many sets of item parameters the plausible values are drawn with, where their covariance is known. */
export const itemSets = 5;

/** A cycle's plausible values in logits, and the regression they were drawn from. */
export interface CyclePopulation {
  readonly values: readonly Float64Array[];
  /** Values of one set of items; 0 where items were not drawn. */
  readonly withinItems: number;
  readonly record: RegressionRecord;
  readonly notes: readonly string[];
}

/** What population models of all cycles share. */
export interface PopulationOptions {
  readonly count: number;
  /** Draws a set of item parameters from their covariance; null keeps the estimates. */
  readonly drawItems: ((set: number) => ItemParameters) | null;
}

/** The school of each pupil, as near as the files name it: without a school the half of a zone, in which schools were paired. */
function unitsOf(material: StudyMaterial, rows: Int32Array): Int32Array | null {
  const { zone, replicate } = material.study.design;
  const units = sampledUnits(material);
  if (units) return Int32Array.from(rows, (row) => units[row]!);
  if (zone === null || replicate === null) return null;
  const { codes } = columnOf(material.persons, zone, "category");
  const halves = columnOf(material.persons, replicate, "category");
  return Int32Array.from(rows, (row) => codes[row]! * halves.levels.length + halves.codes[row]!);
}

function clustersOf(material: StudyMaterial, rows: Int32Array) {
  const { zone, stratum } = material.study.design;
  const units = sampledUnits(material);
  if (!units) return null;
  const of = (codes: Int32Array) => Int32Array.from(rows, (row) => codes[row]!);
  const within = zone ?? stratum;
  const strata = within === null ? null : of(columnOf(material.persons, within, "category").codes);
  return { cluster: of(units), stratum: strata };
}

function recordOf(cycle: string, fit: LatentRegression): RegressionRecord {
  return {
    cycle,
    coefficients: fit.names.map((name, k) => ({
      name,
      estimate: fit.coefficients[k]!,
      standardError: fit.standardErrors[k]!,
    })),
    residualSd: fit.residualSd[0]!,
    explained: fit.explained,
    reliability: fit.reliability,
    cautions: fit.cautions.map(({ text }) => text),
  };
}

/**
 * The population model of one cycle, and plausible values drawn from it. Each value has regression parameters of its own; where items are drawn, each set
 * of items has a regression fitted to it and an equal share of the values.
 *
 * @param responses of all cycles
 * @param rows the cycle's pupils
 */
export function populationOfCycle(
  material: StudyMaterial,
  responses: Responses,
  items: ItemParameters,
  cycle: string,
  rows: Int32Array,
  { count, drawItems }: PopulationOptions,
): Result<CyclePopulation, readonly Problem[]> {
  const own: Responses = { ...responsesOfPersons(responses, rows), group: null, groups: [cycle] };
  const { design, names, components, notes } = backgroundOf(material, rows);
  const options = { design, names, clusters: clustersOf(material, rows) };
  const fit = latentRegression(own, items, options);
  if (!fit.ok) return err(fit.error.map((fault) => ({ ...fault, place: `${cycle}: ${fault.place}` })));
  const stuck = (one: LatentRegression) =>
    one.converged
      ? []
      : [
          studyProblem(
            "regression-not-converged",
            `${material.study.title}, ${cycle}`,
            `after ${one.iterations} steps the gradient is ${one.gradient.toPrecision(3)} a pupil`,
          ),
        ];
  if (!fit.value.converged) return err(stuck(fit.value));
  const within = drawItems ? Math.ceil(count / itemSets) : 0;
  const sets: { readonly items: ItemParameters; readonly population: LatentRegression }[] = [];
  if (drawItems)
    for (let set = 0; set * within < count; set++) {
      const drawn = drawItems(set);
      const again = latentRegression(own, drawn, { ...options, start: fit.value });
      if (!again.ok) return err(again.error);
      if (!again.value.converged) return err(stuck(again.value));
      sets.push({ items: drawn, population: again.value });
    }
  const values = plausibleValues(own, items, fit.value, {
    count: drawItems ? sets.length * within : count,
    // Each cycle draws for itself: with the same numbers the values of two cycles would err together, and a change look surer than it is.
    seed: material.study.draws.seed + material.cycles.indexOf(cycle),
    keys: Float64Array.from(rows),
    parameterDraws: { design },
    units: unitsOf(material, rows),
    ...(drawItems ? { itemDraws: (draw) => sets[Math.floor(draw / within)]! } : {}),
  });
  if (!values.ok) return err(values.error);
  return ok({
    values: values.value,
    withinItems: within,
    record: { ...recordOf(cycle, fit.value), components },
    notes: notes.map((note) => `${cycle}: ${note}`),
  });
}
