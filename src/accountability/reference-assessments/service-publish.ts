import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { type Actor, actingAs, holdsRole } from "../../platform/identity/index.js";
import { appendEvents } from "../../platform/log/index.js";
import type { StudyProblemCode } from "./problem-codes.js";
import { identityOf, type StudyAnswer } from "./service.js";
import { addPublication, findPublication, type Publication, saveVersion, versionOf } from "./store.js";
import { studyProblem } from "./study/problem.js";

/** Under what an answer is published. */
export interface PublicationHeading {
  /** As `year-4-mathematics`. */
  readonly assessment: string;
  readonly phase: string;
  /** Order of the phases. */
  readonly place: number;
  readonly subject: string;
  /** Whether the pupils are made up. */
  readonly synthetic: boolean;
  /** Why it follows an earlier publication of the assessment, where it does; null where the program makes its own anew. */
  readonly reason: string | null;
}

/** The phases that are assessed, in order. */
export const assessedPhases = ["Reception", "Year 4", "Year 8", "Year 12"] as const;

/** Order of a phase; others come last. */
export const placeOfPhase = (phase: string): number => {
  const place = (assessedPhases as readonly string[]).indexOf(phase);
  return place < 0 ? assessedPhases.length : place;
};

/** The name of an assessment by its phase and subject, as `year-4-mathematics`. */
export const assessmentName = (phase: string, subject: string): string =>
  `${phase} ${subject}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");

/** How an actor stands in the record. */
export const nameOf = (actor: Actor) => (actor.kind === "public" ? "the public" : actor.name);

/** A JSON copy: what is stored is what a reader gets. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** What speaks against publishing a study at all. Its figures passed disclosure control, or they would not be of their type. */
function refusals(
  { assessment, phase, subject }: PublicationHeading,
  { results, record }: Pick<StudyAnswer, "results" | "record">,
): Problem[] {
  const found: Problem[] = [];
  const refuse = (code: StudyProblemCode, place: string, message: string) =>
    void found.push(studyProblem(code, place, message));
  if (!/^[a-z][a-z0-9-]{2,79}$/.test(assessment))
    refuse("assessment-name", "assessment", `"${assessment}" is no name of an assessment`);
  if (phase.trim() === "") refuse("assessment-heading", "phase", "no phase is said");
  if (subject.trim() === "") refuse("assessment-heading", "subject", "no subject is said");
  const { calibration, disclosed } = results;
  if (calibration && !calibration.converged)
    refuse(
      "calibration-not-converged",
      "results",
      `after ${calibration.iterations} evaluations the gradient was ${calibration.gradient.toPrecision(3)} standard errors`,
    );
  const numbers = disclosed.figures.flatMap(({ value, standardError }) => [value, standardError]);
  if (!numbers.every(Number.isFinite))
    refuse("assessment-not-identified", "results", "a figure or its error is no number");
  const unknown = results.items.filter(({ slope, n }) => n > 0 && !Number.isFinite(slope));
  if (unknown.length > 0)
    refuse("assessment-not-identified", "results", `${unknown[0]!.item} has responses and no parameters`);
  if (disclosed.figures.length === 0)
    refuse("assessment-without-figures", "results", `the study went as far as "${record.stage}" and has no figures`);
  return found;
}

/** What speaks against this publication after the one before. */
function refusalsAfter(before: Publication, { assessment, synthetic, reason }: PublicationHeading): Problem[] {
  if (before.synthetic !== synthetic) {
    const [was, is] = [before.synthetic, synthetic].map((one) => (one ? "made-up" : "real"));
    return [studyProblem("assessment-made-up", "assessment", `${assessment} is of ${was} pupils, and these are ${is}`)];
  }
  if (reason === null || reason.trim() !== "") return [];
  return [
    studyProblem(
      "publication-reason",
      "reason",
      `publication ${before.number} of ${assessment} ${before.withdrawnAt === null ? "stands" : "was withdrawn"}, and no reason was given`,
    ),
  ];
}

/**
 * Publishes a study's figures. The same results published again change nothing; others follow the newest publication and say why, and the earlier ones stay.
 * @throws {StaleStream} when somebody else publishes the same assessment meanwhile
 */
export async function publishStudy(
  database: Database,
  actor: Actor,
  heading: PublicationHeading,
  { results, record }: Pick<StudyAnswer, "results" | "record">,
  now: Date,
): Promise<Result<Publication, readonly Problem[]>> {
  const { assessment } = heading;
  if (!holdsRole(actor, ["statistician"]))
    return err([studyProblem("publication-role", assessment, "only a statistician may publish an assessment")]);
  const refused = refusals(heading, { results, record });
  if (refused.length > 0) return err(refused);
  return actingAs(database, actor, async (queries) => {
    const before = await findPublication(queries, assessment);
    const identity = identityOf(record);
    // What was withdrawn is published again by a person with a reason alone: the program's own stays withdrawn.
    if (before?.identity === identity && (before.withdrawnAt === null || heading.reason === null)) return ok(before);
    const stands = before ? refusalsAfter(before, heading) : [];
    if (stands.length > 0) return err(stands);
    const number = (before?.number ?? 0) + 1;
    const reason = before ? heading.reason?.trim() || null : null;
    const version = await appendEvents(queries, {
      stream: `reference-assessments/assessment/${assessment}`,
      expected: await versionOf(queries, assessment),
      actor,
      at: now,
      events: [{ kind: "assessment-published", body: { number, identity, code: record.code, reason } }],
    });
    await saveVersion(queries, assessment, version);
    const publication: Publication = {
      ...heading,
      ...{ number, identity, record: copy(record), results: copy(results) },
      ...{ publishedAt: now.toISOString(), publishedBy: nameOf(actor), reason },
      ...{ withdrawnAt: null, withdrawnBy: null, withdrawal: null },
    };
    await addPublication(queries, publication);
    return ok(publication);
  });
}
