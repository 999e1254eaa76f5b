import { once } from "node:events";
import { readFileSync } from "node:fs";
import fastify, { type FastifyInstance } from "fastify";
import { saveReview } from "../../src/accountability/quality-mark/index.js";
import { localPeopleOf } from "../../src/main/local-people.js";
import { migrationSets } from "../../src/main/parts.js";
import { productServer } from "../../src/main/serve.js";
import { databaseLocation, migrate, openDatabase } from "../../src/platform/database/index.js";
import { dayInEngland } from "../../src/platform/http/index.js";
import { personSignedIn } from "../../src/platform/identity/people.js";
import { localIssuer, startSession } from "../../src/platform/identity/sessions.js";
import { openAuthorities, updateRegister } from "../../src/register/index.js";
import { registerOfReview, reviewDay, reviewForStore } from "../../test/saved-review.js";
import { searchableRegister } from "../search/places.js";

/** What a server tells the benchmark when it listens. */
export interface Listening {
  readonly port: number;
  /** URNs of schools, for their pages. */
  readonly schools: readonly string[];
  /** The pages of a register that was made by `npm start`, and who may sign in. */
  readonly work:
    | {
        /** Addresses as the routes have them, without those for programs and files. */
        readonly routes: readonly string[];
        readonly people: readonly { readonly subject: string; readonly cookie: string }[];
      }
    | undefined;
}

interface Served {
  readonly server: Pick<FastifyInstance, "listen" | "server">;
  readonly schools: readonly string[];
  readonly work?: () => Listening["work"];
}

/** The product over a made-up register of that many schools, in the embedded database. */
async function product(size: number, searchable: boolean): Promise<Served> {
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

/** The bare framework answering the text of the file BENCH_PAGE: letters beyond ASCII cost a load generator as much as the server. */
async function bare(): Promise<Served> {
  const server = fastify();
  const text = readFileSync(process.env.BENCH_PAGE!, "utf8");
  server.get("/", (_request, reply) => reply.type("text/html; charset=utf-8").send(text));
  return { server, schools: [] };
}

/** The product over the register that `npm start` left in GREENPAPER_HOME, with a session for one made-up person of each kind: of the South East, which has most schools, where there is a choice. */
async function made(): Promise<Served> {
  const database = await openDatabase(databaseLocation(process.env, process.cwd()));
  await migrate(database, migrationSets); // the register may have been made by an older program
  const [now, routes] = [new Date(), new Set<string>()];
  const server = await productServer(database, "0.0.0", [], {
    signIn: { kind: "local" },
    watch(server) {
      server.addHook("onRoute", ({ method, url }) => {
        if (method === "GET" && !/^\/(api|assets)\/|\.\w+$/.test(url)) routes.add(url);
      });
    },
  });
  const listed = await localPeopleOf(database, () => dayInEngland(now)).list();
  const most = "E12000008";
  const kindOf = (subject: string) => subject.replace(/-[E\d]\d*(-2)?$/, "");
  const all = listed.flatMap(({ people }) => people);
  const everybody = all.toSorted((a, b) => Number(b.subject.includes(most)) - Number(a.subject.includes(most)));
  const chosen = everybody.filter(
    ({ subject }, i) => everybody.findIndex((other) => kindOf(other.subject) === kindOf(subject)) === i,
  );
  const people: { subject: string; cookie: string }[] = [];
  for (const { subject, name, grants } of chosen) {
    const secret = await database.queries.transaction(async (queries) => {
      const person = await personSignedIn(queries, { issuer: localIssuer, subject, name, email: null }, grants, now);
      return startSession(queries, person, { browser: "a benchmark", idToken: null, before: null }, now);
    });
    people.push({ subject, cookie: `greenpaper-session=${secret}` });
  }
  return { server, schools: [], work: () => ({ routes: [...routes], people }) };
}

const [kind, size] = [process.argv[2], Number(process.argv[3])];
const { server, schools, work } = await (kind === "bare"
  ? bare()
  : kind === "made"
    ? made()
    : product(size, kind === "searchable"));
await server.listen({ host: "127.0.0.1", port: 0 });
const address = server.server.address();
const port = address !== null && typeof address === "object" ? address.port : 0;
const listening: Listening = { port, schools: schools.slice(0, 200), work: work?.() };
process.stdout.write(`${JSON.stringify(listening)}\n`);
process.stdin.resume();
await once(process.stdin, "end"); // the benchmark has ended, however it did
process.exit(0);
