import { type CivilDate, err, type Json, ok, type Problem, type Result, valueOn } from "../../../kernel/index.js";
import type { Database, Queries } from "../../../platform/database/index.js";
import { type Actor, actingAs, holdsRole } from "../../../platform/identity/index.js";
import { appendEvents, type NewEvent, StaleStream } from "../../../platform/log/index.js";
import { longestKept } from "./parameters.js";
import { problem } from "./problem.js";
import { findStudy, loadSchools, loadStudies, saveStudy } from "./store.js";
import { type FieldStudy, type StudyDraft, studyProblems } from "./study.js";

export type Outcome<T> = Promise<Result<T, readonly Problem[]>>;

/** A plain value for the log. */
export const asJson = (value: unknown): Json => JSON.parse(JSON.stringify(value)) as Json;

/** Whether the actor runs the assessments. */
export const runsAssessments = (actor: Actor): boolean => holdsRole(actor, ["statistician"]);

export const notAllowed = (place: string, message = "only the statistician may do this") =>
  err([problem("fieldwork-role", place, message)]);
export const unknownStudy = (id: string) =>
  err([problem("fieldwork-study-unknown", id, "there is no such assessment, or it isn't this school's")]);
export const streamOfStudy = (id: string) => `assessment-fieldwork/study/${id}`;

const daysBetween = (a: CivilDate, b: CivilDate) => Math.round((Date.parse(b) - Date.parse(a)) / 86_400_000);

/** Begins a study. */
export async function createStudy(
  database: Database,
  actor: Actor,
  draft: StudyDraft,
  today: CivilDate,
  now: Date,
): Outcome<FieldStudy> {
  if (!runsAssessments(actor)) return notAllowed(draft.id);
  const wrong = studyProblems(draft, valueOn(longestKept, today).value, daysBetween);
  if (wrong.length > 0) return err(wrong);
  return actingAs(database, actor, async (queries) => {
    if (await findStudy(queries, draft.id))
      return err([problem("fieldwork-study-exists", "id", `there is an assessment "${draft.id}" already`)]);
    const version = await appendEvents(queries, {
      ...{ stream: streamOfStudy(draft.id), expected: 0, actor, at: now },
      events: [{ kind: "study-begun", body: asJson(draft) }],
    });
    const study: FieldStudy = { ...draft, design: null, record: null, booklets: null, erasedAt: null, version };
    await saveStudy(queries, study);
    return ok(study);
  });
}

/** One change of a study: the row and its event, or the reasons why not. */
export async function changeStudy(
  queries: Queries,
  actor: Actor,
  order: { readonly id: string; readonly expected: number; readonly now: Date },
  work: (
    before: FieldStudy,
  ) => Promise<Result<{ readonly after: FieldStudy; readonly event: NewEvent }, readonly Problem[]>>,
): Outcome<FieldStudy> {
  const before = await findStudy(queries, order.id);
  if (!before) return unknownStudy(order.id);
  if (before.version !== order.expected) throw new StaleStream(streamOfStudy(order.id), order.expected, before.version);
  const made = await work(before);
  if (!made.ok) return made;
  const version = await appendEvents(queries, {
    ...{ stream: streamOfStudy(order.id), expected: order.expected, actor, at: order.now },
    events: [made.value.event],
  });
  const after = { ...made.value.after, version };
  await saveStudy(queries, after);
  return ok(after);
}

/** Every study, for whoever may see them. */
export const listStudies = (database: Database, actor: Actor): Promise<readonly FieldStudy[]> =>
  actingAs(database, actor, loadStudies);

/** A study with its sample, for the statistician. */
export async function viewStudy(database: Database, actor: Actor, id: string) {
  if (!runsAssessments(actor)) return notAllowed(id);
  return actingAs(database, actor, async (queries) => {
    const study = await findStudy(queries, id);
    return study ? ok({ study, schools: await loadSchools(queries, id) }) : unknownStudy(id);
  });
}
