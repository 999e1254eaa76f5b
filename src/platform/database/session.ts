import { AsyncLocalStorage } from "node:async_hooks";
import { sql } from "drizzle-orm";
import { PgDatabase, PgDialect, PgTransaction } from "drizzle-orm/pg-core";
import type { PreparedQueryConfig } from "drizzle-orm/pg-core/session";
import {
  type PgRemoteQueryResultHKT,
  PgRemoteSession,
  type PreparedQuery,
  type RemoteCallback,
} from "drizzle-orm/pg-proxy";
import type { Connection, ConnectionSource } from "./connection.js";
import { DatabaseError } from "./errors.js";
import { readValue, writeValue } from "./values.js";

/**
 * Drizzle's typed queries (`select`, `insert`, `update`, `delete`, `execute` with `sql`) and `transaction`, on either database.
 * The same type is handed to the work of a transaction; a transaction within it is a savepoint.
 */
export type Queries = PgDatabase<PgRemoteQueryResultHKT, Record<string, never>>;

type NoSchema = Record<string, never>;

/** The database whose transaction the running code is in: using that database beside the transaction would wait for ever. */
const transactionOf = new AsyncLocalStorage<ConnectionSource>();

const dialect = new PgDialect();

/** How Drizzle reaches a connection. Typed rows come as arrays that its columns read; others as objects. */
function callback(run: <T>(work: (connection: Connection) => Promise<T>) => Promise<T>): RemoteCallback {
  return (text, parameters, method) =>
    run(async (connection) => {
      const { fields, rows } = await connection.query(text, parameters.map(writeValue));
      if (method === "all")
        return { rows: rows.map((row) => row.map((value, i) => readValue(value, fields[i]!.type, "text"))) };
      return {
        rows: rows.map((row) =>
          Object.fromEntries(fields.map(({ name, type }, i) => [name, readValue(row[i] ?? null, type, "parsed")])),
        ),
      };
    });
}

/** Drizzle's session over our connections: errors come as {@link DatabaseError}, not wrapped with the statement's values. */
class StoreSession extends PgRemoteSession<NoSchema, NoSchema> {
  readonly #begin: Transactor;

  constructor(reach: RemoteCallback, begin: Transactor) {
    super(reach, dialect, undefined);
    this.#begin = begin;
  }

  override prepareQuery<T extends PreparedQueryConfig>(
    ...parameters: Parameters<PgRemoteSession<NoSchema, NoSchema>["prepareQuery"]>
  ): PreparedQuery<T> {
    const prepared = super.prepareQuery<T>(...parameters);
    const execute = prepared.execute.bind(prepared);
    prepared.execute = async (values) => {
      try {
        return await execute(values);
      } catch (error) {
        throw error instanceof Error && error.cause instanceof DatabaseError ? error.cause : error;
      }
    };
    return prepared;
  }

  override transaction<T>(work: (inner: StoreTransaction) => Promise<T>): Promise<T> {
    return this.#begin(work);
  }
}

type Transactor = <T>(work: (inner: StoreTransaction) => Promise<T>) => Promise<T>;

class StoreTransaction extends PgTransaction<PgRemoteQueryResultHKT, NoSchema, NoSchema> {
  override async transaction<T>(work: (inner: StoreTransaction) => Promise<T>): Promise<T> {
    const savepoint = sql.raw(`level_${this.nestedIndex + 1}`);
    const inner = new StoreTransaction(dialect, this._.session, undefined, this.nestedIndex + 1);
    await this.execute(sql`savepoint ${savepoint}`);
    try {
      const result = await work(inner);
      await this.execute(sql`release savepoint ${savepoint}`);
      return result;
    } catch (error) {
      await this.execute(sql`rollback to savepoint ${savepoint}`);
      throw error;
    }
  }
}

/** Runs work between `begin` and `commit`, or `rollback` when it throws. */
export async function inTransaction<T>(connection: Connection, work: () => Promise<T>): Promise<T> {
  await connection.script("begin");
  try {
    const result = await work();
    await connection.query("select 1", []); // refused where a failed statement was passed over: commit would then drop all in silence
    await connection.script("commit");
    return result;
  } catch (error) {
    await connection.script("rollback").catch(() => {}); // the first error says more than that the connection is gone
    throw error;
  }
}

/** Drizzle's queries over a source of connections. */
export function queriesOver(source: ConnectionSource): Queries {
  const lend: ConnectionSource["withConnection"] = async (work) => {
    if (transactionOf.getStore() === source)
      throw new DatabaseError("database-outside-transaction", "a statement ran beside the transaction it belongs to");
    return source.withConnection(work);
  };
  const begin: Transactor = (work) =>
    lend((connection) =>
      transactionOf.run(source, () =>
        inTransaction(connection, () => {
          const refuse: Transactor = () => Promise.reject(new TypeError("use the transaction's own transaction()"));
          const session = new StoreSession(
            callback((use) => use(connection)),
            refuse,
          );
          return work(new StoreTransaction(dialect, session, undefined));
        }),
      ),
    );
  return new PgDatabase(dialect, new StoreSession(callback(lend), begin), undefined);
}
