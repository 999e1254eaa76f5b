import pg from "pg";
import type { Connection, ConnectionSource } from "./connection.js";
import { DatabaseError, refusedStatement } from "./errors.js";
import { takingTurns } from "./turns.js";

/** The oldest server that the migrations are written for. */
const oldestVersion = 150_000;

/**
 * The same words on every server: times in UTC, ISO dates, whatever its configuration says. A process that stands still in the
 * middle of a transaction, as a suspended machine's does, loses it after a minute, and with it the locks that others wait for.
 */
const sessionSettings =
  "set time zone 'UTC'; set datestyle = 'ISO, YMD'; set intervalstyle = 'postgres'; set extra_float_digits = 1; set idle_in_transaction_session_timeout = '60s'";

/** Where a database is, without its password, for messages. */
export function describeAddress(url: string): string {
  const { hostname, port, pathname, username } = new URL(url);
  return `PostgreSQL at ${hostname || "the local socket"}:${port || "5432"}${pathname || ""}${username ? ` as ${username}` : ""}`;
}

function toDatabaseError(error: unknown): DatabaseError {
  if (error instanceof DatabaseError) return error;
  if (error instanceof pg.DatabaseError) {
    error.detail = undefined; // holds the row's values, which may be personal and would end in a log
    return refusedStatement({ message: error.message, sqlState: error.code, constraint: error.constraint }, error);
  }
  const what = error instanceof Error ? error.message : String(error);
  return new DatabaseError("database-unreachable", `the connection to PostgreSQL failed: ${what}`, error);
}

function connectionOf(client: pg.PoolClient): Connection {
  const inTurn = takingTurns();
  async function reported<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await inTurn(work);
    } catch (error) {
      throw toDatabaseError(error);
    }
  }
  return {
    query: (text, parameters) =>
      reported(async () => {
        const { fields, rows } = await client.query<(string | null)[]>({
          text,
          values: [...parameters],
          rowMode: "array",
          types: { getTypeParser: () => (value: string) => value },
        });
        return { fields: fields.map(({ name, dataTypeID }) => ({ name, type: dataTypeID })), rows };
      }),
    script: (text) => reported(async () => void (await client.query(text))),
  };
}

/**
 * A pool of connections to a PostgreSQL server.
 *
 * @param url as `postgres://user:password@host:5432/database`
 * @throws {DatabaseError} `database-unreachable`, `database-too-old`
 */
export async function openPostgresql(url: string): Promise<ConnectionSource> {
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 10_000,
    keepAlive: true, // so that a server that vanished without a word is noticed
    onConnect: async (client) => void (await client.query(sessionSettings)),
  });
  pool.on("error", () => {}); // an idle connection that breaks is replaced; the next statement reports what is wrong
  let closing: Promise<void> | null = null;
  const source: ConnectionSource = {
    async withConnection(work) {
      if (closing) throw new DatabaseError("database-closed", `${describeAddress(url)} is closed`);
      let client: pg.PoolClient;
      try {
        client = await pool.connect();
      } catch (error) {
        const what =
          error instanceof Error ? error.message || String((error as { code?: string }).code) : String(error);
        throw new DatabaseError("database-unreachable", `can't reach ${describeAddress(url)}: ${what}`, error);
      }
      let broken = false;
      const breaks = () => {
        broken = true;
      };
      client.on("error", breaks); // between two statements of a transaction nobody else listens, and Node would end the program
      try {
        return await work(connectionOf(client));
      } catch (error) {
        if (error instanceof DatabaseError && error.code === "database-unreachable") broken = true;
        throw error;
      } finally {
        client.off("error", breaks);
        client.release(broken);
      }
    },
    close() {
      closing ??= pool.end();
      return closing;
    },
  };
  try {
    await source.withConnection(async (connection) => {
      const { rows } = await connection.query("show server_version_num", []);
      if (Number(rows[0]?.[0]) < oldestVersion)
        throw new DatabaseError("database-too-old", `${describeAddress(url)} is version ${rows[0]?.[0]}`);
    });
  } catch (error) {
    await pool.end();
    throw error;
  }
  return source;
}
