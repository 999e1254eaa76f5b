import { err, ok, type Problem, type Result } from "../kernel/index.js";
import { RecordSplitter } from "./delimited.js";
import { textsOf } from "./delimited-table.js";
import type { SourceFile } from "./file-bytes.js";
import { isParquet, parquetHeader } from "./parquet-table.js";
import { FileFault, problem } from "./problems.js";
import { detectSeparator } from "./separator.js";
import type { FileFormat } from "./table-request.js";
import { readUtf8, unreadText } from "./text-encoding.js";

/** The names of the columns of a separated text file or a Parquet file. */
export async function readHeader(
  file: SourceFile,
  format: FileFormat,
): Promise<Result<readonly string[], readonly Problem[]>> {
  let header: readonly string[] | null = null;
  let splitter: RecordSplitter | null = null;
  const listener = {
    record(record: Parameters<typeof textsOf>[0]) {
      header ??= textsOf(record);
    },
    fault(found: Problem) {
      if (header === null) throw new FileFault(found);
    },
  };
  try {
    if (isParquet(file)) return ok(await parquetHeader(file));
    for await (const piece of readUtf8({ ...file, encoding: format.encoding }, unreadText())) {
      if (splitter === null) {
        const head = Buffer.from(piece.subarray(0, 65_536)).toString("utf8");
        const separator = format.separator ?? detectSeparator(head) ?? ",";
        splitter = new RecordSplitter(separator.charCodeAt(0), file.shown, listener);
      }
      splitter.push(piece);
      if (header !== null) return ok(header);
    }
    splitter?.finish();
    if (header === null) throw new FileFault(problem("file-empty", file.shown, "the file has only blank lines"));
    return ok(header);
  } catch (error) {
    if (error instanceof FileFault) return err([error.problem]);
    throw error;
  }
}
