import { existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { TestProject } from "vitest/node";
import { writeImage } from "../src/platform/database/pglite.js";
import { startPostgresql } from "./postgresql-server.js";

declare module "vitest" {
  interface ProvidedContext {
    /** A server for the tests' own use, or why there is none. */
    postgresql: { readonly url: string; readonly version: string } | { readonly missing: string };
    /** An archive of an empty embedded database, so that a fresh one is ready at once. */
    pgliteImage: string;
  }
}

/** Makes the archive once for each version of PGlite; it goes away with node_modules. */
async function pgliteImage(): Promise<string> {
  const packages = fileURLToPath(new URL("../node_modules/", import.meta.url));
  const { version } = JSON.parse(readFileSync(join(packages, "@electric-sql/pglite/package.json"), "utf8")) as {
    version: string;
  };
  const folder = join(packages, ".cache/greenpaper");
  const file = join(folder, `pglite-${version}.tar`);
  if (existsSync(file)) return file;
  mkdirSync(folder, { recursive: true });
  const unfinished = `${file}.${process.pid}`;
  await writeImage(unfinished);
  renameSync(unfinished, file);
  return file;
}

/** Before the integration tests: a PostgreSQL server of their own where one can be had, and a prepared embedded database. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  project.provide("pgliteImage", await pgliteImage());
  const server = await startPostgresql((text) => process.stderr.write(`[tests] ${text}\n`));
  if ("missing" in server) {
    project.provide("postgresql", { missing: server.missing });
    return async () => {};
  }
  project.provide("postgresql", { url: server.url, version: server.version });
  return server.stop;
}
