import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import type { GroupUid, Urn } from "../src/kernel/index.js";
import { openDatabase } from "../src/platform/database/index.js";
import { apiBase } from "../src/platform/http/index.js";
import { type Actor, type Grant, publicActor, type Role, roles } from "../src/platform/identity/index.js";
import { describeStores } from "./databases.js";
import { anyText, sent, wellFormed } from "./generated-values.js";
import { lastTransaction, type Route, stateOf, type WholeProduct, wholeProduct } from "./whole-product.js";

/**
 * How many bodies each route is sent. `GENERATED_BODIES=1000` takes ten minutes; on 26 November 2026 it sent 113,200 requests to 160 routes without
 * a fault. The others are the same ones, fewer.
 */
const bodies = Number(process.env.GENERATED_BODIES ?? 100);

const own = { urn: "800001" as Urn, region: "E12000007", trust: "1" as GroupUid };
const foreign = { urn: "999998" as Urn, region: "E12000001", trust: "999998" as GroupUid };

/** The address with its parameters filled in. */
function addressOf(url: string, place: typeof own, other = "1"): string {
  return url.replace(/:(\w+)/g, (_, name: string) => (name in place ? place[name as keyof typeof place] : other));
}

const inPlace = (role: Role, place: typeof own): readonly Grant[] => [
  { role, scope: { kind: "school", urn: place.urn } },
  { role, scope: { kind: "region", code: place.region } },
  { role, scope: { kind: "trust", uid: place.trust } },
];
const everywhere = (role: Role): Grant => ({ role, scope: { kind: "country" } });
const person = (...grants: Grant[]): Actor => ({ kind: "person", id: "p-1", name: "Ada Made-Up", grants });

const isApi = ({ url }: Route) => url.startsWith("/api/");
const namesPlace = ({ url }: Route) => /:(urn|trust|region)\b/.test(url);
const rolesOf = ({ access }: Route): readonly Role[] => (access === "anyone" ? [] : access.roles);

describeStores("every route", (fresh) => {
  it("is closed to every other role, to other places and to the public, records it, and changes nothing", async () => {
    const product = await wholeProduct(await fresh());
    const { server, database, routes } = product;
    let tried = 0;
    for (const route of routes.filter(({ access }) => access !== "anyone")) {
      const before = await stateOf(database);
      const ask = async (actor: Actor, place: typeof own, why: string) => {
        product.actAs(actor);
        const request = { method: route.method as "GET", url: addressOf(route.url, place) };
        const answer = await server.inject(route.method === "GET" ? request : { ...request, payload: {} });
        const grants = actor.kind === "person" ? actor.grants.map(({ role, scope }) => `${role}@${scope.kind}`) : [];
        const said = `${route.method} ${request.url} by ${grants.join(", ") || "the public"}: ${answer.statusCode}`;
        if (why === "not-signed-in" && !isApi(route)) {
          expect(answer.statusCode, said).toBe(303);
          expect(answer.headers.location, said).toMatch(/^\/sign-in/);
        } else expect(answer.statusCode, said).toBe(why === "not-signed-in" ? 401 : 403);
        if (isApi(route)) expect(answer.json(), said).toMatchObject({ code: why });
        expect(product.refusals(), said).toMatchObject([{ method: route.method, route: route.url, why }]);
        tried++;
      };
      await ask(publicActor, own, "not-signed-in");
      await ask(person(), own, "role-missing");
      for (const role of roles) {
        if (!rolesOf(route).includes(role)) await ask(person(everywhere(role)), own, "role-missing");
        else if (namesPlace(route)) await ask(person(...inPlace(role, foreign)), own, "out-of-scope");
      }
      expect(await stateOf(database), `${route.method} ${route.url}`).toBe(before);
    }
    expect(product.failures()).toEqual([]);
    expect(tried).toBeGreaterThan(0);
    await server.close();
  });

  it("that is for anyone answers without a session", async () => {
    const { server, routes, actAs, failures } = await wholeProduct(await fresh());
    actAs(publicActor);
    for (const { method, url } of routes.filter(({ access, method }) => access === "anyone" && method === "GET")) {
      const { statusCode, headers } = await server.inject(addressOf(url, own));
      // This server was given no way to sign in, and simulates while it answers: a source tree has no built run.
      const unset = statusCode === 503 && (url === "/sign-in" || headers["retry-after"] !== undefined);
      // 400: the address needs something that a bare one lacks, as the answer of the identity provider
      expect(unset || [200, 303, 400, 404].includes(statusCode), `${method} ${url}: ${statusCode}`).toBe(true);
    }
    expect(failures()).toEqual([]);
    await server.close();
  });
});

/** What a browser would send of a body: each field as text. */
function asForm(value: unknown, token: string): string {
  const fields = new URLSearchParams({ _csrf: token });
  const text = (one: unknown) => (typeof one === "string" ? wellFormed(one) : String(JSON.stringify(one)));
  if (typeof value === "object" && value !== null)
    for (const [name, one] of Object.entries(value))
      for (const each of Array.isArray(one) ? one : [one]) fields.append(wellFormed(name), text(each));
  return fields.toString();
}

