import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import {
  meaningOf,
  type Study,
  type StudyFiles,
  studyProblem,
  studySchema,
  type WrittenStudy,
} from "../../accountability/reference-assessments/index.js";
import { err, ok, type Problem, type Progress, type Result, type Table } from "../../kernel/index.js";
import type { WantedKind } from "../column-builder.js";
import type { SourceFile } from "../file-bytes.js";
import { findFiles } from "../file-pattern.js";
import { problem } from "../problems.js";
import { readHeader } from "../read-header.js";
import { readTable } from "../read-table.js";
import { parseSettings } from "../settings-file.js";
import { shownPath, sourceFile } from "../source-file.js";

/** Reads the text of a study file. @param path the file's own, absolute: its paths begin at its folder */
export function parseStudyText(text: string, path: string): Result<Study, readonly Problem[]> {
  const settings = parseSettings(text, shownPath(path), studySchema, { kind: "study file", examples: "studies/" });
  if (!settings.ok) return settings;
  const { value, placeOf } = settings.value;
  const { files, item, score } = (value as WrittenStudy).responses ?? {};
  if ((item === undefined) !== (score === undefined) || (item !== undefined && files === undefined)) {
    const message =
      "`item` and `score` are columns of a table with a row a response, in `files` of its own: all three or none";
    return err([studyProblem("study-setting-needed", placeOf(["responses"]), message)]);
  }
  const { booklets } = value as WrittenStudy;
  if (booklets && (booklets.booklet === undefined) === (booklets.columns === undefined)) {
    const message = "a map has a column with the booklet (`booklet`) or a column a booklet (`columns`), one of the two";
    return err([studyProblem("study-setting-needed", placeOf(["booklets"]), message)]);
  }
  return ok(meaningOf(value as WrittenStudy, path, placeOf)); // the check of the schema has just held
}

/** Reads a study file, all or nothing; every problem has its line and column. */
export async function parseStudyFile(path: string): Promise<Result<Study, readonly Problem[]>> {
  const absolute = resolve(path);
  try {
    return parseStudyText((await readFile(absolute, "utf8")).replace(/^\ufeff/, ""), absolute);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const missing = code === "ENOENT" || code === "ENOTDIR";
    return err([
      missing
        ? problem(
            "file-missing",
            shownPath(absolute),
            "there is no such file",
            "Give the path of a study file; there are examples in `studies/`.",
          )
        : problem("file-unreadable", shownPath(absolute), `the file can't be read (${code})`),
    ]);
  }
}

/** A column that a study asks for, and the setting that names it. */
export interface StudyColumn {
  readonly name: string;
  readonly kind: WantedKind;
  readonly missing: "allow" | "refuse";
  readonly path: readonly (string | number)[];
}

/** The files that a part of the study names; a pattern without a file is a problem. */
export async function filesOfPart(
  study: Study,
  part: StudyFiles,
): Promise<Result<readonly SourceFile[], readonly Problem[]>> {
  const problems: Problem[] = [];
  const files: SourceFile[] = [];
  for (const pattern of part.patterns) {
    const found = await findFiles(pattern, dirname(study.path));
    if (found.length === 0)
      problems.push(problem("file-missing", study.placeOf([...part.path, "files"]), `no file fits "${pattern}"`));
    files.push(...found.map((path) => sourceFile(path)));
  }
  return problems.length > 0 ? err(problems) : ok(files);
}

/** The names of the columns of a part's first file. */
export async function headerOfPart(
  study: Study,
  part: StudyFiles,
): Promise<Result<readonly string[], readonly Problem[]>> {
  const files = await filesOfPart(study, part);
  if (!files.ok) return files;
  const [first] = files.value;
  if (!first)
    return err([
      problem("key-missing", study.placeOf(part.path), "no file of pupils is named", "Add `files: pupils.csv`."),
    ]);
  return readHeader(first, part.format);
}

/** Reads columns of a part's files. */
export async function readPart(
  study: Study,
  part: StudyFiles,
  columns: readonly StudyColumn[],
  progress: Progress,
): Promise<Result<Table, readonly Problem[]>> {
  const files = await filesOfPart(study, part);
  if (!files.ok) return files;
  return readTable({
    files: files.value,
    columns: columns.map(({ path, ...column }) => ({
      ...column,
      askedAt: study.placeOf(path),
      missingMarks: codesOf(study, column.name),
    })),
    format: part.format,
    progress,
  });
}

/** Codes that are missing values in a column. */
const codesOf = ({ persons }: Study, name: string): readonly string[] =>
  persons.missing.flatMap(({ patterns, codes }) =>
    patterns.some((pattern) => columnsThatFit(pattern, [name]).length > 0) ? codes : [],
  );

/** The columns of a header that fit a name or a pattern with `*`, in the header's order; numbers in names keep it. */
export function columnsThatFit(pattern: string, header: readonly string[]): readonly string[] {
  if (!pattern.includes("*")) return header.includes(pattern) ? [pattern] : [];
  const body = pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", ".*");
  const expression = new RegExp(`^${body}$`);
  return header.filter((name) => expression.test(name));
}

/** Every file that a study names, the study file first. */
export async function filesOfStudy(study: Study): Promise<readonly string[]> {
  const parts = [
    study.persons,
    ...study.cycles.map(({ files }) => files),
    ...study.persons.joins,
    study.responses.wide,
    study.responses.long,
    study.items,
    study.booklets,
  ];
  const found = await Promise.all(
    parts.flatMap((part) => (part ? part.patterns.map((pattern) => findFiles(pattern, dirname(study.path))) : [])),
  );
  return [...new Set([study.path, ...found.flat()])];
}
