import { seededRandom } from "../../kernel/index.js";
import {
  accepted,
  drawPersons,
  drawUnits,
  nonResponseCells,
  pairedZones,
  type SamplingFrame,
} from "../../statistics/survey/index.js";
import { type AssessedPhase, assessmentAssumptions as assumed, subjectsOf } from "./assumptions.js";
import type { AssessedSchool } from "./populations.js";

/** A pupil who was asked, of a subject. */
export interface AskedPupil {
  /** Position in the fieldwork's schools. */
  readonly school: number;
  /** Number within the school's year group. */
  readonly pupil: number;
  readonly freeMeals: boolean;
  readonly girl: boolean;
  /** Which of the phase's subjects: pupils take turns. */
  readonly subject: number;
}

/** A school that takes part, as itself or in the place of another. */
export interface FieldSchool {
  readonly school: AssessedSchool;
  readonly stratum: string;
  readonly outcome: "original" | "first-replacement" | "second-replacement";
  /** Inverse of the selection probability of the school it stands for. */
  readonly weight: number;
  readonly zone: number;
  readonly half: 0 | 1;
}

/** One phase and cycle in the field. */
export interface Fieldwork {
  readonly schools: readonly FieldSchool[];
  readonly pupils: readonly AskedPupil[];
  /** Schools that were drawn, and those for which nobody took part. */
  readonly drawn: number;
  readonly lost: number;
}

const thirds = ["fewest free meals", "middle", "most free meals"] as const;

/** Thirds of the pupils by their school's share of free meals. */
function strataOf(schools: readonly AssessedSchool[]): readonly string[] {
  const order = schools.map((_, k) => k).sort((a, b) => schools[a]!.freeMeals - schools[b]!.freeMeals);
  const total = schools.reduce((sum, { size }) => sum + size, 0);
  const strata = new Array<string>(schools.length);
  let below = 0;
  for (const k of order) {
    strata[k] = thirds[Math.min(2, Math.floor((3 * below) / total))]!;
    below += schools[k]!.size;
  }
  return strata;
}

function frameOf(schools: readonly AssessedSchool[], strata: readonly string[]): SamplingFrame {
  return {
    names: schools.map(({ urn }) => urn),
    sizes: schools.map(({ size }) => size),
    strata,
    sortBy: [schools.map(({ region }) => region), schools.map(({ freeMeals }) => freeMeals)],
  };
}

/** Schools drawn of each third: the third with most free meals gets more. */
function allocationOf(phase: AssessedPhase): ReadonlyMap<string, number> {
  const all = assumed.schools.value[phase];
  const more = assumed.oversampling.value;
  const high = 2 * Math.round((all * more) / (2 + more) / 2);
  const rest = 2 * Math.round((all - high) / 4);
  return new Map([
    [thirds[0], rest],
    [thirds[1], rest],
    [thirds[2], high],
  ]);
}

/** Who takes part of a drawn school and its replacements; null where nobody does. */
function whoTakesPart(seed: number, cycle: number, candidates: readonly number[], schools: readonly AssessedSchool[]) {
  const outcomes = ["original", "first-replacement", "second-replacement"] as const;
  const at = candidates.findIndex((unit) => {
    const draws = seededRandom(seed).fork(`acceptance of ${schools[unit]!.urn} in ${cycle}`);
    return draws.uniform() >= assumed.schoolRefuses.value;
  });
  return at < 0 ? null : { unit: candidates[at]!, outcome: outcomes[at]! };
}

/** Draws schools with two replacements each, asks them, and draws their pupils. A function of the seed, phase and cycle. */
export function inTheField(
  seed: number,
  phase: AssessedPhase,
  cycle: number,
  schools: readonly AssessedSchool[],
): Fieldwork {
  const strata = strataOf(schools);
  const plan = {
    allocation: allocationOf(phase),
    method: "systematic",
    probabilities: "size",
    replacements: 2,
  } as const;
  const drawSeed = seededRandom(seed)
    .fork(`draw of ${phase} in ${cycle}`)
    .below(2 ** 31);
  const { drawn } = accepted(drawUnits(frameOf(schools, strata), plan, drawSeed));
  const zones = pairedZones(drawn.map(({ stratum }) => stratum));
  const inZone = new Map<number, number>();
  const taking: FieldSchool[] = [];
  drawn.forEach(({ unit, stratum, probability, replacements }, k) => {
    const found = whoTakesPart(seed, cycle, [unit, ...replacements], schools);
    if (!found) return;
    const zone = zones[k]!;
    const half = ((inZone.get(zone) ?? 0) % 2) as 0 | 1;
    inZone.set(zone, (inZone.get(zone) ?? 0) + 1);
    taking.push({ school: schools[found.unit]!, stratum, outcome: found.outcome, weight: 1 / probability, zone, half });
  });
  const subjects = subjectsOf[phase].length;
  const most = subjects * assumed.pupils.value[phase];
  const pupils = taking.flatMap(({ school }, k) => {
    const { positions } = drawPersons(school.size, most, "random", `${school.urn} ${phase} ${cycle}`, drawSeed);
    return positions.map((pupil, place): AskedPupil => {
      const own = seededRandom(seed).fork(`pupil ${pupil} of ${school.urn}, ${phase}, ${cycle}`);
      return {
        ...{ school: k, pupil, subject: place % subjects },
        freeMeals: own.uniform() < school.freeMeals,
        girl: own.uniform() < 0.49,
      };
    });
  });
  return { schools: taking, pupils, drawn: drawn.length, lost: drawn.length - taking.length };
}

/**
 * Weights of the pupils of one subject: school × pupils of the year group over those asked, times the inverse of the response rate of the
 * pupil's cell (third of schools, free meals, sex) and of the schools' (within thirds). Those who didn't take part have 0.
 */
export function weightsOf(
  { schools }: Fieldwork,
  asked: readonly AskedPupil[],
  responded: Uint8Array,
  lostByStratum: ReadonlyMap<string, number>,
): Float64Array {
  const askedIn = new Map<number, number>();
  for (const { school } of asked) askedIn.set(school, (askedIn.get(school) ?? 0) + 1);
  const base = Float64Array.from(asked, ({ school }) => {
    const { school: own, weight, stratum } = schools[school]!;
    return (weight * (lostByStratum.get(stratum) ?? 1) * own.size) / askedIn.get(school)!;
  });
  const cells = asked.map(
    ({ freeMeals, girl }) => `${freeMeals ? "free meals" : "no free meals"}, ${girl ? "girls" : "boys"}`,
  );
  const within = asked.map(({ school }) => schools[school]!.stratum);
  return accepted(nonResponseCells({ weights: base, responded, cells, within }).adjust(base));
}

/** By how much the weights of schools that take part are raised in each third for those for which nobody did. */
export function lossFactors(phase: AssessedPhase, { schools }: Fieldwork): ReadonlyMap<string, number> {
  const drawn = allocationOf(phase);
  return new Map(
    [...drawn].map(([stratum, n]) => [
      stratum,
      n / Math.max(1, schools.filter((one) => one.stratum === stratum).length),
    ]),
  );
}
