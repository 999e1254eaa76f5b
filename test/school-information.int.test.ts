import { fileURLToPath } from "node:url";
import { afterEach, expect, it } from "vitest";
import { saveReview } from "../src/accountability/quality-mark/index.js";
import { loadOwnPage, pageTable } from "../src/accountability/school-information/store.js";
import { civilDate, type Urn } from "../src/kernel/index.js";
import { migrationSets } from "../src/main/parts.js";
import { productServer } from "../src/main/serve.js";
import { type Database, migrate } from "../src/platform/database/index.js";
import type { Server } from "../src/platform/http/index.js";
import type { Actor } from "../src/platform/identity/index.js";
import { importFiles, type PupilCount, updateRegister } from "../src/register/index.js";
import { describeStores } from "./databases.js";
import { awkward } from "./sample-review.js";
import { registerOfReview, reviewForStore } from "./saved-review.js";
import { expectTablesMatch } from "./tables-match.js";

const now = new Date("2026-11-26T09:00:00Z");
const asOf = civilDate("2026-08-31");
const file = (name: string) => fileURLToPath(new URL(`./ok/register-${name}`, import.meta.url));

/** The office of a school. */
const office = (urn: string): Actor => ({
  ...{ kind: "person", id: "p1", name: "Ottilie Made-Up" },
  grants: [{ role: "school", scope: { kind: "school", urn: urn as Urn } }],
});

const count = (urn: string, academicYear: string, pupils: number): PupilCount => ({
  ...{ urn: urn as Urn, academicYear, authority: "201" as PupilCount["authority"], laestab: null, kind: "Invented" },
  ...{ pupils, girls: 40, boys: pupils - 40, plans: 2, support: 9, otherLanguage: null, mealsNow: 5 },
  ...{ mealsSixYears: 6, mealsOf: pupils, missing: { otherLanguage: "suppressed" as const } },
});

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await server.close();
});

