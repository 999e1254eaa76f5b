import { type CivilDate, err, type Json, ok, type Problem } from "../../../kernel/index.js";
import type { Database, Queries } from "../../../platform/database/index.js";
import { dayInEngland } from "../../../platform/day/index.js";
import { type Actor, actingAs, systemActor } from "../../../platform/identity/index.js";
import { defineJob, fromJson, JobFailure, type JobId, startJob, toJson } from "../../../platform/jobs/index.js";
import { problem } from "./problem.js";
import { changeStudy, notAllowed, type Outcome, runsAssessments } from "./service.js";
import { erasePupils, findStudy, lastAnswerAt, listExport, loadStudies } from "./store.js";
import type { FieldStudy } from "./study.js";

/** Why what tells pupils apart can't be erased yet; nothing holds it back on the day that the study's record says. */
async function erasureProblems(queries: Queries, study: FieldStudy, today: CivilDate): Promise<Problem[]> {
  const { id, closes, eraseOn } = study;
  if (today <= closes)
    return [problem("fieldwork-not-yet", id, `sessions run until ${closes}`, "Erase after the last day.")];
  if (today >= eraseOn) return [];
  const answered = await lastAnswerAt(queries, id);
  const [file] = await listExport(queries, id);
  if (answered !== null && (!file || new Date(file.madeAt) < new Date(answered)))
    return [
      problem(
        "fieldwork-not-yet",
        id,
        "results still need it: the files for calibration have not been written since the last answer",
        `Write them first; on ${eraseOn} it is erased in any case.`,
      ),
    ];
  return [];
}

const erased = async (queries: Queries, before: FieldStudy, reason: string, now: Date) => ({
  after: { ...before, erasedAt: now.toISOString() },
  event: { kind: "pupils-erased", body: { pupils: await erasePupils(queries, before.id), reason } },
});

/** An order to erase. */
export interface Erasure {
  readonly study: string;
  readonly reason: string;
  readonly expected: number;
}

/**
 * Erases what tells the pupils of a study apart, with a reason; what results are made of stays under names that say nothing. Doing it twice is the same.
 * @throws {StaleStream} when the study was changed meanwhile
 */
export async function eraseStudy(
  database: Database,
  actor: Actor,
  { study: id, reason, expected }: Erasure,
  today: CivilDate,
  now: Date,
): Outcome<FieldStudy> {
  if (!runsAssessments(actor)) return notAllowed(id);
  return actingAs(database, actor, async (queries) => {
    const found = await findStudy(queries, id);
    if (found && found.erasedAt !== null) return ok(found);
    return changeStudy(queries, actor, { id, expected, now }, async (before) => {
      const wrong = await erasureProblems(queries, before, today);
      if (reason.trim() === "")
        wrong.push(problem("fieldwork-reason-missing", "reason", "it is empty", "Say why it is erased now."));
      return wrong.length > 0 ? err(wrong) : ok(await erased(queries, before, reason.trim(), now));
    });
  });
}

/** Erases what tells a study's pupils apart once its day has come; before it, or a second time, it changes nothing. */
export const eraseJob = defineJob<Json>({
  kind: "assessment-fieldwork/erase",
  title: (input) => `Erase what tells the pupils of ${fromJson<{ title: string }>(input).title} apart`,
  key: (input) => fromJson<{ study: string }>(input).study,
  async step({ queries, input, startedBy, now }) {
    const { study: id } = fromJson<{ study: string }>(input);
    const study = await findStudy(queries, id);
    if (study && study.erasedAt === null && study.eraseOn <= dayInEngland(now)) {
      const reason = `${study.eraseOn} is the day that the assessment's record says`;
      const order = { id, expected: study.version, now };
      const done = await changeStudy(queries, startedBy, order, async (before) =>
        ok(await erased(queries, before, reason, now)),
      );
      if (!done.ok) throw new JobFailure(done.error.map(({ message }) => message).join(". "));
    }
    const result = { href: `/assessment-fieldwork/studies/${id}`, text: "See the assessment" };
    return { cursor: null, done: 1, of: 1, finished: true, result };
  },
});

/** Starts the erasing of every study whose day has come; asked again and again, a study is erased once. @returns the jobs */
export async function startDueErasings(queries: Queries, today: CivilDate): Promise<readonly JobId[]> {
  const jobs: JobId[] = [];
  for (const { id, title, eraseOn, erasedAt } of await loadStudies(queries))
    if (erasedAt === null && eraseOn <= today)
      jobs.push(await startJob(queries, eraseJob, toJson({ study: id, title }), systemActor("the day of erasing")));
  return jobs;
}
