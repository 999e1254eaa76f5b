import { sql } from "drizzle-orm";
import { expect, inject, it } from "vitest";
import { describeStores } from "../../../../test/databases.js";
import { caseYear, personOf, withCases } from "../../../../test/sample-cases.js";
import { expectGoodPage, servePages } from "../../../../test/served-pages.js";
import { expectTablesMatch } from "../../../../test/tables-match.js";
import { addDays, civilDate, ok, type Urn } from "../../../kernel/index.js";
import { type Database, migrate, openDatabase } from "../../../platform/database/index.js";
import { dayInEngland } from "../../../platform/day/index.js";
import { type Actor, systemActor } from "../../../platform/identity/index.js";
import { listJobs, runToEnd, startJob } from "../../../platform/jobs/index.js";
import { appendEvents, readStream } from "../../../platform/log/index.js";
import { refreshJob } from "../cases/jobs.js";
import { takeStep } from "../cases/service.js";
import { type CaseKey, loadCase, streamOf } from "../cases/store-case.js";
import { caseTable } from "../cases/tables.js";
import { casePages } from "../cases/web.js";
import { exemptionMigrations } from "../exemption/index.js";
import type { SetEffect, ShownFigure } from "./effects.js";
import { effectsJob, type PupilSide, schoolSideMigrations } from "./index.js";
import {
  addEvidence,
  draftCorrection,
  dropDraft,
  effectOf,
  effectOfAll,
  evidenceFor,
  raiseCorrection,
  readDocument,
  readSchoolSide,
  takeSchoolStep,
} from "./service.js";
import { correctionTable, documentTable, effectTable } from "./tables.js";
import { schoolSidePages } from "./web.js";

const now = new Date("2026-11-27T10:00:00Z");
const officer = personOf("ada", "regional-officer", "E12000007");
const stranger = personOf("far", "regional-officer", "E12000002");
const headOf = (urn: string): Actor => ({
  ...{ kind: "person", id: `head of ${urn}`, name: "Head (made up)" },
  grants: [{ role: "school", scope: { kind: "school", urn: urn as Urn } }],
});
const paper = {
  name: "register.pdf",
  type: "application/pdf",
  bytes: new TextEncoder().encode("%PDF-1.7\nmade up\n%%EOF"),
};
const typed = {
  ...{ reason: "left-england", action: "leave-out", shares: [], words: "" },
  facts: { leftOn: "2026-03-27", country: "Spain" },
};

/** A port that raises a school's published figure by so much for each pupil, in place of pupil files. */
function sideWith(database: Database, each: number): PupilSide {
  return {
    hash: (reference) => Buffer.from(`key ${reference}`.padEnd(32)).subarray(0, 32).toString("hex"),
    hint: async () => "Made-up pupils are numbered from 1.",
    async effects(sets) {
      const rows = await database.queries.execute<ShownFigure & { urn: string }>(
        sql`select urn, value_added as "valueAdded", standard_error as "standardError", prediction_error as "predictionError",
          lower, upper, pupils, pupil_equivalents as "pupilEquivalents", reliability from quality_mark.decision`,
      );
      return ok(
        sets.map(({ key, urn, corrections }): SetEffect => {
          const { urn: _urn, ...before } = rows.find((row) => row.urn === urn)!;
          const by = each * corrections.length;
          const after = {
            ...before,
            valueAdded: before.valueAdded + by,
            lower: before.lower + by,
            upper: before.upper + by,
          };
          const beside = { notCounted: [], steps: [], others: [], largestElsewhere: 0.01, held: true, problems: [] };
          return { key, urn, before, after: { ...after, pupils: before.pupils - corrections.length }, ...beside };
        }),
      );
    },
  };
}

/** A refused school of London whose case is with it. */
async function withSchool(database: Database) {
  const { sources } = await withCases(database, 24);
  await migrate(database, [schoolSideMigrations, exemptionMigrations]);
  const [row] = await database.queries.execute<{ urn: string }>(
    sql`select urn from ${caseTable} where region_code = 'E12000007' and proposed = 'refused'
      and reasons -> 0 ->> 'code' = 'value-added-below-line' and jsonb_array_length(missing) = 0 order by urn limit 1`,
  );
  const urn = row!.urn;
  const key = { urn, academicYear: caseYear };
  const sent = await takeStep(
    database,
    officer,
    { ...key, expected: null, command: { kind: "send-to-school", answerBy: addDays(civilDate("2026-11-27"), 20) } },
    now,
  );
  if (!sent.ok) throw new Error(JSON.stringify(sent.error));
  return { urn, key, head: headOf(urn), side: sideWith(database, 0.2), version: sent.value.version, sources };
}