describeStores("the public pages of schools", (fresh) => {
  async function migrated(): Promise<Database> {
    const database = await fresh();
    await migrate(database, migrationSets);
    return database;
  }

  async function serve(database: Database, actor?: Actor): Promise<Server> {
    const server = await productServer(database, "0.0.0", [], {
      clock: () => now,
      ...(actor && { identify: async () => actor }),
    });
    servers.push(server);
    return server;
  }

  /** A made-up review with its schools in the register. */
  async function reviewed(): Promise<Database> {
    const database = await migrated();
    const { heading, schools } = reviewForStore(60);
    const pupilCounts = [count("800001", "2023/24", 210), count("800001", "2024/25", 204)];
    const source = { name: "a test", asOf, synthetic: heading.synthetic, files: [] };
    const updated = await updateRegister(database, { ...registerOfReview(schools), pupilCounts }, source);
    if (!updated.ok) throw new Error(updated.error[0]?.message);
    await saveReview(database.queries, heading, schools);
    return database;
  }

  /** The register's own sample, without a review. */
  async function imported(): Promise<Database> {
    const database = await migrated();
    const read = await importFiles(database, [file("extract.zip"), file("census-2023.csv")], asOf);
    if (!read.ok) throw new Error(read.error[0]?.message);
    return database;
  }

  async function textOf(server: Server, url: string, status = 200): Promise<string> {
    const answer = await server.inject(url);
    expect(answer.statusCode, url).toBe(status);
    return answer.body
      .replace(/<[^>]*>/g, " ")
      .replaceAll("&#39;", "'")
      .replaceAll("&quot;", '"')
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&")
      .replace(/\s+/g, " ");
  }

  it("have a table that is described to Drizzle as its SQL made it", async () => {
    await expectTablesMatch(await migrated(), [pageTable]);
  });

  it("search by name, narrow, turn pages, escape, and say what can't be meant", async () => {
    const server = await serve(await reviewed());
    expect(await textOf(server, "/schools")).toContain("66 schools found");
    const bold = await server.inject("/schools?text=bold");
    expect(bold.body).toContain("1 school found");
    expect(bold.body).toContain("St &lt;b&gt;Bold&lt;/b&gt; &amp; &quot;Quote&quot;");
    const seen = new Set<string>();
    for (const page of [1, 2]) {
      const { body } = await server.inject(`/schools?page=${page}`);
      for (const [, urn] of body.matchAll(/href="\/schools\/(\d{6})"/g)) seen.add(urn!);
    }
    expect(seen.size).toBe(66);
    const refused = await textOf(server, "/schools?decision=refused&phase=primary");
    expect(refused).not.toContain("Awarded ");
    for (const [query, words] of [
      ["decision=grand", 'There is no decision called "grand"'],
      ["phase=college", 'There is no phase called "college"'],
      ["region=E00", 'There is no region with the code "E00"'],
      ["group=999", 'no trust or group with the number "999"'],
      ["page=0", "The page must be a whole number from 1"],
    ] as const)
      expect(await textOf(server, `/schools?${query}`, 400)).toContain(words);
    expect(await textOf(server, "/schools?text=zzzz")).toContain("No school matches.");
    expect(await textOf(server, "/schools?page=99")).toContain("The list ends at page 2.");
  });

  it("suggest what is being typed, as data", async () => {
    const server = await serve(await imported());
    const suggest = async (text: string) =>
      (await server.inject(`/api/2026-11-01/suggestions?text=${encodeURIComponent(text)}`)).json().suggestions;
    expect(await suggest("holowel")).toEqual([
      { text: "Hollowell High School", detail: "Bideford, EX39 1AA", href: "/schools/900003" },
    ]);
    expect(await suggest("st ebb")).toMatchObject([{ detail: "Bideford, EX39 1AB (closed)" }]);
    expect(await suggest("h")).toEqual([]);
    expect((await server.inject("/api/2026-11-01/suggestions")).statusCode).toBe(400);
  });

  it("show everything of a school on one page", async () => {
    const server = await serve(await reviewed());
    const text = await textOf(server, "/schools/800001");
    for (const words of [
      ...["Decision:", "How the figure came about", "The steps add up exactly.", "Safeguarding and accounts"],
      ...["Pupils on roll", "210 in 2023/24, 204 in 2024/25", "suppressed, so that no pupil is recognised"],
      ...[
        "Who is responsible",
        "What this page spares the school",
        "this page spares the office about 8 (",
        "an assumption",
      ],
    ])
      expect(text).toContain(words);
    const refused = await textOf(server, `/schools/${awkward.refused.urn}`);
    expect(refused).toContain("Decision: Refused");
    expect(refused).toContain("The auditor qualified the accounts.");
    expect(refused).toContain("5.2 below what pupils with the same prior attainment and context reach elsewhere");
    expect(refused).toContain("probably lies from −6.6 to −3.8 (95% interval)");
    expect(await textOf(server, `/schools/${awkward.tiny.urn}`)).toContain(
      "7.5 pupil-equivalents are fewer than the 20",
    );
    expect(await textOf(server, `/schools/${awkward.waiting.urn}`)).toContain("No audit has come yet.");
    expect(await textOf(server, `/schools/${awkward.special.urn}`)).toContain(
      "The measure was not computed for this school.",
    );
    expect(await textOf(server, "/schools/999999", 404)).toContain('no school with the URN "999999"');
  });

  it("work from the register alone, before the first review", async () => {
    const server = await serve(await imported());
    const open = await textOf(server, "/schools/900003");
    expect(open).toContain("No review has been published yet.");
    expect(open).toContain("St Ebb\u2019s Church of England Primary School (merged), 1 September 2023");
    expect(await textOf(server, "/schools")).toContain("2 schools found");
  });

  it("lead from a merged school's mark to the school that followed, which doesn't inherit it", async () => {
    const server = await serve(await imported());
    const closed = await textOf(server, "/schools/900004");
    expect(closed).toContain("This school closed on 31 August 2023. It was followed by Hollowell High School");
    expect(closed).toContain("A Quality Mark goes on where one school goes on as one other");
    expect(closed).toContain("Ebbside Dame School, 1 September 1988, not described in the register");
    const found = await textOf(server, "/schools?text=st+ebb");
    expect(found).toContain("Closed 31 August 2023, now Hollowell High School");
  });

  it("set schools side by side without ranks, and say which can be told apart", async () => {
    const server = await serve(await reviewed());
    const text = await textOf(server, `/schools/compare?urn=800001,${awkward.refused.urn},800003`);
    expect(text).toContain("Value added");
    expect(text).toMatch(/can be told apart/);
    expect(text).not.toMatch(/\brank(ed|s)?\b|\b1st\b|league/i);
    const unknown = await textOf(server, "/schools/compare?urn=123456,abc&with=near");
    expect(unknown).toContain('The register has no school with the URN "123456"');
    expect(await textOf(server, "/schools/compare?urn=800001&with=near")).toContain("doesn't know where");
    expect(await textOf(server, "/schools/compare?urn=800001&with=authority")).toContain("same authority");
    const csv = await server.inject(`/schools/compare.csv?urn=800001&urn=${awkward.refused.urn}`);
    expect(csv.body.split("\r\n")[0]).toBe(
      "school,name,authority,phase,value_added,lower,upper,prediction_error,because",
    );
    expect(csv.body.trim().split("\r\n")).toHaveLength(3);
    const api = await server.inject(`/api/2026-11-01/comparison?urn=800001,${awkward.refused.urn}`);
    expect(api.json().schools).toHaveLength(2);
  });

  it("let the school's office add links and statements, and nobody else", async () => {
    const database = await imported();
    const own = await serve(database, office("900003"));
    const form = await own.inject("/schools/900003/information");
    expect(form.statusCode).toBe(200);
    const token = /name="_csrf" value="([^"]+)"/.exec(form.body)![1]!;
    const cookies = Object.fromEntries(form.cookies.map(({ name, value }) => [name, value]));
    const fields = [...form.body.matchAll(/name="([a-z-]+-(?:link|statement))"/g)].map(([, name]) => name!);
    const post = (version: number, changes: Record<string, string>) =>
      own.inject({
        method: "POST",
        url: "/schools/900003/information",
        cookies,
        headers: { "content-type": "application/x-www-form-urlencoded" },
        payload: new URLSearchParams({
          ...Object.fromEntries(fields.map((name) => [name, ""])),
          ...{ ...changes, version: String(version), _csrf: token },
        }).toString(),
      });
    const wrong = await post(0, { "curriculum-link": "school.example", "ethos-statement": "We row." });
    expect(wrong.statusCode).toBe(400);
    expect(wrong.body).toContain("<title>Error: ");
    expect(wrong.body).toContain("We row.");
    expect(wrong.body).toContain('href="#curriculum-link"');
    expect((await loadOwnPage(database.queries, "900003")).version).toBe(0);
    const right = await post(0, { "curriculum-link": "https://school.example/c", "ethos-statement": "We row." });
    expect(right.statusCode).toBe(303);
    expect((await own.inject("/schools/900003")).body).toContain('href="https://school.example/c"');
    const late = await post(0, { "ethos-statement": "We sail." });
    expect(late.statusCode).toBe(409);
    expect(late.body).toContain("Somebody else changed this page");
    expect(late.body).toContain("We sail.");
    expect(await loadOwnPage(database.queries, "900003")).toMatchObject({
      version: 1,
      entries: { ethos: { statement: "We row.", link: null } },
    });
    expect((await own.inject("/schools/900002/information")).statusCode).toBe(403);
    const outside = await serve(database);
    expect((await outside.inject("/schools/900003/information")).statusCode).not.toBe(200);
    expect((await outside.inject("/schools/900003")).body).not.toContain("Change what the school says here");
  });

  it("give the same to programs, with the version that a change must name", async () => {
    const database = await imported();
    const own = await serve(database, office("900003"));
    const url = "/api/2026-11-01/schools/900003/information";
    const before = await own.inject(url);
    expect(before.json()).toMatchObject({
      ...{ name: "Hollowell High School", version: 0, entries: {}, openSuccessors: [] },
      predecessors: [{ urn: "900004", kind: "merged" }],
      pupils: [{ academicYear: "2022/23", pupils: 900, otherLanguage: null, missing: { otherLanguage: "suppressed" } }],
    });
    const body = { entries: { ethos: { link: "", statement: "We row." } } };
    const put = (tag: string | undefined) =>
      own.inject({ method: "PUT", url, payload: body, headers: tag === undefined ? {} : { "if-match": tag } });
    expect((await put(undefined)).statusCode).toBe(428);
    const changed = await put(before.headers.etag as string);
    expect([changed.statusCode, changed.json().version]).toEqual([200, 1]);
    expect((await put(before.headers.etag as string)).statusCode).toBe(412);
    const bad = await own.inject({
      ...{ method: "PUT", url, headers: { "if-match": '"1"' } },
      payload: { entries: { ethos: { link: "nowhere", statement: "" } } },
    });
    expect([bad.statusCode, bad.json().code]).toEqual([422, "entry-link"]);
  });

  it("offer the register, the hours of the country, a map of the site and rules for crawlers", async () => {
    const server = await serve(await imported());
    const files = ["schools", "groups", "memberships", "links", "pupils"];
    for (const name of files) {
      const { statusCode, headers, body } = await server.inject(`/register/${name}.csv`);
      expect([statusCode, headers["content-type"]]).toEqual([200, "text/csv; charset=utf-8; header=present"]);
      expect(body).toContain("\r\n");
    }
    expect((await server.inject("/register/schools.csv")).body).toContain("900003,8784001,,Hollowell High School");
    expect((await server.inject("/sitemap.xml")).body).toContain("/schools/900003</loc>");
    expect((await server.inject("/sitemap.xml")).body).not.toContain("/schools/900004");
    expect((await server.inject("/robots.txt")).body).toContain("Sitemap: ");
    expect(await textOf(server, "/school-information")).toContain("hours a year");
  });
});
