import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { Static, TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { checkWritable, shownPath, writeAtomically } from "../../ingest/index.js";
import { err, ok, type Problem, parseCivilDate, type Result } from "../../kernel/index.js";
import { disclosureRuleOn } from "./parameters.js";
import { passDisclosure } from "./published/disclosure.js";
import type { FigureTables, StudyResults } from "./published/results.js";
import { RecordFileSchema, ResultsFileSchema } from "./published/schemas.js";
import { reportFile } from "./report.js";
import type { StudyRecord } from "./service.js";
import { studyProblem } from "./study/problem.js";

/** What a technical report is made from, and where it goes. */
export interface ReportOrder {
  /** A folder that a run wrote. */
  readonly folder: string;
  readonly file: string;
  /** Whether the pupils are made up. */
  readonly synthetic: boolean;
  /** Of this program. */
  readonly version: string;
}

interface JsonFile extends ResultsFile {
  readonly value: unknown;
}

async function readBytes(path: string): Promise<Result<ResultsFile, Problem>> {
  const place = shownPath(path);
  try {
    return ok({ place, bytes: await readFile(path) });
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const why = code === "ENOENT" || code === "ENOTDIR" ? "there is no such file" : `it can't be read (${code})`;
    return err(studyProblem("study-results-missing", place, why));
  }
}

function parseJson(file: ResultsFile): Result<JsonFile, Problem> {
  try {
    return ok({ ...file, value: JSON.parse(file.bytes.toString("utf8")) });
  } catch {
    return err(studyProblem("study-results-unreadable", file.place, "it isn't whole: what it holds is no JSON"));
  }
}

/** A file's value by a schema; what doesn't fit is named with the versions. */
function asSchema<S extends TSchema>(
  { place, value }: JsonFile,
  schema: S,
  versions: string,
): Result<Static<S>, Problem> {
  const compiled = Compile(schema);
  if (compiled.Check(value)) return ok(value);
  const [fault] = compiled.Errors(value);
  const where = fault?.instancePath ? `${fault.instancePath.slice(1).replaceAll("/", ", ")} ` : "";
  const message = `${where}${fault?.message ?? "does not fit"} (${versions})`;
  return err(studyProblem("study-results-other-version", place, message));
}

const codeOf = (record: unknown): string =>
  typeof record === "object" && record !== null && "code" in record && typeof record.code === "string"
    ? `it was written by version ${record.code}`
    : "it doesn't say which version wrote it";

/** The record, and the fingerprint of the results that it was written with. */
function readRecord(
  file: JsonFile,
  versions: string,
): Result<{ readonly record: StudyRecord; readonly resultsSha256: string }, Problem> {
  const read = asSchema(file, RecordFileSchema, versions);
  if (!read.ok) return read;
  const { resultsSha256, ...record } = read.value;
  const date = parseCivilDate(record.date);
  if (!date.ok) return err(studyProblem("study-results-other-version", file.place, `${date.error} (${versions})`));
  return ok({ record: { ...record, date: date.value }, resultsSha256 });
}

/** Why figures can't be shown under the rule of their day; null where they can. */
function refusal({ rule }: FigureTables, { date }: StudyRecord): string | null {
  const held = disclosureRuleOn(date);
  const other = Object.entries(held).find(([key, value]) => rule[key as keyof typeof held] !== value);
  return other ? `its rule of disclosure control is not that of ${date}` : null;
}

/** A file of results as it was read or sent. */
export interface ResultsFile {
  readonly place: string;
  readonly bytes: Buffer;
}

/** Results that passed disclosure control, with their record. */
export interface ReadResults {
  readonly results: StudyResults;
  readonly record: StudyRecord;
}

/**
 * The results of two files. They have to be those that the record was written with, and pass disclosure control again: a file that was changed by hand
 * never becomes disclosed figures.
 */
export function parseResults(
  resultsSent: ResultsFile,
  recordSent: ResultsFile,
  version: string,
): Result<ReadResults, readonly Problem[]> {
  const files = [parseJson(resultsSent), parseJson(recordSent)] as const;
  const [resultsFile, recordFile] = files;
  if (!resultsFile.ok || !recordFile.ok) return err(files.flatMap((file) => (file.ok ? [] : [file.error])));
  const versions = `${codeOf(recordFile.value.value)}, and this is ${version}`;
  const recorded = readRecord(recordFile.value, versions);
  if (!recorded.ok) return err([recorded.error]);
  const { record, resultsSha256 } = recorded.value;
  const { place, bytes } = resultsFile.value;
  if (createHash("sha256").update(bytes).digest("hex") !== resultsSha256)
    return err([studyProblem("study-results-changed", place, "its fingerprint is not the one in record.json")]);
  const results = asSchema(resultsFile.value, ResultsFileSchema, versions);
  if (!results.ok) return err([results.error]);
  const refused = refusal(results.value.disclosed, record);
  if (refused !== null) return err([studyProblem("study-results-not-disclosed", place, refused)]);
  const passed = passDisclosure(results.value.disclosed);
  if (!passed.ok) return err([studyProblem("study-results-not-disclosed", place, passed.error)]);
  const { conditional = [] } = results.value;
  return ok({ results: { ...results.value, conditional, disclosed: passed.value }, record });
}

/** Reads what a run wrote. */
export async function readResults(folder: string, version: string): Promise<Result<ReadResults, readonly Problem[]>> {
  const files = [await readBytes(join(folder, "results.json")), await readBytes(join(folder, "record.json"))] as const;
  const [results, record] = files;
  if (!results.ok || !record.ok) return err(files.flatMap((file) => (file.ok ? [] : [file.error])));
  return parseResults(results.value, record.value, version);
}

/** Makes the technical report of a folder's results and writes it whole or not at all. @returns the file as it is shown */
export async function writeReport(order: ReportOrder): Promise<Result<string, readonly Problem[]>> {
  const { folder, file, synthetic, version } = order;
  const read = await readResults(folder, version);
  if (!read.ok) return read;
  const writable = await checkWritable(dirname(file));
  if (!writable.ok) return err([writable.error]);
  const { results } = read.value;
  await writeAtomically(file, reportFile({ ...read.value, title: results.title, synthetic, publication: null }));
  return ok(shownPath(file));
}
