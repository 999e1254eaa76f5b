import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { describeStores } from "../../../../test/databases.js";
import { evidenceOf, personOf } from "../../../../test/sample-cases.js";
import { reviewForStore } from "../../../../test/saved-review.js";
import { type WholeProduct, wholeProduct } from "../../../../test/whole-product.js";
import { silent } from "../../../kernel/index.js";
import { apiBase } from "../../../platform/http/index.js";
import { systemActor } from "../../../platform/identity/index.js";
import { runToEnd, startJob } from "../../../platform/jobs/index.js";
import { verifyLog } from "../../../platform/log/index.js";
import { openYearJob } from "./jobs.js";
import { caseVerifiers } from "./store-verify.js";

const london = "E12000007";
const ada = personOf("ada", "regional-officer", london);
const far = personOf("far", "regional-officer", "E12000002");
const year = "2026/27";

/** The product with the year's cases opened. */
async function withOpenYear(product: WholeProduct): Promise<void> {
  const job = openYearJob(evidenceOf(reviewForStore(40)));
  const input = { academicYear: year, evidenceOn: "2026-11-26", codeVersion: "1" };
  const id = await startJob(product.database.queries, job, input, systemActor("tests"));
  expect(await runToEnd(product.database, id, [job])).toMatchObject({ state: "succeeded" });
}

async function urnOf({ database }: WholeProduct, where: ReturnType<typeof sql>): Promise<string> {
  const [row] = await database.queries.execute<{ urn: string }>(
    sql`select urn from quality_mark.school_case where region_code = ${london} and ${where} order by urn limit 1`,
  );
  return row!.urn;
}

async function post(product: WholeProduct, url: string, fields: Readonly<Record<string, string>>) {
  const { token, cookie } = await product.token();
  const payload = new URLSearchParams({ _csrf: token, ...fields }).toString();
  const headers = { cookie, "content-type": "application/x-www-form-urlencoded" };
  return product.server.inject({ method: "POST", url, payload, headers });
}

describeStores("the pages of the cases", (fresh) => {
  it("lead from the list through hearing, check and second reading, and refuse what is wrong in words", async () => {
    const product = await wholeProduct(await fresh());
    await withOpenYear(product);
    const { server } = product;
    product.actAs(ada);
    const list = await server.inject(`/cases?proposed=refused`);
    expect(list.statusCode).toBe(200);
    const urn = await urnOf(product, sql`proposed = 'refused'`);
    expect(list.body).toContain(`/cases/2026-27/${urn}`);
    const address = `/cases/2026-27/${urn}`;
    expect((await server.inject(address)).body).toContain("What the rule proposes");

    const unheard = await post(product, `${address}/decide`, { decision: "refused", words: "", version: "1" });
    expect([unheard.statusCode, unheard.body.includes("<title>Error: ")]).toEqual([400, true]);
    expect(unheard.body).toContain("The school has not been asked");
    const soon = { day: "27", month: "11", year: "2026", version: "1" };
    expect((await post(product, `${address}/send`, soon)).body).toContain("the school has at least 14 days".slice(4));
    expect((await post(product, `${address}/send`, { ...soon, day: "32" })).body).toContain("Enter a real day");
    const sent = await post(product, `${address}/send`, { ...soon, day: "24", month: "12" });
    expect([sent.statusCode, sent.headers.location]).toEqual([303, address]);

    const stale = await post(product, `${address}/send`, { ...soon, day: "25", month: "12" });
    expect([stale.statusCode, stale.body.includes("changed while you were filling in the form")]).toEqual([409, true]);
    expect(stale.body).toContain("ada (made up) sent the case to the school");

    product.actAs(far);
    expect((await server.inject(address)).statusCode).toBe(403);
    expect(product.failures()).toEqual([]);
  });

  it("keep a departure from the rule for a second person, and the interface tells the same", async () => {
    const product = await wholeProduct(await fresh());
    await withOpenYear(product);
    const { server } = product;
    product.actAs(ada);
    const urn = await urnOf(product, sql`proposed = 'awarded'`);
    const address = `/cases/2026-27/${urn}`;
    const api = `${apiBase}/cases/2026-27/${urn}`;
    const checked = await post(product, `${address}/decide`, { decision: "awarded", words: "", version: "1" });
    expect([checked.statusCode, checked.body.includes("Check your decision")]).toEqual([200, true]);
    const done = await post(product, `${address}/decide/confirm`, { decision: "awarded", words: "", version: "1" });
    expect([done.statusCode, done.headers.location]).toEqual([303, address]);
    const read = await server.inject(api);
    expect(read.json()).toMatchObject({ state: "decided", version: 2, decision: { decision: "awarded" } });
    const take = (etag: string, payload: object) =>
      server.inject({ method: "POST", url: `${api}/steps`, payload, headers: { "if-match": etag } });
    const twice = await take('"2"', { step: "decide", decision: "awarded" });
    expect(twice.json()).toMatchObject({ status: 409, code: "case-decided-twice" });
    expect((await take('"1"', { step: "recall", words: "No" })).json()).toMatchObject({
      status: 412,
      code: "changed-meanwhile",
    });
    expect((await take('"2"', { step: "recall", words: "Look again" })).json()).toMatchObject({
      state: "open",
      version: 3,
    });
    expect((await take('"3"', { step: "send-to-school" })).json()).toMatchObject({ code: "case-step-unreadable" });
    const early = await post(product, "/cases/draw", { year, region: london });
    expect([early.statusCode, early.body.includes("Not every case is decided")]).toEqual([400, true]);
    const csv = await server.inject({ url: `${apiBase}/cases/2026-27`, headers: { accept: "text/csv" } });
    expect(csv.body.split("\r\n")[0]).toBe(
      "urn,academicYear,name,phase,authorityCode,regionCode,state,proposed,decision,answerBy",
    );
    const page = await server.inject(`${apiBase}/cases/2026-27?limit=2`);
    expect([page.json().length, page.headers.link?.toString().includes('rel="next"')]).toEqual([2, true]);
    expect((await server.inject(`${apiBase}/schools/${urn}/mark`)).json()).toMatchObject({
      status: 404,
      code: "mark-unknown",
    });
    expect(product.failures()).toEqual([]);
  });

  it("leave a log and cases that verify, and a row changed behind their back that doesn't", async () => {
    const product = await wholeProduct(await fresh());
    await withOpenYear(product);
    const { database } = product;
    expect((await verifyLog(database, silent)).problems).toEqual([]);
    const check = async () => (await Promise.all(caseVerifiers.map((one) => one.verify(database, silent)))).flat();
    expect(await check()).toEqual([]);
    const urn = await urnOf(product, sql`proposed = 'refused'`);
    await database.queries.execute(sql`update quality_mark.school_case set proposed = 'awarded' where urn = ${urn}`);
    expect((await check()).map(({ code, place }) => [code, place])).toEqual([
      ["case-differs", `case ${year} of ${urn}`],
    ]);
    await database.queries.execute(sql`update quality_mark.draw set seed = repeat('0', 64)`);
    expect((await check()).map(({ code }) => code)).toContain("draw-differs");
  });
});
