import { dirname } from "node:path";
import type { ReviewFile, ReviewFiles } from "../accountability/quality-mark/index.js";
import { type CategoryColumn, err, ok, type Problem, type Progress, type Result, type Table } from "../kernel/index.js";
import type { WantedKind } from "./column-builder.js";
import type { SourceFile } from "./file-bytes.js";
import { findFiles } from "./file-pattern.js";
import { problem } from "./problems.js";
import { readTable } from "./read-table.js";
import { sourceFile } from "./source-file.js";
import type { ColumnRequest } from "./table-request.js";

/** A column that a review asks for, and the setting that names it. */
export interface WantedColumn {
  readonly name: string;
  readonly kind: WantedKind;
  readonly missing: "allow" | "refuse";
  /** As `["prior", 0, "column"]`. */
  readonly path: readonly (string | number)[];
  /** A column of another table whose texts are numbered alike. */
  readonly numberedAs?: CategoryColumn;
}

/** The files that a part of the review names; a pattern without a file is a problem in the review file. */
async function filesOf(
  review: ReviewFile,
  named: ReviewFiles,
): Promise<Result<readonly SourceFile[], readonly Problem[]>> {
  const problems: Problem[] = [];
  const files: SourceFile[] = [];
  for (const [index, pattern] of named.patterns.entries()) {
    const found = await findFiles(pattern, dirname(review.path));
    const setting = named.patterns.length === 1 ? [...named.path, "files"] : [...named.path, "files", index];
    if (found.length === 0)
      problems.push(problem("file-missing", review.placeOf(setting), `no file fits "${pattern}"`));
    files.push(...found.map((path) => sourceFile(path)));
  }
  return problems.length > 0 ? err(problems) : ok(files);
}

/** Every file that a review names, apart from itself, in the order in which it names them. */
export async function filesOfReview(review: ReviewFile): Promise<readonly string[]> {
  const parts = [review.pupils, review.membership, review.schools, review.safeguarding, review.accounts];
  const found = await Promise.all(
    parts.flatMap((part) => (part ? part.patterns.map((pattern) => findFiles(pattern, dirname(review.path))) : [])),
  );
  return [...new Set(found.flat())];
}

/** Reads the columns that a review asks for from the files that one of its parts names. */
export async function readReviewTable(
  review: ReviewFile,
  named: ReviewFiles,
  wanted: readonly WantedColumn[],
  progress: Progress,
): Promise<Result<Table, readonly Problem[]>> {
  const files = await filesOf(review, named);
  if (!files.ok) return files;
  const columns = wanted.map(({ path, ...column }): ColumnRequest => ({ ...column, askedAt: review.placeOf(path) }));
  const table = await readTable({ files: files.value, columns, format: named.format, progress });
  if (table.ok) return table;
  const setting = review.placeOf([...named.path, "files"]);
  return err(
    table.error.map((found) =>
      found.code === "file-missing" ? { ...found, message: `${found.message} (asked for in ${setting})` } : found,
    ),
  );
}
