import type { CivilDate, Urn } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import {
  findSchool,
  findSuccession,
  isOpen,
  membershipsOfSchool,
  pupilCountsOf,
  schoolHistory,
} from "../../register/index.js";
import { whoAnswers } from "../regions/index.js";
import type { SchoolFacts } from "./facts.js";
import { loadOwnPage } from "./store.js";

/** Everything that the register knows of a school on a day; null where it has no such school. */
export async function loadFacts(database: Database, urn: string, today: CivilDate): Promise<SchoolFacts | null> {
  const { queries } = database;
  const school = await findSchool(queries, urn as Urn);
  if (!school) return null;
  return {
    school,
    memberships: await membershipsOfSchool(queries, school.urn, today),
    pupils: await pupilCountsOf(queries, school.urn),
    history: await schoolHistory(queries, school.urn),
    succession: isOpen(school.status) ? null : await findSuccession(database, school.urn),
    answerable: await whoAnswers(queries, school.urn, today),
    own: await loadOwnPage(queries, school.urn),
    today,
  };
}