async function runEffects(database: Database, side: PupilSide): Promise<void> {
  for (const job of await listJobs(database.queries, { limit: 20 }))
    if (job.kind === "quality-mark/correction-effects" && job.state === "queued")
      await runToEnd(database, job.id, [effectsJob(side)], { clock: () => now });
}

const codes = (answer: { ok: boolean; error?: unknown }) =>
  answer.ok ? [] : (answer.error as { code: string }[]).map(({ code }) => code);

describeStores("a school's side of its case", (fresh) => {
  it("keeps tables as they are described", async () => {
    const database = await fresh();
    await withSchool(database);
    await expectTablesMatch(database, [correctionTable, documentTable, effectTable]);
  });

  it("lets the school answer until the last day ends in England, in summer an hour before it ends in UTC", async () => {
    const database = await fresh();
    const { urn } = await withSchool(database);
    const other = (
      await database.queries.execute<{ urn: string }>(
        sql`select urn from ${caseTable} where region_code = 'E12000007' and state = 'open' and urn <> ${urn} limit 1`,
      )
    )[0]!.urn;
    const command = { kind: "send-to-school", answerBy: civilDate("2027-07-10") } as const;
    const sent = await takeStep(
      database,
      officer,
      { urn: other, academicYear: caseYear, expected: null, command },
      now,
    );
    expect(sent).toMatchObject({ ok: true });
    const mayAnswer = async (moment: string) => {
      const view = await readSchoolSide(database, headOf(other), { urn: other }, new Date(moment));
      return view.ok && view.value.mayAnswer;
    };
    expect(await mayAnswer("2027-07-10T22:59:59Z")).toBe(true);
    expect(await mayAnswer("2027-07-10T23:00:00Z")).toBe(false);
  });

  it("shows what a correction would change before it is raised, and carries an accepted one into the case", async () => {
    const database = await fresh();
    const { urn, key, head, side, version, sources } = await withSchool(database);
    const draft = (reference: string, documents = [paper]) =>
      draftCorrection(database, head, { urn, reference, typed, documents }, side, now);
    const [one, two] = [await draft("p1"), await draft("p2", [])];
    const id = one.ok ? one.value : "";
    const other = two.ok ? two.value : "";
    expect(codes(await draft("p1"))).toEqual(["correction-pupil-twice"]);
    expect(codes(await draft(" "))).toEqual(["correction-pupil-missing"]);
    await runEffects(database, side);
    const view = await readSchoolSide(database, head, { urn }, now);
    const effects = view.ok ? [...view.value.effects.values()] : [];
    expect(view.ok && [effectOf(view.value, id)?.key, effectOfAll(view.value)?.key]).toEqual([
      id,
      [id, other].sort().join("+"),
    ]);
    expect(evidenceFor("left-england", civilDate("2026-11-27"))?.documents).toHaveLength(1);
    expect(effects.map(({ key: set, result }) => [set.split("+").length, result?.after !== null]).sort()).toEqual([
      [1, true],
      [1, true],
      [2, true],
    ]);
    expect(codes(await raiseCorrection(database, head, { urn, id: other, expected: version }, now))).toEqual([
      "correction-document-missing",
    ]);
    const raised = await raiseCorrection(database, head, { urn, id, expected: version }, now);
    expect(raised).toMatchObject({
      ok: true,
      value: { corrections: [{ number: 1, reason: "left-england", outcome: null }] },
    });
    const before = (await loadCase(database.queries, key))!;
    const command = {
      kind: "settle-correction",
      number: 1,
      accepted: true,
      words: "The notice of removal shows it.",
    } as const;
    const settled = await takeStep(database, officer, { ...key, expected: before.version, command }, now);
    expect(settled).toMatchObject({ ok: true, value: { version: before.version + 2 } });
    const after = (await loadCase(database.queries, key))!;
    const figure = (found: typeof before) =>
      (found.evidence.measure?.kind === "measured" ? found.evidence.measure : null)!;
    expect(figure(after).valueAdded).toBeCloseTo(figure(before).valueAdded + 0.2, 12); // the port's own step
    expect(figure(after).corrections).toEqual([1]);
    expect(after.proposal.probabilityBelow).toBeLessThan(before.proposal.probabilityBelow!);
    const kinds = (await readStream(database.queries, streamOf(key))).map(({ kind }) => kind);
    const refresh = refreshJob(sources);
    const job = await startJob(database.queries, refresh, { academicYear: caseYear }, systemActor("tests"));
    await runToEnd(database, job, [refresh], { clock: () => now });
    expect(figure((await loadCase(database.queries, key))!).corrections).toEqual([1]);
    expect(kinds.slice(-3)).toEqual(["correction-raised", "correction-settled", "evidence-updated"]);
  });

  it("takes further documents for a draft, up to a number, and lets it be withdrawn", async () => {
    const database = await fresh();
    const { urn, head, side } = await withSchool(database);
    const drafted = await draftCorrection(
      database,
      head,
      { urn, reference: "p1", typed, documents: [paper] },
      side,
      now,
    );
    const place = { urn, id: drafted.ok ? drafted.value : "" };
    expect(codes(await addEvidence(database, head, place, [paper, paper], now))).toEqual([]);
    expect(codes(await addEvidence(database, head, place, [paper, paper, paper], now))).toEqual(["evidence-too-large"]);
    expect(codes(await dropDraft(database, head, place, now))).toEqual([]);
    expect(codes(await dropDraft(database, head, place, now))).toEqual(["correction-not-there"]);
  });

  it("can't be accepted before its effect is known, and can be refused", async () => {
    const database = await fresh();
    const { urn, key, head, side, version } = await withSchool(database);
    const drafted = await draftCorrection(
      database,
      head,
      { urn, reference: "p1", typed, documents: [paper] },
      side,
      now,
    );
    await raiseCorrection(database, head, { urn, id: drafted.ok ? drafted.value : "", expected: version }, now);
    const settle = (accepted: boolean) =>
      takeStep(
        database,
        officer,
        { ...key, expected: null, command: { kind: "settle-correction", number: 1, accepted, words: "No." } },
        now,
      );
    expect(codes(await settle(true))).toEqual(["correction-effect-unknown"]);
    expect(await settle(false)).toMatchObject({ ok: true, value: { corrections: [{ outcome: { accepted: false } }] } });
  });

  it("leaves the effect out where the files are not those of the review", async () => {
    const database = await fresh();
    const { urn, head, side } = await withSchool(database);
    await draftCorrection(database, head, { urn, reference: "p1", typed, documents: [] }, side, now);
    const strange: PupilSide = {
      ...side,
      effects: async (sets, signal) => {
        const made = await side.effects(sets, signal);
        return made.ok
          ? ok(made.value.map((effect) => ({ ...effect, before: { ...effect.before!, valueAdded: 0.5 } })))
          : made;
      },
    };
    await runEffects(database, strange);
    const view = await readSchoolSide(database, head, { urn }, now);
    const [effect] = view.ok ? [...view.value.effects.values()] : [];
    expect(effect?.result).toMatchObject({ after: null, problems: [{ code: "correction-files-differ" }] });
  });

  it("is nobody else's: drafts and documents are the school's, what was raised its region's too", async () => {
    const database = await fresh();
    const { urn, head, side, version } = await withSchool(database);
    const drafted = await draftCorrection(
      database,
      head,
      { urn, reference: "p1", typed, documents: [paper] },
      side,
      now,
    );
    const [document] = await database.queries.select({ id: documentTable.id }).from(documentTable);
    const may = async (actor: Actor) => (await readDocument(database, actor, document!.id)) !== null;
    expect([await may(head), await may(officer), await may(stranger), await may(headOf("800002"))]).toEqual([
      true,
      false,
      false,
      false,
    ]);
    await raiseCorrection(database, head, { urn, id: drafted.ok ? drafted.value : "", expected: version }, now);
    expect([await may(officer), await may(stranger), await may({ kind: "public" })]).toEqual([true, false, false]);
    for (const actor of [officer, headOf("800002"), { kind: "public" } as const])
      expect(
        await draftCorrection(database, actor, { urn, reference: "p2", typed, documents: [] }, side, now),
      ).toMatchObject({ ok: false });
  });

  it("keeps no reference of a pupil, and no fact in the case or its log", async () => {
    const database = await fresh();
    const { urn, key, head, side, version } = await withSchool(database);
    const drafted = await draftCorrection(
      database,
      head,
      { urn, reference: "H801200001001", typed, documents: [paper] },
      side,
      now,
    );
    await raiseCorrection(database, head, { urn, id: drafted.ok ? drafted.value : "", expected: version }, now);
    const kept = JSON.stringify([
      await loadCase(database.queries, key),
      await readStream(database.queries, streamOf(key)),
      await database.queries.execute(sql`select input, cursor from jobs.job`),
    ]);
    expect(kept).not.toContain("H801200001001");
    expect(kept).not.toContain("Spain");
  });

  it("represents with documents, and appeals on a ground within the days", async () => {
    const database = await fresh();
    const { urn, head, version } = await withSchool(database);
    const step = (expected: number, one: Parameters<typeof takeSchoolStep>[2]["step"]) =>
      takeSchoolStep(database, head, { urn, expected, step: one, documents: [paper] }, now);
    expect(codes(await step(version, { kind: "represent", words: " " }))).toEqual(["words-missing"]);
    expect(await database.queries.$count(documentTable)).toBe(0);
    expect(await step(version, { kind: "represent", words: "The year group was small." })).toMatchObject({ ok: true });
    expect(await database.queries.$count(documentTable)).toBe(1);
    await expect(step(version, { kind: "represent", words: "Again." })).rejects.toMatchObject({
      code: "changed-meanwhile",
    });
    expect(codes(await step(version + 1, { kind: "appeal", ground: "luck", words: "x" }))).toEqual([
      "appeal-ground-unknown",
    ]);
    expect(codes(await step(version + 1, { kind: "appeal", ground: "procedure", words: "x" }))).toEqual([
      "case-not-in-state",
    ]);
  });

  it("answers and appeals an earlier year's case while the next year's is open", async () => {
    const database = await fresh();
    const { urn, head, version } = await withSchool(database);
    const earlier = { urn, academicYear: "2025/26" };
    await publishedEarlier(database, earlier);
    const before = await readSchoolSide(database, head, earlier, now);
    expect(before.ok && before.value.cases.map(({ academicYear, state }) => [academicYear, state])).toEqual([
      [caseYear, "with-school"],
      ["2025/26", "published"],
    ]);
    const appeal = { kind: "appeal", ground: "procedure", words: "Nobody asked us." } as const;
    const order = { ...earlier, expected: 1, step: appeal, documents: [paper] };
    const late = new Date(now.getTime() + 29 * 86_400_000);
    expect(codes(await takeSchoolStep(database, head, order, late))).toEqual(["appeal-too-late"]);
    expect(await takeSchoolStep(database, head, order, now)).toMatchObject({
      ok: true,
      value: { ...earlier, state: "appealed", version: 2 },
    });
    expect(await loadCase(database.queries, { urn, academicYear: caseYear })).toMatchObject({
      state: "with-school",
      version,
    });
    const nothing = await readSchoolSide(database, head, { urn, academicYear: "2019/20" }, now);
    expect(nothing).toMatchObject({ ok: false, error: { code: "case-not-there" } });
  });
});

