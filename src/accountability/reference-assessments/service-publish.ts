import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { type Actor, actingAs, holdsRole } from "../../platform/identity/index.js";
import { appendEvents } from "../../platform/log/index.js";
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
}

const nameOf = (actor: Actor) => (actor.kind === "public" ? "the public" : actor.name);

/** A JSON copy: what is stored is what a reader gets. */
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/**
 * Publishes a study's figures. The same results published again change nothing.
 * @throws {StaleStream} when somebody else publishes the same assessment meanwhile
 */
export async function publishStudy(
  database: Database,
  actor: Actor,
  heading: PublicationHeading,
  { results, record }: StudyAnswer,
  now: Date,
): Promise<Result<Publication, readonly Problem[]>> {
  const { assessment } = heading;
  if (!/^[a-z][a-z0-9-]{2,79}$/.test(assessment))
    return err([studyProblem("assessment-name", assessment, `"${assessment}" is no name of an assessment`)]);
  if (!holdsRole(actor, ["statistician"]))
    return err([studyProblem("publication-role", assessment, "only a statistician may publish an assessment")]);
  if (results.disclosed.figures.length === 0)
    return err([
      studyProblem(
        "assessment-without-figures",
        assessment,
        `the study went as far as "${record.stage}" and has no figures`,
      ),
    ]);
  return actingAs(database, actor, async (queries) => {
    const before = await findPublication(queries, assessment);
    const identity = identityOf(record);
    if (before?.identity === identity) return ok(before);
    const number = (before?.number ?? 0) + 1;
    const version = await appendEvents(queries, {
      stream: `reference-assessments/assessment/${assessment}`,
      expected: await versionOf(queries, assessment),
      actor,
      at: now,
      events: [{ kind: "assessment-published", body: { number, identity, code: record.code } }],
    });
    await saveVersion(queries, assessment, version);
    const publication: Publication = {
      ...heading,
      ...{ number, identity, record: copy(record), results: copy(results) },
      ...{ publishedAt: now.toISOString(), publishedBy: nameOf(actor) },
    };
    await addPublication(queries, publication);
    return ok(publication);
  });
}
