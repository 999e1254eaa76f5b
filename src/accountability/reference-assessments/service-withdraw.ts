import { err, ok, type Problem, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { type Actor, actingAs, holdsRole } from "../../platform/identity/index.js";
import { appendEvents, StaleStream } from "../../platform/log/index.js";
import { nameOf } from "./service-publish.js";
import { findPublication, type Publication, saveVersion, saveWithdrawal, versionOf } from "./store.js";
import { studyProblem } from "./study/problem.js";

/** Which assessment's newest publication is taken back, and why. */
export interface Withdrawal {
  readonly assessment: string;
  readonly reason: string;
  /** The version of the assessment that was seen; null takes whatever stands there. */
  readonly expected: number | null;
}

/**
 * Takes the newest publication of an assessment back: its figures are shown no more, and the reason stands in their place. It stays in the record, and no
 * earlier one takes its place, as there was a reason why it was followed. Doing it twice is the same.
 *
 * @throws {StaleStream} when somebody published or withdrew meanwhile
 */
export async function withdrawPublication(
  database: Database,
  actor: Actor,
  { assessment, reason, expected }: Withdrawal,
  now: Date,
): Promise<Result<Publication, readonly Problem[]>> {
  if (!holdsRole(actor, ["statistician"]))
    return err([studyProblem("publication-role", assessment, "only a statistician may withdraw a publication")]);
  return actingAs(database, actor, async (queries) => {
    const newest = await findPublication(queries, assessment);
    if (!newest)
      return err([studyProblem("assessment-unknown", assessment, "no assessment of this name was published")]);
    if (newest.withdrawnAt !== null) return ok(newest);
    if (reason.trim() === "") return err([studyProblem("withdrawal-reason", "reason", "no reason was given")]);
    const stream = `reference-assessments/assessment/${assessment}`;
    const seen = await versionOf(queries, assessment);
    if (expected !== null && expected !== seen) throw new StaleStream(stream, expected, seen);
    const body = { number: newest.number, reason: reason.trim() };
    const version = await appendEvents(queries, {
      ...{ stream, expected: seen, actor, at: now },
      events: [{ kind: "assessment-withdrawn", body }],
    });
    await saveVersion(queries, assessment, version);
    const withdrawn = { withdrawnAt: now.toISOString(), withdrawnBy: nameOf(actor), withdrawal: body.reason };
    await saveWithdrawal(queries, newest, withdrawn);
    return ok({ ...newest, ...withdrawn });
  });
}
