import { err, ok, type Problem, type Progress, type Result } from "../../../kernel/index.js";
import {
  type Calibration,
  type ItemErrors,
  itemStandardErrors,
  type Link,
  type LinkingErrorOptions,
  type LinkKind,
  linkingError,
  responsesToItems,
} from "../../../statistics/item-response/index.js";
import type { LinkRecord } from "../published/results.js";
import type { StudyItem, StudyMaterial } from "../study/material.js";
import type { LinkMethod } from "../study/study.js";
import { type CalibrationSample, calibrated } from "./calibration.js";
import { errorMethodOf } from "./errors.js";
import { type EstimationVariances, estimationVariances } from "./estimation-share.js";
import { itemsTaken, responsesOfPersons, rowsOfCycles } from "./subset.js";

/** A cycle calibrated alone, with its own items. */
export interface CycleCalibration {
  readonly cycle: string;
  readonly items: readonly StudyItem[];
  readonly calibration: Calibration;
  /** Of what was estimated; null where the study wants none, or there is none. */
  readonly errors: ItemErrors | null;
}

/** Two cycles that are compared, linked through their separate calibrations. */
export interface LinkedPair {
  readonly from: number;
  readonly to: number;
  readonly link: Link;
  /** Standard errors over the choice of items, on the scale of the first cycle of the pair calibrated alone. */
  readonly mean: number;
  readonly slope: number;
  readonly units: number;
  /** Of the squares of both what comes from estimating the common items, and not from which were chosen; null where it isn't known. */
  readonly estimation: EstimationVariances | null;
}

/** The method by which two separate calibrations are held together; under a concurrent calibration for the error and the drift alone. */
const kinds: Readonly<Record<LinkMethod, LinkKind>> = {
  concurrent: "stocking-lord",
  "stocking-lord": "stocking-lord",
  haebara: "haebara",
  robust: "haberman-bisquare",
  "mean-sigma": "mean-sigma",
};

/** A cycle's own pupils and items. @param rows the cycle's pupils */
export function cycleSample(
  { responses, items }: CalibrationSample,
  cycle: string,
  rows: Int32Array,
): CalibrationSample {
  const own = responsesOfPersons(responses, rows);
  const taken = itemsTaken(responses, rows);
  const positions = items.map((_, item) => item).filter((item) => taken[item] === 1);
  const used = [...new Set(own.group ?? [])].sort((a, b) => a - b);
  return {
    responses: {
      ...responsesToItems(own, positions),
      group: own.group && used.length > 1 ? own.group.map((one) => used.indexOf(one)) : null,
      groups: used.length > 1 ? used.map((one) => own.groups[one]!) : [cycle],
    },
    items: positions.map((item) => items[item]!),
  };
}

/** Calibrates every cycle alone. */
export function calibrateCycles(
  material: StudyMaterial,
  { responses, items }: CalibrationSample,
  progress: Progress,
): Result<readonly CycleCalibration[], readonly Problem[]> {
  const made: CycleCalibration[] = [];
  const { cycles, cycle } = material;
  progress.stage("calibrating each cycle alone", cycles.length);
  for (const [k, rows] of rowsOfCycles(cycle, cycles.length).entries()) {
    const sample = cycleSample({ responses, items }, cycles[k]!, rows);
    const calibration = calibrated(sample, material);
    if (!calibration.ok) return err(calibration.error.map((one) => ({ ...one, place: `${cycles[k]}: ${one.place}` })));
    const wanted = errorMethodOf(material, rows);
    if (!wanted.ok) return wanted;
    const found = wanted.value && itemStandardErrors(sample.responses, calibration.value, wanted.value.method);
    const errors = found?.ok ? found.value : null;
    made.push({ cycle: cycles[k]!, items: sample.items, calibration: calibration.value, errors });
    progress.done(1);
  }
  return ok(made);
}

/** The distribution of all pupils of a calibration's groups together. */
function wholeGroup({ groups }: Calibration): { readonly mean: number; readonly sd: number } {
  const weight = groups.reduce((sum, group) => sum + group.weighted, 0);
  const mean = groups.reduce((sum, group) => sum + group.weighted * group.mean, 0) / weight;
  const square = groups.reduce((sum, group) => sum + group.weighted * (group.sd ** 2 + (group.mean - mean) ** 2), 0);
  return { mean, sd: Math.sqrt(square / weight) };
}

/** Every cycle against the first and the one before. @param omit items that are not to tie them */
export function linkCycles(
  material: StudyMaterial,
  alone: readonly CycleCalibration[],
  omit: readonly string[] = [],
): Result<readonly LinkedPair[], readonly Problem[]> {
  const stimulus = new Map(material.items.map(({ name, stimulus: one }) => [name, one ?? name]));
  const pairs = alone.flatMap((_, to) => (to === 0 ? [] : [...new Set([0, to - 1])].map((from) => ({ from, to }))));
  const linked: LinkedPair[] = [];
  for (const { from, to } of pairs) {
    const [old, next] = [alone[from]!, alone[to]!];
    const forms: readonly [string, string] = [old.cycle, next.cycle];
    const shared = { forms, omit, group: wholeGroup(next.calibration) };
    let unit = (item: string) => stimulus.get(item) ?? item;
    const find = (options: LinkingErrorOptions) =>
      linkingError(kinds[material.study.link], old.calibration.items, next.calibration.items, options);
    let found = find({ ...shared, unit });
    // With fewer than three stimuli in common the questions themselves are left out one by one.
    if (!found.ok && found.error.some(({ code }) => code === "link-too-few-units")) {
      unit = (item) => item;
      found = find({ ...shared, unit });
    }
    if (!found.ok) return err(found.error);
    const { link, mean, slope, units } = found.value;
    const estimation = estimationVariances(old, next, found.value, unit, shared.group.mean);
    linked.push({ from, to, link, mean, slope, units, estimation });
  }
  return ok(linked);
}

/** A link as it is told. @param unit of the reporting scale in a logit of the pair's first cycle calibrated alone */
export function linkRecord(
  material: StudyMaterial,
  { from, to, link, mean, slope, units, estimation }: LinkedPair,
  unit: number,
): LinkRecord {
  const { cycles, study } = material;
  const concurrent = study.link === "concurrent";
  // Where item parameters are drawn, the figures' own part has their errors; where they aren't, the jackknife is all that has them.
  const without = (error: number, counted: number | undefined) =>
    Math.sqrt(Math.max(0, error ** 2 - (concurrent ? (counted ?? 0) : 0)));
  return {
    from: cycles[from]!,
    to: cycles[to]!,
    method: concurrent ? `concurrent calibration, held against ${link.kind}` : link.kind,
    commonItems: link.items.length,
    slope: link.slope,
    intercept: link.intercept,
    linkingError: without(mean, estimation?.mean) * unit,
    jackknifeError: mean * unit,
    leftOut: link.leftOut.map(({ name, reason }) => ({ item: name, reason })),
    unitError: without(slope, estimation?.slope) / Math.abs(link.slope),
    degreesOfFreedom: units - 1,
    errorMethod: `jackknife over ${units} groups of common items`,
    cautions: link.cautions.map(({ text }) => text),
  };
}
