import { mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { expectTablesMatch } from "../../../test/tables-match.js";
import { makeEngland } from "../../england/index.js";
import { type MadeStudy, writeStudies } from "../../england/reference-assessments/index.js";
import { civilDate, silent } from "../../kernel/index.js";
import { type Database, migrate } from "../../platform/database/index.js";
import { type Actor, identityMigrations, publicActor } from "../../platform/identity/index.js";
import { logMigrations } from "../../platform/log/index.js";
import { referenceAssessmentsMigrations } from "./index.js";
import { reportFile } from "./report.js";
import { runStudyFile, type StudyAnswer } from "./service.js";
import { publishStudy } from "./service-publish.js";
import { findPublication, loadPublications } from "./store.js";
import { assessmentTable, publicationTable } from "./store-tables.js";
import { reportOf } from "./web-report.js";

const now = new Date("2026-11-26T10:00:00Z");
const statistician: Actor = {
  ...{ kind: "person", id: "statistician", name: "Stella Example" },
  grants: [{ role: "statistician", scope: { kind: "country" } }],
};

let made: Promise<{ study: MadeStudy; answer: StudyAnswer }> | null = null;

/** One phase of two made-up regions through files and the whole chain, once. */
async function madeOnce() {
  const folder = await mkdtemp(join(tmpdir(), "assessments-"));
  const england = makeEngland({ seed: 3, regions: ["E12000001", "E12000004"], phases: [] });
  const [study] = await writeStudies(england, folder, silent, ["reception"]);
  const order = {
    path: study!.path,
    stage: "run",
    folder: null,
    today: civilDate("2026-11-26"),
    version: "test",
  } as const;
  const answer = await runStudyFile(order, silent);
  if (!answer.ok) throw new Error(answer.error[0]!.message);
  return { study: study!, answer: answer.value };
}

const assessment = () => {
  made ??= madeOnce();
  return made;
};

const heading = {
  assessment: "reception-mathematics",
  phase: "Reception",
  place: 0,
  subject: "mathematics",
  synthetic: true,
  reason: null,
};

async function register(fresh: () => Promise<Database>): Promise<Database> {
  const database = await fresh();
  await migrate(database, [identityMigrations, logMigrations, referenceAssessmentsMigrations]);
  return database;
}

describeStores("published assessments", (fresh) => {
  it("have the tables that Drizzle is told of", async () => {
    await expectTablesMatch(await register(fresh), [assessmentTable, publicationTable]);
  });

  it("are published once for the same figures, by a statistician alone", async () => {
    const database = await register(fresh);
    const { answer } = await assessment();
    expect(await publishStudy(database, publicActor, heading, answer, now)).toMatchObject({
      ok: false,
      error: [{ code: "publication-role" }],
    });
    expect(await publishStudy(database, statistician, heading, answer, now)).toMatchObject({
      ok: true,
      value: { number: 1 },
    });
    expect(await publishStudy(database, statistician, heading, answer, now)).toMatchObject({
      ok: true,
      value: { number: 1 },
    });
    const [kept] = await loadPublications(database.queries);
    expect(kept!.results.disclosed.trends.length).toBeGreaterThan(10);
    // Read once, and anew where something else was published.
    expect((await loadPublications(database.queries))[0]).toBe(kept);
    await database.queries.execute(sql`update reference_assessments.publication set number = 2, subject = 'another'`);
    expect(await loadPublications(database.queries)).toMatchObject([{ number: 2, subject: "another" }]);
    const report = reportFile(reportOf((await findPublication(database.queries, heading.assessment))!));
    expect(report).toContain("JK2 of");
    expect(report).toContain("Stocking-lord".toLowerCase());
  });

  it("tell the trend that the pupils were made with, within three standard errors (recovery through sample, non-response, link and draws)", async () => {
    const { study, answer } = await assessment();
    const [first] = study.truth;
    // The link has an error of its own where questions drift more than their estimates do; the jackknife always has one.
    for (const { linkingError, jackknifeError } of answer.results.links) {
      expect(jackknifeError).toBeGreaterThan(0);
      expect(linkingError).toBeLessThanOrEqual(jackknifeError!);
    }
    answer.results.cycles.slice(1).forEach((cycle, k) => {
      const row = answer.results.disclosed.trends.find(
        ({ to, from, statistic, group }) => to === cycle && from === "2017" && statistic === "mean" && group === null,
      )!;
      const truth = (100 * (study.truth[k + 1]!.mean - first!.mean)) / first!.sd;
      expect(Math.abs(row.value - truth)).toBeLessThan(3 * row.standardError);
      expect(row.parts.sampling).toBeGreaterThan(row.parts.measurement);
    });
  });
});