/** The same with files: a boundary, the fields, one file that is what it says. */
function asMultipart(value: unknown, token: string): string {
  const part = (name: string, text: string) =>
    `--edge\r\ncontent-disposition: form-data; name="${name.replace(/["\r\n]/g, "")}"\r\n\r\n${text}\r\n`;
  const fields = [...new URLSearchParams(asForm(value, token))].map(([name, text]) => part(name, text)).join("");
  const file = 'content-disposition: form-data; name="file"; filename="a.csv"\r\n\r\na,b\r\n1,2\r\n';
  return `${fields}--edge\r\n${file}--edge--\r\n`;
}

const asQuery = (value: unknown) =>
  typeof value === "object" && value !== null ? asForm(value, "").replace(/^_csrf=&?/, "") : "";

/** Somebody who may use the route, in its own place and everywhere. */
function allowed(route: Route): Actor {
  const held = rolesOf(route);
  return held.length === 0 ? publicActor : person(...held.flatMap((role) => [...inPlace(role, own), everywhere(role)]));
}

interface Attempt {
  readonly body: unknown;
  readonly query: unknown;
  readonly param: string;
  readonly version: string;
}

/** What is sent to one route, made of its schemas; the same at every run. */
function attempts(route: Route, count: number): readonly Attempt[] {
  const made = fc.record({
    body: sent(route.body),
    query: route.query
      ? sent(route.query)
      : fc.option(fc.dictionary(fc.string({ maxLength: 6 }), anyText, { maxKeys: 2 })),
    param: fc.oneof({ arbitrary: fc.constant("1"), weight: 3 }, { arbitrary: anyText, weight: 1 }),
    version: fc.constantFrom('"1"', '"0"', '"7-x"', "*", "x"),
  });
  return fc.sample(made, { numRuns: count, seed: 20_261_126 });
}

async function sendTo(product: WholeProduct, route: Route, attempt: Attempt, token: string, cookie: string) {
  const { body, query, param, version } = attempt;
  const asked = asQuery(query);
  const path = addressOf(route.url, own, encodeURIComponent(wellFormed(param)) || "1");
  const url = asked === "" ? path : `${path}?${asked}`;
  const method = route.method as "POST";
  if (method === ("GET" as string)) return product.server.inject({ method, url });
  if (isApi(route)) {
    const headers = { "content-type": "application/json", "if-match": version };
    return product.server.inject({ method, url, headers, payload: JSON.stringify(body) ?? "" });
  }
  const type = route.files ? "multipart/form-data; boundary=edge" : "application/x-www-form-urlencoded";
  const payload = route.files ? asMultipart(body, token) : asForm(body, token);
  const length = String(Buffer.byteLength(payload));
  return product.server.inject({
    method,
    url,
    headers: { "content-type": type, "content-length": length, cookie },
    payload,
  });
}

function hasCode({ headers, body }: { headers: Record<string, unknown>; body: string }): boolean {
  if (!String(headers["content-type"]).startsWith("application/problem+json")) return false;
  return /^[a-z0-9-]+$/.test((JSON.parse(body) as { code: string }).code);
}

describe("generated requests", () => {
  it(`to each route: ${bodies} are answered with a reason, and a refused one changes nothing`, async () => {
    const database = await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") });
    const product = await wholeProduct(database);
    const { token, cookie } = await product.token();
    let [state, seen, requests] = [await stateOf(database), await lastTransaction(database), 0];
    const tried = product.routes.filter(({ body, query, params }) => body ?? query ?? params);
    const faults = new Map<string, string>(); // one of a kind, with what was sent
    for (const route of tried) {
      product.actAs(allowed(route));
      for (const attempt of attempts(route, route.method === "GET" ? Math.ceil(bodies / 10) : bodies)) {
        const answer = await sendTo(product, route, attempt, token, cookie);
        requests++;
        const fault = (what: string) =>
          faults.set(
            `${route.method} ${route.url} ${answer.statusCode}: ${what}`,
            JSON.stringify(attempt).slice(0, 600),
          );
        if (answer.statusCode >= 500) fault(product.failures().join("\n").slice(0, 1000));
        if (answer.statusCode >= 400 && isApi(route) && !hasCode(answer)) fault("no problem+json with a code");
        if (answer.body.includes("invalid-request") || answer.body.includes("Check what you asked for")) continue; // no rule was reached
        const now = await lastTransaction(database);
        if (now === seen) continue; // nobody has written anything
        const before = state;
        [state, seen] = [await stateOf(database), now];
        if (answer.statusCode >= 400 && state !== before) fault("refused, and yet a row has changed");
      }
    }
    if ((await lastTransaction(database)) !== seen) expect(await stateOf(database)).toBe(state);
    expect([...faults].map((fault) => fault.join("\n    "))).toEqual([]);
    expect(requests).toBeGreaterThanOrEqual(tried.length * Math.ceil(bodies / 10));
    process.stdout.write(`${requests} generated requests to ${tried.length} routes\n`);
    await product.server.close();
    await database.close();
  }, 900_000);
});

describe("the interface's document", () => {
  it("lists every route of the interface and no other", async () => {
    const database = await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") });
    const { server, routes } = await wholeProduct(database);
    const { paths } = (await server.inject(`${apiBase}/openapi.json`)).json() as { paths: Record<string, object> };
    const published = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${apiBase}${path}`),
    );
    const served = routes
      .filter((route) => isApi(route) && !route.url.endsWith("/openapi.json"))
      .map(({ method, url }) => `${method} ${url.replace(/:(\w+)/g, "{$1}")}`);
    expect(published.sort()).toEqual(served.sort());
    await server.close();
    await database.close();
  });
});
