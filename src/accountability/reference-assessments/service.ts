import { createHash } from "node:crypto";
import {
  checkWritable,
  filesOfStudy,
  fingerprint,
  formatCsv,
  parseStudyFile,
  readStudy,
  shownPath,
  writeTogether,
} from "../../ingest/index.js";
import { type CivilDate, err, ok, type Problem, type Progress, type Result, valueOn } from "../../kernel/index.js";
import { type ChainStage, runStudy } from "./chain/run.js";
import { confidenceLevel, disclosureRuleOn } from "./parameters.js";
import type { StudyResults } from "./published/results.js";
import {
  calibrationTable,
  conditionalTable,
  conditionalTestsTable,
  curriculumTable,
  difTable,
  driftTable,
  figuresTable,
  groupsTable,
  heldBackTable,
  itemsTable,
  linksTable,
  type ResultTable,
  regressionsTable,
  trendsTable,
} from "./published/tables.js";

/** What a study run from its file is asked for. */
export interface StudyOrder {
  readonly path: string;
  /** How far the chain goes. */
  readonly stage: ChainStage;
  /** Where results are written; null writes nothing. */
  readonly folder: string | null;
  readonly today: CivilDate;
  readonly version: string;
}

/** What a study's results were made from. */
export interface StudyRecord {
  readonly title: string;
  readonly stage: ChainStage;
  readonly code: string;
  readonly date: CivilDate;
  readonly inputs: readonly { readonly name: string; readonly sha256: string }[];
  readonly seed: number;
}

/** A study's results with their record, and the files that were written. */
export interface StudyAnswer {
  readonly results: StudyResults;
  readonly record: StudyRecord;
  readonly files: readonly string[];
}

/** The tables of results that hold anything, by the name of their file. */
export function tablesOf(results: StudyResults): ReadonlyMap<string, ResultTable> {
  const { disclosed } = results;
  const all: [string, ResultTable][] = [
    ["figures.csv", figuresTable(disclosed.figures)],
    ["trends.csv", trendsTable(disclosed.trends)],
    ["held-back.csv", heldBackTable(results)],
    ["calibration.csv", calibrationTable(results)],
    ["items.csv", itemsTable(results)],
    ["conditional.csv", conditionalTable(results)],
    ["conditional-tests.csv", conditionalTestsTable(results)],
    ["dif.csv", difTable(results)],
    ["groups.csv", groupsTable(results)],
    ["links.csv", linksTable(results)],
    ["drift.csv", driftTable(results)],
    ["regressions.csv", regressionsTable(results)],
    ["trends-without-favoured.csv", curriculumTable(results)],
  ];
  return new Map(all.filter(([, { rows }]) => rows.length > 0));
}

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");

async function recordOf(order: StudyOrder, files: readonly string[], results: StudyResults): Promise<StudyRecord> {
  const inputs = await Promise.all(
    files.map(async (path) => ({ name: shownPath(path), sha256: await fingerprint(path) })),
  );
  const { stage, version, today } = order;
  return { title: results.title, stage, code: version, date: today, inputs, seed: results.seed };
}

/** The name of what a record was made from: the same inputs, stage, seed and code have the same. */
export function identityOf({ inputs, stage, code, seed }: StudyRecord): string {
  return sha256(JSON.stringify([inputs.map((input) => input.sha256), stage, code, seed]));
}

/** Runs a study from its file as far as asked, and writes its tables, `results.json` and `record.json`, all or none. */
export async function runStudyFile(
  order: StudyOrder,
  progress: Progress,
): Promise<Result<StudyAnswer, readonly Problem[]>> {
  if (order.folder !== null) {
    const writable = await checkWritable(order.folder);
    if (!writable.ok) return err([writable.error]);
  }
  const study = await parseStudyFile(order.path);
  if (!study.ok) return study;
  const material = await readStudy(study.value, progress);
  if (!material.ok) return material;
  const options = {
    rule: disclosureRuleOn(order.today),
    confidence: valueOn(confidenceLevel, order.today).value,
    stage: order.stage,
  };
  const results = runStudy(material.value, options, progress);
  if (!results.ok) return results;
  const record = await recordOf(order, await filesOfStudy(study.value), results.value);
  const tables = [...tablesOf(results.value)].map(([name, { header, rows }]) => [name, formatCsv(header, rows)]);
  const json = `${JSON.stringify(results.value, null, 2)}\n`;
  const written: Record<string, string> = {
    ...Object.fromEntries(tables),
    "results.json": json,
    "record.json": `${JSON.stringify({ ...record, resultsSha256: sha256(json) }, null, 2)}\n`,
  };
  if (order.folder !== null) await writeTogether(order.folder, written);
  return ok({ results: results.value, record, files: order.folder === null ? [] : Object.keys(written) });
}
