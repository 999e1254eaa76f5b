import { dirname, relative } from "node:path";
import {
  anyFormat,
  checkWritable,
  parseStudyText,
  readHeader,
  readTable,
  shownPath,
  sourceFile,
  writeAtomically,
} from "../../ingest/index.js";
import { columnOf, err, ok, type Problem, type Result, silent, type Table } from "../../kernel/index.js";
import { exists } from "./service-example.js";
import { draftStudy, type StudyDraft } from "./study/draft.js";
import type { ColumnProfile, FileProfile } from "./study/guess.js";
import { studyProblem } from "./study/problem.js";

/** What a draft of a study file is asked for. */
export interface DraftOrder {
  /** Absolute; the pupils' own first. */
  readonly paths: readonly string[];
  /** Where the study file is written, absolute; null writes nothing. */
  readonly file: string | null;
  /** The folder that its paths begin at. */
  readonly folder: string;
}

/** So many different values of a column are looked at. */
const mostLevels = 2000;

function profileOf(table: Table, name: string): ColumnProfile {
  const { codes, levels } = columnOf(table, name, "category");
  const values = codes.reduce((sum, code) => sum + (code < 0 ? 0 : 1), 0);
  const number = (text: string) => /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text);
  const withComma = (text: string) => /^[-+]?\d+(,\d+)?(e[-+]?\d+)?$/i.test(text);
  const point = levels.every(number);
  const comma = !point && levels.every(withComma);
  return {
    ...{ name, values, distinct: levels.length, levels: levels.slice(0, mostLevels) },
    ...{ numeric: levels.length > 0 && (point || comma), comma },
  };
}

async function fileProfile(path: string, folder: string): Promise<Result<FileProfile, readonly Problem[]>> {
  const file = sourceFile(path);
  const header = await readHeader(file, anyFormat);
  if (!header.ok) return header;
  const columns = header.value.flatMap((name) =>
    name === "" ? [] : [{ name, kind: "category" as const, missing: "allow" as const, askedAt: null }],
  );
  const table = await readTable({ files: [file], columns, format: anyFormat, progress: silent });
  if (!table.ok) return table;
  return ok({
    path: relative(folder, path).replaceAll("\\", "/"),
    rows: table.value.rows,
    columns: columns.map(({ name }) => profileOf(table.value, name)),
  });
}

/** Drafts a study file from the files of a study; a file that exists is never written over. */
export async function draftStudyFile({
  paths,
  file,
  folder,
}: DraftOrder): Promise<Result<StudyDraft, readonly Problem[]>> {
  if (file !== null) {
    const writable = await checkWritable(dirname(file));
    if (!writable.ok) return err([writable.error]);
    if (await exists(file))
      return err([
        studyProblem("study-file-exists", shownPath(file), "the file exists already, and may hold somebody's work"),
      ]);
  }
  const profiles: FileProfile[] = [];
  for (const path of paths) {
    const profile = await fileProfile(path, folder);
    if (!profile.ok) return profile;
    profiles.push(profile.value);
  }
  const draft = draftStudy(profiles);
  const parsed = parseStudyText(draft.text, file ?? `${folder}/study.yaml`);
  if (!parsed.ok) return parsed;
  if (file !== null) await writeAtomically(file, draft.text);
  return ok(draft);
}
