import { and, desc, eq, getTableColumns, lte } from "drizzle-orm";
import type { CivilDate } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import type { Statement } from "./statement.js";
import { shortageListTable, statementTable } from "./store-tables.js";

/** A statement as it is kept. */
export type StoredStatement = typeof statementTable.$inferSelect;

/** A statement that was made, with what it says. */
export type MadeStatement = StoredStatement & { readonly content: Statement };

/** The shortage list that holds from a day on. */
export type ShortageList = typeof shortageListTable.$inferSelect;

/** The statements that the reader may see, without what they say, the newest first. */
export async function listStatements(queries: Queries): Promise<readonly Omit<StoredStatement, "content">[]> {
  const { content: _, ...columns } = getTableColumns(statementTable);
  return queries.select(columns).from(statementTable).orderBy(desc(statementTable.year), desc(statementTable.id));
}

/** One statement, or null where there is none or it may not be seen. */
export async function findStatement(queries: Queries, id: number): Promise<StoredStatement | null> {
  const [found] = await queries.select().from(statementTable).where(eq(statementTable.id, id));
  return found ?? null;
}

/** The statement that was published last; null before the first. */
export async function latestStatement(queries: Queries): Promise<MadeStatement | null> {
  const [found] = await queries
    .select()
    .from(statementTable)
    .where(eq(statementTable.state, "published"))
    .orderBy(desc(statementTable.year), desc(statementTable.publishedAt))
    .limit(1);
  return found?.content ? { ...found, content: found.content } : null;
}

/** Keeps a statement that was asked for. @returns its number */
export async function addStatement(
  queries: Queries,
  statement: Pick<StoredStatement, "year" | "scenario" | "askedAt" | "askedBy">,
): Promise<number> {
  const [row] = await queries
    .insert(statementTable)
    .values({ ...statement, state: "waiting", version: 1 })
    .returning({ id: statementTable.id });
  return row!.id;
}

/** Writes what changed of a statement; false where its version isn't the expected one any more. */
export async function changeStatement(
  queries: Queries,
  { id, version }: Pick<StoredStatement, "id" | "version">,
  change: Partial<StoredStatement>,
): Promise<boolean> {
  const rows = await queries
    .update(statementTable)
    .set(change)
    .where(and(eq(statementTable.id, id), eq(statementTable.version, version)))
    .returning({ id: statementTable.id });
  return rows.length > 0;
}

/** Every shortage list, the newest first. */
export async function shortageLists(queries: Queries): Promise<readonly ShortageList[]> {
  return queries.select().from(shortageListTable).orderBy(desc(shortageListTable.number));
}

/** The shortage list that holds on a day; null before the first, when no subject is one of shortage. */
export async function shortageListOn(queries: Queries, on: CivilDate): Promise<ShortageList | null> {
  const [found] = await queries
    .select()
    .from(shortageListTable)
    .where(lte(shortageListTable.from, on))
    .orderBy(desc(shortageListTable.from))
    .limit(1);
  return found ?? null;
}

/** Keeps a shortage list. */
export async function addShortageList(queries: Queries, list: ShortageList): Promise<void> {
  await queries.insert(shortageListTable).values(list);
}
