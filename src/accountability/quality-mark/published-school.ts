import type { AuthorityCode, Urn } from "../../kernel/index.js";
import type { QualityMarkInput } from "./award.js";
import type { DecisionParameters, SchoolDecision, SchoolKind } from "./decision.js";
import type { PublishedMeasure } from "./published.js";
import type { Review } from "./review.js";
import type { ReviewedSchool } from "./store-input.js";

/** What is known of a school beside its measure, as it was on the day of the decision. */
export interface SchoolOnTheDay {
  readonly urn: Urn;
  readonly name: string;
  readonly phase: string;
  readonly kind: SchoolKind;
  readonly authorityCode: AuthorityCode;
  readonly trust: string | null;
  readonly town: string | null;
}

/** Hash of what a decision was made from; handed in, so that this file needs no module of the platform. */
export type HashOfInputs = (input: QualityMarkInput, parameters: DecisionParameters) => string;

/**
 * The schools of one review as the register's store takes them; a figure that nothing was decided by is left out.
 * @param schoolOf the school with this id; null leaves its decision out
 */
export function publishedSchools(
  review: Review,
  schoolOf: (id: string) => SchoolOnTheDay | null,
  hashOf: HashOfInputs,
): ReviewedSchool[] {
  const measureOf = new Map(review.measure.schools.map((measure) => [measure.school, measure]));
  return review.decisions.flatMap((decided, i): ReviewedSchool[] => {
    const school = schoolOf(decided.school);
    if (!school) return [];
    const input = review.inputs[i]!;
    const measure = isShown(decided) ? (measureOf.get(decided.school) ?? null) : null;
    const { safeguarding, accounts } = input;
    return [
      {
        ...school,
        decision: decided.decision,
        reasons: decided.reasons,
        probabilityBelow: decided.probabilityBelow,
        probabilityOtherwise: isShown(decided) ? (review.otherwise[i] ?? null) : null,
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
        inputsHash: hashOf(input, review.parameters),
      },
    ];
  });
}

const isShown = ({ decision, probabilityBelow }: SchoolDecision) =>
  decision !== "awaiting-framework" && decision !== "not-enough-evidence" && probabilityBelow !== null;

/** One phase's measure as its pages show it. */
export function publishedMeasure(
  phase: string,
  { measure, parameters, alternatives, comparison, notes }: Review,
  confidence: number,
): PublishedMeasure {
  return {
    phase,
    title: measure.title,
    outcomeDeviation: measure.outcomeDeviation,
    ...parameters,
    confidence,
    model: measure.model,
    diagnostics: measure.diagnostics,
    alternatives,
    comparison,
    notes: [...notes, ...measure.pupils.leftOut.map(({ reason, count }) => `${count} pupils left out: ${reason}.`)],
  };
}
