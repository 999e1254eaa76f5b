import { sql } from "drizzle-orm";
import { expect, inject, it } from "vitest";
import { describeStores } from "../../../../test/databases.js";
import { caseMigrations, caseYear, opening, personOf, withCases } from "../../../../test/sample-cases.js";
import { expectGoodPage, servePages } from "../../../../test/served-pages.js";
import { expectTablesMatch } from "../../../../test/tables-match.js";
import type { Urn } from "../../../kernel/index.js";
import { type Database, migrate, openDatabase } from "../../../platform/database/index.js";
import { type Actor, systemActor } from "../../../platform/identity/index.js";
import { readStream } from "../../../platform/log/index.js";
import { changeCase } from "../cases/store-case.js";
import { caseTable } from "../cases/tables.js";
import { exemptionApi } from "./api.js";
import { exemptionMigrations } from "./index.js";
import { askExemptions, lookUpExemption, readEnquiries, readEnquiriesOfRegion } from "./service.js";
import { enquiryTable } from "./tables.js";
import { exemptionPages } from "./web.js";

const now = new Date("2027-01-20T10:00:00Z");
const agency = personOf("inspector", "agency", null);
const otherAgency = personOf("auditor", "agency", null);
const officer = personOf("ada", "regional-officer", "E12000007");
const stranger = personOf("far", "regional-officer", "E12000002");
const head = (urn: string): Actor => ({
  ...{ kind: "person", id: "head", name: "Head (made up)" },
  grants: [{ role: "school", scope: { kind: "school", urn: urn as Urn } }],
});

/** Schools with cases of which the first of London holds the mark; the second has become an academy; the third has closed. */
async function withMark(database: Database) {
  await withCases(database, 24);
  await migrate(database, [...caseMigrations, exemptionMigrations]);
  const rows = await database.queries.execute<{ urn: string }>(
    sql`select urn from ${caseTable} where region_code = 'E12000007' and proposed = 'awarded' order by urn`,
  );
  const [held, converted, merged, none] = rows.map(({ urn }) => urn) as [string, string, string, string];
  await database.queries.transaction(async (queries) => {
    await queries.execute(sql`insert into quality_mark.publication (academic_year, marks_from, started_by, finished_at)
      values (${caseYear}, '2027-01-15', 'tests', now())`);
    for (const urn of [held, converted, merged]) {
      const step = (command: Parameters<typeof changeCase>[1]["command"], name = "officer") =>
        changeCase(queries, {
          urn,
          academicYear: caseYear,
          expected: null,
          command,
          actor: systemActor(name),
          at: opening,
        });
      await step({ kind: "send-to-school", answerBy: "2026-12-31" as never });
      await step({ kind: "finish-answer" });
      await step({ kind: "decide", decision: "awarded", words: null });
      await step({ kind: "agree" }, "second");
      const published = await step({ kind: "publish", publication: 1, from: "2027-01-15" as never });
      if (!published.ok) throw new Error(JSON.stringify(published.error));
    }
    await queries.execute(sql`insert into register.school (urn, name, authority_code, type, status, phase)
      select '990001', 'The Made-up Academy', authority_code, 'Academy converter', 'open', phase from register.school where urn = ${converted}`);
    await queries.execute(
      sql`update register.school set status = 'closed', closed_on = '2027-01-18' where urn in (${converted}, ${merged})`,
    );
    await queries.execute(sql`insert into register.school_link (urn, link_urn, link_type)
      values (${converted}, '990001', 'Successor'), (${merged}, ${none}, 'Successor - merged')`);
  });
  return { held, converted, merged, none };
}

const ask = (database: Database, urns: readonly string[], purpose = "inspection", actor: Actor = agency) =>
  askExemptions(database, actor, { urns, purpose, note: "" }, now);
const codesOf = (answer: Awaited<ReturnType<typeof ask>>) =>
  answer.ok
    ? answer.value.map((one) => (one.ok ? one.value.code : one.error.code))
    : answer.error.map(({ code }) => code);