/** A school's case of an earlier year as its publication left it, refused today: a copy of the one that is open. */
async function publishedEarlier(database: Database, key: CaseKey): Promise<void> {
  const today = dayInEngland(now);
  const by = { id: "o1", name: "Olga Example" };
  const decided = { decision: "refused", reasons: [], words: null, by, on: today, secondReading: [], agreedBy: null };
  const copy = (table: string, change: object) => sql`insert into quality_mark.${sql.raw(table)}
    select (jsonb_populate_record(t, ${JSON.stringify(change)}::jsonb)).* from quality_mark.${sql.raw(table)} t`;
  await database.queries.execute(copy("year_review", { academic_year: key.academicYear }));
  const [batch] = await database.queries.execute<{ id: number }>(sql`insert into quality_mark.publication
    (academic_year, marks_from, started_by, finished_at) values (${key.academicYear}, ${today}, 'test', now()) returning id`);
  const row = {
    ...{ publication_id: batch!.id },
    ...{ academic_year: key.academicYear, state: "published", version: 1, decision: "refused", decided },
    ...{ mark_state: "refused", mark_from: today, mark_decision: "refused", mark_reasons: [], representations: [] },
  };
  await database.queries.execute(sql`${copy("school_case", row)} where t.urn = ${key.urn}`);
  const events = [{ kind: "case-opened", body: {} }];
  await database.queries.transaction((queries) =>
    appendEvents(queries, { stream: streamOf(key), expected: 0, actor: systemActor("test"), at: now, events }),
  );
}

