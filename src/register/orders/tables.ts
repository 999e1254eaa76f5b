import { boolean, date, integer, json, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { CivilDate, Problem } from "../../kernel/index.js";
import { bytea } from "../../platform/database/index.js";
import type { ReadFile } from "../import-parts.js";
import type { ImportReport } from "../service.js";
import { register } from "../tables.js";

/** Where an import that was ordered stands. */
export type OrderState = "waiting" | "imported" | "refused";

export const orderTable = register.table("import_order", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  asOf: date("as_of").$type<CivilDate>().notNull(),
  synthetic: boolean("synthetic").notNull(),
  state: text("state").$type<OrderState>().notNull(),
  orderedAt: timestamp("ordered_at", { withTimezone: true, mode: "string" }).notNull(),
  orderedBy: text("ordered_by").notNull(),
  job: integer("job"),
  report: json("report").$type<ImportReport>(),
  problems: json("problems").$type<readonly Problem[]>(),
});

export const orderFileTable = register.table(
  "import_order_file",
  {
    order: integer("order_id").notNull(),
    number: integer("number").notNull(),
    name: text("name").notNull(),
    sha256: text("sha256").notNull(),
    size: integer("size").notNull(),
    bytes: bytea("bytes"),
    contents: json("contents").$type<readonly ReadFile[]>(),
    problems: json("problems").$type<readonly Problem[]>(),
  },
  (table) => [primaryKey({ columns: [table.order, table.number] })],
);
