import { sourceFile } from "../ingest/index.js";
import { type CivilDate, err, ok, type Problem, type Progress, type Result, silent } from "../kernel/index.js";
import type { Database, Queries } from "../platform/database/index.js";
import type { ChangeCounts } from "./changes.js";
import { type KnownFile, withKnownFiles } from "./files-to-import.js";
import { type ImportPart, readParts } from "./import-parts.js";
import { type ImportReport, updateRegisterIn } from "./service.js";

/** Files of the department to import; those that are absent leave their part of the register as it is. */
export interface RegisterFiles {
  readonly schools?: string;
  readonly groups?: string;
  readonly groupLinks?: string;
  readonly schoolLinks?: string;
}

/** A refusal on its way out of the transaction, which it undoes. */
class Refused extends Error {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super("the import is refused");
    this.problems = problems;
  }
}

const sum = (a: ChangeCounts, b: ChangeCounts): ChangeCounts => ({
  added: a.added + b.added,
  changed: a.changed + b.changed,
  unchanged: a.unchanged + b.unchanged,
  closed: a.closed + b.closed,
});

function addReports(a: ImportReport, b: ImportReport): ImportReport {
  return {
    schools: sum(a.schools, b.schools),
    groups: sum(a.groups, b.groups),
    memberships: sum(a.memberships, b.memberships),
    links: sum(a.links, b.links),
    pupilCounts: sum(a.pupilCounts, b.pupilCounts),
    notes: [...a.notes, ...b.notes],
  };
}

/** Saves what was read, the oldest day first, within the caller's transaction. @throws {Refused} which undoes it all. */
async function saveParts(queries: Queries, parts: readonly ImportPart[], synthetic: boolean): Promise<ImportReport> {
  const name = synthetic ? "files of a synthetic England" : "the department's register of schools";
  let total: ImportReport | null = null;
  for (const { contents, pupilCounts, asOf, files } of parts) {
    const report = await updateRegisterIn(queries, { ...contents, pupilCounts }, { name, asOf, synthetic, files });
    if (!report.ok) throw new Refused(report.error);
    total = total ? addReports(total, report.value) : report.value;
  }
  if (!total) throw new RangeError("there is nothing to import");
  return total;
}

async function importKnown(
  database: Pick<Database, "queries">,
  files: readonly KnownFile[],
  progress: Progress,
  synthetic: boolean,
): Promise<Result<ImportReport, readonly Problem[]>> {
  progress.stage("Reading the register's files");
  const parts = await readParts(files, progress);
  if (!parts.ok) return parts;
  progress.stage("Saving the register");
  return saveImport(database.queries, parts.value, synthetic);
}

/**
 * Saves what was read, all or nothing.
 * @param queries a database's own, or those of a transaction: what is refused then leaves nothing of itself in it
 */
export async function saveImport(
  queries: Queries,
  parts: readonly ImportPart[],
  synthetic: boolean,
): Promise<Result<ImportReport, readonly Problem[]>> {
  try {
    return ok(await queries.transaction((inside) => saveParts(inside, parts, synthetic)));
  } catch (error) {
    if (error instanceof Refused) return err(error.problems);
    throw error;
  }
}

/**
 * Imports the department's files into the register: reads them all, checks them all, then saves all or nothing. Importing the same
 * files again changes nothing.
 *
 * @param asOf the day that the files describe
 * @param synthetic whether they describe made-up schools, as those of `greenpaper england` do
 * @returns what was new, changed, the same and closed; or every problem of every file
 */
export function importRegister(
  database: Database,
  files: RegisterFiles,
  asOf: CivilDate,
  progress: Progress = silent,
  synthetic = false,
): Promise<Result<ImportReport, readonly Problem[]>> {
  const named = [
    ["schools", files.schools],
    ["groups", files.groups],
    ["group-links", files.groupLinks],
    ["school-links", files.schoolLinks],
  ] as const;
  const known = named.flatMap(([kind, path]) => (path === undefined ? [] : [{ file: sourceFile(path), kind, asOf }]));
  return importKnown(database, known, progress, synthetic);
}

/**
 * Imports files of the department whatever they are: what each is about is found out from its columns, archives are unpacked, and
 * a file whose name has a day describes that day. All or nothing, like {@link importRegister}.
 *
 * @param database a database, or a transaction's own queries
 * @param asOf the day of the files whose names have none
 */
export function importFiles(
  database: Pick<Database, "queries">,
  paths: readonly string[],
  asOf: CivilDate,
  progress: Progress = silent,
  synthetic = false,
): Promise<Result<ImportReport, readonly Problem[]>> {
  const files = paths.map((path) => sourceFile(path));
  return withKnownFiles(files, asOf, (known) => importKnown(database, known, progress, synthetic));
}
