import { allocate } from "./allocation.js";
import type { Outcome } from "./fault.js";
import {
  type PlannedDesign,
  type PlannedFigure,
  type PlannedOutcome,
  type PlannedPrecision,
  type PlannedStratum,
  type PlannedTrend,
  planPrecision,
} from "./precision.js";

/** What a sample costs, in any unit of money. */
export interface CostModel {
  readonly fixed: number;
  /** Of each unit drawn. */
  readonly perUnit: number;
  /** Of each person who takes part. */
  readonly perPerson: number;
}

/** What a design has to reach: at most so much of a measure of a figure. */
export interface Requirement {
  readonly figure: "all" | "subgroup" | "others" | "gap";
  readonly measure: keyof PlannedFigure;
  readonly most: number;
}

/** What the cheapest design is looked for among. */
export interface PlanningProblem extends Pick<PlannedDesign, "unitResponse" | "personResponse" | "subgroupSpread"> {
  readonly strata: readonly PlannedStratum[];
  readonly outcome: PlannedOutcome;
  readonly trend: PlannedTrend;
  readonly requirements: readonly Requirement[];
  readonly cost: CostModel;
  /** Persons a unit to be tried. */
  readonly personsPerUnit: readonly number[];
  /** Exponents to be tried: strata are drawn in proportion to persons × (1 + 9·subgroup share ÷ mean share)^θ; 0 is proportional. */
  readonly tilts: readonly number[];
  /** Units at the most; all when left out. */
  readonly mostUnits?: number;
}

/** A design that meets the requirements. */
export interface PlannedChoice {
  readonly unitsDrawn: readonly number[];
  readonly personsPerUnit: number;
  readonly tilt: number;
  readonly cost: number;
  readonly precision: PlannedPrecision;
}

/** The cheapest design, and the cheapest for each number of persons a unit and for each tilt, to be compared with it. */
export interface CheapestDesign {
  readonly best: PlannedChoice;
  readonly byPersonsPerUnit: readonly PlannedChoice[];
  readonly byTilt: readonly PlannedChoice[];
}

/**
 * One design of a problem: so many units, shared among the strata by the tilt, with its precision and cost.
 * @returns null where so many units can't be shared among the strata
 */
export function designOf(
  problem: PlanningProblem,
  personsPerUnit: number,
  tilt: number,
  total: number,
): PlannedChoice | null {
  const { strata, cost, outcome, trend } = problem;
  const persons = strata.reduce((sum, s) => sum + s.persons, 0);
  const mean = strata.reduce((sum, s) => sum + s.persons * s.subgroup, 0) / persons;
  const shared = allocate(
    strata.map(({ name, units, persons: size, subgroup }) => ({
      name,
      units,
      size,
      oversample: tilt === 0 || mean === 0 ? 1 : (1 + (9 * subgroup) / mean) ** tilt,
    })),
    { total, rule: { kind: "proportional" } },
  );
  if (!shared.ok) return null;
  const unitsDrawn = shared.value.units;
  const precision = planPrecision({ ...problem, unitsDrawn, personsPerUnit }, outcome, trend);
  return {
    unitsDrawn,
    personsPerUnit,
    tilt,
    precision,
    cost: cost.fixed + cost.perUnit * total + cost.perPerson * precision.persons,
  };
}

const meets = ({ precision }: PlannedChoice, requirements: readonly Requirement[]) =>
  requirements.every(({ figure, measure, most }) => {
    const found = precision[figure];
    return found !== null && found[measure] <= most;
  });

/** The fewest units that meet the requirements, by bisection; null where all the frame's don't. */
function fewestUnits(problem: PlanningProblem, personsPerUnit: number, tilt: number): PlannedChoice | null {
  const least = problem.strata.reduce((sum, { units }) => sum + Math.min(2, units), 0);
  const frame = problem.strata.reduce((sum, { units, persons }) => sum + (persons > 0 ? units : 0), 0);
  let high = Math.min(problem.mostUnits ?? frame, frame);
  let best = designOf(problem, personsPerUnit, tilt, high);
  if (!best || !meets(best, problem.requirements)) return null;
  let low = least - 1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    const choice = designOf(problem, personsPerUnit, tilt, middle);
    if (choice && meets(choice, problem.requirements)) [high, best] = [middle, choice];
    else low = middle;
  }
  return best;
}

const cheaper = (a: PlannedChoice | undefined, b: PlannedChoice) => (a && a.cost <= b.cost ? a : b);

function grouped(choices: readonly PlannedChoice[], key: (choice: PlannedChoice) => number): PlannedChoice[] {
  const best = new Map<number, PlannedChoice>();
  for (const choice of choices) best.set(key(choice), cheaper(best.get(key(choice)), choice));
  return [...best].sort(([a], [b]) => a - b).map(([, choice]) => choice);
}

/**
 * The cheapest design that meets every requirement, over numbers of persons a unit and degrees of oversampling, each with the fewest units.
 * @returns refused when none does even with all units: with the nearest miss of each requirement
 */
export function cheapestDesign(problem: PlanningProblem): Outcome<CheapestDesign> {
  const choices: PlannedChoice[] = [];
  for (const personsPerUnit of problem.personsPerUnit)
    for (const tilt of problem.tilts) {
      const choice = fewestUnits(problem, personsPerUnit, tilt);
      if (choice) choices.push(choice);
    }
  if (choices.length > 0) {
    const best = choices.reduce<PlannedChoice | undefined>(cheaper, undefined)!;
    return {
      ok: true,
      value: {
        best,
        byPersonsPerUnit: grouped(choices, (c) => c.personsPerUnit),
        byTilt: grouped(choices, (c) => c.tilt),
      },
    };
  }
  const frame = problem.strata.reduce((sum, { units, persons }) => sum + (persons > 0 ? units : 0), 0);
  const total = Math.min(problem.mostUnits ?? frame, frame);
  const all = problem.personsPerUnit.flatMap((m) => problem.tilts.map((tilt) => designOf(problem, m, tilt, total)));
  return {
    ok: false,
    error: problem.requirements.map(({ figure, measure, most }) => {
      const reached = all.flatMap((choice) => choice?.precision[figure]?.[measure] ?? []);
      return {
        code: "survey-allocation-impossible",
        place: `${figure} ${measure}`,
        message:
          reached.length === 0
            ? `it can't be computed of ${total} units`
            : `${Math.min(...reached).toPrecision(4)} is the least that ${total} units give, and ${most} is asked for`,
        remedy: "Allow more units or persons a unit, a better link, or a larger smallest change",
      };
    }),
  };
}
