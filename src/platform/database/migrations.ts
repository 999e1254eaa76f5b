import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import type { Connection } from "./connection.js";
import { DatabaseError } from "./errors.js";
import type { Database } from "./open.js";
import { ensurePersonRole } from "./person-role.js";
import { inTransaction } from "./session.js";

/** The SQL files of one folder's own database schema. */
export interface MigrationSet {
  /** The database schema it owns, and nothing outside it. */
  readonly schema: string;
  /** The folder that holds `schema.sql` and later changes as `migrations/0002-name.sql`, … */
  readonly folder: URL;
}

/** One step, in its order. */
export interface Migration {
  readonly schema: string;
  /** 1 is `schema.sql`. */
  readonly number: number;
  readonly file: string;
  readonly text: string;
  /** SHA-256 of the text with Unix line ends, so that a checkout on Windows is the same migration. */
  readonly hash: string;
}

const ledger = `
create schema if not exists platform;
create table if not exists platform.migration (
  schema_name text not null,
  number integer not null check (number > 0),
  file text not null,
  sha256 text not null,
  applied_at timestamptz not null default now(),
  primary key (schema_name, number)
);`;

/** Any number that no other program on the server uses for an advisory lock; here the letters "gpmigrat". */
const lockNumber = "7453010373645639028";

function migrationFrom(schema: string, number: number, file: string, url: URL): Migration {
  const text = readFileSync(url, "utf8").replaceAll("\r\n", "\n");
  return { schema, number, file, text, hash: createHash("sha256").update(text).digest("hex") };
}

/**
 * The migrations of a folder in order: `schema.sql`, then the files of `migrations/`.
 * @throws {RangeError} when the files are not numbered 0002, 0003, … without a gap.
 */
export function migrationsOf({ schema, folder }: MigrationSet): Migration[] {
  const found = [migrationFrom(schema, 1, "schema.sql", new URL("schema.sql", folder))];
  const later = new URL("migrations/", folder);
  const files = existsSync(later)
    ? readdirSync(later)
        .filter((name) => name.endsWith(".sql"))
        .sort()
    : [];
  for (const name of files) {
    const number = found.length + 1;
    if (!name.startsWith(`${String(number).padStart(4, "0")}-`))
      throw new RangeError(`${schema}: expected migrations/${String(number).padStart(4, "0")}-….sql, found ${name}`);
    found.push(migrationFrom(schema, number, `migrations/${name}`, new URL(name, later)));
  }
  return found;
}

async function appliedMigrations(connection: Connection): Promise<Map<string, string>> {
  const { rows } = await connection.query("select schema_name, number, sha256 from platform.migration", []);
  return new Map(rows.map(([schema, number, hash]) => [`${schema} ${number}`, hash ?? ""]));
}

function checkHistory(wanted: readonly Migration[], applied: ReadonlyMap<string, string>): void {
  const known = new Map(wanted.map((m) => [`${m.schema} ${m.number}`, m]));
  const schemas = new Set(wanted.map((m) => m.schema));
  for (const [key, hash] of applied) {
    const migration = known.get(key);
    if (migration && migration.hash !== hash)
      throw new DatabaseError(
        "migration-changed",
        `${migration.file} of ${migration.schema} is not the file that this database was made with`,
      );
    if (!migration && schemas.has(key.split(" ")[0]!))
      throw new DatabaseError(
        "migration-missing",
        `this database was changed by migration ${key}, which this version doesn't have`,
      );
  }
}

async function apply(connection: Connection, migration: Migration): Promise<void> {
  try {
    await connection.script(migration.text);
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    throw new DatabaseError("migration-failed", `${migration.file} of ${migration.schema} failed: ${what}`, error);
  }
  await connection.query("insert into platform.migration (schema_name, number, file, sha256) values ($1, $2, $3, $4)", [
    migration.schema,
    String(migration.number),
    migration.file,
    migration.hash,
  ]);
}

/**
 * Brings a database up to the migrations, all or none of them; does nothing when they are there already. Of several processes that
 * start at once, one does the work and the others wait for it. The role that people's requests act as is there before the first.
 *
 * @param sets in order: a set may refer to the tables of an earlier one
 * @returns the migrations that were applied now
 * @throws {DatabaseError} `migration-changed`, `migration-missing`, `migration-failed`, `database-role-missing`
 */
export async function migrate(database: Database, sets: readonly MigrationSet[]): Promise<readonly Migration[]> {
  const wanted = sets.flatMap(migrationsOf);
  return database.source.withConnection((connection) =>
    inTransaction(connection, async () => {
      await connection.query("select pg_advisory_xact_lock($1)", [lockNumber]);
      await connection.script(ledger);
      await connection.script(ensurePersonRole);
      const applied = await appliedMigrations(connection);
      checkHistory(wanted, applied);
      const missing = wanted.filter((m) => !applied.has(`${m.schema} ${m.number}`));
      for (const migration of missing) await apply(connection, migration);
      return missing;
    }),
  );
}
