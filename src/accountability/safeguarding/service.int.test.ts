import { randomUUID } from "node:crypto";
import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import {
  director,
  leadOf,
  madeUpOfficer,
  morning,
  officerActor,
  personWith,
  region,
  regionalOfficer,
  regionIn,
} from "../../../test/safeguarding-region.js";
import { expectTablesMatch } from "../../../test/tables-match.js";
import { addDays, civilDate } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { runToEnd } from "../../platform/jobs/index.js";
import { appendEvents, readStream } from "../../platform/log/index.js";
import { type Audit, auditId } from "./audit.js";
import { allMet } from "./examples.js";
import { auditOutcomes } from "./index.js";
import { orderPlan, planJob } from "./jobs.js";
import { charterNumberOf } from "./officer.js";
import type { OfficerChange } from "./officer-change.js";
import type { Judgement } from "./outcome.js";
import { beginAudit, type SentAnswer, saveAnswer, viewAudit } from "./service-audits.js";
import { answerEscalation, contactsFor, escalationsFor, raiseEscalation } from "./service-escalations.js";
import { answerRequests, judgeAction, pendingActions, reportDone } from "./service-follow-up.js";
import { changeOfficerBy, checkCharter, officersFor, viewOfficer } from "./service-officers.js";
import { adoptPlan } from "./service-plan.js";
import {
  correctOutcome,
  noPorts,
  openReAudit,
  readAudit,
  type SafeguardingPorts,
  submitAudit,
} from "./service-sign.js";
import { standardOf } from "./standards.js";
import { addAudits, listAudits } from "./store-audits.js";
import { listPlans, visitsOf } from "./store-plans.js";
import {
  actionTable,
  answerTable,
  auditTable,
  deskTable,
  escalationTable,
  officerTable,
  outcomeTable,
  planTable,
  preparationTable,
  siteTable,
  submissionTable,
  visitTable,
} from "./tables.js";

const day = civilDate("2026-10-05");
const later = (days: number) => new Date(morning.getTime() + days * 86_400_000);

/** An audit of the first school that is planned for an officer. */
async function planned(
  database: Database,
  officer: number,
  urn = "900001",
  change: Partial<Audit> = {},
): Promise<string> {
  const id = auditId(2026, urn, 1);
  const audit: Audit = {
    ...{
      id,
      urn,
      year: 2026,
      kind: "annual",
      region,
      trust: null,
      officer: charterNumberOf(String(officer).padStart(6, "0")),
      standard: null,
      state: "planned",
    },
    ...{
      plannedOn: day,
      begunOn: null,
      submittedOn: null,
      secondReader: null,
      readingWhy: null,
      draw: null,
      readerWords: "",
      outcome: null,
      reasons: null,
      signedOn: null,
      version: 1,
    },
    ...change,
  };
  await database.queries.transaction(async (queries) => {
    await addAudits(queries, [audit]);
    const events = [{ kind: "audit-planned", body: {} }];
    await appendEvents(queries, {
      stream: `safeguarding/audit/${id}`,
      expected: 0,
      actor: regionalOfficer,
      at: morning,
      events,
    });
  });
  return id;
}

/** Sends an answer for every requirement that the school is asked: all met, but those named. */
async function answerAll(
  database: Database,
  officer: number,
  id: string,
  found: Readonly<Record<string, Judgement>> = {},
  now = morning,
): Promise<void> {
  const view = await viewAudit(database, officerActor(officer), id, now);
  if (!view.ok) throw new Error(JSON.stringify(view.error));
  for (const answer of allMet(view.value.sections, day)) {
    const judgement = found[answer.requirement] ?? "met";
    const words = judgement === "met" ? {} : { note: "As seen on the day.", action: "Put it right." };
    const base = view.value.answers.get(answer.requirement)?.version ?? 0;
    const sent: SentAnswer = { ...answer, ...words, judgement, base, client: randomUUID() };
    const saved = await saveAnswer(database, officerActor(officer), id, sent, now);
    if (!saved.ok || saved.value.kind !== "saved") throw new Error(JSON.stringify(saved));
  }
}

const told: unknown[] = [];
const ports: SafeguardingPorts = {
  outcomeSigned: async (_queries, urn, outcome, on) => void told.push([urn, outcome, on]),
};
const codes = (answer: { ok: boolean; error?: readonly { code: string }[] }) =>
  answer.ok ? [] : answer.error!.map(({ code }) => code);
