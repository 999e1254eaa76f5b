import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { describeStores } from "../../../../test/databases.js";
import { caseYear, personOf, withCases } from "../../../../test/sample-cases.js";
import { civilDate, silent } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { readHead, readStream } from "../../../platform/log/index.js";
import { markOf } from "../marks/store-marks.js";
import type { CaseCommand } from "./case.js";
import { changeCase, loadCase, streamOf } from "./store-case.js";
import { closeWithSchools, closuresInWords } from "./store-close.js";
import { caseVerifiers } from "./store-verify.js";
import { caseTable } from "./tables.js";

const ada = personOf("ada", "regional-officer", "E12000007");
const ben = personOf("ben", "regional-officer", "E12000007");
const now = new Date("2026-12-20T10:00:00Z");
const later = new Date("2027-02-01T10:00:00Z");
const keyOf = (urn: string) => ({ urn, academicYear: caseYear });

async function take(database: Database, urn: string, command: CaseCommand, actor = ada): Promise<void> {
  const step = { ...keyOf(urn), expected: null, command, actor, at: now };
  const made = await database.queries.transaction((queries) => changeCase(queries, step));
  if (!made.ok) throw new Error(JSON.stringify(made.error));
}

/** A school that holds the mark, one that is decided but not published, one that nobody has looked at, and one more. */
async function withMarks(fresh: Database) {
  const { database } = await withCases(fresh, 40, 0);
  const rows = await database.queries.execute<{ urn: string }>(
    sql`select urn from ${caseTable} where region_code = 'E12000007' and proposed = 'awarded' order by urn`,
  );
  const [held, decided, open, other] = rows.map(({ urn }) => urn) as [string, string, string, string];
  await database.queries.execute(sql`insert into quality_mark.publication (academic_year, marks_from, started_by, finished_at)
    values (${caseYear}, '2026-12-20', 'tests', now())`);
  for (const urn of [held, decided]) await take(database, urn, { kind: "decide", decision: "awarded", words: null });
  await take(database, held, { kind: "publish", publication: 1, from: civilDate("2026-12-20") });
  return { database, held, decided, open, other };
}

const setStatus = ({ queries }: Database, urn: string, status: string, on: string | null) =>
  queries.execute(sql`update register.school set status = ${status}, closed_on = ${on} where urn = ${urn}`);
const link = ({ queries }: Database, from: string, to: string, type: string) =>
  queries.execute(sql`insert into register.school_link (urn, link_urn, link_type) values (${from}, ${to}, ${type})`);
const close = ({ queries }: Database) => queries.transaction((inside) => closeWithSchools(inside, later));
const none = { closed: 0, ended: 0, openAgain: 0, goingOn: 0 };

async function expectVerified(database: Database): Promise<void> {
  for (const { verify } of caseVerifiers) expect(await verify(database, silent)).toEqual([]);
}

describeStores("schools that closed", (fresh) => {
  it("end their open cases and marks, saying who followed, once", async () => {
    const { database, held, decided, open, other } = await withMarks(await fresh());
    expect(await close(database)).toEqual(none);
    for (const urn of [held, decided, open]) await setStatus(database, urn, "closed", "2027-01-31");
    for (const urn of [held, decided]) await link(database, urn, other, "Successor - merged");
    expect(await close(database)).toEqual({ ...none, closed: 2, ended: 1 });
    const { name } = (await loadCase(database.queries, keyOf(other)))!.school;
    const words = `The school closed on 31 January 2027. What followed is another school: ${name} (URN ${other}).`;
    const mark = await markOf(database.queries, held, civilDate("2027-02-01"));
    expect(mark).toMatchObject({ state: "ended", endedOn: "2027-02-01", words });
    expect(await markOf(database.queries, held, civilDate("2027-01-30"))).toMatchObject({ state: "awarded" });
    expect(await markOf(database.queries, other, civilDate("2027-02-01"))).toBeNull();
    expect((await loadCase(database.queries, keyOf(decided)))?.state).toBe("closed");
    expect((await readStream(database.queries, streamOf(keyOf(open)))).at(-1)).toMatchObject({
      ...{ kind: "case-closed", actor: { kind: "system", name: "register-of-schools" } },
      body: { words: "The school closed on 31 January 2027. No school followed it.", successors: [] },
    });
    const head = await readHead(database.queries);
    expect(closuresInWords(await close(database))).toBeNull();
    expect(await readHead(database.queries)).toEqual(head);
    await expectVerified(database);
  });

  it("stand again where the register has them open after all", async () => {
    const { database, held, decided, open } = await withMarks(await fresh());
    const before = await loadCase(database.queries, keyOf(held));
    for (const urn of [held, decided, open]) await setStatus(database, urn, "closed", "2027-01-31");
    await close(database);
    for (const urn of [held, decided, open]) await setStatus(database, urn, "open", null);
    expect(await close(database)).toEqual({ ...none, openAgain: 3 });
    expect((await loadCase(database.queries, keyOf(held)))?.mark).toEqual(before?.mark);
    expect((await loadCase(database.queries, keyOf(decided)))?.state).toBe("decided");
    expect((await loadCase(database.queries, keyOf(open)))?.state).toBe("open");
    expect(await close(database)).toEqual(none);
    await expectVerified(database);
  });

  it("keep their mark as the same school under another URN, until that closes too", async () => {
    const { database, held, other } = await withMarks(await fresh());
    await setStatus(database, held, "closed", "2027-01-31");
    await link(database, held, other, "Successor");
    expect(await close(database)).toEqual({ ...none, goingOn: 1 });
    expect(await markOf(database.queries, held, civilDate("2027-02-01"))).toMatchObject({ state: "awarded" });
    await setStatus(database, other, "closed", "2027-02-01");
    expect(await close(database)).toEqual({ ...none, closed: 1, ended: 1 });
    await expectVerified(database);
  });

  it("leave a second reading that was never made without a fault", async () => {
    const { database, open } = await withMarks(await fresh());
    await take(database, open, { kind: "send-to-school", answerBy: civilDate("2027-01-20") });
    await take(database, open, { kind: "finish-answer" });
    await take(database, open, { kind: "decide", decision: "refused", words: "The officer departs from the rule." });
    await setStatus(database, open, "closed", "2027-01-31");
    await close(database);
    await expectVerified(database);
    await setStatus(database, open, "open", null);
    await close(database);
    expect((await loadCase(database.queries, keyOf(open)))?.state).toBe("second-reader");
    await take(database, open, { kind: "agree" }, ben);
  });
});
