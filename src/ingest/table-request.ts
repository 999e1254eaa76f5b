import { basename } from "node:path";
import type { CategoryColumn, Progress } from "../kernel/index.js";
import { type ColumnBuilder, columnBuilder, type WantedKind } from "./column-builder.js";
import type { SourceFile } from "./file-bytes.js";
import type { ProblemCollector } from "./problems.js";
import type { RowPlaces } from "./row-places.js";
import type { Separator } from "./separator.js";
import type { Encoding } from "./text-encoding.js";

/** How the files are written, as far as their owner says; null finds it out. */
export interface FileFormat {
  readonly separator: Separator | null;
  readonly encoding: Encoding | null;
  /** The decimal mark; null is a point. */
  readonly decimal: "." | "," | null;
  /** Texts that stand for a missing value in every column; null takes {@link defaultMissingMarks}. Empty always does. */
  readonly missingMarks: readonly string[] | null;
}

/** Nothing is stated. */
export const anyFormat: FileFormat = { separator: null, encoding: null, decimal: null, missingMarks: null };

/**
 * Marks of missing values where nobody states any. In columns of numbers the department's own are added: suppressed, no
 * entries, not published, low coverage, and the statisticians' x, z and c; in a column of texts those can be values.
 * Source: the notes on the symbols in the department's performance tables and statistical releases.
 */
export const defaultMissingMarks = {
  texts: ["NA", "NULL", ".", "NaN"],
  numbers: ["NA", "NULL", ".", "NaN", "nan", "SUPP", "NE", "NP", "LOWCOV", "x", "z", "c"],
} as const;

/** One column that is wanted. */
export interface ColumnRequest {
  readonly name: string;
  readonly kind: WantedKind;
  /** `refuse` reports each line without a value. */
  readonly missing: "allow" | "refuse";
  /** Where the column was asked for, as `exam.yaml, line 8`; null where the program asks. */
  readonly askedAt: string | null;
  /** A column of another table whose texts are numbered alike. */
  readonly numberedAs?: CategoryColumn;
  /** Marks of missing values of this column, beside those of the files. */
  readonly missingMarks?: readonly string[];
}

/** What is to be read. */
export interface TableRequest {
  /** Read one after the other into one table; each has every column. */
  readonly files: readonly SourceFile[];
  readonly columns: readonly ColumnRequest[];
  readonly format: FileFormat;
  /** `missing` fills up lines whose last fields were left off; `refuse`, and where nothing is said, they are problems. */
  readonly shortLines?: "missing" | "refuse";
  readonly progress?: Progress;
}

/** What the readers of the formats fill. */
export interface TableDraft {
  readonly request: TableRequest;
  readonly progress: Progress;
  readonly problems: ProblemCollector;
  readonly places: RowPlaces;
  /** In the order of the request; made by the first file, which knows how many rows to expect. */
  builders: readonly ColumnBuilder[];
  rows: number;
}

/** The builders of the request's columns. @param rows how many are expected */
export function buildersFor(request: TableRequest, rows: number): readonly ColumnBuilder[] {
  const stated = request.format.missingMarks;
  const missingMarks = stated ? { numbers: stated, texts: stated } : defaultMissingMarks;
  const decimal = request.format.decimal === "," ? 44 : 46;
  return request.columns.map(({ name, kind, numberedAs, missingMarks: own = [] }) => {
    const marks = {
      numbers: [...missingMarks.numbers, ...own],
      texts: [...missingMarks.texts, ...own],
    };
    return columnBuilder({ name, kind, decimal, missingMarks: marks, ...(numberedAs ? { numberedAs } : {}) }, rows);
  });
}

/** What notes call the files: names without folders. */
export function nameOfFiles(files: readonly SourceFile[]): string {
  const [first, ...others] = files;
  const name = first ? basename(first.path) : "no file";
  return others.length === 0 ? name : `${name} and ${others.length} more`;
}
