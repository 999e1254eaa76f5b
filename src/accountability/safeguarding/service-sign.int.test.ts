import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { answerAll, codes, day, declared, later, planned, ports, told } from "../../../test/safeguarding-audits.js";
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
import { addDays, civilDate } from "../../kernel/index.js";
import { readStream } from "../../platform/log/index.js";
import { auditOutcomes } from "./index.js";
import { charterNumberOf } from "./officer.js";
import type { OfficerChange } from "./officer-change.js";
import { beginAudit } from "./service-audits.js";
import { answerRequests, judgeAction, pendingActions, reportDone } from "./service-follow-up.js";
import { changeOfficerBy, checkCharter, officersFor, viewOfficer } from "./service-officers.js";
import { correctOutcome, noPorts, openReAudit, readAudit, submitAudit } from "./service-sign.js";
import { listAudits } from "./store-audits.js";
import { outcomeTable } from "./tables.js";

describeStores("a safeguarding audit", (fresh) => {
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
});
