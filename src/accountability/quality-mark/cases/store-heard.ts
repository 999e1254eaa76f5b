import { and, eq, gte, inArray, or, sql } from "drizzle-orm";
import { addDays, type CivilDate } from "../../../kernel/index.js";
import type { Queries } from "../../../platform/database/index.js";
import { urnsOfSameSchools } from "../exemption/same-school.js";
import { caseParametersOn } from "./parameters.js";
import { caseTable } from "./tables.js";

/**
 * Those of some schools, under any of their URNs, that are being heard: asked for an answer and not yet published, reopened after they said
 * something, appealing, or within the days of an appeal. What their evidence rests on is still needed.
 */
export async function schoolsHeard(
  queries: Queries,
  urns: readonly string[],
  today: CivilDate,
): Promise<ReadonlySet<string>> {
  const others = await urnsOfSameSchools(queries, urns, today);
  const all = new Set([...urns, ...[...others.values()].flat()]);
  const { urn, state, representations, corrections, markFrom } = caseTable;
  const mayAppeal = addDays(today, -caseParametersOn(today).appealDays);
  const rows = await queries
    .selectDistinct({ urn })
    .from(caseTable)
    .where(
      and(
        inArray(urn, [...all]),
        or(
          inArray(state, ["with-school", "ready", "second-reader", "decided", "appealed"]),
          and(eq(state, "open"), sql`jsonb_array_length(${representations}) + jsonb_array_length(${corrections}) > 0`),
          and(eq(state, "published"), gte(markFrom, mayAppeal)),
        ),
      ),
    );
  const heard = new Set(rows.map((row) => row.urn));
  return new Set(urns.filter((one) => [one, ...(others.get(one) ?? [])].some((each) => heard.has(each))));
}
