import { once } from "node:events";
import fastify from "fastify";
import { saveReview } from "../../src/accountability/quality-mark/index.js";
import { migrationSets } from "../../src/main/parts.js";
import { productServer } from "../../src/main/serve.js";
import { migrate, openDatabase } from "../../src/platform/database/index.js";
import { openAuthorities, updateRegister } from "../../src/register/index.js";
import { registerOfReview, reviewDay, reviewForStore } from "../../test/saved-review.js";
import { searchableRegister } from "../search/places.js";

/** What a server tells the benchmark when it listens. */
export interface Listening {
  readonly port: number;
  /** URNs of schools, for their pages. */
  readonly schools: readonly string[];
}

/** The product over a made-up register of that many schools, in the embedded database. */
async function product(size: number, searchable: boolean) {
  const database = await openDatabase({ kind: "pglite-in-memory" });
  await migrate(database, migrationSets);
  const { heading, schools } = reviewForStore(size, 1, openAuthorities);
  const source = { name: "invented", asOf: reviewDay, synthetic: true, files: [] };
  const imported = await updateRegister(
    database,
    searchable ? searchableRegister(size) : registerOfReview(schools),
    source,
  );
  if (!imported.ok) throw new Error(imported.error[0]?.message);
  if (!searchable) await saveReview(database.queries, heading, schools);
  return { server: await productServer(database, "0.0.0", []), schools: schools.map(({ urn }) => urn) };
}

/** The bare framework answering one string of that many bytes. */
async function bare(bytes: number) {
  const server = fastify();
  const text = "a".repeat(bytes);
  server.get("/", (_request, reply) => reply.type("text/html; charset=utf-8").send(text));
  return { server, schools: [] };
}

const [kind, size] = [process.argv[2], Number(process.argv[3])];
const { server, schools } = kind === "bare" ? await bare(size) : await product(size, kind === "searchable");
await server.listen({ host: "127.0.0.1", port: 0 });
const address = server.server.address();
const port = address !== null && typeof address === "object" ? address.port : 0;
process.stdout.write(`${JSON.stringify({ port, schools: schools.slice(0, 200) } satisfies Listening)}\n`);
process.stdin.resume();
await once(process.stdin, "end"); // the benchmark has ended, however it did
process.exit(0);
