import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { describeStores } from "../../../../test/databases.js";
import { caseYear, personOf, withCases } from "../../../../test/sample-cases.js";
import { addDays, civilDate, silent, type Urn } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { type Actor, actingAs, systemActor } from "../../../platform/identity/index.js";
import { findJob, runToEnd, startJob } from "../../../platform/jobs/index.js";
import { readHead, readStream } from "../../../platform/log/index.js";
import { markOf, marksOf, marksOfSchool } from "../marks/store-marks.js";
import { openYearJob, publishJob, refreshJob } from "./jobs.js";
import { drawSecondReadings, openYear, publishBatch, readCase, takeStep, takeSteps } from "./service.js";
import type { EvidenceSources } from "./sources.js";
import { loadCase, streamOf } from "./store-case.js";
import { schoolsHeard } from "./store-heard.js";
import { listCases, nextCases } from "./store-list.js";
import { loadPublications } from "./store-publish.js";
import { outcomeSigned } from "./store-refresh.js";
import { caseVerifiers } from "./store-verify.js";
import { caseTable } from "./tables.js";

const london = "E12000007";
const northWest = "E12000002";
const ada = personOf("ada", "regional-officer", london);
const ben = personOf("ben", "regional-officer", london);
const far = personOf("far", "regional-officer", northWest);
const now = new Date("2026-11-27T10:00:00Z");
const today = civilDate("2026-11-27");
const later = new Date("2026-12-20T10:00:00Z");
const keyOf = (urn: string) => ({ urn, academicYear: caseYear });
const codesOf = (answer: { ok: boolean; error?: readonly { code: string }[] }) => answer.error?.map(({ code }) => code);

async function urnsOf(database: Database, where: ReturnType<typeof sql>): Promise<string[]> {
  const rows = await database.queries.execute<{ urn: string }>(
    sql`select urn from ${caseTable} where ${where} order by urn`,
  );
  return rows.map(({ urn }) => urn);
}

/** Sends and decides every case as proposed, with second readings. */
async function decideAll(database: Database, first: Actor, second: Actor, region: string): Promise<void> {
  const urns = await urnsOf(database, sql`region_code = ${region} and state = 'open'`);
  const academicYear = caseYear;
  const step = { kind: "send-to-school", answerBy: addDays(today, 14) } as const;
  expect(await takeSteps(database, first, { academicYear, urns, step }, now)).toEqual({ ok: true, value: urns.length });
  const decided = await takeSteps(database, first, { academicYear, urns, step: { kind: "decide-as-proposed" } }, later);
  expect(decided).toEqual({ ok: true, value: urns.length });
  const scope = { academicYear, region };
  expect(await drawSecondReadings(database, first, scope, later)).toMatchObject({ ok: true });
  for (const urn of await urnsOf(database, sql`region_code = ${region} and state = 'second-reader'`))
    expect(
      await takeStep(database, second, { ...keyOf(urn), expected: null, command: { kind: "agree" } }, later),
    ).toMatchObject({ ok: true });
}

const runPublication = async (database: Database, region: string, actor: Actor) => {
  const job = await publishBatch(database, actor, { academicYear: caseYear, region }, later);
  if (!job.ok) throw new Error(JSON.stringify(job.error));
  return runToEnd(database, job.value, [publishJob], { clock: () => later });
};

