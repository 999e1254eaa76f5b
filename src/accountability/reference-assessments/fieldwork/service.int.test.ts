import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import {
  accept,
  acceptance,
  acceptedSchools,
  answerAll,
  before,
  dayOf,
  draft,
  during,
  fieldworkJobs,
  headOf,
  itemsFile,
  schoolsIn,
  statistician,
  studyIn,
} from "../../../../test/assessment-fieldwork.js";
import { describeStores } from "../../../../test/databases.js";
import { expectTablesMatch } from "../../../../test/tables-match.js";
import { parseCsv, parseStudyFile, readStudy } from "../../../ingest/index.js";
import { civilDate, silent } from "../../../kernel/index.js";
import { actingAs, publicActor } from "../../../platform/identity/index.js";
import { runToEnd } from "../../../platform/jobs/index.js";
import { readStream } from "../../../platform/log/index.js";
import { orderExport } from "./export-job.js";
import { orderSample } from "./jobs.js";
import { createStudy, viewStudy } from "./service.js";
import { checkStudyDraw } from "./service-draw.js";
import { eraseStudy } from "./service-erase.js";
import { importItems, listItems, recordItem } from "./service-items.js";
import { answerForSchool, describePupils, importPupils, schoolSamples, viewSchool } from "./service-schools.js";
import { beginSession, finishSession, importPaper, saveAnswers, viewSession } from "./service-sessions.js";
import { findExport, findStudy, loadPupils, loadResponses, loadSchools, saveResponses } from "./store.js";
import {
  exportTable,
  frameTable,
  itemTable,
  pupilTable,
  responseTable,
  schoolTable,
  studyTable,
} from "./store-tables.js";

const today = dayOf(during);
const messages = (result: { ok: boolean; error?: readonly { place: string; message: string }[] }) =>
  (result.error ?? []).map(({ place, message }) => `${place}: ${message}`);
const file = (name: string) => readFileSync(new URL(`../../../../test/not-ok/fieldwork/${name}`, import.meta.url));