describeStores("the exemption register", (fresh) => {
  it("keeps its table as it is described", async () => {
    const database = await fresh();
    await withMark(database);
    await expectTablesMatch(database, [enquiryTable]);
  });

  it("answers by the mark of the same school, and never by that of another", async () => {
    const database = await fresh();
    const { held, converted, merged, none } = await withMark(database);
    const list = [held, converted, "990001", merged, none, "999999", "x"];
    expect(codesOf(await ask(database, list))).toEqual([
      ...["mark-held", "mark-held", "mark-held", "school-closed", "no-mark"],
      ...["exemption-school-unknown", "exemption-school-unknown"],
    ]);
    const answer = await ask(database, ["990001"]);
    expect(answer).toMatchObject({
      ok: true,
      value: [
        { value: { mayVisit: false, until: "2028-01-15", countedUrn: converted, sameSchool: [converted, "990001"] } },
      ],
    });
    expect(codesOf(await ask(database, [held], "safeguarding-concern"))).toEqual(["not-accountability"]);
    expect(codesOf(await ask(database, [held], "tea"))).toEqual(["exemption-purpose-unknown"]);
  });

  it("records who asked, with the answer, and shows it to the school, the region and the agency itself", async () => {
    const database = await fresh();
    const { held } = await withMark(database);
    await ask(database, [held]);
    await ask(database, [held], "thematic", otherAgency);
    const seenBy = async (actor: Actor) =>
      (await readEnquiries(database, actor, held)).map(({ version, agency: who }) => [version, who]);
    const both = [
      [2, otherAgency.kind === "person" && otherAgency.name],
      [1, agency.kind === "person" && agency.name],
    ];
    expect(await seenBy(head(held))).toEqual(both);
    expect(await seenBy(officer)).toEqual(both);
    expect(await seenBy(agency)).toEqual([both[1]]);
    expect(await seenBy(stranger)).toEqual([]);
    expect(await seenBy(head("990001"))).toEqual([]);
    expect(await seenBy({ kind: "public" })).toEqual([]);
    expect(await readEnquiriesOfRegion(database, officer, "E12000007")).toHaveLength(2);
    const events = await readStream(database.queries, `quality-mark/exemption/${held}`);
    expect(events.map(({ version, kind }) => [version, kind])).toEqual([
      [1, "exemption-asked"],
      [2, "exemption-asked"],
    ]);
  });

  it("records nothing for the public, or for who is no agency", async () => {
    const database = await fresh();
    const { held } = await withMark(database);
    expect(await lookUpExemption(database, { urn: held, purpose: "inspection" }, now)).toMatchObject({ ok: true });
    for (const actor of [officer, head(held), { kind: "public" } as const])
      expect(codesOf(await ask(database, [held], "inspection", actor))).toEqual(["exemption-not-agency"]);
    expect(await database.queries.$count(enquiryTable)).toBe(0);
  });
});

it("is asked by page, without JavaScript, and by the interface for programs", async () => {
  const database = await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") });
  const { held, none } = await withMark(database);
  const served = await servePages((site, band) => [
    exemptionPages({ database, site, band, clock: () => now }),
    exemptionApi({ database, clock: () => now }),
  ]);
  const { server } = served;
  const api = `/api/2026-11-01/schools/${held}/exemption`;
  expect((await server.inject(`${api}?purpose=inspection`)).json()).toMatchObject({
    mayVisit: false,
    until: "2028-01-15",
    enquiry: null,
  });
  expect((await server.inject("/api/2026-11-01/schools/999999/exemption")).json()).toMatchObject({
    status: 404,
    code: "exemption-school-unknown",
  });
  expect((await server.inject(`${api}?purpose=tea`)).statusCode).toBe(400);
  await expectGoodPage(served, "/exemption");
  await expectGoodPage(served, `/exemption?urn=${held}&purpose=inspection`);

  served.signIn(agency);
  const page = await served.open();
  await page.goto(`${served.address}/exemption`);
  await page.getByLabel("URN of the school").fill("12");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  expect(await page.title()).toMatch(/^Error: /);
  await page.getByLabel("URN of the school").fill(held);
  await page.getByLabel("Inspection or review of a school's quality").check();
  await page.getByLabel("Your reference (optional)").fill("made-up visit 7");
  await page.getByRole("button", { name: "Ask", exact: true }).click();
  expect(page.url()).toBe(`${served.address}/exemption/asked/${held}/1`);
  expect(await page.locator("main").textContent()).toContain("No visit may take place");
  expect((await server.inject(api)).json()).toMatchObject({ enquiry: 2 });
  const csv = await server.inject({
    ...{ method: "POST", url: "/api/2026-11-01/exemptions" },
    headers: { accept: "text/csv", "content-type": "application/json" },
    payload: { urns: [held, none, "123456"], purpose: "inspection" },
  });
  expect(
    csv.body
      .split("\r\n")
      .slice(1, 4)
      .map((line) => line.split(",")[2]),
  ).toEqual(["false", "true", ""]);

  await page.goto(`${served.address}/exemption/list`);
  const list = (text: string) => ({ name: "schools.csv", mimeType: "text/csv", buffer: Buffer.from(text) });
  await page.locator("#list").setInputFiles(list(`urn\n${held}\n12\n`));
  await page.getByRole("button", { name: "Ask about them all" }).click();
  expect(await page.locator(".govuk-error-summary").textContent()).toContain("schools.csv, line 3");
  await page.locator("#list").setInputFiles(list(`urn\n${held}\n${none}\n`));
  await page.getByLabel("Thematic or subject review").check();
  await page.getByRole("button", { name: "Ask about them all" }).click();
  expect(await page.locator("tbody tr").count()).toBe(2);
  for (const path of ["/exemption", "/exemption/list", `/exemption/asked/${held}/1`])
    await expectGoodPage(served, path);
  served.signIn(officer);
  await expectGoodPage(served, "/exemption/region/E12000007");
  served.signIn(stranger);
  expect((await server.inject("/exemption/region/E12000007")).statusCode).toBe(403);
  expect((await server.inject(`/exemption/asked/${held}/1`)).statusCode).toBe(403);
  await served.close();
  await database.close();
});
