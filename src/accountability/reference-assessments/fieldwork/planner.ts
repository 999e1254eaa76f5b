import { type CivilDate, err, ok, type Problem, type Result } from "../../../kernel/index.js";
import {
  allocate,
  type CheapestDesign,
  cheapestDesign,
  type PlannedOutcome,
  type PlannedPrecision,
  type PlannedTrend,
  type PlanningProblem,
  planPrecision,
} from "../../../statistics/survey/index.js";
import { type FramedSchool, strataOf } from "./frame.js";
import { planningOn } from "./parameters.js";
import { problem } from "./problem.js";

/** What a statistician asks of a plan. */
export interface PlanQuestion {
  readonly schools: number;
  readonly pupilsPerSchool: number;
  readonly tilt: number;
  /** The smallest change in the gap between two cycles that is to be found with a power of 80%, in points of a scale with standard deviation 100. */
  readonly gapChange: number;
  /** Share of schools in both cycles, 0–1. */
  readonly overlap: number;
  /** Standard error of the link between two cycles, in points. */
  readonly linkError: number;
}

/** What a plan costs and gives. */
export interface SamplePlan {
  readonly asked: {
    readonly precision: PlannedPrecision;
    readonly share: PlannedPrecision;
    readonly cost: number;
    readonly unitsDrawn: readonly number[];
  };
  readonly strata: PlanningProblem["strata"];
  /** The cheapest design that finds the change of the gap; or why there is none. */
  readonly cheapest: Result<CheapestDesign, readonly Problem[]>;
  /** The asked number of pupils a school and tilt with other numbers of schools, for the picture. */
  readonly bySchools: readonly {
    readonly schools: number;
    readonly mean: number;
    readonly gap: number | null;
    readonly cost: number;
  }[];
}

/** What is wrong with a question. */
export function questionProblems(question: PlanQuestion): Problem[] {
  const found: Problem[] = [];
  const check = (holds: boolean, place: string, message: string) => {
    if (!holds) found.push(problem("fieldwork-sample-invalid", place, message, "Correct it and plan again."));
  };
  const within = (n: number, low: number, high: number) => n >= low && n <= high;
  check(
    Number.isInteger(question.schools) && within(question.schools, 2, 20_000),
    "schools",
    "a whole number from 2 is needed",
  );
  check(
    Number.isInteger(question.pupilsPerSchool) && within(question.pupilsPerSchool, 2, 200),
    "pupilsPerSchool",
    "a whole number from 2 to 200 is needed",
  );
  check(within(question.tilt, 0, 3), "tilt", "a number from 0 to 3 is needed");
  check(within(question.gapChange, 0.1, 200), "gapChange", "a number from 0.1 to 200 points is needed");
  check(within(question.overlap, 0, 1), "overlap", "a share from 0 to 1 is needed");
  check(within(question.linkError, 0, 50), "linkError", "a number from 0 to 50 points is needed");
  return found;
}

/** Units drawn in each stratum as {@link drawSample} will share them. */
function sharesOf(strata: PlanningProblem["strata"], total: number, tilt: number): readonly number[] | null {
  const persons = strata.reduce((sum, s) => sum + s.persons, 0);
  const mean = strata.reduce((sum, s) => sum + s.persons * s.subgroup, 0) / persons;
  const shared = allocate(
    strata.map(({ name, units, persons: size, subgroup }) => ({
      ...{ name, units, size },
      oversample: tilt === 0 || mean === 0 ? 1 : (1 + (9 * subgroup) / mean) ** tilt,
    })),
    { total, rule: { kind: "proportional" } },
  );
  return shared.ok ? shared.value.units : null;
}

/**
 * What a sample of the frame would tell before money is spent: mean, gap between disadvantaged pupils and others, and their changes, in points of a
 * scale with standard deviation 100; and the share at a standard that 70% reach (55% and 75% of the two groups).
 *
 * @returns refused where the frame has too few schools
 */
export function planSample(
  framed: readonly FramedSchool[],
  question: PlanQuestion,
  on: CivilDate,
): Result<SamplePlan, readonly Problem[]> {
  const wrong = questionProblems(question);
  if (wrong.length > 0) return err(wrong);
  const { strata, spread } = strataOf(framed);
  const assumed = planningOn(on);
  const link = question.linkError ** 2;
  const outcome: PlannedOutcome = {
    ...{ sd: { all: 100, subgroup: 97, others: 97 }, icc: assumed.icc, inflation: assumed.inflation },
    groupCorrelation: assumed.groupCorrelation,
  };
  const share = (p: number) => Math.sqrt(p * (1 - p));
  const shareOutcome: PlannedOutcome = {
    ...outcome,
    sd: { all: share(0.7), subgroup: share(0.55), others: share(0.75) },
  };
  const trend: PlannedTrend = {
    ...{
      overlap: question.overlap,
      unitCorrelation: 0.7,
      linkingVariance: link,
      linkingVarianceOfGap: 0,
      alpha: 0.05,
      power: 0.8,
    },
  };
  const { unitResponse, personResponse, cost } = assumed;
  const design = (schools: number) => {
    const unitsDrawn = sharesOf(strata, schools, question.tilt);
    return (
      unitsDrawn && {
        strata,
        unitsDrawn,
        personsPerUnit: question.pupilsPerSchool,
        unitResponse,
        personResponse,
        subgroupSpread: spread,
      }
    );
  };
  const money = (schools: number, precision: PlannedPrecision) =>
    cost.fixed + cost.perUnit * schools + cost.perPerson * precision.persons;
  const asked = design(question.schools);
  if (!asked)
    return err([
      problem(
        "fieldwork-sample-invalid",
        "schools",
        `the frame has ${framed.length} schools in ${strata.length} strata`,
        "Ask for fewer schools, at least two a stratum.",
      ),
    ]);
  const precision = planPrecision(asked, outcome, trend);
  const bySchools = [0.25, 0.5, 0.75, 1, 1.5, 2, 3].flatMap((factor) => {
    const schools = Math.round(question.schools * factor);
    const other = design(schools);
    if (!other) return [];
    const planned = planPrecision(other, outcome, trend);
    return [
      {
        schools,
        mean: planned.all.halfWidth,
        gap: planned.gap?.smallestDetectable ?? null,
        cost: money(schools, planned),
      },
    ];
  });
  const cheapest = cheapestDesign({
    ...{ strata, outcome, trend, cost, unitResponse, personResponse, subgroupSpread: spread },
    requirements: [{ figure: "gap", measure: "smallestDetectable", most: question.gapChange }],
    ...{ personsPerUnit: [6, 10, 15, 20, 25, 30], tilts: [0, 0.25, 0.5, 0.75, 1] },
  });
  return ok({
    asked: {
      precision,
      share: planPrecision(asked, shareOutcome, { ...trend, linkingVariance: 0 }),
      cost: money(question.schools, precision),
      unitsDrawn: asked.unitsDrawn,
    },
    strata,
    cheapest: cheapest.ok
      ? ok(cheapest.value)
      : err(
          cheapest.error.map(({ place, message, remedy }) =>
            problem("fieldwork-sample-invalid", place, message, remedy),
          ),
        ),
    bySchools,
  });
}
