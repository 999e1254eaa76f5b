import { and, asc, count, desc, eq, inArray, isNotNull, max, ne, sql } from "drizzle-orm";
import { insertMany, type Queries } from "../../../platform/database/index.js";
import { schoolTable as registerSchools } from "../../../register/index.js";
import type { SampledSchool } from "./field.js";
import type { Arrangement, FieldPupil } from "./pupil.js";
import { exportTable, pupilTable, responseTable, schoolTable, studyTable } from "./store-tables.js";
import type { FieldStudy } from "./study.js";

/** Every study, the newest cycle first. */
export const loadStudies = (queries: Queries): Promise<readonly FieldStudy[]> =>
  queries.select().from(studyTable).orderBy(desc(studyTable.cycle), asc(studyTable.id));

/** One study, or null. */
export async function findStudy(queries: Queries, id: string): Promise<FieldStudy | null> {
  const [found] = await queries.select().from(studyTable).where(eq(studyTable.id, id));
  return found ?? null;
}

/** Writes a study with the version of its stream. */
export async function saveStudy(queries: Queries, study: FieldStudy): Promise<void> {
  await insertMany(queries, studyTable, [study], "update");
}

/** A school of a sample with its name. */
export type NamedSchool = SampledSchool & { readonly name: string };

const named = { name: registerSchools.name };
const schoolColumns = {
  ...{ study: schoolTable.study, urn: schoolTable.urn, region: schoolTable.region, unit: schoolTable.unit },
  ...{ choice: schoolTable.choice, stratum: schoolTable.stratum, probability: schoolTable.probability },
  ...{ size: schoolTable.size, state: schoolTable.state, reason: schoolTable.reason, sessionOn: schoolTable.sessionOn },
  ...{ roll: schoolTable.roll, erased: schoolTable.erased, version: schoolTable.version },
};

/** The schools of a sample in order of selection; under row-level security a school sees itself. */
export const loadSchools = (queries: Queries, study: string): Promise<readonly NamedSchool[]> =>
  queries
    .select({ ...schoolColumns, ...named })
    .from(schoolTable)
    .innerJoin(registerSchools, eq(registerSchools.urn, sql`${schoolTable.urn}`))
    .where(eq(schoolTable.study, study))
    .orderBy(asc(schoolTable.unit), asc(schoolTable.choice), asc(schoolTable.urn));

/** The samples that a school is in and has been asked about. */
export const samplesOfSchool = (queries: Queries, urn: string): Promise<readonly SampledSchool[]> =>
  queries
    .select()
    .from(schoolTable)
    .where(and(eq(schoolTable.urn, urn), ne(schoolTable.state, "reserve")))
    .orderBy(asc(schoolTable.study));

/** One school of a sample, or null where it isn't in it or may not be seen. */
export async function findSampled(queries: Queries, study: string, urn: string): Promise<SampledSchool | null> {
  const [found] = await queries
    .select()
    .from(schoolTable)
    .where(and(eq(schoolTable.study, study), eq(schoolTable.urn, urn)));
  return found ?? null;
}

/** Every school of one unit, held until the transaction ends. */
export const lockUnit = (queries: Queries, study: string, unit: number): Promise<readonly SampledSchool[]> =>
  queries
    .select()
    .from(schoolTable)
    .where(and(eq(schoolTable.study, study), eq(schoolTable.unit, unit)))
    .orderBy(asc(schoolTable.choice), asc(schoolTable.urn))
    .for("update");

const schoolRow = (school: SampledSchool) => school as typeof schoolTable.$inferInsert;

/** Writes a drawn sample. */
export async function addSchools(queries: Queries, schools: readonly SampledSchool[]): Promise<void> {
  await insertMany(queries, schoolTable, schools.map(schoolRow));
}

/** Writes schools that changed. */
export async function saveSchools(queries: Queries, schools: readonly SampledSchool[]): Promise<void> {
  if (schools.length > 0) await insertMany(queries, schoolTable, schools.map(schoolRow), "update");
}

/** The drawn pupils of a school by line; of a whole study without a school. */
export const loadPupils = (queries: Queries, study: string, urn?: string): Promise<readonly FieldPupil[]> =>
  queries
    .select()
    .from(pupilTable)
    .where(and(eq(pupilTable.study, study), urn === undefined ? undefined : eq(pupilTable.urn, urn)))
    .orderBy(asc(pupilTable.urn), asc(pupilTable.line), asc(pupilTable.id));

/** The same, held until the transaction ends. */
export const lockPupils = (queries: Queries, study: string, urn: string): Promise<readonly FieldPupil[]> =>
  queries
    .select()
    .from(pupilTable)
    .where(and(eq(pupilTable.study, study), eq(pupilTable.urn, urn)))
    .for("update");

/** The pupil whose session the code opens, held until the transaction ends; null for none. */
export async function lockByCode(queries: Queries, code: string): Promise<FieldPupil | null> {
  const [found] = await queries.select().from(pupilTable).where(eq(pupilTable.code, code)).for("update");
  return found ?? null;
}

/** Writes drawn pupils. */
export async function addPupils(queries: Queries, pupils: readonly FieldPupil[]): Promise<void> {
  await insertMany(queries, pupilTable, pupils);
}

