import { sql } from "drizzle-orm";
import { expect, inject, it } from "vitest";
import { describeStores } from "../../../../test/databases.js";
import { caseYear, opening, withCases } from "../../../../test/sample-cases.js";
import { expectGoodPage, servePages } from "../../../../test/served-pages.js";
import { type Database, openDatabase } from "../../../platform/database/index.js";
import { systemActor } from "../../../platform/identity/index.js";
import { changeCase } from "../cases/store-case.js";
import { caseTable } from "../cases/tables.js";
import { certificateApi } from "./api.js";
import { checkCode, currentCertificate } from "./service.js";
import { certificatePages } from "./web.js";

const now = new Date("2027-01-20T10:00:00Z");

/** Two awarded schools and one refused, published in January. */
async function withAwards(database: Database) {
  await withCases(database, 24);
  const of = async (proposed: string) => {
    const rows = await database.queries.execute<{ urn: string }>(
      sql`select urn from ${caseTable} where proposed = ${proposed} order by urn limit 2`,
    );
    return rows.map(({ urn }) => urn);
  };
  const [[held, other], [refused]] = [await of("awarded"), await of("refused")];
  await database.queries.execute(sql`insert into quality_mark.publication (academic_year, marks_from, started_by, finished_at)
    values (${caseYear}, '2027-01-15', 'tests', now())`);
  for (const urn of [held, other, refused]) {
    const decision = urn === refused ? "refused" : "awarded";
    await step(database, urn!, { kind: "send-to-school", answerBy: "2026-12-31" as never });
    await step(database, urn!, { kind: "finish-answer" });
    await step(database, urn!, { kind: "decide", decision, words: null });
    await step(database, urn!, { kind: "agree" }, "second").catch(() => {});
    await step(database, urn!, { kind: "publish", publication: 1, from: "2027-01-15" as never });
  }
  return { held: held!, other: other!, refused: refused! };
}

async function step(
  database: Database,
  urn: string,
  command: Parameters<typeof changeCase>[1]["command"],
  name = "officer",
) {
  const change = { urn, academicYear: caseYear, expected: null, command, actor: systemActor(name), at: opening };
  await database.queries.transaction((queries) => changeCase(queries, change));
}

const codeOf = async (database: Database, urn: string) => {
  const issued = await currentCertificate(database, urn, now);
  return issued.ok ? issued.value.code : issued.error.message;
};

describeStores("a certificate", (fresh) => {
  it("is there for a school that holds the mark, with a code that says whether it still does", async () => {
    const database = await fresh();
    const { held, other, refused } = await withAwards(database);
    const code = await codeOf(database, held);
    const found = async (text: string, at = now) => (await checkCode(database, text, at)).finding;
    expect(await found(code)).toBe("holds");
    expect(await found(code.toLowerCase().replaceAll("-", " "))).toBe("holds");
    expect(await codeOf(database, held)).toBe(code);
    expect(await codeOf(database, refused)).toBe("its mark is refused");
    expect(await codeOf(database, "999999")).toBe("nothing has been published of the school");
    const last = code.endsWith("2") ? "3" : "2";
    expect(await found(`${code.slice(0, -1)}${last}`)).toBe("different");
    expect(await found(code.replace(held, other))).toBe("different");
    expect(await found(code.replace(held, refused))).toBe("unknown");
    expect(await found(code, new Date("2028-01-15T09:00:00Z"))).toBe("expired");
    await step(database, held, { kind: "suspend", words: "The audit of January found safeguarding not secure." });
    expect(await found(code)).toBe("suspended");
    await step(database, held, { kind: "restore", words: "The audit of February found it secure." });
    expect(await found(code)).toBe("holds");
    await step(database, held, { kind: "withdraw", words: "Awarded by mistake." }, "somebody else");
    expect(await found(code)).toBe("withdrawn");
  });

  it("is found out where the published record was altered", async () => {
    const database = await fresh();
    const { held } = await withAwards(database);
    const code = await codeOf(database, held);
    await database.queries.execute(
      sql`update quality_mark.school_case set mark_until = '2030-01-15' where urn = ${held}`,
    );
    expect((await checkCode(database, code, now)).finding).toBe("different");
  });
});

it("is read as a page and a PDF, and verified by everybody", async () => {
  const database = await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") });
  const { held, refused } = await withAwards(database);
  const served = await servePages((site, band) => [
    certificatePages({ database, site, band, clock: () => now }),
    certificateApi({ database, clock: () => now }),
  ]);
  const code = await codeOf(database, held);
  const pdf = () => served.server.inject(`/schools/${held}/certificate.pdf`);
  const [first, again] = [await pdf(), await pdf()];
  expect(first.headers["content-type"]).toBe("application/pdf");
  expect(Buffer.compare(first.rawPayload, again.rawPayload)).toBe(0);
  expect((await served.server.inject(`/schools/${refused}/certificate`)).statusCode).toBe(404);
  const page = await served.open();
  await page.goto(`${served.address}/schools/${held}/certificate`);
  expect(await page.locator("main").textContent()).toContain(code);
  await page.getByRole("link", { name: "Check the code" }).click();
  expect(await page.locator("#finding").textContent()).toContain("genuine, and the mark holds");
  await page.getByLabel("Code").fill("QM-1");
  await page.getByRole("button", { name: "Check" }).click();
  expect(await page.title()).toMatch(/^Error: /);
  const api = (text: string) => served.server.inject(`/api/2026-11-01/certificates/${text}`);
  expect((await api(code)).json()).toMatchObject({ finding: "holds", genuine: true, holds: true, urn: held });
  expect((await api("QM-1")).json()).toMatchObject({ finding: "unreadable", genuine: false, urn: null });
  for (const path of [
    `/schools/${held}/certificate`,
    "/verify-certificate",
    `/verify-certificate?code=${code}`,
    "/verify-certificate?code=x",
  ])
    await expectGoodPage(served, path);
  await served.close();
  await database.close();
});