const declared = { declared: true, asked: false };

describeStores("a safeguarding audit", (fresh) => {
  it("is planned for a region by a job, and put in force", async () => {
    const database = await regionIn(
      await fresh(),
      40,
      [1, 2, 3].map((n) => madeUpOfficer(n)),
    );
    expect(
      codes(await orderPlan(database, officerActor(1), { region, year: 2026, away: [], from: null }, morning)),
    ).toEqual(["safeguarding-not-allowed"]);
    const job = await orderPlan(database, regionalOfficer, { region, year: 2026, away: [], from: null }, morning);
    if (!job.ok) throw new Error("no job");
    const state = await runToEnd(database, job.value, [planJob]);
    expect(state).toMatchObject({ state: "succeeded" });
    const [plan] = await listPlans(database.queries, region);
    expect(plan!.figures).toMatchObject({ schools: 40, officers: 3, precision: { given: 40 } });
    expect(plan!.figures.gap).toBeLessThan(0.03);
    expect(plan!.figures.cost).toBeLessThanOrEqual(plan!.figures.greedyCost);
    expect(plan!.figures.kilometres).toBeGreaterThanOrEqual(plan!.figures.cost - 1e-6);
    const visits = await visitsOf(database.queries, plan!.id);
    expect(visits).toHaveLength(40);
    expect(await adoptPlan(database, regionalOfficer, plan!.id, morning)).toEqual({
      ok: true,
      value: { planned: 40, reassigned: 0 },
    });
    expect(codes(await adoptPlan(database, regionalOfficer, plan!.id, morning))).toEqual(["plan-adopted"]);

    const ill = await orderPlan(
      database,
      regionalOfficer,
      { region, year: 2026, away: [{ charter: charterNumberOf("000001"), from: day }], from: plan!.id },
      morning,
    );
    if (!ill.ok) throw new Error("no job");
    await runToEnd(database, ill.value, [planJob]);
    const [again] = await listPlans(database.queries, region);
    const hers = visits.filter(({ officer }) => officer === charterNumberOf("000001")).length;
    expect(again!.figures.changed).toBeGreaterThanOrEqual(hers);
    expect(again!.figures.changed).toBeLessThanOrEqual(2 * hers);
    expect(await adoptPlan(database, regionalOfficer, again!.id, morning)).toMatchObject({
      value: { planned: 0, reassigned: again!.figures.changed },
    });
  });

  it("is seen by its officer and its region, and its answers by nobody else until it is signed", async () => {
    const database = await regionIn(await fresh(), 3, [madeUpOfficer(1), madeUpOfficer(2)]);
    const id = await planned(database, 1);
    expect((await beginAudit(database, officerActor(1), id, morning)).ok).toBe(true);
    await answerAll(database, 1, id);
    const seen = async (actor: Parameters<typeof viewAudit>[1]) => {
      const view = await viewAudit(database, actor, id, morning);
      return view.ok ? view.value.answers.size > 0 : null;
    };
    expect(await seen(officerActor(1))).toBe(true);
    expect(await seen(officerActor(2))).toBeNull();
    expect(await seen(regionalOfficer)).toBe(false);
    expect(await seen(leadOf("900001"))).toBe(false);
    expect(await seen(leadOf("900002"))).toBeNull();
    expect(await seen(personWith("other", "regional-officer", { kind: "region", code: "E12000001" }))).toBeNull();
    expect(await seen({ kind: "public" })).toBeNull();
    expect((await submitAudit(database, officerActor(1), id, declared, morning, noPorts)).ok).toBe(true);
    const signed = await viewAudit(database, leadOf("900001"), id, morning);
    expect(signed.ok && signed.value.audit.state === "signed" ? signed.value.answers.size : 0).toBeGreaterThan(30);
    const answers = (await readStream(database.queries, `safeguarding/audit/${id}`)).filter(
      ({ kind }) => kind === "answer-saved",
    );
    expect(JSON.stringify(answers)).not.toContain("evidence");
  });

  it("takes an answer once, however often a device sends it, and overwrites nothing", async () => {
    const database = await regionIn(await fresh(), 3, [madeUpOfficer(1)]);
    const id = await planned(database, 1);
    await beginAudit(database, officerActor(1), id, morning);
    const [answer] = allMet(standardOf("2026-09").sections, day);
    const send = (change: Partial<SentAnswer>) =>
      saveAnswer(database, officerActor(1), id, { ...answer!, base: 0, client: randomUUID(), ...change }, morning);
    const client = randomUUID();
    expect(await send({ client, note: "first" })).toEqual({ ok: true, value: { kind: "saved", version: 1 } });
    expect(await send({ client, note: "first" })).toEqual({ ok: true, value: { kind: "saved", version: 1 } });
    expect(await send({ note: "from another tablet" })).toMatchObject({
      value: { kind: "conflict", current: { note: "first", version: 1 } },
    });
    expect(await send({ note: "second", base: 1 })).toEqual({ ok: true, value: { kind: "saved", version: 2 } });
    expect(codes(await send({ requirement: "no.such" }))).toEqual(["requirement-unknown"]);
    expect(await database.queries.$count(answerTable)).toBe(1);
    expect((await readStream(database.queries, `safeguarding/audit/${id}`)).map(({ kind }) => kind)).toEqual([
      "audit-planned",
      "audit-begun",
      "answer-saved",
      "answer-saved",
    ]);
  });

  it("takes no evidence that was found at another school", async () => {
    const database = await regionIn(await fresh(), 3, [madeUpOfficer(1), madeUpOfficer(2)]);
    const [own, second, foreign] = [
      await planned(database, 1),
      await planned(database, 1, "900002"),
      await planned(database, 2, "900000"),
    ];
    for (const [n, id] of [
      [1, own],
      [1, second],
      [2, foreign],
    ] as const)
      await beginAudit(database, officerActor(n), id, morning);
    const [answer, other] = allMet(standardOf("2026-09").sections, day);
    const client = randomUUID();
    const sent = { ...answer!, base: 0, client };
    expect((await saveAnswer(database, officerActor(1), own, sent, morning)).ok).toBe(true);
    expect(
      codes(await saveAnswer(database, officerActor(1), foreign, { ...sent, client: randomUUID() }, morning)),
    ).toEqual(["audit-unknown"]);
    // The same submission with another address is no receipt for that one.
    const misled = await saveAnswer(database, officerActor(1), second, sent, morning);
    expect(misled.ok ? [] : misled.error).toMatchObject([
      { code: "submission-elsewhere", message: expect.stringContaining(own) },
    ]);
    expect(codes(await saveAnswer(database, officerActor(1), own, { ...other!, base: 0, client }, morning))).toEqual([
      "submission-elsewhere",
    ]);
    const kept = await database.queries.select().from(answerTable);
    expect(kept.map(({ audit, requirement }) => [audit, requirement])).toEqual([[own, answer!.requirement]]);
    for (const id of [second, foreign])
      expect(await readStream(database.queries, `safeguarding/audit/${id}`)).toHaveLength(2);
  });

  it("is signed by a chartered officer without a tie to the school, or not at all", async () => {
    const until = civilDate("2026-10-20");
    const works = {
      kind: "works",
      in: { kind: "school", urn: "900002" },
      from: day,
      to: null,
      declared: day,
      words: "",
    } as const;
    const database = await regionIn(await fresh(), 3, [
      madeUpOfficer(1, { chartered: { from: civilDate("2025-09-01"), to: until } }),
      madeUpOfficer(2, { interests: [works] }),
    ]);
    const id = await planned(database, 1);
    await beginAudit(database, officerActor(1), id, morning);
    expect(codes(await submitAudit(database, officerActor(1), id, declared, morning, noPorts))).toContain(
      "answer-missing",
    );
    await answerAll(database, 1, id);
    expect(
      codes(await submitAudit(database, officerActor(1), id, { ...declared, declared: false }, morning, noPorts)),
    ).toEqual(["declaration-missing"]);
    const lapsed = await submitAudit(database, officerActor(1), id, declared, later(15), ports);
    expect(lapsed.ok ? [] : lapsed.error).toMatchObject([
      { code: "charter-lapsed", message: expect.stringContaining("20 October 2026") },
    ]);
    expect(await database.queries.$count(outcomeTable)).toBe(0);
    expect(codes(await submitAudit(database, officerActor(2), id, declared, morning, noPorts))).toEqual([
      "audit-unknown",
    ]);
    const barred = await planned(database, 2, "900002");
    expect(codes(await beginAudit(database, officerActor(2), barred, morning))).toEqual(["officer-barred"]);
    const officer = (await officersFor(database, officerActor(1)))[0]!;
    const interest = { ...works, in: { kind: "school", urn: "900001" } } as const;
    expect(
      (
        await changeOfficerBy(
          database,
          officerActor(1),
          officer.charter,
          { kind: "interest-declared", interest },
          officer.version,
          morning,
        )
      ).ok,
    ).toBe(true);
    expect(codes(await submitAudit(database, officerActor(1), id, declared, morning, noPorts))).toEqual([
      "officer-barred",
    ]);
    await expect(
      changeOfficerBy(
        database,
        officerActor(1),
        officer.charter,
        { kind: "interest-ended", at: 0, on: day },
        officer.version,
        morning,
      ),
    ).rejects.toThrow("changed");
  });

  it("is signed by nobody whose charter lapses on that day, by the calendar of England, nor takes effect then", async () => {
    const until = civilDate("2026-10-20");
    const database = await regionIn(await fresh(), 3, [
      madeUpOfficer(1, { chartered: { from: civilDate("2025-09-01"), to: until } }),
      madeUpOfficer(2),
    ]);
    const id = await planned(database, 1);
    await beginAudit(database, officerActor(1), id, morning);
    await answerAll(database, 1, id);
    told.length = 0;
    // Half past midnight in England; the day before by universal time.
    const midnight = new Date("2026-10-19T23:30:00Z");
    const late = await submitAudit(database, officerActor(1), id, declared, midnight, ports);
    expect(late.ok ? [] : late.error).toMatchObject([
      { code: "charter-lapsed", message: expect.stringContaining("lapsed on 20 October 2026") },
    ]);
    const evening = new Date("2026-10-19T22:30:00Z");
    const asked = { declared: true, asked: true };
    expect(await submitAudit(database, officerActor(1), id, asked, evening, ports)).toMatchObject({
      value: { state: "reading", submittedOn: "2026-10-19" },
    });
    const before = await readStream(database.queries, `safeguarding/audit/${id}`);
    const agrees = { agrees: true, words: "" };
    expect(codes(await readAudit(database, officerActor(2), id, agrees, midnight, ports))).toEqual(["charter-lapsed"]);
    expect(told).toEqual([]);
    expect(await database.queries.$count(outcomeTable)).toBe(0);
    expect(await readStream(database.queries, `safeguarding/audit/${id}`)).toEqual(before);
    expect((await readAudit(database, officerActor(2), id, agrees, evening, ports)).ok).toBe(true);
  });

  it("is not signed while the officer's charter is suspended, and is once it is restored", async () => {
    const administrator = personWith("admin", "administrator", { kind: "country" });
    const database = await regionIn(
      await fresh(),
      3,
      [1, 2].map((n) => madeUpOfficer(n)),
    );
    const charter = charterNumberOf("000001");
    const id = await planned(database, 1);
    await beginAudit(database, officerActor(1), id, morning);
    await answerAll(database, 1, id);
    // The sign-in of an officer ties the person and moves the row on: look at it as a page does.
    const change = async (actor: Parameters<typeof viewOfficer>[1], asked: OfficerChange, now = morning) => {
      const [officer] = (await officersFor(database, administrator)).filter((one) => one.charter === charter);
      return changeOfficerBy(database, actor, charter, asked, officer!.version, now);
    };
    const suspended = { kind: "suspended", from: day, why: "A complaint is looked into." } as const;
    for (const actor of [officerActor(1), regionalOfficer, director])
      expect(codes(await change(actor, suspended))).toEqual(["safeguarding-not-allowed"]);
    expect((await change(administrator, suspended)).ok).toBe(true);
    const refused = await submitAudit(database, officerActor(1), id, declared, morning, ports);
    expect(refused.ok ? [] : refused.error).toMatchObject([
      {
        code: "charter-suspended",
        message: "Bramble Officer 1's charter is suspended since 5 October 2026: A complaint is looked into.",
      },
    ]);
    expect(await database.queries.$count(outcomeTable)).toBe(0);
    expect(await checkCharter(database.queries, charter, day)).toMatchObject({ value: { status: "suspended" } });
    expect(codes(await change(administrator, suspended))).toEqual(["charter-suspended-already"]);
    const restored = { kind: "suspension-ended", on: addDays(day, 2), why: "Nothing was found." } as const;
    expect((await change(administrator, restored)).ok).toBe(true);
    expect(codes(await submitAudit(database, officerActor(1), id, declared, later(1), ports))).toEqual([
      "charter-suspended",
    ]);
    expect((await submitAudit(database, officerActor(1), id, declared, later(2), ports)).ok).toBe(true);
    expect(
      (await readStream(database.queries, `safeguarding/officer/${charter}`))
        .map(({ kind, body }) => [kind, body])
        .slice(1),
    ).toEqual([
      ["suspended", { from: "2026-10-05", why: "A complaint is looked into." }],
      ["suspension-ended", { on: "2026-10-07", why: "Nothing was found." }],
    ]);
    expect(codes(await viewOfficer(database, officerActor(2), charter))).toEqual(["officer-unknown"]);
    expect((await viewOfficer(database, regionalOfficer, charter)).ok).toBe(true);
  });

  it("that is not secure is read by a second officer, has actions until they are closed, and can be restored", async () => {
    const database = await regionIn(
      await fresh(),
      3,
      [1, 2].map((n) => madeUpOfficer(n)),
    );
    const id = await planned(database, 1);
    told.length = 0;
    expect(
      (
        await answerRequests(
          database,
          leadOf("900001"),
          id,
          [{ requirement: "recruitment.record", ready: true, words: "In the office." }],
          morning,
        )
      ).ok,
    ).toBe(true);
    await beginAudit(database, officerActor(1), id, morning);
    await answerAll(database, 1, id, { "recruitment.barred": "not-met" });
    const submitted = await submitAudit(database, officerActor(1), id, declared, morning, ports);
    expect(submitted).toMatchObject({
      value: { state: "reading", readingWhy: "not-secure", secondReader: charterNumberOf("000002") },
    });
    expect(told).toEqual([]);
    expect(codes(await readAudit(database, officerActor(1), id, { agrees: true, words: "" }, morning, ports))).toEqual([
      "safeguarding-not-allowed",
    ]);
    expect(codes(await readAudit(database, officerActor(2), id, { agrees: false, words: "" }, morning, ports))).toEqual(
      ["audit-words-missing"],
    );
    expect(
      await readAudit(database, officerActor(2), id, { agrees: true, words: "Agreed." }, later(1), ports),
    ).toMatchObject({ value: { state: "signed", signedOn: "2026-10-06" } });
    expect(told).toEqual([["900001", "not-secure", "2026-10-06"]]);
    expect([...(await auditOutcomes(database.queries, addDays(day, 1)))]).toEqual([
      ["900001", { outcome: "not-secure", on: "2026-10-06", audit: id }],
    ]);
    const pending = await pendingActions(database, regionalOfficer, { region }, later(40));
    expect(pending.map(({ requirement, due, consequence }) => [requirement, due, consequence])).toEqual([
      ["recruitment.barred", "2026-10-09", "re-audit"],
    ]);
    expect(
      codes(
        await judgeAction(
          database,
          leadOf("900001"),
          id,
          "recruitment.barred",
          { closes: true, words: "Done." },
          morning,
        ),
      ),
    ).toEqual(["safeguarding-not-allowed"]);
    expect(
      (
        await reportDone(
          database,
          leadOf("900001"),
          id,
          "recruitment.barred",
          "Checked; the check is in the record.",
          later(2),
        )
      ).ok,
    ).toBe(true);
    expect(
      (
        await judgeAction(
          database,
          officerActor(1),
          id,
          "recruitment.barred",
          { closes: true, words: "Seen in the record." },
          later(3),
        )
      ).ok,
    ).toBe(true);
    expect(await pendingActions(database, regionalOfficer, { region }, later(40))).toEqual([]);
    const again = await openReAudit(database, regionalOfficer, id, addDays(day, 14), later(4));
    if (!again.ok) throw new Error("no re-audit");
    expect(again.value.id).toBe("2026-27-900001-2");
    await beginAudit(database, officerActor(1), again.value.id, later(14));
    await answerAll(database, 1, again.value.id, {}, later(14));
    await submitAudit(database, officerActor(1), again.value.id, declared, later(14), ports);
    const found = await listAudits(database.queries, { urn: "900001" });
    expect(found.map(({ kind, outcome, state }) => [kind, outcome, state])).toEqual([
      ["annual", "not-secure", "signed"],
      ["re-audit", "secure", expect.stringMatching("signed|reading")],
    ]);
  });

  it("has its outcome corrected by the regional director, with the reason and the first one kept", async () => {
    const database = await regionIn(
      await fresh(),
      3,
      [1, 2].map((n) => madeUpOfficer(n)),
    );
    const id = await planned(database, 1, "900002");
    await beginAudit(database, officerActor(1), id, morning);
    await answerAll(database, 1, id);
    const signed = await submitAudit(database, officerActor(1), id, declared, morning, ports);
    if (signed.ok && signed.value.state === "reading")
      await readAudit(database, officerActor(2), id, { agrees: true, words: "" }, morning, ports);
    told.length = 0;
    const correction = { outcome: "not-secure", words: "A file was overlooked." } as const;
    expect(codes(await correctOutcome(database, regionalOfficer, id, correction, later(1), ports))).toEqual([
      "safeguarding-not-allowed",
    ]);
    expect((await correctOutcome(database, director, id, correction, later(1), ports)).ok).toBe(true);
    expect(codes(await correctOutcome(database, director, id, correction, later(1), ports))).toEqual([
      "outcome-the-same",
    ]);
    expect(told).toEqual([["900002", "not-secure", "2026-10-06"]]);
    expect((await auditOutcomes(database.queries, addDays(day, 5))).get("900002")?.outcome).toBe("not-secure");
    expect(await database.queries.$count(outcomeTable)).toBe(2);
  });

  it("never holds back a child at risk: it stands in the region's list at once, once, with a clock", async () => {
    const database = await regionIn(
      await fresh(),
      3,
      [1, 2].map((n) => madeUpOfficer(n)),
    );
    const id = randomUUID();
    const raise = () =>
      raiseEscalation(database, officerActor(1), { id, urn: "900001", words: "A made-up worry." }, morning);
    const raised = await raise();
    expect(raised).toMatchObject({ value: { dueAt: "2026-10-05T09:00:00.000Z", region } });
    await raise();
    expect(await escalationsFor(database, regionalOfficer, { region, open: true })).toHaveLength(1);
    expect(await escalationsFor(database, officerActor(2), { open: true })).toEqual([]);
    expect(await escalationsFor(database, leadOf("900001"), { open: true })).toEqual([]);
    expect((await contactsFor(database, officerActor(1), "900001", morning)).map(({ office }) => office)).toContain(
      "children's social care of Birmingham",
    );
    expect((await answerEscalation(database, regionalOfficer, id, { closes: false, words: "" }, later(0.01))).ok).toBe(
      true,
    );
    expect(codes(await answerEscalation(database, regionalOfficer, id, { closes: true, words: "" }, later(1)))).toEqual(
      ["audit-words-missing"],
    );
    expect(
      (
        await answerEscalation(
          database,
          regionalOfficer,
          id,
          { closes: true, words: "Social care has taken it up." },
          later(1),
        )
      ).ok,
    ).toBe(true);
    expect((await readStream(database.queries, `safeguarding/escalation/${id}`)).map(({ kind }) => kind)).toEqual([
      "escalation-raised",
      "escalation-acknowledged",
      "escalation-closed",
    ]);
  });

  it("tells anybody whether a charter holds, and no more", async () => {
    const database = await regionIn(await fresh(), 1, [madeUpOfficer(1)]);
    expect(await checkCharter(database.queries, charterNumberOf("000001").toLowerCase(), day)).toEqual({
      ok: true,
      value: {
        charter: charterNumberOf("000001"),
        name: "Bramble Officer 1",
        status: "chartered",
        from: "2025-09-01",
        until: "2028-09-01",
      },
    });
    expect(codes(await checkCharter(database.queries, charterNumberOf("000009"), day))).toEqual(["officer-unknown"]);
    expect(codes(await checkCharter(database.queries, "CSO1", day))).toEqual(["officer-unknown"]);
  });

  it("is kept in the tables that the code describes", async () => {
    const tables = [
      outcomeTable,
      siteTable,
      officerTable,
      planTable,
      visitTable,
      auditTable,
      answerTable,
      submissionTable,
      preparationTable,
      actionTable,
      escalationTable,
      deskTable,
    ];
    await expectTablesMatch(await regionIn(await fresh(), 1, []), tables);
  });
});