it("is done by page, without JavaScript, from the reason to the effect", async () => {
  const database = await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") });
  const { urn, head, side } = await withSchool(database);
  const served = await servePages(
    (site, band) => [
      schoolSidePages({ database, side, site, band, clock: () => now }),
      casePages({ database, version: "0.0.0", site, band, clock: () => now }),
    ],
    "E12000007",
  );
  served.signIn(head);
  await publishedEarlier(database, { urn, academicYear: "2025/26" });
  const page = await served.open();
  await page.goto(`${served.address}/my-school`);
  await page.getByRole("link", { name: "Corrections" }).click();
  await page.getByLabel("Left England for good").check();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.getByRole("button", { name: "See what it would change" }).click();
  expect(await page.title()).toMatch(/^Error: /);
  await page.locator("#pupil").fill("417");
  await page.locator("#fact-leftOn").fill("27");
  await page.locator("#fact-leftOn-month").fill("3");
  await page.locator("#fact-leftOn-year").fill("2026");
  await page.getByLabel("Country the pupil left for").fill("Spain");
  const file = { name: "letter.pdf", mimeType: "application/pdf", buffer: Buffer.from(paper.bytes) };
  await page.locator("#documents").setInputFiles(file);
  await page.getByRole("button", { name: "See what it would change" }).click();
  expect(await page.locator("main").textContent()).toContain("is being computed");
  const draft = page.url().slice(served.address.length);
  await runEffects(database, side);
  await page.reload();
  expect(await page.locator("main").textContent()).toContain("Before");
  for (const path of [
    `/my-school/${urn}`,
    `/my-school/${urn}/corrections`,
    `/my-school/${urn}/corrections/new?reason=dual-roll`,
    draft,
    `/my-school/${urn}/representation`,
    `/my-school/${urn}/finish`,
    `/my-school/${urn}?year=2025-26`,
    `/my-school/${urn}/appeal?year=2025-26`,
  ])
    await expectGoodPage(served, path);
  // An earlier year's case keeps its year through the form and back.
  const other = await served.open();
  await other.goto(`${served.address}/my-school/${urn}`);
  await other.getByRole("link", { name: "The case of 2025/26" }).click();
  await other.getByRole("link", { name: "Appeal" }).click();
  await other.getByRole("radio").first().check();
  await other.locator("#words").fill("Nobody asked us.");
  await other.getByRole("button", { name: "Appeal" }).click();
  await other.waitForURL(`${served.address}/my-school/${urn}?year=2025-26`);
  expect(await other.locator("main").textContent()).toContain("Case of the review 2025/26");
  expect((await loadCase(database.queries, { urn, academicYear: "2025/26" }))?.state).toBe("appealed");
  await page.getByRole("button", { name: "Raise the correction" }).click();
  expect(await page.locator("main").textContent()).toContain("Raised");
  served.signIn(officer);
  await page.goto(`${served.address}/cases/2026-27/${urn}/corrections/1`);
  expect(await page.locator("main").textContent()).toContain("Reference ending in 417");
  await page.getByLabel("Accept").check();
  await page.locator("#words").fill("The letter shows it.");
  await page.getByRole("button", { name: "Save the answer" }).click();
  expect((await loadCase(database.queries, { urn, academicYear: caseYear }))?.corrections[0]?.outcome?.accepted).toBe(
    true,
  );
  served.signIn(headOf("800002"));
  expect((await served.server.inject(`/my-school/${urn}`)).statusCode).toBe(403);
  await served.close();
  await database.close();
});
