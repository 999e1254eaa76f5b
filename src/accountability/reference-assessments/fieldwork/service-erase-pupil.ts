import { err, ok } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { type Actor, actingAs, holdsRole } from "../../../platform/identity/index.js";
import { appendMany, StaleStream } from "../../../platform/log/index.js";
import { problem } from "./problem.js";
import { notAllowed, type Outcome, runsAssessments, unknownStudy } from "./service.js";
import { entryOf } from "./service-schools.js";
import { findSampled, findStudy, lockPupils, lockUnit, saveSchools } from "./store.js";
import { removePupil, withdrawFilesWith } from "./store-erase.js";

/** Who may ask for a pupil to be erased. */
export const askers = { parent: "A parent or carer", pupil: "The pupil" } as const;
export type Asker = keyof typeof askers;

/** A pupil to be erased on request, by the line of the school's own list. There is no place for a reason: it could name the pupil. */
export interface PupilErasure {
  readonly study: string;
  readonly urn: string;
  readonly line: number;
  readonly asked: Asker;
  /** The version of the pupil that was seen; null takes whatever stands there. */
  readonly expected: number | null;
}

/** What an erasing of a pupil did. */
export interface ErasedPupil {
  /** Drawn pupils of the whole assessment's school who were erased on request, with this one. */
  readonly erased: number;
  /** Assessments whose files held the pupil: they were taken away, and have to be written again; copies elsewhere have to be destroyed. */
  readonly files: readonly string[];
}

/** Whether the actor may erase a pupil of a school: the school, or whoever runs the assessments. */
export const mayErase = (actor: Actor, urn: string): boolean =>
  holdsRole(actor, ["school"], { urn }) || runsAssessments(actor);

/**
 * Erases a drawn pupil at the request of a parent or the pupil (UK GDPR, articles 17 and 21): answers, what the school said, line and code. What was computed
 * and published stays, as nothing in it is the pupil's; files that hold the pupil are taken away, and later ones lack the pupil, whom the school's other pupils
 * then stand for. Once a study is erased nobody can say any more which pupil was meant (article 11).
 *
 * @throws {StaleStream} when the pupil was changed meanwhile
 */
export async function erasePupil(
  database: Database,
  actor: Actor,
  { study: id, urn, line, asked, expected }: PupilErasure,
  now: Date,
): Outcome<ErasedPupil> {
  if (!mayErase(actor, urn)) return notAllowed(urn, "only the school or the statistician erases a pupil");
  const visible = await actingAs(database, actor, (queries) => findSampled(queries, id, urn));
  if (!visible || visible.state === "reserve") return unknownStudy(id);
  // The rest reaches answers and files, which no school may see.
  return database.queries.transaction(async (queries) => {
    if ((await findStudy(queries, id))!.erasedAt !== null)
      return err([problem("fieldwork-pupils-erased", id, "nothing tells its pupils apart any more")]);
    const school = (await lockUnit(queries, id, visible.unit)).find((one) => one.urn === urn)!;
    const pupil = (await lockPupils(queries, id, urn)).find((one) => one.line === line);
    if (!pupil) return err([problem("fieldwork-pupil-unknown", "line", `no pupil of line ${line} was drawn`)]);
    if (expected !== null && pupil.version !== expected)
      throw new StaleStream(`assessment-fieldwork/school/${id}/${urn} line ${line}`, expected, pupil.version);
    await removePupil(queries, pupil.id);
    const files = await withdrawFilesWith(queries, pupil.id);
    const after = { ...school, erased: school.erased + 1, version: school.version + 1 };
    await saveSchools(queries, [after]);
    await appendMany(queries, [entryOf(after, actor, now, "pupil-erased", { asked, files })]);
    return ok({ erased: after.erased, files });
  });
}
