import { getTableColumns, sql } from "drizzle-orm";
import { getTableConfig, type PgTable } from "drizzle-orm/pg-core";
import { expect } from "vitest";
import type { Database } from "../src/platform/database/index.js";

/** Holds Drizzle's description of tables equal to the tables that the SQL made: names, types, and whether null is allowed. */
export async function expectTablesMatch(database: Database, tables: readonly PgTable[]): Promise<void> {
  for (const table of tables) {
    const { schema, name } = getTableConfig(table);
    const described = Object.values(getTableColumns(table)).map((column) => ({
      name: column.name,
      type: column.getSQLType(),
      required: column.notNull,
    }));
    const actual = await database.queries.execute(
      sql`select attname as name, format_type(atttypid, atttypmod) as type, attnotnull as required from pg_attribute
        where attrelid = ${`${schema ?? "public"}.${name}`}::regclass and attnum > 0 and not attisdropped order by attnum`,
    );
    expect(described, name).toEqual(actual);
  }
}
