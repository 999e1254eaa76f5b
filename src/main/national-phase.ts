import {
  decisionParametersOn,
  type PublishedMeasure,
  publishedMeasure,
  publishedSchools,
  type Review,
  type ReviewedSchool,
  reviewSchools,
  type SchoolOnTheDay,
  yearWeights,
} from "../accountability/quality-mark/index.js";
import { hashOfInputs } from "../accountability/quality-mark/service-publish.js";
import {
  type AlternativesWanted,
  type MeasureSpecification,
  measureWithAlternatives,
} from "../accountability/value-added/index.js";
import {
  type CalibrationRow,
  calibrationReport,
  type England,
  type EnglandPhase,
  makeEngland,
  type Phase,
} from "../england/index.js";
import { columnOf, err, ok, type Problem, type Progress, type Result, valueOn } from "../kernel/index.js";
import type { IncomingContents } from "../register/index.js";
import { decidedOn, lastYear, type NationalOrder } from "./national-order.js";
import { registerOf } from "./national-register.js";
import { type NationalSafeguarding, safeguardingOf } from "./national-safeguarding.js";

/** One phase of a synthetic England, measured and decided, with how its pupils compare with the published facts. */
export interface NationalPhase {
  readonly phase: Phase;
  /** The same whichever phase is made. */
  readonly register: IncomingContents;
  readonly measure: PublishedMeasure;
  readonly schools: readonly ReviewedSchool[];
  readonly calibration: readonly CalibrationRow[];
  /** Where the schools are, and the last year's audits; the same whichever phase is made. */
  readonly safeguarding: NationalSafeguarding;
  /** The first and the last number of the made-up pupils of each school. */
  readonly numbers: Readonly<Record<string, readonly [number, number]>>;
}

/** What a phase is measured by. */
export const specificationOfPhase = ({ specification }: EnglandPhase): MeasureSpecification => ({
  ...specification,
  yearWeights: valueOn(yearWeights, decidedOn).value,
});

/** The review of the schools whose pupils the phase measures, and of those of the phase that have none. */
function reviewPhase(
  england: England,
  phase: EnglandPhase,
  alternatives: AlternativesWanted,
  progress: Progress,
): Result<Review, readonly Problem[]> {
  const compared = measureWithAlternatives(
    specificationOfPhase(phase),
    { pupils: phase.pupils, membership: phase.spells },
    alternatives,
    progress,
  );
  if (!compared.ok) return compared;
  const { measure, ...beside } = compared.value;
  const { outcomes } = phase.specification;
  const keyStage = phase.phase === "primary" ? 2 : 4;
  const declaration = {
    lineOn: "value-added",
    usesPriorAttainment: true,
    outcomes: outcomes.map(({ column }) => ({ column, keyStage, aspect: "all subjects" })),
  } as const;
  const own = new Set(
    england.schools
      .filter((school) => school.phase === phase.phase || school.phase === "all-through")
      .map(({ urn }) => String(urn)),
  );
  const evidence = {
    kinds: new Map(england.schools.map(({ urn, kind }) => [String(urn), kind])),
    safeguarding: new Map(england.evidence.safeguarding.map((audit) => [String(audit.school), audit])),
    accounts: new Map(england.evidence.accounts.map((accounts) => [String(accounts.school), accounts])),
  };
  const ofPhase = <T>(map: ReadonlyMap<string, T>) => new Map([...map].filter(([urn]) => own.has(urn)));
  return ok(
    reviewSchools(
      { ...measure, schools: measure.schools.filter(({ school }) => own.has(school)) },
      declaration,
      {
        toDecide: own,
        kinds: ofPhase(evidence.kinds),
        safeguarding: ofPhase(evidence.safeguarding),
        accounts: ofPhase(evidence.accounts),
      },
      decisionParametersOn(decidedOn, measure.outcomeDeviation),
      beside,
    ),
  );
}

/** The schools of the country as they stand beside their decisions. */
function schoolsOf(england: England): (id: string) => SchoolOnTheDay | null {
  const trustOf = new Map(england.trusts.map((trust) => [trust.uid, trust.name]));
  const schoolOf = new Map(england.schools.map((school) => [String(school.urn), school]));
  return (id) => {
    const school = schoolOf.get(id);
    if (!school) return null;
    const { urn, name, phase, kind, authority, town } = school;
    const trust = school.trust === null ? null : (trustOf.get(school.trust) ?? null);
    return { urn, name, phase, kind, authorityCode: authority, trust, town };
  };
}

/** The first and the last number of the pupils of each school where they were last: a school's are numbered one after the other. */
function pupilNumbers({ pupils }: EnglandPhase): Record<string, readonly [number, number]> {
  const { values } = columnOf(pupils, "pupil", "number");
  const { codes, levels } = columnOf(pupils, "school", "category");
  const numbers: Record<string, readonly [number, number]> = {};
  for (let row = 0; row < pupils.rows; row++) {
    const [school, pupil] = [levels[codes[row]!]!, values[row]!];
    const known = numbers[school];
    numbers[school] = known ? [Math.min(known[0], pupil), Math.max(known[1], pupil)] : [pupil, pupil];
  }
  return numbers;
}

/** Makes one phase's pupils, measures them, decides the phase's schools and compares the pupils with the published facts. */
export function makeNationalPhase(
  order: NationalOrder,
  phase: Phase,
  progress: Progress,
): Result<NationalPhase, readonly Problem[]> {
  const { seed, regions, cohorts } = order;
  const england = makeEngland({ seed, regions, cohorts, lastYear, phases: [phase] }, progress);
  const made = england.phases[0]!;
  const review = reviewPhase(england, made, order.alternatives, progress);
  if (!review.ok) return err(review.error);
  progress.stage("comparing the synthetic England with the real one");
  return ok({
    phase,
    register: registerOf(england),
    measure: publishedMeasure(phase, review.value, made.specification.confidence),
    schools: publishedSchools(review.value, schoolsOf(england), hashOfInputs),
    calibration: calibrationReport(england).rows,
    safeguarding: safeguardingOf(england),
    numbers: pupilNumbers(made),
  });
}