describeStores("the running of an assessment", (fresh) => {
  it("has the tables that Drizzle describes", async () => {
    const database = await schoolsIn(await fresh(), 1);
    const tables = [studyTable, schoolTable, pupilTable, responseTable, itemTable, exportTable, frameTable];
    await expectTablesMatch(database, tables);
  });

  it("draws the sample from the register, once, with its seed, frame and record", async () => {
    const database = await studyIn(await fresh());
    const { study, schools } = accept(await viewStudy(database, statistician, draft.id));
    expect(study.record).toMatchObject({
      draw: { seed: 11, method: "systematic" },
      frame: { schools: 60, leftOut: [] },
    });
    expect(schools.filter(({ choice }) => choice === 0)).toHaveLength(8);
    expect(schools.filter(({ choice }) => choice > 0).length).toBeGreaterThanOrEqual(15);
    const order = { ...study.design!, seed: 12 };
    expect(await orderSample(database, statistician, draft.id, order, study.version, before)).toMatchObject({
      error: [{ code: "fieldwork-sample-drawn" }],
    });
    expect(
      (await readStream(database.queries, `assessment-fieldwork/study/${draft.id}`)).map(({ kind }) => kind),
    ).toEqual([...["study-begun", "booklets-assembled", "sample-drawn"]]);
    expect(await createStudy(database, statistician, draft, dayOf(before), before)).toMatchObject({
      error: [{ code: "fieldwork-study-exists" }],
    });
    // The same again from record and frame, whatever became of the register since.
    await database.queries.execute(sql`update register.school set pupils = pupils + 100`);
    const check = async () => accept(await checkStudyDraw(database, statistician, draft.id));
    expect(await check()).toEqual({ frame: true, same: true, schools: schools.length, differences: [] });
    await database.queries.execute(
      sql`update assessment_fieldwork.sampled_school set probability = probability / 2 where urn = ${schools[0]!.urn}`,
    );
    expect(await check()).toMatchObject({
      ...{ frame: true, same: false },
      differences: [expect.stringContaining(`school ${schools[0]!.urn}: probability is`)],
    });
    await database.queries.execute(
      sql`update assessment_fieldwork.frame set content = replace(content, '900000', '900999')`,
    );
    expect(await check()).toMatchObject({ frame: false, same: false });
  });

  it("asks a replacement when a school refuses, shows reserves to nobody, and draws pupils without a name", async () => {
    const database = await studyIn(await fresh());
    const all = await loadSchools(database.queries, draft.id);
    const [first, second] = all.filter(({ choice }) => choice === 0);
    const reserve = all.find(({ unit, choice }) => unit === first!.unit && choice === 1)!;
    expect(accept(await schoolSamples(database, headOf(reserve.urn), reserve.urn))).toEqual([]);
    const refusal = { ...acceptance(first!.urn, first!.version), takesPart: false };
    const head = headOf(first!.urn);
    expect(await answerForSchool(database, head, refusal, dayOf(before), before)).toMatchObject({
      error: [{ code: "fieldwork-reason-missing" }],
    });
    expect(await answerForSchool(database, headOf(second!.urn), refusal, dayOf(before), before)).toMatchObject({
      error: [{ code: "fieldwork-role" }],
    });
    accept(await answerForSchool(database, head, { ...refusal, reason: "an inspection" }, dayOf(before), before));
    await expect(
      answerForSchool(database, head, { ...refusal, reason: "again" }, dayOf(before), before),
    ).rejects.toThrow();
    const [asked] = accept(await schoolSamples(database, headOf(reserve.urn), reserve.urn));
    expect(asked!.school.state).toBe("invited");
    const wrong = { ...acceptance(reserve.urn, asked!.school.version), roll: 0, sessionOn: "2027-06-01" };
    expect(messages(await answerForSchool(database, headOf(reserve.urn), wrong, dayOf(before), before))).toHaveLength(
      2,
    );
    accept(await answerForSchool(database, headOf(reserve.urn), acceptance(reserve.urn, 2), dayOf(before), before));
    const { pupils } = accept(await viewSchool(database, headOf(reserve.urn), draft.id, reserve.urn));
    expect(pupils).toHaveLength(6);
    expect(new Set(pupils.map(({ code }) => code)).size).toBe(6);
    expect(pupils.every(({ line }) => line! >= 1 && line! <= 43)).toBe(true);
    expect(await viewSchool(database, headOf(second!.urn), draft.id, reserve.urn)).toMatchObject({ ok: false });
    // Who withdraws before any session is replaced, and its pupils are gone.
    const left = { ...acceptance(reserve.urn, 3), takesPart: false, reason: "no room" };
    accept(await answerForSchool(database, statistician, left, dayOf(before), before));
    expect(await loadPupils(database.queries, draft.id, reserve.urn)).toEqual([]);
  });

  it("keeps items and responses from everybody but the statistician, by the database itself", async () => {
    const database = await studyIn(await fresh());
    const [urn] = await acceptedSchools(database);
    const [pupil] = await loadPupils(database.queries, draft.id, urn);
    await answerAll(database, pupil!.code!);
    for (const actor of [headOf(urn!), publicActor]) {
      const seen = await actingAs(database, actor, async (queries) => [
        await queries.select().from(responseTable),
        await queries.select().from(itemTable),
        await queries.select().from(exportTable),
      ]);
      expect(seen).toEqual([[], [], []]);
    }
    const others = await actingAs(database, headOf("900059"), (queries) => queries.select().from(pupilTable));
    expect(others.filter((one) => one.urn !== "900059")).toEqual([]);
    expect(await listItems(database, headOf(urn!))).toMatchObject({ error: [{ code: "fieldwork-role" }] });
  });

  it("takes a session's answers once, in any order, from one tablet and then another", async () => {
    const database = await studyIn(await fresh());
    const [urn] = await acceptedSchools(database);
    const [pupil] = await loadPupils(database.queries, draft.id, urn);
    const code = pupil!.code!;
    expect(await viewSession(database, code, dayOf(before))).toMatchObject({
      error: [{ code: "fieldwork-session-closed" }],
    });
    expect(await viewSession(database, "000000000000", today)).toMatchObject({
      error: [{ code: "fieldwork-session-closed" }],
    });
    accept(await beginSession(database, code, "tablet-1", today));
    const items = accept(await viewSession(database, code, today)).blocks.flat();
    expect(Object.keys(items[0]!)).not.toContain("marks");
    const choice = items.find(({ kind }) => kind === "choice")!.id;
    const send = (device: string, sequence: number, text: string, item = choice) =>
      saveAnswers(database, code, [{ item, answer: text, device, sequence }], today, during);
    expect(accept(await send("tablet-1", 2, "B"))).toEqual(["kept"]);
    expect(accept(await send("tablet-1", 2, "B"))).toEqual(["ignored"]);
    expect(accept(await send("tablet-1", 1, "A"))).toEqual(["ignored"]);
    accept(await beginSession(database, code, "tablet-2", today));
    expect(accept(await send("tablet-2", 1, "C"))).toEqual(["kept"]);
    expect(accept(await send("tablet-1", 3, "A"))).toEqual(["ignored"]);
    expect(await send("tablet-2", 2, "Z")).toMatchObject({ error: [{ code: "fieldwork-answer-invalid" }] });
    expect(await send("tablet-2", 3, "B", "Q999")).toMatchObject({ error: [{ code: "fieldwork-answer-invalid" }] });
    accept(await finishSession(database, code, today, during));
    // What an old tablet held back still fills a gap after the end, and changes nothing that is there.
    const other = items.find(({ id }) => id !== choice && id !== items[0]!.id)!;
    expect(accept(await send("tablet-1", 4, other.kind === "choice" ? "B" : "8", other.id))).toEqual(["kept"]);
    expect(accept(await send("tablet-2", 4, "A"))).toEqual(["ignored"]);
    expect(await beginSession(database, code, "tablet-2", today)).toMatchObject({ ok: false });
    const kept = await loadResponses(database.queries, draft.id);
    expect(kept.find(({ item }) => item === choice)).toMatchObject({ answer: "C", score: 0, device: "tablet-2" });
  });

  it("names every bad line of items, pupils and paper, and saves nothing of such a file", async () => {
    const database = await studyIn(await fresh());
    const [urn] = await acceptedSchools(database);
    expect(
      messages(await importItems(database, statistician, file("items.csv"), "items.csv", before)),
    ).toMatchInlineSnapshot(`
      [
        "items.csv, line 2: its key "C" is none of its options",
        "items.csv, line 3: its phases are not known",
        "items.csv, line 5: the text of stimulus S3 differs from that of line 4",
        "items.csv, line 6: it has no key",
        "items.csv, line 6: item M3 stands on line 4 too",
        "items.csv, line 6: the text of stimulus S3 differs from that of line 5",
        "items.csv, line 7: "6M" is no name of an item",
        "items.csv, line 7: it has no subject",
        "items.csv, line 7: it has no question",
        "items.csv, line 7: "essay" is no kind of item",
        "items.csv, line 7: "done" is no status",
        "items.csv, line 7: its maximum is no whole number from 1 to 20",
        "items.csv, line 7: its seconds are no whole number from 1 to 3600",
        "items.csv, line 7: a key is worth other than 1 point to the maximum",
      ]
    `);
    expect(accept(await listItems(database, statistician))).toHaveLength(12);
    const where = { study: draft.id, urn: urn! };
    expect(
      messages(await importPupils(database, headOf(urn!), where, file("pupils.csv"), "pupils.csv")),
    ).toMatchInlineSnapshot(`
      [
        "pupils.csv, line 2: no pupil of line 999 was drawn",
        "pupils.csv, line 3: no pupil of line NaN was drawn",
      ]
    `);
    expect((await loadPupils(database.queries, draft.id, urn)).every(({ version }) => version === 1)).toBe(true);
    expect(
      messages(await importPaper(database, statistician, draft.id, file("paper.csv"), "paper.csv", during)),
    ).toMatchInlineSnapshot(`
      [
        "paper.csv, line 2: no pupil of this sample is called "nobody"",
        "paper.csv, line 3: no pupil of this sample is called "0000-0000-0000"",
      ]
    `);
    const [pupil, other] = await loadPupils(database.queries, draft.id, urn);
    const view = accept(await viewSession(database, pupil!.code!, today));
    const asked = view.blocks.flat();
    const choice = asked.find(({ kind }) => kind === "choice")!.id;
    const outside = accept(await listItems(database, statistician)).find(
      ({ id }) => !asked.some((item) => item.id === id),
    )!.id;
    const lines = [
      `${pupil!.code},${choice},B`,
      `${pupil!.id},${choice},B`,
      `${pupil!.code},${choice},Z`,
      `${pupil!.code},${outside},B`,
    ];
    const paper = (rows: readonly string[]) => Buffer.from(`pupil,item,answer\n${rows.join("\n")}\n`);
    expect(messages(await importPaper(database, statistician, draft.id, paper(lines), "p.csv", during))).toEqual([
      `p.csv, line 3: the same pupil's answer to ${choice} stands on line 2 too`,
      `p.csv, line 4: "Z" can't be an answer to item ${choice}`,
      `p.csv, line 4: the same pupil's answer to ${choice} stands on line 3 too`,
      `p.csv, line 5: item "${outside}" is not in booklet ${pupil!.booklet}, which this pupil was given`,
    ]);
    expect(await loadResponses(database.queries, draft.id)).toEqual([]);
    expect(
      accept(await importPaper(database, statistician, draft.id, paper(lines.slice(0, 1)), "p.csv", during)),
    ).toEqual({ pupils: 1, responses: 1 });
    await answerAll(database, other!.code!);
    const late = paper([
      `${other!.code},${accept(await viewSession(database, other!.code!, today)).blocks.flat()[0]!.id},`,
    ]);
    expect(messages(await importPaper(database, statistician, draft.id, late, "p.csv", during))).toEqual([
      "p.csv, line 2: this pupil has answered on a tablet",
    ]);
  });

  it("changes an item until pupils have it, then not; and keeps its history", async () => {
    const database = await studyIn(await fresh());
    const changed = itemsFile(12, (fields, n) => {
      if (n === 3) fields.question = "Another question";
    });
    expect(messages(await importItems(database, statistician, changed, "items.csv", before))).toEqual([
      `items.csv, line 5: item Q3 is in the booklets of ${draft.id}`,
    ]);
    const construct = itemsFile(12, (fields, n) => {
      if (n === 3) fields.construct = "algebra";
    });
    expect(accept(await importItems(database, statistician, construct, "items.csv", before))).toEqual({
      added: 0,
      changed: 1,
      unchanged: 11,
    });
    const history = { study: draft.id, cycle: 2027, decision: "not to be linked: it is in a textbook now" };
    accept(await recordItem(database, statistician, "Q3", { status: "retired", history }, 2, before));
    await expect(recordItem(database, statistician, "Q3", { status: "ready" }, 2, before)).rejects.toThrow();
    expect(accept(await listItems(database, statistician)).find(({ id }) => id === "Q3")).toMatchObject({
      history: [history],
      version: 3,
    });
  });

  it("writes weighted responses by random ids and numbers of schools, and erases what tells pupils apart", async () => {
    const database = await studyIn(await fresh());
    const urns = await acceptedSchools(database);
    const pupils = await loadPupils(database.queries, draft.id);
    for (const pupil of pupils.filter(({ line }) => line! % 7 > 0)) await answerAll(database, pupil.code!);
    const absent = pupils.find(({ line }) => line! % 7 === 0)!;
    const fields = { sex: "female", disadvantaged: "yes", born: "2018-03", attendance: "left", arrangements: [] };
    accept(
      await describePupils(database, headOf(absent.urn), { study: draft.id, urn: absent.urn }, [
        { line: absent.line!, fields, place: "line", expected: 1 },
      ]),
    );
    const job = accept(await orderExport(database, statistician, draft.id));
    const state = await runToEnd(database, job, fieldworkJobs, { clock: () => during });
    expect(state.state).toBe("succeeded");
    const table = (await findExport(database.queries, draft.id, "pupils.csv"))!;
    const rows = accept(parseCsv(Buffer.from(table), "pupils.csv", ["pupil", "school", "weight", "zone", "half"]));
    expect(rows).toHaveLength(pupils.filter(({ line }) => line! % 7 > 0).length);
    for (const urn of urns) expect(table).not.toContain(urn);
    for (const { code } of pupils) expect(table).not.toContain(code!);
    // Each school stands for its pupils: Σ weights = Σ schools' lists ÷ probabilities, but for the pupil who had left.
    const schools = (await loadSchools(database.queries, draft.id)).filter(({ state: now }) => now === "accepted");
    const wanted = schools.reduce((sum, { urn, roll, probability }) => {
      const drawn = pupils.filter((pupil) => pupil.urn === urn).length;
      return sum + (roll! / probability) * (urn === absent.urn ? (drawn - 1) / drawn : 1);
    }, 0);
    const weights = rows.reduce((sum, { fields: { weight } }) => sum + Number(weight), 0);
    expect(weights / wanted).toBeCloseTo(1, 9);
    // The commands read the files as they are.
    const folder = mkdtempSync(join(tmpdir(), "greenpaper-fieldwork-"));
    for (const name of ["study.yaml", "pupils.csv", "items.csv", "booklets.csv"])
      writeFileSync(join(folder, name), (await findExport(database.queries, draft.id, name))!);
    const material = accept(await readStudy(accept(await parseStudyFile(join(folder, "study.yaml"))), silent));
    rmSync(folder, { recursive: true });
    expect(material.responses?.items).toHaveLength(12);
    const { version } = (await findStudy(database.queries, draft.id))!;
    const order = { study: draft.id, reason: "All is marked.", expected: version };
    const june = civilDate("2027-06-01");
    const erase = (change: object, day = june) =>
      eraseStudy(database, statistician, { ...order, ...change }, day, new Date(`${day}T10:00:00Z`));
    expect(await erase({}, today)).toMatchObject({ error: [{ code: "fieldwork-not-yet" }] });
    expect(await erase({ reason: " " })).toMatchObject({ error: [{ code: "fieldwork-reason-missing" }] });
    // An answer that no file has yet: results still need the pupil.
    const late = new Date("2030-01-01T10:00:00Z");
    const [first] = await loadResponses(database.queries, draft.id);
    await saveResponses(database.queries, [{ ...first!, savedAt: late.toISOString() }]);
    expect(await erase({})).toMatchObject({ error: [{ code: "fieldwork-not-yet" }] });
    await saveResponses(database.queries, [first!]);
    const done = accept(await erase({}));
    const after = await loadPupils(database.queries, draft.id);
    expect(after.every((one) => one.line === null && one.code === null && one.device === null)).toBe(true);
    expect(await loadResponses(database.queries, draft.id)).not.toHaveLength(0);
    expect(accept(await erase({ expected: done.version })).version).toBe(done.version);
    const events = await readStream(database.queries, `assessment-fieldwork/study/${draft.id}`);
    expect(events.at(-1)).toMatchObject({
      kind: "pupils-erased",
      body: { pupils: pupils.length, reason: "All is marked." },
    });
  });
});
