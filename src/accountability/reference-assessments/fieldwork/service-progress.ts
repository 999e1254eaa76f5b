import { type CivilDate, ok } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { type Actor, actingAs } from "../../../platform/identity/index.js";
import { type FieldProgress, progressOf } from "./progress.js";
import { notAllowed, type Outcome, runsAssessments, unknownStudy } from "./service.js";
import { countArrangements, countPupils, findStudy, loadSchools } from "./store.js";

/** How an assessment goes, in numbers of the whole sample; for whoever runs the assessments. */
export async function readProgress(
  database: Database,
  actor: Actor,
  id: string,
  today: CivilDate,
): Outcome<FieldProgress> {
  if (!runsAssessments(actor)) return notAllowed(id);
  return actingAs(database, actor, async (queries) => {
    const study = await findStudy(queries, id);
    if (!study) return unknownStudy(id);
    const schools = await loadSchools(queries, id);
    const [pupils, arrangements] = [await countPupils(queries, id), await countArrangements(queries, id)];
    return ok(progressOf(schools, pupils, arrangements, today > study.answerBy));
  });
}
