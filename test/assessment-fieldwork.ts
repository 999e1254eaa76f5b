import { madeUpItem, madeUpSchools } from "../src/accountability/reference-assessments/fieldwork/examples.js";
import {
  drawSampleJob,
  eraseJob,
  exportJob,
  fieldworkMigrations,
} from "../src/accountability/reference-assessments/fieldwork/index.js";
import { fieldsOfItem, itemColumns } from "../src/accountability/reference-assessments/fieldwork/item.js";
import { orderSample } from "../src/accountability/reference-assessments/fieldwork/jobs.js";
import { createStudy } from "../src/accountability/reference-assessments/fieldwork/service.js";
import { makeBooklets } from "../src/accountability/reference-assessments/fieldwork/service-booklets.js";
import { importItems } from "../src/accountability/reference-assessments/fieldwork/service-items.js";
import { answerForSchool } from "../src/accountability/reference-assessments/fieldwork/service-schools.js";
import {
  finishSession,
  saveAnswers,
  viewSession,
} from "../src/accountability/reference-assessments/fieldwork/service-sessions.js";
import { findStudy, loadSchools } from "../src/accountability/reference-assessments/fieldwork/store.js";
import type { StudyDraft } from "../src/accountability/reference-assessments/fieldwork/study.js";
import { referenceAssessmentsMigrations } from "../src/accountability/reference-assessments/index.js";
import { formatCsv } from "../src/ingest/index.js";
import { type AuthorityCode, civilDate, type Problem, type Result, type Urn } from "../src/kernel/index.js";
import { type Database, migrate } from "../src/platform/database/index.js";
import { httpMigrations } from "../src/platform/http/index.js";
import { identityMigrations } from "../src/platform/identity/index.js";
import { jobsMigrations, runToEnd } from "../src/platform/jobs/index.js";
import { logMigrations } from "../src/platform/log/index.js";
import { registerMigrations, schoolWith, updateRegister } from "../src/register/index.js";
import { personWith } from "./signed-in.js";

/** Whoever runs the assessments, and whoever runs them in a school. */
export const statistician = personWith({ role: "statistician", scope: { kind: "country" } });
export const headOf = (urn: string) => personWith({ role: "school", scope: { kind: "school", urn: urn as Urn } });

export const fieldworkJobs = [drawSampleJob, exportJob, eraseJob];

export const draft: StudyDraft = {
  ...{
    id: "mathematics-y4-2027",
    title: "Mathematics in Year 4, 2027",
    subject: "mathematics",
    phase: "year-4",
    cycle: 2027,
  },
  ...{ answerBy: civilDate("2027-02-26"), opens: civilDate("2027-05-04"), closes: civilDate("2027-05-28") },
  eraseOn: civilDate("2027-09-30"),
};

/** A moment before the window, and one within. */
export const before = new Date("2027-01-11T10:00:00Z");
export const during = new Date("2027-05-11T09:00:00Z");
export const dayOf = (moment: Date) => civilDate(moment.toISOString().slice(0, 10));

/** The value, or what was wrong. */
export function accept<T>(result: Result<T, readonly Problem[]>): T {
  if (result.ok) return result.value;
  throw new Error(result.error.map(({ place, message }) => `${place}: ${message}`).join("\n"));
}

/** A file of made-up items. */
export const itemsFile = (count: number, change: (fields: Record<string, string>, n: number) => void = () => {}) =>
  Buffer.from(
    formatCsv(
      itemColumns,
      Array.from({ length: count }, (_, n) => {
        const fields = { ...fieldsOfItem(madeUpItem(n)) };
        change(fields, n);
        return itemColumns.map((column) => fields[column]);
      }),
    ),
  );

/** A register of made-up primary schools, without a study. */
export async function schoolsIn(database: Database, count = 60): Promise<Database> {
  await migrate(database, [
    identityMigrations,
    httpMigrations,
    logMigrations,
    jobsMigrations,
    registerMigrations,
    referenceAssessmentsMigrations,
    fieldworkMigrations,
  ]);
  const schools = madeUpSchools(count).map(({ region: _, urn, ...school }, n) =>
    schoolWith({
      ...{ ...school, urn: urn as Urn, name: `Madeup ${n + 1} Primary School`, status: "open" },
      authority: ["841", "889", "380", "855", "330", "874", "202", "850", "800"][n % 9]! as AuthorityCode,
    }),
  );
  const source = { name: "tests", asOf: civilDate("2026-09-01"), synthetic: true, files: [] };
  accept(await updateRegister(database, { schools, groups: [], memberships: [], links: [] }, source));
  return database;
}

const versionOf = async (database: Database) => (await findStudy(database.queries, draft.id))?.version ?? 0;

/** The same with a study, its items, booklets and sample. */
export async function studyIn(database: Database, schools = 8, pupilsPerSchool = 6): Promise<Database> {
  await schoolsIn(database);
  accept(await createStudy(database, statistician, draft, dayOf(before), before));
  accept(await importItems(database, statistician, itemsFile(12), "items.csv", before));
  const booklets = { blocks: 4, booklets: 4, size: 2, minutes: 30, leastOfEach: 0, seed: 5 };
  accept(await makeBooklets(database, statistician, draft.id, booklets, await versionOf(database), before));
  const order = { schools, pupilsPerSchool, tilt: 0.5, method: "systematic", rotation: 0, seed: 11 } as const;
  const job = accept(await orderSample(database, statistician, draft.id, order, await versionOf(database), before));
  const state = await runToEnd(database, job, fieldworkJobs);
  if (state.state !== "succeeded") throw new Error(JSON.stringify(state));
  return database;
}

/** A school's acceptance. */
export const acceptance = (urn: string, expected: number) => ({
  ...{ study: draft.id, urn, takesPart: true, reason: "", roll: 43, sessionOn: "2027-05-11", expected },
});

/** The schools that were invited first, all of which take part. */
export async function acceptedSchools(database: Database): Promise<readonly string[]> {
  const first = (await loadSchools(database.queries, draft.id)).filter(({ state }) => state === "invited");
  for (const { urn, version } of first)
    accept(await answerForSchool(database, headOf(urn), acceptance(urn, version), dayOf(before), before));
  return first.map(({ urn }) => urn);
}

/** A pupil of the code answers every question, some of them rightly, and finishes. */
export async function answerAll(database: Database, code: string, device = "tablet-1"): Promise<void> {
  const { blocks } = accept(await viewSession(database, code, dayOf(during)));
  const luck = [...code].reduce((sum, letter) => sum + letter.charCodeAt(0), 0);
  const sent = blocks.flat().map(({ id, kind }, n) => ({
    ...{ item: id, device, sequence: n + 1 },
    answer: kind === "choice" ? "ABC"[(luck + n) % 3]! : String(8 + Number(id.slice(1)) + ((luck + n) % 2)),
  }));
  accept(await saveAnswers(database, code, sent, dayOf(during), during));
  accept(await finishSession(database, code, dayOf(during), during));
}