/** Writes pupils that changed. */
export async function savePupils(queries: Queries, pupils: readonly FieldPupil[]): Promise<void> {
  if (pupils.length > 0) await insertMany(queries, pupilTable, pupils, "update");
}

/** Takes away the pupils of a school that withdrew before any session. */
export async function removePupils(queries: Queries, study: string, urn: string): Promise<void> {
  await queries.delete(pupilTable).where(and(eq(pupilTable.study, study), eq(pupilTable.urn, urn)));
}

/** Whether any pupil of the study has been drawn. */
export async function anyPupils(queries: Queries, study: string): Promise<boolean> {
  const [row] = await queries.select({ n: count() }).from(pupilTable).where(eq(pupilTable.study, study));
  return (row?.n ?? 0) > 0;
}

/** A response as it is kept. */
export type StoredResponse = typeof responseTable.$inferSelect;

/** What a pupil has answered. */
export const responsesOf = (queries: Queries, pupil: string): Promise<readonly StoredResponse[]> =>
  queries.select().from(responseTable).where(eq(responseTable.pupil, pupil));

/** Every response of a study. */
export const loadResponses = (queries: Queries, study: string): Promise<readonly StoredResponse[]> =>
  queries
    .select({
      ...{
        pupil: responseTable.pupil,
        item: responseTable.item,
        answer: responseTable.answer,
        score: responseTable.score,
      },
      ...{ device: responseTable.device, sequence: responseTable.sequence, source: responseTable.source },
      savedAt: responseTable.savedAt,
    })
    .from(responseTable)
    .innerJoin(pupilTable, eq(pupilTable.id, responseTable.pupil))
    .where(eq(pupilTable.study, study))
    .orderBy(asc(responseTable.pupil), asc(responseTable.item));

/** Writes responses over those that are there. */
export async function saveResponses(queries: Queries, responses: readonly StoredResponse[]): Promise<void> {
  if (responses.length > 0) await insertMany(queries, responseTable, responses, "update");
}

/** When the newest answer of a study was taken; null without any. */
export async function lastAnswerAt(queries: Queries, study: string): Promise<string | null> {
  const [row] = await queries
    .select({ at: max(responseTable.savedAt) })
    .from(responseTable)
    .innerJoin(pupilTable, eq(pupilTable.id, responseTable.pupil))
    .where(eq(pupilTable.study, study));
  return row?.at ?? null;
}

/** How many pupils of a study have each arrangement. */
export async function countArrangements(
  queries: Queries,
  study: string,
): Promise<readonly (readonly [Arrangement, number])[]> {
  const one = sql<Arrangement>`jsonb_array_elements_text(${pupilTable.arrangements})`.as("one");
  const each = queries.select({ one }).from(pupilTable).where(eq(pupilTable.study, study)).as("each");
  const rows = await queries.select({ one: each.one, pupils: count() }).from(each).groupBy(each.one);
  return rows.map(({ one: arrangement, pupils }) => [arrangement, pupils] as const);
}

/** How many pupils of a study stand where. */
export async function countPupils(queries: Queries, study: string) {
  return queries
    .select({ urn: pupilTable.urn, attendance: pupilTable.attendance, state: pupilTable.state, pupils: count() })
    .from(pupilTable)
    .where(eq(pupilTable.study, study))
    .groupBy(pupilTable.urn, pupilTable.attendance, pupilTable.state);
}

/** Erases what tells pupils apart; ids that say nothing, and what results are made of, stay. */
export async function erasePupils(queries: Queries, study: string): Promise<number> {
  const erased = await queries
    .update(pupilTable)
    .set({ line: null, code: null, device: null, arrangements: [] })
    .where(and(eq(pupilTable.study, study), isNotNull(pupilTable.line)))
    .returning({ id: pupilTable.id });
  await queries
    .update(responseTable)
    .set({ device: "" })
    .where(
      inArray(
        responseTable.pupil,
        queries.select({ id: pupilTable.id }).from(pupilTable).where(eq(pupilTable.study, study)),
      ),
    );
  return erased.length;
}

/** Keeps the files of an export in place of the last. */
export async function saveExport(queries: Queries, study: string, files: ReadonlyMap<string, string>, madeAt: Date) {
  await queries.delete(exportTable).where(eq(exportTable.study, study));
  const at = madeAt.toISOString();
  await insertMany(
    queries,
    exportTable,
    [...files].map(([name, content]) => ({ study, name, content, madeAt: at })),
  );
}

/** The files of the last export, without their content. */
export const listExport = (queries: Queries, study: string) =>
  queries
    .select({ name: exportTable.name, madeAt: exportTable.madeAt })
    .from(exportTable)
    .where(eq(exportTable.study, study))
    .orderBy(asc(exportTable.name));

/** One file of the last export, or null. */
export async function findExport(queries: Queries, study: string, name: string): Promise<string | null> {
  const [found] = await queries
    .select({ content: exportTable.content })
    .from(exportTable)
    .where(and(eq(exportTable.study, study), eq(exportTable.name, name)));
  return found?.content ?? null;
}