describeStores("work on the cases", (fresh) => {
  it("is the region's: another region's case looks like none, and another role's step is refused", async () => {
    const { database } = await withCases(await fresh(), 24);
    const [urn] = await urnsOf(database, sql`region_code = ${london} and proposed = 'awarded'`);
    const command = { kind: "decide", decision: "awarded", words: null } as const;
    const step = { ...keyOf(urn!), expected: 1, command };
    expect(codesOf(await takeStep(database, far, step, now))).toEqual(["case-unknown"]);
    expect(codesOf(await readCase(database, far, keyOf(urn!)))).toEqual(["case-unknown"]);
    const head: Actor = {
      ...{ kind: "person", id: "head", name: "Head (made up)" },
      grants: [{ role: "school", scope: { kind: "school", urn: urn as Urn } }],
    };
    expect(codesOf(await takeStep(database, head, step, now))).toEqual(["case-not-allowed"]);
    expect(await readCase(database, head, keyOf(urn!))).toMatchObject({
      ok: true,
      value: { events: [{ kind: "case-opened" }] },
    });
    const agent = personOf("agent", "agency", null);
    expect(codesOf(await takeStep(database, agent, step, now))).toEqual(["case-not-allowed"]);
    const suspend = { ...step, command: { kind: "suspend", words: "no" } as const };
    expect(codesOf(await takeStep(database, ada, suspend, now))).toEqual(["case-not-allowed"]);
    expect((await loadCase(database.queries, keyOf(urn!)))?.version).toBe(1);
    expect(await takeStep(database, ada, step, now)).toMatchObject({ ok: true });
  });

  it("keeps the sealed draw from everybody who has a role", async () => {
    const { database } = await withCases(await fresh());
    const read = actingAs(database, personOf("all", "administrator", null), (queries) =>
      queries.execute(sql`select seed from quality_mark.draw`),
    );
    await expect(read).rejects.toThrow(/permission denied|database refused/);
  });

  it("takes a step with many cases all or not at all", async () => {
    const { database } = await withCases(await fresh(), 24, 0);
    const urns = await urnsOf(database, sql`region_code = ${london}`);
    const strangers = await urnsOf(database, sql`region_code = ${northWest}`);
    const head = await readHead(database.queries);
    const step = { kind: "decide-as-proposed" } as const;
    const answer = await takeSteps(
      database,
      ada,
      { academicYear: caseYear, urns: [...urns, strangers[0]!], step },
      now,
    );
    expect(codesOf(answer)).toEqual(expect.arrayContaining(["case-unknown", "school-not-heard"]));
    expect(await readHead(database.queries)).toEqual(head);
  });

  it("lists a region's cases by what is to be done, and no other region's", async () => {
    const { database } = await withCases(await fresh(), 24);
    const mine = await urnsOf(database, sql`region_code = ${london}`);
    const page = { order: "name", offset: 0, limit: 100 } as const;
    const list = await actingAs(database, ada, (queries) => listCases(queries, { academicYear: caseYear }, page));
    expect(list.lines.map(({ urn }) => urn).sort()).toEqual(mine);
    const filter = { academicYear: caseYear, missing: "accounts-missing" };
    const missing = await listCases(database.queries, filter, page);
    expect(missing.total).toBeGreaterThan(0);
    expect(missing.total).toBeLessThan(24);
    const first = await nextCases(database.queries, { academicYear: caseYear }, "", 5);
    const next = await nextCases(database.queries, { academicYear: caseYear }, first.at(-1)!.urn, 100);
    expect([...first, ...next].map(({ urn }) => urn)).toEqual(await urnsOf(database, sql`true`));
  });

  it("is published whole, each decision once with its event, and not while a case is undecided", async () => {
    const { database } = await withCases(await fresh(), 40, 0.3);
    const scope = { academicYear: caseYear, region: london };
    expect(codesOf(await publishBatch(database, ada, scope, later))).toEqual(["cases-undecided"]);
    expect(codesOf(await publishBatch(database, far, scope, later))).toEqual(["case-not-allowed"]);
    await decideAll(database, ada, ben, london);
    const state = await runPublication(database, london, ada);
    const urns = await urnsOf(database, sql`region_code = ${london}`);
    expect(state).toMatchObject({ state: "succeeded", done: urns.length });
    for (const urn of urns) {
      const events = await readStream(database.queries, streamOf(keyOf(urn)));
      expect(events.filter(({ kind }) => kind === "decision-published")).toHaveLength(1);
      const found = (await loadCase(database.queries, keyOf(urn)))!;
      expect(found).toMatchObject({ state: "published", version: events.length });
    }
    expect(codesOf(await publishBatch(database, ada, scope, later))).toEqual(["nothing-to-publish"]);
    // The days of an appeal run from the day of publication, and its last day is one of them.
    const heard = async (day: string) => (await schoolsHeard(database.queries, urns, civilDate(day))).size;
    expect([await heard("2026-12-20"), await heard("2027-01-17"), await heard("2027-01-18")]).toEqual([
      ...[urns.length, urns.length, 0],
    ]);
    const marks = await marksOf(database.queries, urns, civilDate("2026-12-20"));
    expect(marks.size).toBe(urns.length);
    const [awarded] = await urnsOf(database, sql`region_code = ${london} and decision = 'awarded'`);
    expect(await markOf(database.queries, awarded!, civilDate("2026-12-20"))).toMatchObject({
      ...{ state: "awarded", academicYear: caseYear, awardedOn: "2026-12-20", until: "2027-12-20" },
    });
    expect(await markOf(database.queries, awarded!, civilDate("2027-12-20"))).toMatchObject({ state: "expired" });
    expect(await markOf(database.queries, awarded!, civilDate("2026-12-19"))).toBeNull();
    expect(await marksOfSchool(database.queries, awarded!, today)).toHaveLength(1);
    // Opened again after the school had said something, or under appeal, a case still turns on its evidence.
    const [again, appealed] = urns;
    await database.queries.execute(sql`update quality_mark.school_case
      set state = case urn when ${again} then 'open' else 'appealed' end, representations = '[{}]' where urn in (${again}, ${appealed})`);
    expect(await schoolsHeard(database.queries, urns, civilDate("2028-01-01"))).toEqual(new Set([again, appealed]));
  });

  it("draws a tenth of a region's awards and of its refusals, rounded up, when all are decided and not before", async () => {
    const { database } = await withCases(await fresh(), 60);
    const [academicYear, scope] = [caseYear, { academicYear: caseYear, region: london }];
    const urns = await urnsOf(database, sql`region_code = ${london}`);
    const step = { kind: "send-to-school", answerBy: addDays(today, 14) } as const;
    expect((await schoolsHeard(database.queries, urns, today)).size).toBe(0);
    await takeSteps(database, ada, { academicYear, urns, step }, now);
    expect((await schoolsHeard(database.queries, urns, today)).size).toBe(urns.length);
    const [last, ...others] = urns;
    const decide = { academicYear, step: { kind: "decide-as-proposed" } } as const;
    await takeSteps(database, ada, { ...decide, urns: others }, later);
    // While one is undecided the database itself keeps the sample back.
    expect(await database.queries.execute(sql`select * from quality_mark.sample_of(${caseYear}, ${london})`)).toEqual(
      [],
    );
    expect(codesOf(await drawSecondReadings(database, ada, scope, later))).toEqual(["cases-undecided"]);
    expect(codesOf(await drawSecondReadings(database, far, scope, later))).toEqual(["case-not-allowed"]);
    await takeSteps(database, ada, { ...decide, urns: [last!] }, later);
    expect(codesOf(await publishBatch(database, ada, scope, later))).toEqual(["second-readings-due"]);
    const counts = async (where: ReturnType<typeof sql>) =>
      (await urnsOf(database, sql`region_code = ${london} and ${where}`)).length;
    const [awards, refusals] = [await counts(sql`decision = 'awarded'`), await counts(sql`decision = 'refused'`)];
    expect([awards > 10, refusals > 0]).toEqual([true, true]);
    const tenth = (of: number) => Math.ceil(of / 10);
    await drawSecondReadings(database, ada, scope, later);
    expect(await drawSecondReadings(database, ada, scope, later)).toEqual({ ok: true, value: 0 });
    const drawn = sql`decided -> 'secondReading' @> '["sampled"]'`;
    const close = sql`decided -> 'secondReading' @> '["close-refusal"]'`; // waits for a second reader as it is
    expect(await counts(sql`decision = 'awarded' and ${drawn}`)).toBe(tenth(awards));
    expect(await counts(sql`decision = 'refused' and ${drawn}`)).toBeLessThanOrEqual(tenth(refusals));
    expect(await counts(sql`decision = 'refused' and (${drawn} or ${close})`)).toBeGreaterThanOrEqual(tenth(refusals));
    expect(codesOf(await publishBatch(database, ada, scope, later))).toEqual(["cases-undecided"]);
    const waiting = await urnsOf(database, sql`state = 'second-reader'`);
    await takeSteps(database, ben, { academicYear, urns: waiting, step: { kind: "agree" } }, later);
    await runPublication(database, london, ada);
    expect((await loadPublications(database.queries, caseYear))[0]?.sample).toEqual([
      { region: london, decision: "awarded", of: awards, taken: tenth(awards) },
      { region: london, decision: "refused", of: refusals, taken: tenth(refusals) },
    ]);
    const check = async () => (await Promise.all(caseVerifiers.map((one) => one.verify(database, silent)))).flat();
    expect(await check()).toEqual([]);
    const [read] = await urnsOf(database, drawn);
    await database.queries.execute(
      sql`update quality_mark.school_case set decided = decided || '{"agreedBy": null, "secondReading": []}' where urn = ${read}`,
    );
    expect((await check()).map(({ code, place }) => [code, place])).toEqual([
      ["sample-differs", `case ${caseYear} of ${read}`],
    ]);
    // In batches of the time before samples each school was drawn for itself, by its number and the share.
    await database.queries.execute(sql`update quality_mark.publication set sample = null`);
    const drawnAlone = async (share: number) => {
      await database.queries.execute(sql`update quality_mark.year_review set draw_share = ${share}`);
      return (await check()).map(({ place }) => place.slice(-6)).sort();
    };
    expect(await drawnAlone(0)).toEqual([]);
    const unread = sql`region_code = ${london} and decision in ('awarded', 'refused') and decided ->> 'agreedBy' is null`;
    expect(await drawnAlone(1)).toEqual(await urnsOf(database, unread));
  });

  it("shows nothing of a batch that is under way, and goes on where it stopped", async () => {
    const { database } = await withCases(await fresh(), 40, 0);
    await decideAll(database, ada, ben, london);
    const job = await publishBatch(database, ada, { academicYear: caseYear, region: london }, later);
    if (!job.ok) throw new Error("refused");
    const [awarded] = await urnsOf(database, sql`region_code = ${london} and decision = 'awarded'`);
    let steps = 0;
    await runToEnd(database, job.value, [publishJob], {
      clock: () => later,
      onStep: () => void steps++,
    });
    expect(steps).toBeGreaterThan(1);
    expect(await markOf(database.queries, awarded!, civilDate("2026-12-20"))).not.toBeNull();
    await database.queries.execute(sql`update quality_mark.publication set finished_at = null`);
    expect(await markOf(database.queries, awarded!, civilDate("2026-12-20"))).toBeNull();
  });

  it("suspends a mark at once when safeguarding fails, restores it, and takes an unpublished award back", async () => {
    const { database, sources } = await withCases(await fresh(), 40, 0);
    await decideAll(database, ada, ben, london);
    await runPublication(database, london, ada);
    const [urn] = await urnsOf(database, sql`region_code = ${london} and decision = 'awarded'`);
    const sign = (outcome: "secure" | "not-secure", day: string) => {
      const on = civilDate(day);
      const signed: EvidenceSources = {
        ...sources,
        audits: async (queries, at, urns) => {
          const found = new Map(await sources.audits(queries, at, urns));
          return at >= on ? found.set(urn!, { outcome, on, audit: `audit ${day}` }) : found;
        },
      };
      return database.queries.transaction((queries) =>
        outcomeSigned(queries, urn!, outcome, on, new Date(`${day}T12:00:00Z`), signed),
      );
    };
    await sign("not-secure", "2027-02-01");
    expect(await markOf(database.queries, urn!, civilDate("2027-02-01"))).toMatchObject({
      state: "suspended",
      suspendedOn: "2027-02-01",
      words: "The safeguarding audit of 1 February 2027 found safeguarding not secure.",
    });
    expect(await markOf(database.queries, urn!, civilDate("2027-01-31"))).toMatchObject({ state: "awarded" });
    await sign("secure", "2027-03-01");
    expect(await markOf(database.queries, urn!, civilDate("2027-03-01"))).toMatchObject({
      state: "awarded",
      until: "2027-12-20",
    });
    const [other] = await urnsOf(database, sql`region_code = ${northWest} and proposed = 'awarded'`);
    const step = {
      ...keyOf(other!),
      expected: 1,
      command: { kind: "decide", decision: "awarded", words: null } as const,
    };
    expect(await takeStep(database, far, step, now)).toMatchObject({ ok: true });
    const bad: EvidenceSources = {
      ...sources,
      audits: async (_, on, urns) =>
        new Map(urns.map((one) => [one, { outcome: "not-secure", on, audit: "x" }] as const)),
    };
    await database.queries.transaction((queries) => outcomeSigned(queries, other!, "not-secure", today, now, bad));
    expect(await loadCase(database.queries, keyOf(other!))).toMatchObject({
      ...{ state: "open", decision: null, proposal: { decision: "refused" } },
    });
  });

  it("brings undecided cases up to newer evidence, keeping since when a thing was missing", async () => {
    const { database, sources } = await withCases(await fresh(), 40, 0);
    const [waiting] = await urnsOf(
      database,
      sql`proposed = 'awaiting-evidence' and missing @> '[{"code":"accounts-missing"}]'`,
    );
    const [decided] = await urnsOf(database, sql`proposed = 'awarded' and region_code = ${london}`);
    const step = {
      ...keyOf(decided!),
      expected: 1,
      command: { kind: "decide", decision: "awarded", words: null } as const,
    };
    await takeStep(database, ada, step, now);
    const newer: EvidenceSources = {
      ...sources,
      accounts: async (_, __, urns) =>
        new Map(urns.map((urn) => [urn, { opinion: "unqualified", on: today, filing: "new" }] as const)),
    };
    const job = await startJob(database.queries, refreshJob(newer), { academicYear: caseYear }, systemActor("tests"));
    expect(await runToEnd(database, job, [refreshJob(newer)], { clock: () => now })).toMatchObject({
      state: "succeeded",
    });
    const found = (await loadCase(database.queries, keyOf(waiting!)))!;
    expect(found.evidence.accounts).toMatchObject({ filing: "new" });
    expect(found.missing.map(({ code }) => code)).not.toContain("accounts-missing");
    const events = await readStream(database.queries, streamOf(found));
    expect(events.at(-1)).toMatchObject({
      kind: "evidence-updated",
      body: { before: { decision: "awaiting-evidence" } },
    });
    expect(await loadCase(database.queries, keyOf(decided!))).toMatchObject({ state: "decided", version: 2 });
    const again = await startJob(database.queries, refreshJob(newer), { academicYear: caseYear }, systemActor("tests"));
    expect(await runToEnd(database, again, [refreshJob(newer)], { clock: () => now })).toMatchObject({ done: 0 });
  });

  it("opens a year once, from the newest measured review", async () => {
    const { database, sources } = await withCases(await fresh(), 24);
    expect(codesOf(await openYear(database, ada, { academicYear: caseYear, codeVersion: "1" }, now))).toEqual([
      "year-open-already",
    ]);
    expect(
      codesOf(
        await openYear(database, personOf("x", "teacher", null), { academicYear: "2027/28", codeVersion: "1" }, now),
      ),
    ).toEqual(["case-not-allowed"]);
    const job = await openYear(database, ada, { academicYear: "2027/28", codeVersion: "1" }, now);
    if (!job.ok) throw new Error("refused");
    expect(await findJob(database.queries, job.value)).toMatchObject({ title: "Open the review of 2027/28" });
    const state = await runToEnd(database, job.value, [openYearJob(sources)], { clock: () => now });
    expect(state).toMatchObject({ state: "succeeded", done: 30, result: { text: "30 cases of 2027/28" } });
  });
});
