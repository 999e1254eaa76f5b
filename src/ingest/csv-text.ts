import { err, ok, type Problem, type Result } from "../kernel/index.js";
import { RecordSplitter } from "./delimited.js";
import { textsOf } from "./delimited-table.js";
import { collectProblems, FileFault, problem } from "./problems.js";
import { windows1252ToUtf8 } from "./windows-1252.js";

/** A row of a small CSV file by column, and the line it begins on. */
export interface CsvRow<Column extends string> {
  readonly line: number;
  readonly fields: Readonly<Record<Column, string>>;
}

function utf8Of(bytes: Uint8Array): Uint8Array {
  const withoutMark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? bytes.subarray(3) : bytes;
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(withoutMark);
    return withoutMark;
  } catch {
    return windows1252ToUtf8(withoutMark);
  }
}

/**
 * Reads a small CSV file that is whole in memory, as a form's upload: commas, a header with at least the columns given, in any order;
 * UTF-8 or else windows-1252. All or nothing; problems have their line.
 */
export function parseCsv<Column extends string>(
  bytes: Uint8Array,
  shown: string,
  columns: readonly Column[],
): Result<readonly CsvRow<Column>[], readonly Problem[]> {
  const problems = collectProblems();
  const rows: CsvRow<Column>[] = [];
  let header: readonly string[] | null = null;
  const splitter = new RecordSplitter(44, shown, {
    fault: (broken) => problems.add(broken),
    record(record) {
      const texts = textsOf(record);
      if (header === null) {
        header = texts;
        for (const column of columns)
          if (!texts.includes(column))
            problems.add(problem("column-missing", `${shown}, line ${record.line}`, `there is no column "${column}"`));
        return;
      }
      if (texts.length !== header.length) {
        const message = `the line has ${texts.length} fields and the header ${header.length}`;
        problems.add(problem("field-count", `${shown}, line ${record.line}`, message));
        return;
      }
      const entries = columns.map((column) => [column, texts[header!.indexOf(column)] ?? ""] as const);
      rows.push({ line: record.line, fields: Object.fromEntries(entries) as Record<Column, string> });
    },
  });
  try {
    splitter.push(utf8Of(bytes));
    splitter.finish();
  } catch (error) {
    if (!(error instanceof FileFault)) throw error;
    problems.add(error.problem);
  }
  if (header === null && problems.count() === 0) problems.add(problem("file-empty", shown, "the file is empty"));
  if (rows.length === 0 && problems.count() === 0)
    problems.add(problem("rows-missing", shown, "there is a header and no rows"));
  return problems.count() > 0 ? err(problems.all()) : ok(rows);
}
