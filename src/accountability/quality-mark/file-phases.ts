import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import type { ReviewProblemCode } from "./problem-codes.js";
import { problemCodes } from "./problem-codes.js";
import type { Review } from "./review.js";

/** What the register says of a school, as far as it decides which review a school belongs to. */
export interface RegisteredSchool {
  readonly urn: string;
  readonly phase: string | null;
  readonly type: string;
}

/** A review that is to be published beside others. */
export interface ReviewOfPhase {
  readonly place: string;
  readonly review: Review;
}

/** Which phase each review measures, and which of them decides about each school. */
export interface PhasesOfReviews {
  readonly phases: readonly string[];
  /** Place of the review that decides, by school. */
  readonly reviewOf: ReadonlyMap<string, number>;
  /** Sentences about schools that more than one review measures, or none decides. */
  readonly notes: readonly string[];
}

/** A phase of the register in the words of a measure; null where a school has no phase of its own. */
export function plainPhase(phase: string | null): string | null {
  if (phase === "primary" || phase === "middle-deemed-primary") return "primary";
  if (phase === "secondary" || phase === "middle-deemed-secondary") return "secondary";
  return null;
}

const special = /special|pupil referral|alternative provision/i;

const fault = (code: ReviewProblemCode, place: string, message: string): Problem => ({
  code,
  place,
  message,
  remedy: problemCodes[code].remedy,
});

/** The phase of most of the schools that a review decides about; all-through where none has a phase. */
function phaseOf({ review }: ReviewOfPhase, schools: ReadonlyMap<string, RegisteredSchool>): string {
  const counts = new Map<string, number>();
  for (const { school } of review.decisions) {
    const phase = plainPhase(schools.get(school)?.phase ?? null);
    if (phase) counts.set(phase, (counts.get(phase) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0] ?? "all-through";
}

function strangers(one: ReviewOfPhase, schools: ReadonlyMap<string, RegisteredSchool>): Problem[] {
  const unknown = one.review.decisions.filter(({ school }) => !schools.has(school)).map(({ school }) => school);
  if (unknown.length === 0) return [];
  const first = unknown.slice(0, 5).join(", ");
  const words = unknown.length === 1 ? "1 school is" : `${unknown.length} schools are`;
  return [
    fault(
      "school-not-registered",
      one.place,
      `${words} not in the register: ${first}${unknown.length > 5 ? ", …" : ""}`,
    ),
  ];
}

function takenForMainstream(one: ReviewOfPhase, schools: ReadonlyMap<string, RegisteredSchool>): Problem[] {
  const taken = one.review.inputs.filter(
    ({ school, kind }) => kind === "mainstream" && special.test(schools.get(school)?.type ?? ""),
  );
  const [first] = taken;
  if (!first) return [];
  const message = `${taken.length} schools of the review are not mainstream in the register, first ${first.school} (${schools.get(first.school)!.type})`;
  return [fault("school-kind-unsaid", one.place, message)];
}

/**
 * Sorts the schools of several reviews: a school belongs to the review of its own phase; one without a phase of its own
 * (all-through, special) to the first that measures it.
 * @returns every reason for which the reviews can't be published together
 */
export function phasesOfReviews(
  reviews: readonly ReviewOfPhase[],
  schools: ReadonlyMap<string, RegisteredSchool>,
): Result<PhasesOfReviews, readonly Problem[]> {
  const unknown = reviews.flatMap((one) => strangers(one, schools));
  if (unknown.length > 0) return err(unknown); // without the schools nothing else can be said
  const phases = reviews.map((review) => phaseOf(review, schools));
  const problems = reviews.flatMap((one, i) => {
    const { converged, convergence } = one.review.measure.model;
    const before = phases.indexOf(phases[i]!);
    return [
      ...one.review.notAdmitted.map(({ text }) => fault("measure-not-admitted", one.place, text)),
      ...(converged ? [] : [fault("fit-not-converged", one.place, convergence.reason)]),
      ...takenForMainstream(one, schools),
      ...(before < i
        ? [fault("phase-twice", one.place, `it measures ${phases[i]} schools, as ${reviews[before]!.place} does`)]
        : []),
    ];
  });
  if (problems.length > 0) return err(problems);
  const reviewOf = new Map<string, number>();
  let [twice, elsewhere] = [0, 0];
  for (const [i, { review }] of reviews.entries())
    for (const { school } of review.decisions) {
      const phase = plainPhase(schools.get(school)!.phase);
      if (phase !== null && phase !== phases[i]) {
        if (!phases.includes(phase)) elsewhere++;
      } else if (reviewOf.has(school)) twice++;
      else reviewOf.set(school, i);
    }
  const notes = [
    ...(twice > 0
      ? [`${twice} schools without a phase of their own are measured twice; the first review decides.`]
      : []),
    ...(elsewhere > 0
      ? [`${elsewhere} schools are of a phase that none of the reviews measures; nothing is published about them.`]
      : []),
  ];
  return ok({ phases, reviewOf, notes });
}
