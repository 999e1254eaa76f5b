import { admitMeasure, type MeasureDeclaration } from "../measures/index.js";
import type { ComparedMeasure, SchoolMeasure, ValueAddedMeasure } from "../value-added/index.js";
import { alternativesTo } from "./alternatives.js";
import { decideQualityMark, type QualityMarkInput } from "./award.js";
import { chancesOfOther } from "./chance.js";
import { compareModels } from "./compare-models.js";
import { type Comparison, noComparison } from "./comparison.js";
import type { Alternative, DecisionParameters, Reason, SchoolDecision, SchoolKind } from "./decision.js";
import type { AccountsEvidence, SafeguardingEvidence } from "./reasons.js";

/** What stands beside the measure, school by school. A school that is in none of the maps has no evidence, and is mainstream. */
export interface ReviewEvidence {
  /** Every school to decide; left out, those with a measure and those whose kind awaits its framework. */
  readonly toDecide?: ReadonlySet<string>;
  readonly kinds: ReadonlyMap<string, SchoolKind>;
  readonly safeguarding: ReadonlyMap<string, SafeguardingEvidence>;
  readonly accounts: ReadonlyMap<string, AccountsEvidence>;
}

/** The annual review of the schools of one measure. */
export interface Review {
  readonly measure: ValueAddedMeasure;
  readonly parameters: DecisionParameters;
  /** What each decision was made from, in the order of the decisions. */
  readonly inputs: readonly QualityMarkInput[];
  /** In the order of the measure's schools, then the others that were asked for; empty where the measure may not decide. */
  readonly decisions: readonly SchoolDecision[];
  readonly alternatives: readonly Alternative[];
  /** The same schools measured in other ways, and how much is chance. */
  readonly comparison: Comparison;
  /** In the order of the decisions: the probability of another decision on another draw of pupils; null where it doesn't rest on value added. */
  readonly otherwise: readonly (number | null)[];
  /** Why the measure may not decide about schools; empty where it may. */
  readonly notAdmitted: readonly Reason[];
  readonly notes: readonly string[];
}

/** What a school is decided from. @param measure null where no pupil's result counts for it */
export function inputOf(school: string, measure: SchoolMeasure | null, evidence: ReviewEvidence): QualityMarkInput {
  return {
    school,
    kind: evidence.kinds.get(school) ?? "mainstream",
    measure: measure && measure.pupilEquivalents > 0 && measure.predictionError > 0 ? measure : null,
    safeguarding: evidence.safeguarding.get(school) ?? null,
    accounts: evidence.accounts.get(school) ?? null,
  };
}

/** What stands beside a measure that was not compared. */
const alone: Omit<ComparedMeasure, "measure"> = { alternatives: [], stability: null };

/**
 * Decides every school of a measure, and of those without a measure the ones that were asked for.
 * A measure that A3's rules refuse (a floor, Key Stage 1, one aspect) decides nothing: the reasons stand in `notAdmitted`.
 * @param beside the same schools measured in other ways, and how far their years agree
 */
export function reviewSchools(
  measure: ValueAddedMeasure,
  declaration: MeasureDeclaration,
  evidence: ReviewEvidence,
  parameters: DecisionParameters,
  beside: Omit<ComparedMeasure, "measure"> = alone,
): Review {
  const admission = admitMeasure(declaration);
  if (!admission.ok)
    return {
      measure,
      parameters,
      inputs: [],
      decisions: [],
      alternatives: [],
      comparison: { ...noComparison, stability: beside.stability },
      otherwise: [],
      notAdmitted: admission.error,
      notes: measure.notes,
    };
  const inputs = measure.schools.map((school) => inputOf(school.school, school, evidence));
  const measured = new Set(measure.schools.map(({ school }) => school));
  const special = [...evidence.kinds].filter(([, kind]) => kind !== "mainstream").map(([school]) => school);
  for (const school of evidence.toDecide ?? special)
    if (!measured.has(school)) inputs.push(inputOf(school, null, evidence));
  const decisions = inputs.map((input) => decideQualityMark(input, parameters));
  const reliability = new Map(measure.schools.map((school) => [school.school, school.reliability]));
  const { otherwise, total } = chancesOfOther(
    inputs,
    inputs.map(({ school }) => reliability.get(school) ?? null),
    parameters,
  );
  const models = compareModels(
    inputs,
    decisions.map(({ decision }) => decision),
    parameters,
    beside.alternatives,
  );
  return {
    measure,
    parameters,
    inputs,
    decisions,
    comparison: { models, chance: total, stability: beside.stability },
    otherwise,
    alternatives: alternativesTo(inputs, parameters, measure.outcomeDeviation),
    notAdmitted: [],
    notes: [...measure.notes, ...admission.value],
  };
}
