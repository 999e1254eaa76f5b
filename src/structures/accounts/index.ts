import type { CivilDate } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import type { Opinion } from "./opinion.js";
import { loadOpinions } from "./store.js";

export { type Opinion, type OpinionFiling, opinions } from "./opinion.js";
export { type AccountsState, accountsDue, accountsState, lastYearEnd } from "./year.js";

/**
 * The auditor's opinion on a year that reaches each school: of the trust that it was in on the year end, else its own. A school without a
 * filing is not in the answer: missing is neither passed nor failed.
 * @param urns the schools asked for; all unless given
 */
export function accountsOpinions(
  queries: Queries,
  yearEnd: CivilDate,
  urns?: readonly string[],
): Promise<ReadonlyMap<string, { opinion: Opinion; on: CivilDate; filing: string }>> {
  return loadOpinions(queries, yearEnd, urns);
}

/** The tables of accounts; they refer to the register's. */
export const accountsMigrations = { schema: "accounts", folder: new URL("./", import.meta.url) };
