import { and, eq, lt } from "drizzle-orm";
import type { CivilDate } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import type { TypedFiling } from "./opinion.js";
import { draftTable } from "./tables.js";

/** A filing on its way from the form to "check your answers". */
export interface Draft {
  readonly id: string;
  readonly personId: string;
  readonly body: string;
  readonly yearEnd: CivilDate;
  readonly typed: TypedFiling;
  readonly documentName: string | null;
  readonly documentBytes: Uint8Array | null;
  readonly madeAt: string;
}

/** Keeps a draft, and forgets the person's own that are a day old. */
export async function saveDraft(queries: Queries, draft: Draft): Promise<void> {
  const dayBefore = new Date(Date.parse(draft.madeAt) - 86_400_000).toISOString();
  await queries
    .delete(draftTable)
    .where(and(eq(draftTable.personId, draft.personId), lt(draftTable.madeAt, dayBefore)));
  await queries.insert(draftTable).values(draft);
}

/** The draft of a person, or null. */
export async function loadDraft(queries: Queries, id: string): Promise<Draft | null> {
  const [row] = await queries.select().from(draftTable).where(eq(draftTable.id, id));
  return row ?? null;
}

/** Forgets a draft. */
export async function dropDraft(queries: Queries, id: string): Promise<void> {
  await queries.delete(draftTable).where(eq(draftTable.id, id));
}
