import { and, eq, lt } from "drizzle-orm";
import { jsonb, pgSchema, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { Database } from "../database/index.js";
import type { AnswerStore } from "./idempotency.js";

/** The HTTP side's own tables. */
export const httpMigrations = { schema: "http", folder: new URL("./", import.meta.url) };

const answerTable = pgSchema("http").table(
  "answer",
  {
    actor: text().notNull(),
    key: text().notNull(),
    request: text().notNull(),
    begunAt: timestamp("begun_at", { withTimezone: true, mode: "date" }).notNull(),
    answer: jsonb().$type<{ readonly value: unknown }>(),
  },
  (table) => [primaryKey({ columns: [table.actor, table.key] })],
);

const day = 24 * 60 * 60 * 1000;

/** Answers to idempotency keys in the register's database, so that several servers share them. */
export function answersIn({ queries }: Pick<Database, "queries">): AnswerStore {
  const row = (actor: string, key: string) => and(eq(answerTable.actor, actor), eq(answerTable.key, key));
  return {
    async begin({ actor, key, request }, now) {
      await queries.delete(answerTable).where(lt(answerTable.begunAt, new Date(now.getTime() - day)));
      const begun = await queries
        .insert(answerTable)
        .values({ actor, key, request, begunAt: now })
        .onConflictDoNothing()
        .returning({ key: answerTable.key });
      if (begun.length > 0) return { state: "begun" };
      const [known] = await queries.select().from(answerTable).where(row(actor, key));
      if (known && known.request !== request) return { state: "other-request" };
      return known?.answer ? { state: "answered", answer: known.answer.value } : { state: "under-way" };
    },
    async finish({ actor, key }, answer) {
      await queries
        .update(answerTable)
        .set({ answer: { value: answer } })
        .where(row(actor, key));
    },
    async abandon({ actor, key }) {
      await queries.delete(answerTable).where(row(actor, key));
    },
  };
}
