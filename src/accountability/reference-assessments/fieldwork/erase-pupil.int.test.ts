import { expect, it } from "vitest";
import {
  accept,
  acceptedSchools,
  answerAll,
  dayOf,
  draft,
  during,
  fieldworkJobs,
  headOf,
  statistician,
  studyIn,
} from "../../../../test/assessment-fieldwork.js";
import { describeStores } from "../../../../test/databases.js";
import { personWith } from "../../../../test/signed-in.js";
import { parseCsv } from "../../../ingest/index.js";
import { civilDate, type Urn } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { runToEnd } from "../../../platform/jobs/index.js";
import { readStream } from "../../../platform/log/index.js";
import { orderExport } from "./export-job.js";
import { eraseStudy } from "./service-erase.js";
import { erasePupil } from "./service-erase-pupil.js";
import { readProgress } from "./service-progress.js";
import { viewSession } from "./service-sessions.js";
import { findExport, findStudy, listExport, loadPupils, loadResponses, loadSchools } from "./store.js";

async function written(database: Database) {
  const job = accept(await orderExport(database, statistician, draft.id));
  expect(await runToEnd(database, job, fieldworkJobs, { clock: () => during })).toMatchObject({ state: "succeeded" });
  const file = async (name: string) => (await findExport(database.queries, draft.id, name))!;
  const rows = accept(parseCsv(Buffer.from(await file("pupils.csv")), "pupils.csv", ["pupil", "weight"]));
  const [cycle] = JSON.parse(await file("weights.json")).cycles;
  return { ids: rows.map(({ fields }) => fields.pupil), cycle };
}

describeStores("erasing one pupil on request", (fresh) => {
  it("takes answers, facts and files away, names nobody in the log, and lets the others stand for the pupil", async () => {
    const database = await studyIn(await fresh(), 8, 3);
    const urns = await acceptedSchools(database);
    const [urn, other] = urns;
    const pupils = await loadPupils(database.queries, draft.id);
    for (const { code } of pupils.filter((one) => urns.slice(0, 4).includes(one.urn))) await answerAll(database, code!);
    const before = await written(database);
    const pupil = pupils.find((one) => one.urn === urn)!;
    const order = { study: draft.id, urn: urn!, line: pupil.line!, asked: "parent", expected: null } as const;
    const teacher = personWith({ role: "teacher", scope: { kind: "school", urn: urn as Urn } });
    for (const actor of [headOf(other!), teacher])
      expect(await erasePupil(database, actor, order, during)).toMatchObject({ error: [{ code: "fieldwork-role" }] });
    await expect(erasePupil(database, headOf(urn!), { ...order, expected: 99 }, during)).rejects.toThrow();
    const done = accept(await erasePupil(database, headOf(urn!), order, during));
    expect(done).toEqual({ erased: 1, files: [draft.id] });
    expect((await loadPupils(database.queries, draft.id)).map(({ id }) => id)).not.toContain(pupil.id);
    expect((await loadResponses(database.queries, draft.id)).map((one) => one.pupil)).not.toContain(pupil.id);
    expect(await viewSession(database, pupil.code!, dayOf(during))).toMatchObject({ ok: false });
    expect(await listExport(database.queries, draft.id)).toEqual([]);
    expect(await erasePupil(database, statistician, order, during)).toMatchObject({
      error: [{ code: "fieldwork-pupil-unknown" }],
    });
    const [event] = (await readStream(database.queries, `assessment-fieldwork/school/${draft.id}/${urn}`)).slice(-1);
    expect(event).toMatchObject({ kind: "pupil-erased", body: { asked: "parent", files: [draft.id] } });
    const said = JSON.stringify(event!.body);
    for (const name of [pupil.id, pupil.code!, "line", "female", "male"]) expect(said).not.toContain(name);
    // Later files lack the pupil, and say so; the weights stand for as many pupils as before.
    const after = await written(database);
    expect(after.ids).toEqual(before.ids.filter((id) => id !== pupil.id));
    expect(after.cycle.pupils).toMatchObject({ erasedOnRequest: 1, drawn: before.cycle.pupils.drawn });
    expect(after.cycle.weighted / before.cycle.weighted).toBeCloseTo(1, 12);
    const progress = accept(await readProgress(database, statistician, draft.id, dayOf(during)));
    expect(progress.erasedOnRequest).toBe(1);
    expect(progress.rates.pupils).toBeLessThan(1);
    expect((await loadSchools(database.queries, draft.id)).find((one) => one.urn === urn)!.erased).toBe(1);
    // Once what tells pupils apart is erased, nobody can say which pupil is meant.
    const { version } = (await findStudy(database.queries, draft.id))!;
    const whole = { study: draft.id, reason: "All is marked.", expected: version };
    const june = new Date("2027-06-01T10:00:00Z");
    accept(await eraseStudy(database, statistician, whole, civilDate("2027-06-01"), june));
    expect(await erasePupil(database, headOf(urn!), { ...order, line: 1 }, june)).toMatchObject({
      error: [{ code: "fieldwork-pupils-erased" }],
    });
  });
});
