import { and, desc, eq, isNull } from "drizzle-orm";
import type { Queries } from "../database/index.js";
import { accessTokenTable } from "./tables.js";

/** An access token as it is kept: never the token itself. */
export type AccessToken = typeof accessTokenTable.$inferSelect;

export async function insertToken(queries: Queries, token: typeof accessTokenTable.$inferInsert): Promise<void> {
  await queries.insert(accessTokenTable).values(token);
}

/** The tokens of a person or program that were not ended, the newest first. */
export function tokensOf(queries: Queries, personId: string): Promise<readonly AccessToken[]> {
  return queries
    .select()
    .from(accessTokenTable)
    .where(and(eq(accessTokenTable.personId, personId), isNull(accessTokenTable.endedAt)))
    .orderBy(desc(accessTokenTable.createdAt), desc(accessTokenTable.id));
}

/** Ends a token; false where it is not theirs or had ended. */
export async function endTokenRow(
  queries: Queries,
  personId: string,
  id: string,
  by: { readonly at: string; readonly name: string },
): Promise<boolean> {
  const ended = await queries
    .update(accessTokenTable)
    .set({ endedAt: by.at, endedBy: by.name })
    .where(and(eq(accessTokenTable.id, id), eq(accessTokenTable.personId, personId), isNull(accessTokenTable.endedAt)))
    .returning({ id: accessTokenTable.id });
  return ended.length === 1;
}
