import { err, ok, type Problem, type Progress, type Result } from "../../../kernel/index.js";
import {
  abilities,
  type Calibration,
  chainLinks,
  type ItemParameters,
  type Responses,
  transformGroup,
  transformItems,
} from "../../../statistics/item-response/index.js";
import { residualFit } from "../../../statistics/item-response/quality/index.js";
import type { CalibrationRecord, DriftRow, ItemRow, LinkRecord } from "../published/results.js";
import type { StudyItem, StudyMaterial } from "../study/material.js";
import { type CalibrationSample, calibrated, calibrationSample } from "./calibration.js";
import { driftOf } from "./drift.js";
import { errorsOf, itemDraws } from "./errors.js";
import { calibrationRecord, type ItemFits, itemRows } from "./item-rows.js";
import { type CycleCalibration, calibrateCycles, type LinkedPair, linkCycles, linkRecord } from "./links.js";

/** A study's items on one scale, ready for populations. */
export interface Scaled {
  readonly responses: Responses;
  readonly items: readonly StudyItem[];
  /** The items as the pupils of a cycle are scored by them. */
  itemsOf(cycle: number): ItemParameters;
  /** Of all cycles at once; null where each cycle was calibrated alone. */
  readonly calibration: Calibration | null;
  /** Sets of item parameters drawn from their errors; null where the errors aren't known. */
  readonly drawItems: ((set: number) => ItemParameters) | null;
  readonly alone: readonly CycleCalibration[];
  readonly pairs: readonly LinkedPair[];
  readonly drift: readonly DriftRow[];
  readonly record: CalibrationRecord;
  readonly rows: readonly ItemRow[];
  /** The links with their errors on a reporting scale. @param slope of the reporting scale, in points a logit */
  linksOn(slope: number): readonly LinkRecord[];
  /** Standard deviation of a cycle's pupils on the common scale. */
  readonly sdOf: readonly number[];
}

/** What a calibration gives, without the links. */
type Calibrated = "itemsOf" | "calibration" | "drawItems" | "record" | "rows" | "sdOf";

/** The groups' standard deviation of each cycle on the common scale: a logit of a cycle calibrated alone is so long. */
function unitsOf({ cycles }: StudyMaterial, groups: Calibration["groups"]): readonly number[] {
  return cycles.map((cycle) => {
    const own = groups.find(({ name }) => name === cycle || name.startsWith(`${cycle}, `));
    return own ? own.sd : 1;
  });
}

/** Infit and outfit at the pupils' expected abilities. */
function fitsOf(responses: Responses, { items, groups }: Calibration): Result<ItemFits, readonly Problem[]> {
  const found = abilities(responses, items, groups, { kind: "eap" });
  if (!found.ok) return err(found.error);
  const fits = residualFit(responses, items, found.value.estimate);
  return ok({
    infit: fits.map(({ infit }) => infit ?? Number.NaN),
    outfit: fits.map(({ outfit }) => outfit ?? Number.NaN),
  });
}

/** All cycles calibrated at once. */
function concurrent(
  material: StudyMaterial,
  sample: CalibrationSample,
): Result<Pick<Scaled, Calibrated>, readonly Problem[]> {
  const { responses } = sample;
  const calibration = calibrated(sample, material);
  if (!calibration.ok) return calibration;
  const errors = errorsOf(material, responses, calibration.value);
  if (!errors.ok) return errors;
  const shown = errors.value?.shown ?? null;
  const fits = fitsOf(responses, calibration.value);
  if (!fits.ok) return fits;
  return ok({
    itemsOf: () => calibration.value.items,
    calibration: calibration.value,
    drawItems: errors.value ? itemDraws(calibration.value, errors.value, material.study.draws.seed) : null,
    record: calibrationRecord(responses, calibration.value, shown),
    rows: itemRows(material, sample, calibration.value, shown, fits.value),
    sdOf: unitsOf(material, calibration.value.groups),
  });
}

/** The position of every item of a cycle in all items; those the cycle doesn't have stay as the first that has them. */
function onAllItems(all: readonly StudyItem[], parts: readonly ItemParameters[], cycle: number): ItemParameters {
  const order = [cycle, ...parts.map((_, k) => k).filter((k) => k !== cycle)];
  const found = all.map(({ name }) => {
    const k = order.find((one) => parts[one]!.names.includes(name))!;
    return { part: parts[k]!, at: parts[k]!.names.indexOf(name) };
  });
  return {
    names: all.map(({ name }) => name),
    models: found.map(({ part, at }) => part.models[at]!),
    slope: Float64Array.from(found, ({ part, at }) => part.slope[at]!),
    intercepts: found.map(({ part, at }) => part.intercepts[at]!),
    guessing: Float64Array.from(found, ({ part, at }) => part.guessing[at]!),
  };
}

/** Each cycle calibrated alone and carried onto the first one's scale, link by link. */
function linked(
  material: StudyMaterial,
  sample: CalibrationSample,
  alone: readonly CycleCalibration[],
  pairs: readonly LinkedPair[],
): Pick<Scaled, Calibrated> {
  const { responses, items } = sample;
  const onto = alone.map((_, cycle) => {
    let transformation = { slope: 1, intercept: 0 };
    for (let to = cycle; to > 0; to--)
      transformation = chainLinks(pairs.find((pair) => pair.to === to && pair.from === to - 1)!.link, transformation);
    return transformation;
  });
  const parts = alone.map(({ calibration }, k) => transformItems(calibration.items, onto[k]!));
  const groups = alone.flatMap(({ calibration }, k) =>
    calibration.groups.map((group) => transformGroup(group, onto[k]!)),
  );
  const first = alone[0]!.calibration;
  const whole: Calibration = {
    ...first,
    items: onAllItems(items, parts, 0),
    groups,
    logLikelihood: alone.reduce((sum, { calibration }) => sum + calibration.logLikelihood, 0),
    parameters: alone.reduce((sum, { calibration }) => sum + calibration.parameters, 0),
    cautions: alone.flatMap(({ calibration }) => calibration.cautions),
  };
  return {
    itemsOf: (cycle) => onAllItems(items, parts, cycle),
    calibration: null,
    drawItems: null,
    record: calibrationRecord(responses, whole, null),
    rows: itemRows(material, sample, whole, null, null),
    sdOf: unitsOf(material, groups),
  };
}

/** Calibrates a study and, where it has several cycles and links are wanted, links them. */
export function scaleStudy(
  material: StudyMaterial,
  wantsLinks: boolean,
  progress: Progress,
): Result<Scaled, readonly Problem[]> {
  const sample = calibrationSample(material);
  const several = material.cycles.length > 1;
  const isConcurrent = material.study.link === "concurrent" || !several;
  progress.stage("calibrating the items");
  const alone = several && (wantsLinks || !isConcurrent) ? calibrateCycles(material, sample, progress) : ok([]);
  if (!alone.ok) return alone;
  const pairs = alone.value.length > 1 ? linkCycles(material, alone.value) : ok([]);
  if (!pairs.ok) return pairs;
  progress.stage("calibrating all cycles");
  const scaled = isConcurrent ? concurrent(material, sample) : ok(linked(material, sample, alone.value, pairs.value));
  if (!scaled.ok) return err(scaled.error);
  const { sdOf } = scaled.value;
  return ok({
    ...scaled.value,
    ...sample,
    alone: alone.value,
    pairs: pairs.value,
    drift: driftOf(material, alone.value, pairs.value),
    linksOn: (slope) => pairs.value.map((pair) => linkRecord(material, pair, slope * sdOf[pair.from]!)),
  });
}
