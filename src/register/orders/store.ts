import { and, asc, desc, eq, getTableColumns } from "drizzle-orm";
import type { CivilDate, Problem } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import type { ReadFile } from "../import-parts.js";
import type { ImportReport } from "../service.js";
import { orderFileTable, orderTable } from "./tables.js";

/** An import that somebody ordered. */
export type ImportOrder = typeof orderTable.$inferSelect;

/** A file of an order, without its bytes. */
export interface OrderedFile {
  readonly number: number;
  readonly name: string;
  readonly sha256: string;
  /** In bytes. */
  readonly size: number;
  /** What is wrong with it; null before it was read. */
  readonly problems: readonly Problem[] | null;
}

/** A file as it is brought. */
export interface BroughtFile {
  readonly name: string;
  readonly sha256: string;
  readonly bytes: Uint8Array;
}

/** Keeps an order with its files. @returns its number */
export async function saveOrder(
  queries: Queries,
  order: { readonly asOf: CivilDate; readonly synthetic: boolean; readonly at: Date; readonly by: string },
  files: readonly BroughtFile[],
): Promise<number> {
  const { asOf, synthetic, at, by } = order;
  const row = { asOf, synthetic, state: "waiting" as const, orderedAt: at.toISOString(), orderedBy: by };
  const [{ id }] = (await queries.insert(orderTable).values(row).returning({ id: orderTable.id })) as [{ id: number }];
  // One by one: a file may have megabytes.
  for (const [i, { name, sha256, bytes }] of files.entries())
    await queries.insert(orderFileTable).values({ order: id, number: i + 1, name, sha256, size: bytes.length, bytes });
  return id;
}

/** Says which job works on an order. */
export async function setJob(queries: Queries, id: number, job: number): Promise<void> {
  await queries.update(orderTable).set({ job }).where(eq(orderTable.id, id));
}

/** The newest orders first. */
export function listOrders(queries: Queries, limit: number): Promise<ImportOrder[]> {
  return queries.select().from(orderTable).orderBy(desc(orderTable.id)).limit(limit);
}

export async function findOrder(queries: Queries, id: number): Promise<ImportOrder | null> {
  const [found] = await queries.select().from(orderTable).where(eq(orderTable.id, id));
  return found ?? null;
}

const { number, name, sha256, size, problems } = getTableColumns(orderFileTable);

/** The files of an order, in the order in which they were brought. */
export function filesOfOrder(queries: Queries, id: number): Promise<OrderedFile[]> {
  return queries
    .select({ number, name, sha256, size, problems })
    .from(orderFileTable)
    .where(eq(orderFileTable.order, id))
    .orderBy(asc(number));
}

const fileOf = (id: number, of: number) => and(eq(orderFileTable.order, id), eq(orderFileTable.number, of));

/** A file with its bytes; null where there is no such file, or its bytes have gone. */
export async function bytesOf(
  queries: Queries,
  id: number,
  of: number,
): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null> {
  const [found] = await queries
    .select({ name, bytes: orderFileTable.bytes })
    .from(orderFileTable)
    .where(fileOf(id, of));
  return found?.bytes ? { name: found.name, bytes: found.bytes } : null;
}

/** Keeps what was read of a file, and what is wrong with it. */
export async function keepRead(
  queries: Queries,
  id: number,
  of: number,
  read: { readonly contents: readonly ReadFile[]; readonly problems: readonly Problem[] },
): Promise<void> {
  await queries.update(orderFileTable).set(read).where(fileOf(id, of));
}

/** All that was read of an order's files. */
export async function contentsOf(queries: Queries, id: number): Promise<readonly ReadFile[]> {
  const rows = await queries
    .select({ contents: orderFileTable.contents })
    .from(orderFileTable)
    .where(eq(orderFileTable.order, id))
    .orderBy(asc(number));
  return rows.flatMap(({ contents }) => contents ?? []);
}

/** Ends an order: what became of it stays, the bytes go. */
export async function endOrder(
  queries: Queries,
  id: number,
  end: { readonly report: ImportReport } | { readonly problems: readonly Problem[] },
): Promise<void> {
  const state = "report" in end ? "imported" : "refused";
  await queries
    .update(orderTable)
    .set({ ...end, state })
    .where(eq(orderTable.id, id));
  await queries.update(orderFileTable).set({ bytes: null, contents: null }).where(eq(orderFileTable.order, id));
}
