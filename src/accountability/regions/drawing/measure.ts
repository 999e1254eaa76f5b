import { cutLength, neighboursOf, partsOf, totals } from "./country.js";
import type { DrawingTask } from "./settings.js";

/** A region of a drawing with what it holds. */
export interface RegionBalance {
  /** The slot: a place in today's offices, or beyond them for a new one. */
  readonly slot: number;
  readonly units: readonly number[];
  readonly schools: number;
  readonly pupils: number;
  /** Distance from the average region, in percent of it; negative is fewer. */
  readonly schoolsPercent: number;
  readonly pupilsPercent: number;
  readonly schoolsFit: boolean;
  readonly pupilsFit: boolean;
  /** More than one means that the region is not in one piece. */
  readonly parts: readonly (readonly number[])[];
}

/** What a drawing is worth and where it breaks what was asked. */
export interface DrawingMeasure {
  readonly regions: readonly RegionBalance[];
  /** The authorities whose office changes. */
  readonly changed: readonly number[];
  readonly schoolsChanged: number;
  readonly pupilsChanged: number;
  readonly schoolsChangedPercent: number;
  readonly pupilsChangedPercent: number;
  /** Border between regions in kilometres, and in percent of today's. */
  readonly cutKm: number;
  readonly cutPercent: number;
  /** Percent of change and weighted percent of border: what is made small. */
  readonly value: number;
  /** In words; none means that everything asked holds. */
  readonly broken: readonly string[];
}

/** What one authority costs when its office changes, and one kilometre of border between regions, in the unit of the value. */
export function costsOf({ country, settings }: DrawingTask): { readonly change: Float64Array; readonly km: number } {
  const { units } = country;
  const all = totals(country)[settings.changeBy];
  const today = cutLength(
    country,
    units.map((unit) => unit.today),
  );
  return {
    change: Float64Array.from(units, (unit) => (100 * unit[settings.changeBy]) / all),
    km: today > 0 ? (100 * settings.borderWeight) / today : 0,
  };
}

/** The least and the most of schools and pupils that a region may hold. */
export function limitsOf({ country, settings }: DrawingTask) {
  const { schools, pupils } = totals(country);
  const within = (all: number, percent: number) => {
    const mean = all / settings.regions;
    return { mean, least: mean * (1 - percent / 100), most: mean * (1 + percent / 100) };
  };
  return {
    schools: within(schools, settings.schoolsTolerancePercent),
    pupils: within(pupils, settings.pupilsTolerancePercent),
  };
}

/** Measures a drawing. @param slotOf for each authority the slot of its region */
export function measureDrawing(task: DrawingTask, slotOf: ArrayLike<number>): DrawingMeasure {
  const { country, apart, fixed, blocks, settings } = task;
  const { units } = country;
  const neighbours = neighboursOf(country);
  const limits = limitsOf(task);
  const slots = [...new Set(Array.from(slotOf))].sort((x, y) => x - y);
  const regions = slots.map((slot): RegionBalance => {
    const members = units.flatMap((_, i) => (slotOf[i] === slot ? [i] : []));
    const schools = members.reduce((sum, i) => sum + units[i]!.schools, 0);
    const pupils = members.reduce((sum, i) => sum + units[i]!.pupils, 0);
    const fits = (x: number, { least, most }: { least: number; most: number }) => x >= least - 1e-6 && x <= most + 1e-6;
    return {
      ...{ slot, units: members, schools, pupils, parts: partsOf(neighbours, members) },
      schoolsPercent: 100 * (schools / limits.schools.mean - 1),
      pupilsPercent: 100 * (pupils / limits.pupils.mean - 1),
      schoolsFit: fits(schools, limits.schools),
      pupilsFit: fits(pupils, limits.pupils),
    };
  });
  const changed = units.flatMap((unit, i) => (unit.today === slotOf[i] ? [] : [i]));
  const all = totals(country);
  const schoolsChanged = changed.reduce((sum, i) => sum + units[i]!.schools, 0);
  const pupilsChanged = changed.reduce((sum, i) => sum + units[i]!.pupils, 0);
  const costs = costsOf(task);
  const cutKm = cutLength(country, slotOf);
  const name = (i: number) => units[i]!.name;
  const broken = [
    ...(regions.length === settings.regions
      ? []
      : [`there are ${regions.length} regions instead of ${settings.regions}`]),
    ...regions.flatMap(({ slot, parts, schoolsFit, pupilsFit, schools, pupils }) => [
      ...(parts.length > 1 ? [`${slotName(task, slot)} falls into ${parts.length} parts`] : []),
      ...(schoolsFit ? [] : [`${slotName(task, slot)} has ${schools} schools, outside ${range(limits.schools)}`]),
      ...(pupilsFit ? [] : [`${slotName(task, slot)} has ${pupils} pupils, outside ${range(limits.pupils)}`]),
    ]),
    ...blocks
      .filter((members) => new Set(members.map((i) => slotOf[i])).size > 1)
      .map((members) => `${members.map(name).join(", ")} are not together`),
    ...apart.filter(([x, y]) => slotOf[x] === slotOf[y]).map(([x, y]) => `${name(x)} and ${name(y)} are not apart`),
    ...units.flatMap((unit, i) =>
      fixed[i] !== -1 && slotOf[i] !== fixed[i] ? [`${unit.name} is not served by ${slotName(task, fixed[i]!)}`] : [],
    ),
  ];
  return {
    ...{ regions, changed, schoolsChanged, pupilsChanged, cutKm, broken },
    schoolsChangedPercent: (100 * schoolsChanged) / all.schools,
    pupilsChangedPercent: (100 * pupilsChanged) / all.pupils,
    cutPercent:
      (100 * cutKm) /
      (cutLength(
        country,
        units.map((unit) => unit.today),
      ) || 1),
    value: changed.reduce((sum, i) => sum + costs.change[i]!, 0) + costs.km * cutKm,
  };
}

const range = ({ least, most }: { least: number; most: number }) => `${Math.ceil(least)} to ${Math.floor(most)}`;

/** What a slot's region is called: as today, or "New region 1". */
export function slotName({ country: { offices } }: DrawingTask, slot: number): string {
  return offices[slot]?.name ?? `New region ${slot - offices.length + 1}`;
}
