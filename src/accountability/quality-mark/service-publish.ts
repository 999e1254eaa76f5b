import { createHash } from "node:crypto";
import {
  academicYearOf,
  type CivilDate,
  err,
  formatAcademicYear,
  ok,
  type Parameter,
  type Problem,
  type Result,
  valueOn,
} from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { describeSchools, lastImport, type SchoolDescription } from "../../register/index.js";
import type { Decision } from "./decision.js";
import { phasesOfReviews, plainPhase } from "./file-phases.js";
import { qualityMarkParameters } from "./parameters.js";
import { problemCodes } from "./problem-codes.js";
import { type HashOfInputs, publishedMeasure, publishedSchools, type SchoolOnTheDay } from "./published-school.js";
import type { FilePhase } from "./review-service-phase.js";
import { saveReview } from "./store.js";
import type { ParameterInForce, ReviewedSchool, ReviewToPublish } from "./store-input.js";

/** SHA-256 of what a decision was made from. */
export const hashOfInputs: HashOfInputs = (input, parameters) =>
  createHash("sha256")
    .update(JSON.stringify([input, parameters]))
    .digest("hex");

/** Parameters, every one of the rule unless others are given, with their values on a day. */
export function parametersInForce(
  on: CivilDate,
  parameters: readonly Parameter<unknown>[] = qualityMarkParameters,
): ParameterInForce[] {
  return parameters.map((parameter) => {
    const { id, label, unit } = parameter;
    return { id, label, unit, ...valueOn<unknown>(parameter, on) };
  });
}

/** What was published. */
export interface PublicationReport {
  readonly review: number;
  readonly title: string;
  readonly academicYear: string;
  readonly synthetic: boolean;
  readonly phases: readonly string[];
  readonly pupils: number;
  readonly schools: number;
  readonly decisions: Readonly<Record<string, number>>;
  readonly notes: readonly string[];
}

function datesDiffer(phases: readonly FilePhase[]): Problem[] {
  const other = phases.find(({ date }) => date !== phases[0]!.date);
  if (!other) return [];
  const message = `it is decided on ${other.date}, and ${phases[0]!.place} on ${phases[0]!.date}`;
  return [{ code: "dates-differ", place: other.place, message, remedy: problemCodes["dates-differ"].remedy }];
}

/** The schools that one review decides about, as they stand in the register. */
function schoolsOf(
  phase: FilePhase,
  ofReview: string,
  registered: ReadonlyMap<string, SchoolDescription>,
  own: (id: string) => boolean,
) {
  const kindOf = new Map(phase.review.inputs.map(({ school, kind }) => [school, kind]));
  const schoolOf = (id: string): SchoolOnTheDay | null => {
    const known = registered.get(id);
    if (!known || !own(id)) return null;
    return {
      urn: known.urn,
      name: known.name,
      phase: plainPhase(known.phase) ?? (known.phase === "all-through" ? "all-through" : ofReview),
      kind: kindOf.get(id)!,
      authorityCode: known.authority,
      trust: known.trust,
      town: known.town,
    };
  };
  return publishedSchools(phase.review, schoolOf, hashOfInputs);
}

function countBy(schools: readonly ReviewedSchool[]): Record<string, number> {
  const counts: Partial<Record<Decision, number>> = {};
  for (const { decision } of schools) counts[decision] = (counts[decision] ?? 0) + 1;
  return counts;
}

/**
 * Publishes reviews of files as one annual review: names, places and trusts come from the register, and so does whether it is
 * about made-up schools. All or nothing.
 * @param version of the program, for the record
 */
export function publishPhases(
  database: Database,
  phases: readonly FilePhase[],
  version: string,
): Promise<Result<PublicationReport, readonly Problem[]>> {
  return database.queries.transaction(async (queries) => {
    const differing = datesDiffer(phases);
    if (differing.length > 0) return err(differing);
    const decidedOn = phases[0]!.date;
    const asked = [...new Set(phases.flatMap(({ review }) => review.decisions.map(({ school }) => school)))];
    const registered = new Map<string, SchoolDescription>(
      (await describeSchools(queries, asked, decidedOn)).map((school) => [school.urn, school]),
    );
    const sorted = phasesOfReviews(phases, registered);
    if (!sorted.ok) return sorted;
    const { phases: names, reviewOf, notes } = sorted.value;
    const schools = phases.flatMap((phase, i) =>
      schoolsOf(phase, names[i]!, registered, (id) => reviewOf.get(id) === i),
    );
    const review: ReviewToPublish = {
      title: phases.length === 1 ? phases[0]!.title : "Annual review of the Quality Mark",
      academicYear: formatAcademicYear(academicYearOf(decidedOn)),
      synthetic: (await lastImport(queries))?.synthetic ?? false,
      decidedOn,
      codeVersion: version,
      inputs: phases.flatMap(({ inputs }) => inputs),
      parameters: parametersInForce(decidedOn),
      measures: phases.map((phase, i) => {
        const measure = publishedMeasure(names[i]!, phase.review, phase.confidence);
        return { ...measure, notes: [...measure.notes, ...(i === 0 ? notes : [])] };
      }),
    };
    const number = await saveReview(queries, review, schools);
    return ok({
      review: number,
      title: review.title,
      academicYear: review.academicYear,
      synthetic: review.synthetic,
      phases: names,
      pupils: phases.reduce((sum, { pupils }) => sum + pupils, 0),
      schools: schools.length,
      decisions: countBy(schools),
      notes,
    });
  });
}
