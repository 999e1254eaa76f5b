import { sql } from "drizzle-orm";
import { type Database, DatabaseError } from "../../platform/database/index.js";
import { type ColumnKind, literal, postgresqlDialect, quotedTable } from "./dialect.js";
import { fault, type SumsEngine } from "./engine.js";

function kindOf(type: string): ColumnKind {
  if (/^(smallint|integer|bigint)$/.test(type)) return "whole";
  if (/^(real|double precision|numeric.*)$/.test(type)) return "number";
  if (type === "text" || type.startsWith("character")) return "text";
  if (type === "uuid" || type === "enum") return "label";
  if (type === "boolean") return "flag";
  return type === "date" ? "day" : "other";
}

/** Rows that are fetched at once. */
const batch = 2_000;

/** Like settings for like answers: one process adds in the order of the table; nothing is written; joins may use some memory. */
const settings = (processes: number) => [
  "set transaction isolation level repeatable read, read only",
  `set local max_parallel_workers_per_gather = ${processes - 1}`,
  "set local synchronize_seqscans = off",
  "set local cursor_tuple_fraction = 1",
  "set local standard_conforming_strings = on",
  "set local work_mem = '256MB'",
];

/** What is the matter with the tables' own values and rights, and not with the statement, in words for their owner. */
function faultOfData(error: DatabaseError, place: string): Error {
  const [said] = error.message.split(` (${error.sqlState})`);
  if (error.sqlState?.startsWith("22")) return fault("not-finite", place, said!, "Leave such pupils out by a view.");
  if (error.sqlState === "42501") return fault("database-failed", place, said!, "Have the right to read it granted.");
  return error;
}

/**
 * Lends a PostgreSQL database for a piece of work, in one transaction that reads and sees the same rows throughout.
 * @param processes that may add up one statement; with more than one, the last bits of the sums depend on the run
 */
export async function withPostgresql<T>(
  database: Database,
  processes: number,
  work: (engine: SumsEngine) => Promise<T>,
): Promise<T> {
  return database.queries.transaction(async (inner) => {
    for (const setting of settings(processes)) await inner.execute(sql.raw(setting));
    const ask = async (text: string): Promise<unknown[][]> => {
      try {
        return (await inner.execute(sql.raw(text))).map((row) => Object.values(row));
      } catch (error) {
        throw error instanceof DatabaseError ? faultOfData(error, database.place) : error;
      }
    };
    async function* rows(text: string): AsyncGenerator<readonly unknown[]> {
      await ask(`declare sums_rows no scroll cursor for ${text}`);
      for (;;) {
        const some = await ask(`fetch ${batch} from sums_rows`);
        yield* some;
        if (some.length < batch) break;
      }
      await ask("close sums_rows");
    }
    return work({
      dialect: postgresqlDialect,
      place: database.place,
      rows,
      row: async (text) => (await ask(text))[0] ?? [], // not by a cursor, which only one process may serve
      async tables() {
        const own = "table_schema not like 'pg\\_%' and table_schema <> 'information_schema'";
        const named =
          "case when table_schema = any (current_schemas(false)) then table_name else table_schema || '.' || table_name end";
        return (await ask(`select ${named} as name from information_schema.tables where ${own} order by 1`)).map(
          ([name]) => String(name),
        );
      },
      async columns(table) {
        const relation = `to_regclass(${literal(quotedTable(table))})`;
        const [found] = await ask(`select ${relation} is not null as found`);
        if (found?.[0] !== true) return null;
        const columns = await ask(
          // A domain is what it is made of.
          `select a.attname, case t.typtype when 'e' then 'enum' when 'd' then format_type(t.typbasetype, t.typtypmod) else format_type(a.atttypid, a.atttypmod) end as type
            from pg_attribute a join pg_type t on t.oid = a.atttypid
            where a.attrelid = ${relation} and a.attnum > 0 and not a.attisdropped order by a.attnum`,
        );
        return new Map(columns.map(([name, type]) => [String(name), kindOf(String(type))]));
      },
    });
  });
}
