import type { SamplingFrame } from "../../../statistics/survey/index.js";
import { type Phase, phaseFacts } from "./study.js";

/** A school as the frame reads it from the register. */
export interface FrameSchool {
  readonly urn: string;
  readonly region: string | null;
  readonly type: string;
  readonly typeGroup: string | null;
  readonly lowAge: number | null;
  readonly highAge: number | null;
  readonly pupils: number | null;
  /** 0–100. */
  readonly freeSchoolMealsPercent: number | null;
}

/** A school in the frame of a phase. */
export interface FramedSchool extends FrameSchool {
  /** Pupils expected in the year group: all pupils over the years of age that the school takes. */
  readonly size: number;
  readonly stratum: string;
}

/** The frame of a phase, and who is not in it. */
export interface PhaseFrame {
  readonly schools: readonly FramedSchool[];
  readonly leftOut: readonly { readonly why: string; readonly schools: number }[];
}

/** What a draw reads of a school in the frame. */
export type DrawnFrame = Pick<FramedSchool, "urn" | "size" | "stratum" | "region" | "freeSchoolMealsPercent">;

/** A frame as its fingerprint is made of it: {@link readFrame} reads it back. */
export const frameText = (schools: readonly DrawnFrame[]): string =>
  JSON.stringify(
    schools.map(({ urn, size, stratum, region, freeSchoolMealsPercent }) => [
      ...[urn, size, stratum, region, freeSchoolMealsPercent],
    ]),
  );

/** The schools of {@link frameText}, in their order. */
export const readFrame = (text: string): readonly DrawnFrame[] =>
  (JSON.parse(text) as [string, number, string, string | null, number | null][]).map(
    ([urn, size, stratum, region, freeSchoolMealsPercent]) => ({ urn, size, stratum, region, freeSchoolMealsPercent }),
  );

const bands = ["lowest", "second", "third", "highest"] as const;

/** Whether the school takes pupils of the phase's year: those who were `age` on 31 August are a year older by the next. */
function takes({ lowAge, highAge }: FrameSchool, phase: Phase): boolean {
  const { age } = phaseFacts[phase];
  return lowAge !== null && highAge !== null && lowAge <= age && highAge > age;
}

/** Why a school that takes pupils of the age is not sampled; null where it is. */
function excluded({ type, typeGroup, pupils }: FrameSchool): string | null {
  if (/independent/i.test(`${typeGroup ?? ""} ${type}`)) return "independent schools";
  if (/special|pupil referral|alternative provision|secure|hospital/i.test(type))
    return "special schools and alternative provision";
  if (/welsh|overseas|offshore|service children|online/i.test(type)) return "schools outside England, and online";
  if (pupils === null) return "schools whose number of pupils the register doesn't have";
  return pupils > 0 ? null : "schools without pupils";
}

/**
 * Schools of a phase with explicit strata: four equal groups by share of free school meals (of pupils, not of schools), and those of which it isn't known.
 *
 * @param schools the open ones
 */
export function phaseFrame(schools: readonly FrameSchool[], phase: Phase): PhaseFrame {
  const out = new Map<string, number>();
  const kept: (FrameSchool & { readonly size: number })[] = [];
  for (const school of schools) {
    if (!takes(school, phase)) continue;
    const why = excluded(school);
    if (why !== null) out.set(why, (out.get(why) ?? 0) + 1);
    else kept.push({ ...school, size: Math.max(1, school.pupils! / (school.highAge! - school.lowAge!)) });
  }
  const known = kept
    .filter(({ freeSchoolMealsPercent }) => freeSchoolMealsPercent !== null)
    .sort((a, b) => a.freeSchoolMealsPercent! - b.freeSchoolMealsPercent! || (a.urn < b.urn ? -1 : 1));
  const total = known.reduce((sum, { size }) => sum + size, 0);
  const band = new Map<string, string>();
  let before = 0;
  for (const { urn, size } of known) {
    band.set(urn, bands[Math.min(3, Math.floor((4 * (before + size / 2)) / total))]!);
    before += size;
  }
  const framed = kept
    .map((school) => {
      const name = band.get(school.urn);
      return { ...school, stratum: name === undefined ? "free meals not known" : `${name} quarter of free meals` };
    })
    .sort((a, b) => (a.urn < b.urn ? -1 : 1));
  return {
    schools: framed,
    leftOut: [...out].map(([why, count]) => ({ why, schools: count })).sort((a, b) => (a.why < b.why ? -1 : 1)),
  };
}

/** The frame as the statistics read it: implicit strata are region, share of free meals and size. */
export function samplingFrame(schools: readonly DrawnFrame[]): SamplingFrame {
  return {
    names: schools.map(({ urn }) => urn),
    sizes: Float64Array.from(schools, ({ size }) => size),
    strata: schools.map(({ stratum }) => stratum),
    sortBy: [
      schools.map(({ region }) => region ?? ""),
      Float64Array.from(schools, ({ freeSchoolMealsPercent }) => freeSchoolMealsPercent ?? -1),
    ],
  };
}

/** A stratum as planning reads it. */
export interface StratumFacts {
  readonly name: string;
  readonly units: number;
  readonly persons: number;
  /** Share of disadvantaged pupils, 0–1, weighted by pupils. */
  readonly subgroup: number;
}

/** Schools, pupils and share of disadvantaged pupils of each stratum, by name; where the share isn't known the country's stands in. */
export function strataOf(schools: readonly DrawnFrame[]): {
  readonly strata: readonly StratumFacts[];
  readonly spread: number;
} {
  const known = schools.filter(({ freeSchoolMealsPercent }) => freeSchoolMealsPercent !== null);
  const pupils = known.reduce((sum, { size }) => sum + size, 0);
  const meals = known.reduce(
    (sum, { size, freeSchoolMealsPercent }) => sum + (size * freeSchoolMealsPercent!) / 100,
    0,
  );
  const country = pupils > 0 ? meals / pupils : 0;
  const groups = new Map<string, { units: number; persons: number; members: number; squares: number }>();
  for (const { stratum, size, freeSchoolMealsPercent } of schools) {
    const group = groups.get(stratum) ?? { units: 0, persons: 0, members: 0, squares: 0 };
    const share = freeSchoolMealsPercent === null ? country : freeSchoolMealsPercent / 100;
    groups.set(stratum, {
      units: group.units + 1,
      persons: group.persons + size,
      members: group.members + size * share,
      squares: group.squares + size * share ** 2,
    });
  }
  let within = 0;
  for (const { persons, members, squares } of groups.values()) within += squares - members ** 2 / persons;
  const all = schools.reduce((sum, { size }) => sum + size, 0);
  return {
    strata: [...groups]
      .map(([name, { units, persons, members }]) => ({ name, units, persons, subgroup: members / persons }))
      .sort((a, b) => (a.name < b.name ? -1 : 1)),
    spread: all > 0 ? Math.sqrt(Math.max(0, within) / all) : 0,
  };
}
