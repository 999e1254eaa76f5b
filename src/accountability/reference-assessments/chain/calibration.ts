import { columnOf, err, ok, type Problem, type Result } from "../../../kernel/index.js";
import {
  type Calibration,
  type CalibrationOptions,
  calibrate,
  type ItemModel,
  type Responses,
} from "../../../statistics/item-response/index.js";
import type { StudyItem, StudyMaterial } from "../study/material.js";
import { studyProblem } from "../study/problem.js";

/** Responses with the weights and groups of a calibration. */
export interface CalibrationSample {
  readonly responses: Responses;
  readonly items: readonly StudyItem[];
}

/** The model of each item; of several points the partial-credit form of the study's. */
export function modelsOf(items: readonly StudyItem[], model: ItemModel): readonly ItemModel[] {
  const several: Readonly<Record<ItemModel, ItemModel>> = {
    rasch: "partial-credit",
    "partial-credit": "partial-credit",
    "two-parameter": "generalised-partial-credit",
    "generalised-partial-credit": "generalised-partial-credit",
    "three-parameter": "generalised-partial-credit",
  };
  return items.map((item) => item.model ?? (item.maximum > 1 ? several[model] : model));
}

/** Weights of which those of each cycle add up to its pupils: no cycle counts more for standing for more. */
export function evenWeights(weights: Float64Array, cycle: Uint16Array, cycles: number): Float64Array {
  const sum = new Float64Array(cycles);
  const pupils = new Float64Array(cycles);
  weights.forEach((weight, i) => {
    sum[cycle[i]!]! += weight;
    pupils[cycle[i]!]! += 1;
  });
  return weights.map((weight, i) => (weight * pupils[cycle[i]!]!) / sum[cycle[i]!]!);
}

/** The responses of all cycles with weights, and a group for each cycle and level of `calibration.groups`. */
export function calibrationSample(material: StudyMaterial): CalibrationSample {
  const { study, cycles, cycle, persons, weights } = material;
  const by = study.calibration.groups;
  const levels = by === null ? null : columnOf(persons, by, "category");
  const names: string[] = [];
  const number = new Map<string, number>();
  const group = Uint16Array.from(cycle, (one, i) => {
    const parts = [
      ...(cycles.length > 1 || !levels ? [cycles[one]!] : []),
      ...(levels ? [levels.levels[levels.codes[i]!]!] : []),
    ];
    const name = parts.join(", ");
    const found = number.get(name) ?? names.length;
    if (found === names.length) names.push(name);
    number.set(name, found);
    return found;
  });
  const responses: Responses = {
    ...material.responses!,
    weights: evenWeights(weights, cycle, cycles.length),
    group: names.length > 1 ? group : null,
    groups: names,
  };
  return { responses, items: material.items };
}

/** Options of a calibration of some of the items. */
export function optionsFor({ study }: StudyMaterial, items: readonly StudyItem[]): CalibrationOptions {
  const fixed = items.flatMap((item) => (item.fixed ? [item.fixed] : []));
  const guessing = items.flatMap(({ name, guessing: value }) => (value === null ? [] : [{ name, value }]));
  const { model, identify, nodes, priors } = study.calibration;
  return {
    model: modelsOf(items, model),
    identify,
    ...(fixed.length > 0 ? { fixed } : {}),
    ...(guessing.length > 0 ? { guessing } : {}),
    ...(priors ? { priors } : {}),
    ...(nodes === null ? {} : { nodes: { count: nodes } }),
  };
}

/** Calibrates; a calibration that was refused or didn't converge is a problem, with what still moved. */
export function calibrated(
  { responses, items }: CalibrationSample,
  material: StudyMaterial,
  start?: Calibration,
): Result<Calibration, readonly Problem[]> {
  const options = optionsFor(material, items);
  const made = calibrate(responses, start ? { ...options, start } : options);
  if (!made.ok) return err(made.error);
  if (made.value.converged) return ok(made.value);
  const { iterations, gradient, reason } = made.value;
  return err([
    studyProblem(
      "calibration-not-converged",
      material.study.title,
      `after ${iterations} evaluations the gradient is ${gradient.toPrecision(3)} standard errors (${reason})`,
    ),
  ]);
}
