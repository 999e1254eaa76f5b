import { createHash } from "node:crypto";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { describeStores } from "../../../../test/databases.js";
import { caseYear, opening, withCases } from "../../../../test/sample-cases.js";
import { expectTablesMatch } from "../../../../test/tables-match.js";
import type { Database } from "../../../platform/database/index.js";
import { type Actor, systemActor } from "../../../platform/identity/index.js";
import { readHead, readStream, StaleStream } from "../../../platform/log/index.js";
import type { CaseCommand } from "./case.js";
import { type CaseStep, changeCase, loadCase, streamOf } from "./store-case.js";
import { loadYearReview } from "./store-open.js";
import { caseTable, drawTable, publicationTable, yearReviewTable } from "./tables.js";

const officer: Actor = { kind: "person", id: "officer", name: "Ada Example", grants: [] };
const reader: Actor = { kind: "person", id: "reader", name: "Ben Example", grants: [] };
const later = new Date("2026-11-27T10:00:00Z");
const keyOf = (urn: string) => ({ urn, academicYear: caseYear });

const take = (database: Database, urn: string, command: CaseCommand, over: Partial<CaseStep> = {}) =>
  database.queries.transaction((queries) =>
    changeCase(queries, { ...keyOf(urn), expected: null, command, actor: officer, at: later, ...over }),
  );

/** The first school whose case proposes this. */
async function proposing(database: Database, decision: string): Promise<string> {
  const [row] = await database.queries.execute<{ urn: string }>(
    sql`select urn from ${caseTable} where proposed = ${decision} order by urn limit 1`,
  );
  if (!row) throw new RangeError(`no case proposes ${decision}`);
  return row.urn;
}

describeStores("the cases of a year", (fresh) => {
  it("are described to Drizzle as their SQL made them", async () => {
    const { database } = await withCases(await fresh());
    await expectTablesMatch(database, [yearReviewTable, drawTable, publicationTable, caseTable]);
  });

  it("begin with the evidence, the proposal, its reasons and what is missing, and an event each", async () => {
    const { database, review } = await withCases(await fresh(), 40);
    for (const school of review.schools) {
      const found = await loadCase(database.queries, keyOf(school.urn));
      const { kind, phase, name } = school;
      expect(found).toMatchObject({ state: "open", version: 1, school: { kind, phase, name } });
      const { evidence, proposal } = found!;
      expect(evidence.safeguarding?.outcome ?? null).toBe(school.safeguarding?.outcome ?? null);
      expect(proposal.reasons.length).toBeGreaterThan(0);
      expect(found!.missing.some(({ code }) => code === "accounts-missing")).toBe(school.accounts === null);
      const events = await readStream(database.queries, streamOf(found!));
      expect(events.map(({ kind: what, version }) => [what, version])).toEqual([["case-opened", 1]]);
    }
    const waiting = review.schools.find(({ accounts }) => accounts === null)!;
    const { missing } = (await loadCase(database.queries, keyOf(waiting.urn)))!;
    expect(missing).toContainEqual({
      code: "accounts-missing",
      text: "No opinion on the accounts since 1 January 2026.",
      since: "2026-01-01",
    });
  });

  it("change with their event and version, or not at all", async () => {
    const { database } = await withCases(await fresh(), 40, 0);
    const urn = await proposing(database, "awarded");
    const made = await take(database, urn, { kind: "decide", decision: "awarded", words: null });
    expect(made).toMatchObject({ ok: true, value: { state: "decided", version: 2 } });
    const kept = await loadCase(database.queries, keyOf(urn));
    expect(kept).toEqual(made.ok && { ...made.value, changedAt: kept!.changedAt });
    expect(await readStream(database.queries, streamOf(kept!))).toMatchObject([
      { kind: "case-opened" },
      { kind: "case-decided", version: 2, actor: { id: "officer" }, body: { decision: "awarded", secondReading: [] } },
    ]);
    const head = await readHead(database.queries);
    const again = await take(database, urn, { kind: "decide", decision: "awarded", words: null });
    expect(again).toMatchObject({ ok: false, error: [{ code: "case-decided-twice" }] });
    expect(await readHead(database.queries)).toEqual(head);
    expect(await loadCase(database.queries, keyOf(urn))).toEqual(kept);
  });

  it("tell the later of two people, and change nothing", async () => {
    const { database } = await withCases(await fresh(), 40, 0);
    const urn = await proposing(database, "awarded");
    const step = { kind: "decide", decision: "awarded", words: null } as const;
    await take(database, urn, step, { expected: 1 });
    const stale = take(database, urn, { kind: "recall", words: "Wait" }, { expected: 1, actor: reader });
    await expect(stale).rejects.toBeInstanceOf(StaleStream);
    expect((await loadCase(database.queries, keyOf(urn)))?.version).toBe(2);
  });

  it("refuse a school without a case by name", async () => {
    const { database } = await withCases(await fresh());
    expect(await take(database, "999999", { kind: "agree" })).toMatchObject({
      ...{ ok: false, error: [{ code: "case-unknown", place: "case 2026/27 of 999999" }] },
    });
  });

  it("are drawn for second reading by the sealed seed alone, which the log commits to", async () => {
    const { database, review } = await withCases(await fresh(), 40, 0.5);
    const number = (urn: string) =>
      Number.parseInt(
        createHash("sha256")
          .update(`${"5eed".repeat(16)} ${urn}`)
          .digest("hex")
          .slice(0, 12),
        16,
      ) /
      2 ** 48;
    const rows = await database.queries.execute<{ urn: string; number: number }>(
      sql`select urn, quality_mark.draw_number(${"5eed".repeat(16)}, urn) as number from ${caseTable}`,
    );
    expect(new Map(rows.map((row) => [row.urn, row.number]))).toEqual(
      new Map(review.schools.map(({ urn }) => [urn, number(urn)])),
    );
    const commitment = createHash("sha256")
      .update(JSON.stringify("5eed".repeat(16)))
      .digest("hex");
    expect((await loadYearReview(database.queries, caseYear))?.drawCommitment).toBe(commitment);
    const [opened] = await readStream(database.queries, "quality-mark/review/2026-27");
    expect(opened).toMatchObject({
      kind: "review-opened",
      at: opening.toISOString(),
      body: { drawCommitment: commitment },
    });
    expect(JSON.stringify(opened)).not.toContain("5eed5eed");
  });

  it("need a second reader where the draw takes them", async () => {
    const { database } = await withCases(await fresh(), 40);
    const urn = await proposing(database, "awarded");
    await take(database, urn, { kind: "decide", decision: "awarded", words: null });
    const made = await take(database, urn, { kind: "draw" });
    expect(made).toMatchObject({ value: { state: "second-reader", decision: { secondReading: ["sampled"] } } });
    expect(await take(database, urn, { kind: "agree" })).toMatchObject({ error: [{ code: "second-person-same" }] });
    expect(await take(database, urn, { kind: "agree" }, { actor: reader })).toMatchObject({
      value: { state: "decided" },
    });
    expect(
      await take(database, urn, { kind: "publish", publication: 99, from: "2026-11-27" as never }).catch(
        ({ code }) => code,
      ),
    ).toBe("database-reference");
    expect((await loadCase(database.queries, keyOf(urn)))?.state).toBe("decided");
    expect(
      await take(database, urn, { kind: "recall", words: "A new audit" }, { actor: systemActor("audits") }),
    ).toMatchObject({
      value: { state: "open", version: 5 },
    });
  });
});
