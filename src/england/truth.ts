import type { AuthorityCode, Urn } from "../kernel/index.js";
import { assumptions } from "./assumptions.js";
import type { EnglandSchool, Phase, PhaseTruth } from "./england.js";
import type { PhaseParameters } from "./parameters.js";
import type { Roll } from "./roll.js";

/** What the truth needs of a region. */
interface RegionOfTruth {
  readonly schools: readonly EnglandSchool[];
  readonly rolls: Readonly<Record<Phase, Roll>>;
  readonly authorityEffects: Readonly<Record<Phase, ReadonlyMap<string, number>>>;
}

/** Collects the effects that the phase's pupils were made with. */
export function truthOf(
  phase: Phase,
  made: readonly RegionOfTruth[],
  own: PhaseParameters,
  cohorts: number,
): PhaseTruth {
  const rolls = made.map((region) => region.rolls[phase]);
  const count = rolls.reduce((sum, roll) => sum + roll.school.length, 0);
  const persistent = new Float64Array(count);
  const ofYear = new Float64Array(count * cohorts);
  const schools: Urn[] = [];
  for (const [r, roll] of rolls.entries()) {
    const n = roll.school.length;
    persistent.set(roll.persistent, schools.length);
    for (let t = 0; t < cohorts; t++) ofYear.set(roll.ofYear.subarray(t * n, (t + 1) * n), t * count + schools.length);
    for (const i of roll.school) schools.push(made[r]!.schools[i]!.urn);
  }
  return {
    phase,
    schools,
    persistent,
    ofYear,
    authority: new Map(
      made.flatMap((region) =>
        [...region.authorityEffects[phase]].map(([code, effect]) => [code as AuthorityCode, effect] as const),
      ),
    ),
    deviation: { persistent: own.persistent, ofYear: own.ofYear, authority: own.authority },
    coefficients: coefficientsOf(phase, own),
  };
}

function coefficientsOf(phase: Phase, own: PhaseParameters): PhaseTruth["coefficients"] {
  const e = own.effects;
  const provider =
    phase === "primary" ? assumptions.alternativeProgressPrimary.value : assumptions.alternativeProgress.value;
  const list: readonly (readonly [string, string, number])[] = [
    ["fsm6", "yes", e.fsm],
    ["idaci", "", assumptions.progressByIdaci.value[phase]],
    ["sen", "support", e.support],
    ["sen", "plan", e.plan],
    ["provision", "special", e.special],
    ["provision", "alternative", provider],
    ["first_language", "other", e.otherLanguage],
    ["sex", "girl", e.girls],
    ["birth_month", "", assumptions.progressByMonth.value[phase]],
    ["ethnic_group", "mixed", e.mixed],
    ["ethnic_group", "asian", e.asian],
    ["ethnic_group", "black", e.black],
    ["ethnic_group", "chinese", e.chinese],
    ["ethnic_group", "other", e.other],
    ["looked_after", "yes", e.lookedAfter],
  ];
  return list.map(([column, level, effect]) => ({ column, level, effect }));
}
