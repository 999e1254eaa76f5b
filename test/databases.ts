import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, describe, inject, onTestFinished } from "vitest";
import { type Database, type DatabaseLocation, openDatabase } from "../src/platform/database/index.js";

async function onServer(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Places of one store for one file's tests, and how to clear them away. */
interface Places {
  readonly name: string;
  readonly skipped: boolean;
  /** A new, empty place that can be opened again and again. */
  lasting(): Promise<DatabaseLocation>;
  /** A new, empty place for one opening, the quickest the store has. */
  passing(): Promise<DatabaseLocation>;
  clear(): Promise<void>;
}

function embeddedPlaces(image: string): Places {
  const folders: string[] = [];
  return {
    name: "PGlite",
    skipped: false,
    async lasting() {
      const folder = mkdtempSync(join(tmpdir(), "greenpaper-register-"));
      folders.push(folder);
      return { kind: "pglite", folder, image };
    },
    passing: async () => ({ kind: "pglite-in-memory", image }),
    clear: async () => folders.forEach((folder) => void rmSync(folder, { recursive: true, force: true })),
  };
}

/** Places on the tests' PostgreSQL server; skipped, with the reason as its name, where there is none. */
export function postgresqlPlaces(): Places {
  const server = inject("postgresql");
  if ("missing" in server) {
    const refuse = () => Promise.reject(new Error(server.missing));
    const name = `PostgreSQL (skipped: ${server.missing})`;
    return { name, skipped: true, lasting: refuse, passing: refuse, clear: async () => {} };
  }
  const names: string[] = [];
  const lasting = async (): Promise<DatabaseLocation> => {
    const name = `test_${randomUUID().replaceAll("-", "")}`;
    await onServer(server.url, `create database ${name}`);
    names.push(name);
    return { kind: "postgresql", url: Object.assign(new URL(server.url), { pathname: `/${name}` }).href };
  };
  const clear = async () => {
    for (const name of names) await onServer(server.url, `drop database ${name} with (force)`);
  };
  return { name: `PostgreSQL ${server.version}`, skipped: false, lasting, passing: lasting, clear };
}

/** Drops whatever a test made, so that the next can begin with nothing; false when the test closed the database. */
async function emptied({ source }: Database): Promise<boolean> {
  try {
    await source.withConnection(async (connection) => {
      const own = "nspname not like 'pg\\_%' and nspname <> 'information_schema'";
      const { rows } = await connection.query(`select quote_ident(nspname) from pg_namespace where ${own}`, []);
      await connection.script(`${rows.map(([name]) => `drop schema ${name} cascade;`).join(" ")} create schema public`);
    });
    return true;
  } catch {
    return false;
  }
}

/**
 * Describes the same behaviour on both databases: the embedded one and PostgreSQL. Where no PostgreSQL can be had its half is
 * skipped, with the reason in its name.
 *
 * @param tests given `fresh`, an open empty database for the running test, and `place`, an empty place not opened yet
 */
export function describeStores(
  title: string,
  tests: (fresh: () => Promise<Database>, place: () => Promise<DatabaseLocation>) => void,
): void {
  for (const places of [embeddedPlaces(inject("pgliteImage")), postgresqlPlaces()])
    describe.skipIf(places.skipped)(`${title}, on ${places.name}`, () => {
      const opened: Database[] = [];
      const idle: Database[] = [];
      afterAll(async () => {
        for (const database of opened) await database.close();
        await places.clear();
      });
      async function open(): Promise<Database> {
        const database = await openDatabase(await places.passing());
        opened.push(database);
        return database;
      }
      tests(async () => {
        const database = idle.pop() ?? (await open());
        onTestFinished(async () => {
          if (await emptied(database)) idle.push(database);
        });
        return database;
      }, places.lasting);
    });
}
