import type { CivilDate } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import { findSchoolPlace, loadDutyRegister } from "./store-duties.js";
import { type Answerable, answerables } from "./who-answers.js";

export { type Duty, duties, dutiesOn } from "./duties.js";
export type { Answerable } from "./who-answers.js";

/** Regions, offices, duties and officers; they refer to the register's tables. */
export const regionsMigrations = { schema: "regions", folder: new URL("./", import.meta.url) };

/** Who answers for each duty at a school on a day; empty where the register doesn't describe the school. */
export async function whoAnswers(queries: Queries, urn: string, on: CivilDate): Promise<readonly Answerable[]> {
  const school = await findSchoolPlace(queries, urn, on);
  return school === null ? [] : answerables(await loadDutyRegister(queries, on), school);
}
