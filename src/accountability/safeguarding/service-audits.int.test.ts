import { createHash, randomUUID } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { answerAll, codes, day, declared, later, planned } from "../../../test/safeguarding-audits.js";
import {
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
import { silent } from "../../kernel/index.js";
import type { Actor } from "../../platform/identity/index.js";
import { runToEnd } from "../../platform/jobs/index.js";
import { readStream } from "../../platform/log/index.js";
import { allMet } from "./examples.js";
import { orderPlan, planJob } from "./jobs.js";
import { charterNumberOf } from "./officer.js";
import { beginAudit, type SentAnswer, saveAnswer, viewAudit } from "./service-audits.js";
import { answerEscalation, contactsFor, escalationsFor, raiseEscalation } from "./service-escalations.js";
import { addEvidence, readEvidence, removeEvidence, type SentEvidence } from "./service-evidence.js";
import { adoptPlan } from "./service-plan.js";
import { noPorts, readAudit, submitAudit } from "./service-sign.js";
import { standardOf } from "./standards.js";
import { listPlans, visitsOf } from "./store-plans.js";
import {
  actionTable,
  answerTable,
  auditTable,
  deskTable,
  escalationTable,
  evidenceTable,
  officerTable,
  outcomeTable,
  planTable,
  preparationTable,
  siteTable,
  submissionTable,
  visitTable,
} from "./tables.js";
import { evidenceVerifier } from "./verify-evidence.js";

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

  it("keeps files of evidence with their hash in the log, for its officer, and for the school once it is signed", async () => {
    const database = await regionIn(
      await fresh(),
      3,
      [1, 2].map((n) => madeUpOfficer(n)),
    );
    const id = await planned(database, 1);
    const file = (name: string, text: string): SentEvidence => {
      const bytes = Buffer.from(`%PDF-1.7 ${text}`);
      return { name, type: "application/pdf", bytes, sha256: createHash("sha256").update(bytes).digest("hex") };
    };
    const [record, rota] = [file("Record of Otterwick.pdf", "record"), file("rota.pdf", "rota")];
    const requirement = "recruitment.record";
    const add = (files: readonly SentEvidence[], officer = 1, of = requirement) =>
      addEvidence(database, officerActor(officer), id, { requirement: of, files }, morning);
    expect(codes(await add([record]))).toEqual(["audit-in-another-state"]);
    await beginAudit(database, officerActor(1), id, morning);
    expect(codes(await add([record], 2))).toEqual(["audit-unknown"]);
    expect(codes(await add([record], 1, "recruitment.nothing"))).toEqual(["requirement-unknown"]);
    const many = Array.from({ length: 61 }, (_, i) => file(`${i}.pdf`, String(i)));
    expect(codes(await add(many))).toEqual(["evidence-files-too-many"]);
    expect((await add([record, rota, record])).ok).toBe(true);
    expect((await add([{ ...record, name: "the same again.pdf" }])).ok).toBe(true);
    const listOf = async (actor: Actor) => {
      const view = await viewAudit(database, actor, id, morning);
      return view.ok ? view.value.files : [];
    };
    const kept = await listOf(officerActor(1));
    expect(kept.map(({ name, sha256, size }) => [name, sha256, size])).toEqual(
      [record, rota].map(({ name, sha256, bytes }) => [name, sha256, bytes.length]),
    );
    const [first, second] = kept.map((one) => one.id) as [string, string];
    for (const other of [officerActor(2), leadOf("900001"), leadOf("900002"), regionalOfficer])
      expect(codes(await readEvidence(database, other, first))).toEqual(["evidence-file-unknown"]);
    const events = await readStream(database.queries, `safeguarding/audit/${id}`);
    expect(events.at(-1)).toMatchObject({
      kind: "evidence-added",
      body: { requirement, files: [{ sha256: record.sha256 }, {}] },
    });
    expect(JSON.stringify(events)).not.toContain("Otterwick.pdf");
    expect((await removeEvidence(database, officerActor(1), id, second, morning)).ok).toBe(true);
    expect(codes(await removeEvidence(database, officerActor(1), id, second, morning))).toEqual([
      "evidence-file-unknown",
    ]);
    await answerAll(database, 1, id);
    await submitAudit(database, officerActor(1), id, { declared: true, asked: true }, morning, noPorts);
    expect(codes(await removeEvidence(database, officerActor(1), id, first, morning))).toEqual([
      "audit-in-another-state",
    ]);
    const reader = officerActor(2);
    expect((await listOf(reader)).map(({ name }) => name)).toEqual([record.name]);
    expect(await listOf(leadOf("900001"))).toEqual([]);
    await readAudit(database, reader, id, { agrees: true, words: "" }, morning, noPorts);
    for (const one of [leadOf("900001"), regionalOfficer]) {
      const read = await readEvidence(database, one, first);
      expect(read.ok && read.value.bytes.equals(record.bytes)).toBe(true);
    }
    expect(codes(await readEvidence(database, leadOf("900002"), first))).toEqual(["evidence-file-unknown"]);
    const faults = () => evidenceVerifier.verify(database, silent);
    expect(await faults()).toEqual([]);
    await database.queries.execute(sql`update safeguarding.evidence_file set bytes = 'x', size = 1`);
    expect(await faults()).toMatchObject([{ code: "evidence-file-differs", place: `audit ${id}, file ${first}` }]);
    await database.queries.execute(sql`delete from safeguarding.evidence_file`);
    expect(await faults()).toMatchObject([{ message: expect.stringContaining("neither there nor taken out") }]);
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
      evidenceTable,
      deskTable,
    ];
    await expectTablesMatch(await regionIn(await fresh(), 1, []), tables);
  });
});
