import { expect, it } from "vitest";
import {
  accept,
  acceptedSchools,
  answerAll,
  before,
  dayOf,
  draft,
  during,
  fieldworkJobs,
  headOf,
  statistician,
  studyIn,
} from "../../../../test/assessment-fieldwork.js";
import { describeStores } from "../../../../test/databases.js";
import { civilDate } from "../../../kernel/index.js";
import { runToEnd } from "../../../platform/jobs/index.js";
import { readStream } from "../../../platform/log/index.js";
import { addPublication, type Publication, saveVersion } from "../store.js";
import { itemsOfBooklet } from "./assembly.js";
import { createStudy } from "./service.js";
import { makeBooklets } from "./service-booklets.js";
import { startDueErasings } from "./service-erase.js";
import { viewItem, viewStudyItems } from "./service-history.js";
import { readProgress } from "./service-progress.js";
import { describePupils } from "./service-schools.js";
import { findStudy, loadPupils } from "./store.js";

const today = dayOf(during);
const messages = (result: { ok: boolean; error?: readonly { place: string; message: string }[] }) =>
  (result.error ?? []).map(({ place, message }) => `${place}: ${message}`);

describeStores("what becomes of an assessment", (fresh) => {
  it("erases on the day that the study's record says, by itself and once", async () => {
    const database = await studyIn(await fresh());
    await acceptedSchools(database);
    expect(await startDueErasings(database.queries, civilDate("2027-09-29"))).toEqual([]);
    const due = await startDueErasings(database.queries, draft.eraseOn);
    // Another process asks too.
    expect(await startDueErasings(database.queries, civilDate("2027-10-01"))).toEqual(due);
    // A clock that is behind erases nothing.
    const run = (moment: string) => runToEnd(database, due[0]!, fieldworkJobs, { clock: () => new Date(moment) });
    expect(await run("2027-09-29T22:59:00Z")).toMatchObject({ state: "succeeded" });
    expect((await findStudy(database.queries, draft.id))!.erasedAt).toBeNull();
    const [again] = await startDueErasings(database.queries, draft.eraseOn);
    // Half an hour before midnight by UTC the day has begun in England.
    const moment = () => new Date("2027-09-29T23:30:00Z");
    expect(await runToEnd(database, again!, fieldworkJobs, { clock: moment })).toMatchObject({ state: "succeeded" });
    expect(
      (await loadPupils(database.queries, draft.id)).every(({ line, code }) => line === null && code === null),
    ).toBe(true);
    expect(await startDueErasings(database.queries, civilDate("2027-10-02"))).toEqual([]);
    const events = await readStream(database.queries, `assessment-fieldwork/study/${draft.id}`);
    expect(events.filter(({ kind }) => kind === "pupils-erased")).toHaveLength(1);
  });

  it("counts how it goes, pulls items' history from sessions and published results, and leaves out what was asked too often", async () => {
    const database = await studyIn(await fresh());
    const urns = await acceptedSchools(database);
    const [pupil, other] = await loadPupils(database.queries, draft.id, urns[0]);
    await answerAll(database, pupil!.code!);
    // How the whole sample goes.
    const fields = {
      sex: "",
      disadvantaged: "",
      born: "",
      attendance: "absent",
      arrangements: ["reader", "extra-time"],
    };
    const where = { study: draft.id, urn: urns[0]! };
    const change = { line: other!.line!, fields, place: "line", expected: 1 };
    const [described] = accept(await describePupils(database, headOf(urns[0]!), where, [change]));
    expect(described).toMatchObject({ version: 2, attendance: "absent", arrangements: ["extra-time", "reader"] });
    const progress = accept(await readProgress(database, statistician, draft.id, today));
    expect(progress).toMatchObject({
      schools: { accepted: 8, invited: 0, late: 0, refused: 0 },
      rates: { schoolsBefore: 1, schoolsAfter: 1 },
      sessions: { finished: 1, started: 0 },
      attendance: { absent: 1, present: 1 },
      arrangements: { reader: 1, "extra-time": 1 },
      days: [{ day: "2027-05-11", schools: 8 }],
    });
    expect(await readProgress(database, headOf(urns[0]!), draft.id, today)).toMatchObject({ ok: false });
    const booklets = (await findStudy(database.queries, draft.id))!.booklets!;
    const seen = itemsOfBooklet(booklets, pupil!.booklet).flat();
    const drift = { item: seen[0], from: "2023", to: "2026", change: -0.4, spread: 0.1, flagged: true };
    await saveVersion(database.queries, "year-4-mathematics", 1);
    await addPublication(database.queries, {
      ...{ assessment: "year-4-mathematics", number: 1, phase: "Year 4", place: 1, subject: "Mathematics" },
      ...{
        synthetic: true,
        identity: "0".repeat(64),
        publishedAt: before.toISOString(),
        publishedBy: "tests",
        ...{ reason: null, withdrawnAt: null, withdrawnBy: null, withdrawal: null },
      },
      record: {} as Publication["record"],
      results: {
        cycles: ["2019", "2023", "2026"],
        items: [{ item: seen[0], taken: ["2023", "2026"].map((cycle) => ({ cycle, n: 900 })) }, { item: seen[1] }],
        drift: [
          { ...drift, from: "2019" },
          { ...drift, error: 0.1, linked: true },
        ],
      } as unknown as Publication["results"],
    });
    const view = accept(await viewItem(database, statistician, seen[0]!));
    const inBooklets = booklets.booklets.filter((_, b) =>
      itemsOfBooklet(booklets, b + 1)
        .flat()
        .includes(seen[0]!),
    );
    expect(view.uses).toEqual([{ study: draft.id, cycle: 2027, booklets: inBooklets.length, of: 4, pupils: 1 }]);
    expect(view.results).toMatchObject([
      { cycle: "2023", pupils: 900, drift: null },
      { cycle: "2026", pupils: 900, drift: { since: "2023", change: -0.4, error: 0.1, flagged: true, linked: true } },
    ]);
    const { items, coverage } = accept(await viewStudyItems(database, statistician, draft.id));
    expect(items.find(({ item }) => item === seen[0])!.cycles).toEqual(["2023", "2026"]);
    expect(coverage.versions).toEqual([
      { version: "2014", covers: 12, doesNot: 0, notSaid: 0 },
      { version: "2028", covers: 9, doesNot: 3, notSaid: 0 },
    ]);
    expect(coverage.favoured).toEqual(["Q0", "Q10", "Q5"]);
    // A study of the next cycle: what was asked in two cycles before is left out where two are too many.
    const next = { ...draft, id: "mathematics-y4-2031", cycle: 2031 };
    const { version } = accept(await createStudy(database, statistician, next, dayOf(before), before));
    const order = { blocks: 4, booklets: 4, size: 2, minutes: 30, leastOfEach: 0, seed: 5 };
    const make = (change: object) =>
      makeBooklets(database, statistician, next.id, { ...order, ...change }, version, during);
    expect(messages(await make({ curricula: ["2014", "2035"] }))).toContain("Q1: it isn't said whether 2035 covers it");
    const made = accept(await make({ mostCycles: 2 }));
    expect(made.booklets!.leftOut).toEqual([{ item: seen[0], why: "asked in 2023, 2026, 2027 already" }]);
    expect(made.booklets!.blocks.flatMap((block) => block.items)).toHaveLength(11);
  });
});
