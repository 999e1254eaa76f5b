import { join } from "node:path";
import type { ConnectionSource } from "./connection.js";
import { DatabaseError } from "./errors.js";
import { openPglite, openPgliteInMemory } from "./pglite.js";
import { describeAddress, openPostgresql } from "./postgresql.js";
import { type Queries, queriesOver } from "./session.js";

/** Where a database is: the embedded one in a folder or in memory, or a PostgreSQL server. */
export type DatabaseLocation =
  | { readonly kind: "pglite"; readonly folder: string; readonly image?: string }
  | { readonly kind: "pglite-in-memory"; readonly image?: string }
  | { readonly kind: "postgresql"; readonly url: string };

/** An open database: what every store is given. */
export interface Database {
  readonly kind: DatabaseLocation["kind"];
  /** In a person's words, without a password. */
  readonly place: string;
  /** Drizzle's queries and transactions. */
  readonly queries: Queries;
  /** For this folder alone (migrations): connections without Drizzle. */
  readonly source: ConnectionSource;
  close(): Promise<void>;
}

/** Where the program keeps what is its own: `GREENPAPER_HOME`, or `.greenpaper` in the project's folder where it isn't set. */
export function homeFolder(environment: NodeJS.ProcessEnv, projectFolder: string): string {
  return environment.GREENPAPER_HOME || join(projectFolder, ".greenpaper");
}

/**
 * The database that the environment asks for: `DATABASE_URL`, or else the embedded one in `register` below the
 * {@link homeFolder}.
 *
 * @throws {DatabaseError} `database-address-unreadable`
 */
export function databaseLocation(environment: NodeJS.ProcessEnv, projectFolder: string): DatabaseLocation {
  const url = environment.DATABASE_URL;
  if (url) {
    if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url))
      throw new DatabaseError(
        "database-address-unreadable",
        "DATABASE_URL is not the address of a PostgreSQL database",
      );
    return { kind: "postgresql", url };
  }
  return {
    kind: "pglite",
    folder: join(homeFolder(environment, projectFolder), "register"),
  };
}

async function connect(location: DatabaseLocation): Promise<[source: ConnectionSource, place: string]> {
  switch (location.kind) {
    case "pglite":
      return [await openPglite(location.folder, location.image), `the embedded database in ${location.folder}`];
    case "pglite-in-memory":
      return [await openPgliteInMemory(location.image), "the embedded database in memory"];
    case "postgresql":
      return [await openPostgresql(location.url), describeAddress(location.url)];
  }
}

/**
 * Opens a database. The caller closes it.
 * @throws {DatabaseError} with the reason and the remedy.
 */
export async function openDatabase(location: DatabaseLocation): Promise<Database> {
  const [source, place] = await connect(location);
  return { kind: location.kind, place, source, queries: queriesOver(source), close: () => source.close() };
}
