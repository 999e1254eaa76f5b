import { createHash } from "node:crypto";
import {
  decisionParametersOn,
  type PublishedMeasure,
  qualityMarkParameters,
  type Review,
  type ReviewedSchool,
  type ReviewToPublish,
  reviewSchools,
  yearWeights,
} from "../accountability/quality-mark/index.js";
import { type AlternativesWanted, measureWithAlternatives } from "../accountability/value-added/index.js";
import {
  type CalibrationRow,
  calibrationReport,
  type England,
  type EnglandPhase,
  type EnglandSchool,
  makeEngland,
} from "../england/index.js";
import {
  academicYear,
  civilDate,
  err,
  formatAcademicYear,
  type GroupUid,
  ok,
  type Problem,
  type Progress,
  type Result,
  valueOn,
} from "../kernel/index.js";
import { type RegionCode, type RegisterContents, schoolWith } from "../register/index.js";

/** Which synthetic England to review. */
export interface NationalOrder {
  readonly seed: number;
  readonly regions: readonly RegionCode[] | "all";
  readonly cohorts: number;
  /** The other ways of measuring that are tried. */
  readonly alternatives: "all" | "without-refit" | "none";
  readonly version: string;
}

/** The annual review of a synthetic England, ready for the register and the pages. */
export interface NationalReview {
  readonly register: RegisterContents;
  readonly review: ReviewToPublish;
  readonly schools: readonly ReviewedSchool[];
  readonly calibration: readonly CalibrationRow[];
}

/** The academic year in which the last cohort leaves; its review is decided on the last day of the year. */
const lastYear = academicYear(2024);
const decidedOn = civilDate("2025-08-31");

/** What a review was made from, in words that tell it from every other. */
export function describeOrder({ seed, regions, cohorts, alternatives }: NationalOrder): string {
  const where = regions === "all" ? "all regions" : `regions ${[...regions].sort().join(" ")}`;
  const beside = alternatives === "without-refit" ? "" : `, alternatives ${alternatives}`;
  return `synthetic England, seed ${seed}, ${where}, ${cohorts} cohorts${beside}`;
}

function registerOf(england: England): RegisterContents {
  const joined = civilDate("2016-09-01");
  const nothing = {
    groupId: null,
    companyNumber: null,
    ukprn: null,
    opened: null,
    closed: null,
    town: null,
    postcode: null,
  };
  return {
    schools: england.schools.map((school) =>
      schoolWith({
        urn: school.urn,
        name: school.name,
        authority: school.authority,
        type: school.trust === null ? "Community school" : "Academy converter",
        status: "open",
        phase: school.phase,
        town: school.town,
        lowAge: school.lowAge,
        highAge: school.highAge,
        pupils: school.pupils,
        capacity: school.capacity,
        freeSchoolMealsPercent: school.fsm6Percent,
        admissions: school.admissions === "selective" ? "Selective" : "Non-selective",
      }),
    ),
    groups: england.trusts.map(({ uid, name, kind }) => ({
      ...nothing,
      uid,
      name,
      type: kind === "multi-academy" ? "Multi-academy trust" : "Single-academy trust",
      status: "open" as const,
    })),
    memberships: england.schools
      .filter((school): school is EnglandSchool & { trust: GroupUid } => school.trust !== null)
      .map((school) => ({ urn: school.urn, groupUid: school.trust, joined, left: null })),
    links: [],
  };
}

