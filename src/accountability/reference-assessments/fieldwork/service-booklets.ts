import { err, ok, valueOn } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { dayInEngland } from "../../../platform/day/index.js";
import { type Actor, actingAs } from "../../../platform/identity/index.js";
import { assemble, type BookletOrder, curriculumProblems, itemsOfPhase, withoutSpent } from "./assembly.js";
import { mostCycles } from "./parameters.js";
import { problem } from "./problem.js";
import { asJson, changeStudy, notAllowed, type Outcome, runsAssessments } from "./service.js";
import { exposuresBefore } from "./service-history.js";
import { anyPupils } from "./store.js";
import { loadItems } from "./store-items.js";
import type { FieldStudy } from "./study.js";

/** Assembles the booklets of a study from the items of its subject and phase that are ready and not worn out; made again until pupils have been drawn. */
export async function makeBooklets(
  database: Database,
  actor: Actor,
  id: string,
  order: BookletOrder,
  expected: number,
  now: Date,
): Outcome<FieldStudy> {
  if (!runsAssessments(actor)) return notAllowed(id);
  return actingAs(database, actor, async (queries) =>
    changeStudy(queries, actor, { id, expected, now }, async (before) => {
      if (await anyPupils(queries, id))
        return err([
          problem(
            "fieldwork-booklets-impossible",
            "booklets",
            "pupils have been given booklets already",
            "Leave them as they are.",
          ),
        ]);
      const most = order.mostCycles ?? valueOn(mostCycles, dayInEngland(now)).value;
      const ready = itemsOfPhase(await loadItems(queries), before);
      const { kept, leftOut } = withoutSpent(ready, await exposuresBefore(queries, before), most);
      const unsaid = curriculumProblems(kept, order.curricula ?? []);
      if (unsaid.length > 0) return err(unsaid);
      const made = assemble(kept, order);
      if (!made.ok) return made;
      const booklets = { ...made.value, leftOut };
      return ok({
        after: { ...before, booklets },
        event: { kind: "booklets-assembled", body: asJson({ order, ...booklets }) },
      });
    }),
  );
}
