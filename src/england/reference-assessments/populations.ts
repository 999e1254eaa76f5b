import { normalQuantile } from "../../statistics/distributions/index.js";
import { permanentNumber } from "../../statistics/survey/index.js";
import type { England, EnglandSchool } from "../england.js";
import { type AssessedPhase, assessmentAssumptions as assumed, type Subject } from "./assumptions.js";

/** A school with pupils of the year group. */
export interface AssessedSchool {
  readonly urn: string;
  readonly region: string;
  /** Share of free meals, 0–1. */
  readonly freeMeals: number;
  /** Pupils of the year group in one cycle. */
  readonly size: number;
}

/** The age that pupils of a phase turn in the school year. */
const ages: Readonly<Record<AssessedPhase, number>> = { reception: 5, "year-4": 9, "year-8": 13, "year-12": 17 };

function sizeIn(school: EnglandSchool, phase: AssessedPhase): number {
  const { lowAge, highAge, pupils, kind } = school;
  const age = ages[phase];
  if (kind !== "mainstream" || lowAge > age - 1 || highAge < age) return 0;
  const years = Math.max(1, Math.min(highAge, 16) - lowAge);
  const size = pupils / years;
  return Math.round(phase === "year-12" ? assumed.yearTwelve.value * size : size);
}

/** The schools of a phase: the frame. */
export function schoolsOfPhase({ schools }: Pick<England, "schools">, phase: AssessedPhase): readonly AssessedSchool[] {
  return schools.flatMap((school) => {
    const size = sizeIn(school, phase);
    if (size === 0) return [];
    return [{ urn: String(school.urn), region: school.region, freeMeals: school.fsm6Percent / 100, size }];
  });
}

/** What decides a pupil's ability beside the pupil: the same for every pupil of a school, group and cycle. */
export interface AbilityModel {
  readonly phase: AssessedPhase;
  readonly subject: Subject;
  /** Mean ability of a school's pupils of a group in a cycle, in logits. */
  meanOf(school: AssessedSchool, cycle: number, freeMeals: boolean, girl: boolean): number;
  /** Standard deviation within a school, cycle and group. */
  readonly within: number;
}

const normalOf = (seed: number, name: string) =>
  normalQuantile(Math.min(1 - 1e-12, Math.max(1e-12, permanentNumber(seed, name))));

/** The true model of a phase and subject. */
export function abilityModel(seed: number, phase: AssessedPhase, subject: Subject): AbilityModel {
  const change = assumed.change.value[phase][subject];
  const gap = assumed.gap.value[phase];
  const girls = assumed.girls.value[subject];
  const known = new Map<string, readonly [number, number]>();
  const effectsOf = (urn: string, cycle: number) => {
    const name = `${urn} in ${cycle}`;
    const found = known.get(name) ?? [
      assumed.schoolSpread.value * normalOf(seed, `${subject} of ${urn}`),
      assumed.schoolCycleSpread.value * normalOf(seed, `${phase} ${subject} of ${name}`),
    ];
    known.set(name, found);
    return found;
  };
  return {
    phase,
    subject,
    within: assumed.pupilSpread.value,
    meanOf(school, cycle, freeMeals, girl) {
      const [own, ofCycle] = effectsOf(school.urn, cycle);
      const intake = assumed.composition.value * (school.freeMeals - 0.25);
      return change[cycle]! + own + ofCycle + intake - (freeMeals ? gap[cycle]! : 0) + (girl ? girls / 2 : -girls / 2);
    },
  };
}

/** True means, standard deviation and gap of all pupils of the frame in a cycle, in logits. */
export interface TrueCycle {
  readonly mean: number;
  readonly sd: number;
  /** Pupils without free meals less those with. */
  readonly gap: number;
}

/** The truth of the whole population, summed over the frame. */
export function trueCycles(schools: readonly AssessedSchool[], model: AbilityModel): readonly TrueCycle[] {
  return assumed.cycles.value.map((_, cycle) => {
    const sums = { n: 0, first: 0, second: 0, with: 0, withN: 0, without: 0, withoutN: 0 };
    for (const school of schools)
      for (const freeMeals of [false, true])
        for (const girl of [false, true]) {
          const n = (school.size * (freeMeals ? school.freeMeals : 1 - school.freeMeals)) / 2;
          const mean = model.meanOf(school, cycle, freeMeals, girl);
          sums.n += n;
          sums.first += n * mean;
          sums.second += n * (mean * mean + model.within ** 2);
          sums[freeMeals ? "with" : "without"] += n * mean;
          sums[freeMeals ? "withN" : "withoutN"] += n;
        }
    const mean = sums.first / sums.n;
    return {
      mean,
      sd: Math.sqrt(sums.second / sums.n - mean * mean),
      gap: sums.without / sums.withoutN - sums.with / sums.withN,
    };
  });
}
