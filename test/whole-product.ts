import { sql } from "drizzle-orm";
import type { TObject } from "typebox";
import { saveReview } from "../src/accountability/quality-mark/index.js";
import { migrationSets } from "../src/main/parts.js";
import { productServer } from "../src/main/serve.js";
import { type Database, migrate } from "../src/platform/database/index.js";
import type { Access, Refusal, Server } from "../src/platform/http/index.js";
import { type Actor, publicActor, recordRefusal } from "../src/platform/identity/index.js";
import { updateRegister } from "../src/register/index.js";
import { type ReviewForStore, registerOfReview, reviewDay, reviewForStore } from "./saved-review.js";

/** A route of the product, as it was added. */
export interface Route {
  readonly method: string;
  readonly url: string;
  readonly access: Access;
  readonly body?: TObject;
  readonly query?: TObject;
  readonly params?: TObject;
  /** Whether it takes files. */
  readonly files: boolean;
}

/** The whole product over a small made-up register, with whoever the test wants as the one who asks. */
export interface WholeProduct {
  readonly server: Server;
  readonly database: Database;
  readonly routes: readonly Route[];
  /** The review in its register, with its number. */
  readonly review: ReviewForStore & { readonly id: number };
  /** Who asks from now on. */
  actAs(actor: Actor): void;
  /** Failures that are nobody's but ours, since the last look. */
  failures(): readonly string[];
  /** Refusals at the door, since the last look. */
  refusals(): readonly Refusal[];
  /** The token of a form with the cookie that belongs to it. */
  token(): Promise<{ readonly token: string; readonly cookie: string }>;
  /** What the handler of the last answer gave, before it was written as its schema says. */
  handed(): unknown;
  /** What the clock shows from now on. */
  setClock(now: Date): void;
}

/** Fills an empty database and builds the product's server on it. */
export async function wholeProduct(database: Database): Promise<WholeProduct> {
  await migrate(database, migrationSets);
  const review = reviewForStore(40);
  const { heading, schools } = review;
  const source = { name: "invented", asOf: reviewDay, synthetic: true, files: [] };
  await updateRegister(database, registerOfReview(schools), source);
  const id = await saveReview(database.queries, heading, schools);
  let [now, handed]: [Date, unknown] = [new Date("2026-11-26T12:00:00Z"), undefined];
  const routes: Route[] = [];
  let [actor, failures, refusals]: [Actor, string[], Refusal[]] = [publicActor, [], []];
  const server = await productServer(database, "1.2.3", [], {
    clock: () => now,
    identify: async () => actor,
    onFailure: (error, method, path) => {
      failures.push(`${method} ${path}: ${error instanceof Error ? (error.stack ?? error.message) : error}`);
    },
    async onRefusal(who, refusal) {
      refusals.push(refusal);
      await recordRefusal(database, who, { ...refusal, route: `${refusal.method} ${refusal.route}` });
    },
    watch(server) {
      server.get("/token-of-tests", { config: { access: "anyone" } }, async (_request, reply) => reply.generateCsrf());
      server.addHook("preSerialization", async (_request, _reply, payload) => {
        handed = payload;
        return payload;
      });
      server.addHook("onRoute", ({ method, url, config, schema }) => {
        const access = config?.access;
        if (typeof method !== "string" || method === "HEAD" || access === undefined) return;
        const { body, querystring, params } = (schema ?? {}) as {
          body?: TObject;
          querystring?: TObject;
          params?: TObject;
        };
        routes.push({
          ...{ method, url, access, files: config?.upload !== undefined },
          ...(body && { body }),
          ...(querystring && { query: querystring }),
          ...(params && { params }),
        });
      });
    },
  });
  return {
    ...{ server, database, routes, review: { ...review, id } },
    actAs(next) {
      actor = next;
    },
    failures: () => failures.splice(0),
    refusals: () => refusals.splice(0),
    async token() {
      const { body, cookies } = await server.inject("/token-of-tests");
      return { token: body, cookie: `_csrf=${cookies[0]!.value}` };
    },
    handed: () => handed,
    setClock(moment) {
      now = moment;
    },
  };
}

/** One text for all rows of all tables, but the record of refusals: equal texts, equal tables. */
export async function stateOf({ queries }: Database): Promise<string> {
  const tables = await queries.execute<{ name: string }>(sql`
    select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') and tablename <> 'refusal' order by 1`);
  const counts = tables.map(
    ({ name }) =>
      `select '${name}' as name, count(*) as rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) as hash from ${name} t`,
  );
  return JSON.stringify(await queries.execute(sql.raw(counts.join(" union all "))));
}

/** The number of the newest transaction that has written: the same number, nothing written. */
export async function lastTransaction({ queries }: Database): Promise<string> {
  const [row] = await queries.execute<{ at: string }>(sql`select pg_snapshot_xmax(pg_current_snapshot())::text as at`);
  return row!.at;
}