/** The review of the schools whose pupils the phase measures, and of those of the phase that have none. */
function reviewPhase(
  england: England,
  phase: EnglandPhase,
  alternatives: AlternativesWanted,
  progress: Progress,
): Result<Review, readonly Problem[]> {
  const named: Progress = {
    stage: (name, total) => progress.stage(`${phase.phase}: ${name}`, total),
    done: (steps) => progress.done(steps),
    note: (text) => progress.note(text),
  };
  const compared = measureWithAlternatives(
    { ...phase.specification, yearWeights: valueOn(yearWeights, decidedOn).value },
    { pupils: phase.pupils, membership: phase.spells },
    alternatives,
    named,
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

function publishedMeasure(
  phase: EnglandPhase,
  { measure, parameters, alternatives, comparison, notes }: Review,
): PublishedMeasure {
  return {
    phase: phase.phase,
    title: measure.title,
    outcomeDeviation: measure.outcomeDeviation,
    ...parameters,
    confidence: phase.specification.confidence,
    model: measure.model,
    diagnostics: measure.diagnostics,
    alternatives,
    comparison,
    notes: [...notes, ...measure.pupils.leftOut.map(({ reason, count }) => `${count} pupils left out: ${reason}.`)],
  };
}

/** The schools of one phase's review as the store takes them; a figure that can't be published is left out. */
function reviewedSchools(england: England, review: Review): ReviewedSchool[] {
  const schoolOf = new Map(england.schools.map((school) => [String(school.urn), school]));
  const trustOf = new Map(england.trusts.map((trust) => [trust.uid, trust.name]));
  const measureOf = new Map(review.measure.schools.map((measure) => [measure.school, measure]));
  return review.decisions.map((decided, i): ReviewedSchool => {
    const school = schoolOf.get(decided.school)!;
    const input = review.inputs[i]!;
    const shown =
      decided.decision !== "awaiting-framework" &&
      decided.decision !== "not-enough-evidence" &&
      decided.probabilityBelow !== null;
    const measure = shown ? (measureOf.get(decided.school) ?? null) : null;
    const { safeguarding, accounts } = input;
    return {
      urn: school.urn,
      name: school.name,
      phase: school.phase,
      kind: school.kind,
      authorityCode: school.authority,
      trust: school.trust === null ? null : (trustOf.get(school.trust) ?? null),
      town: school.town,
      decision: decided.decision,
      reasons: decided.reasons,
      probabilityBelow: decided.probabilityBelow,
      probabilityOtherwise: shown ? (review.otherwise[i] ?? null) : null,
      valueAdded: measure?.valueAdded ?? null,
      lower: measure?.lower ?? null,
      upper: measure?.upper ?? null,
      standardError: measure?.standardError ?? null,
      predictionError: measure?.predictionError ?? null,
      reliability: measure?.reliability ?? null,
      pupils: measure?.pupils ?? null,
      pupilEquivalents: measure?.pupilEquivalents ?? null,
      explanation: measure?.explanation ?? [],
      years: measure?.years ?? [],
      subgroups: measure?.subgroups ?? [],
      outcomes: measure?.outcomes ?? [],
      safeguarding: safeguarding?.on ? { outcome: safeguarding.outcome, on: safeguarding.on } : null,
      accounts: accounts?.on ? { opinion: accounts.opinion, on: accounts.on } : null,
      inputsHash: createHash("sha256")
        .update(JSON.stringify([input, review.parameters]))
        .digest("hex"),
    };
  });
}

/** Makes a synthetic England and its annual review: every phase measured, every school decided. */
export function makeNationalReview(
  order: NationalOrder,
  progress: Progress,
): Result<NationalReview, readonly Problem[]> {
  progress.stage("making a synthetic England");
  const england = makeEngland({ seed: order.seed, regions: order.regions, cohorts: order.cohorts, lastYear });
  const measures: PublishedMeasure[] = [];
  const schools = new Map<string, ReviewedSchool>();
  for (const phase of england.phases) {
    const review = reviewPhase(england, phase, order.alternatives, progress);
    if (!review.ok) return err(review.error);
    measures.push(publishedMeasure(phase, review.value));
    for (const school of reviewedSchools(england, review.value))
      if (!schools.has(school.urn)) schools.set(school.urn, school);
  }
  progress.stage("comparing the synthetic England with the real one");
  const calibration = calibrationReport(england).rows;
  const description = describeOrder(order);
  return ok({
    register: registerOf(england),
    review: {
      title: "Annual review of the Quality Mark",
      academicYear: formatAcademicYear(lastYear),
      synthetic: true,
      decidedOn,
      codeVersion: order.version,
      inputs: [
        {
          name: description,
          sha256: createHash("sha256").update(`${description}, version ${order.version}`).digest("hex"),
        },
      ],
      parameters: qualityMarkParameters.map((parameter) => {
        const { id, label, unit } = parameter;
        return { id, label, unit, ...valueOn<unknown>(parameter, decidedOn) };
      }),
      measures,
    },
    schools: [...schools.values()],
    calibration,
  });
}
