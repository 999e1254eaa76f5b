import { asc, eq, inArray } from "drizzle-orm";
import { insertMany, type Queries } from "../../../platform/database/index.js";
import type { Item } from "./item.js";
import { itemTable } from "./store-tables.js";

/** An item with the version of its stream. */
export type StoredItem = Item & { readonly version: number };

/** Every item that may be seen, by subject and name. */
export const loadItems = (queries: Queries): Promise<readonly StoredItem[]> =>
  queries.select().from(itemTable).orderBy(asc(itemTable.subject), asc(itemTable.id));

/** One item, or null. */
export async function findItem(queries: Queries, id: string): Promise<StoredItem | null> {
  const [found] = await queries.select().from(itemTable).where(eq(itemTable.id, id));
  return found ?? null;
}

/** Items by name. */
export async function itemsNamed(queries: Queries, ids: readonly string[]): Promise<ReadonlyMap<string, StoredItem>> {
  if (ids.length === 0) return new Map();
  const rows = await queries
    .select()
    .from(itemTable)
    .where(inArray(itemTable.id, [...ids]));
  return new Map(rows.map((item) => [item.id, item]));
}

/** Writes items over those of the same name. */
export async function saveItems(queries: Queries, items: readonly StoredItem[]): Promise<void> {
  await insertMany(queries, itemTable, items, "update");
}
