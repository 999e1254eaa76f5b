import { basename } from "node:path";
import { type DelimitedRecord, RecordSplitter } from "./delimited.js";
import type { SourceFile } from "./file-bytes.js";
import { FileFault, problem } from "./problems.js";
import { detectSeparator, nameOfSeparator, type Separator, separators } from "./separator.js";
import { buildersFor, type TableDraft } from "./table-request.js";
import { readUtf8, type TextReport, unreadText } from "./text-encoding.js";
import { locateColumns } from "./wanted-columns.js";

/**
 * Appends the rows of a separated text file (also gzip) to the draft.
 * @throws {FileFault} when the file can't be read on; bad lines go to the draft's problems.
 */
export async function appendDelimited(file: SourceFile, draft: TableDraft): Promise<void> {
  const report = unreadText();
  const name = basename(file.path);
  const rowsBefore = draft.rows;
  draft.places.beginFile(file.shown, "line");
  let reader: FileReader | null = null;
  let told = 0;
  for await (const piece of readUtf8({ ...file, encoding: draft.request.format.encoding }, report)) {
    if (piece.length === 0) continue;
    if (reader === null) draft.progress.stage(`reading ${name}`, report.size);
    reader ??= readerOf(file, draft, piece, report);
    reader.splitter.push(piece);
    report.line = reader.splitter.line();
    draft.progress.done(report.bytesRead - told);
    told = report.bytesRead;
  }
  if (reader === null) throw new FileFault(problem("file-empty", file.shown, "the file is empty"));
  reader.finishing = true;
  const open = reader.splitter.finish();
  if (reader.header === null) throw new FileFault(problem("file-empty", file.shown, "the file has only blank lines"));
  if (draft.problems.count() > 0) return;
  if (draft.rows === rowsBefore)
    throw new FileFault(problem("rows-missing", file.shown, "there is a header and no rows"));
  if (open) draft.progress.note(`${name}: the last line has no line end; a file that was cut off looks like this`);
  if (report.encoding === "windows-1252" && draft.request.format.encoding === null)
    draft.progress.note(`${name}: not UTF-8, read as windows-1252; state \`encoding: windows-1252\` if that is right`);
}

/** The reading of one file: what its header says and where its records go. */
interface FileReader {
  readonly splitter: RecordSplitter;
  header: readonly string[] | null;
  finishing: boolean;
}

function readerOf(file: SourceFile, draft: TableDraft, piece: Uint8Array, report: TextReport): FileReader {
  const head = Buffer.from(piece.buffer, piece.byteOffset, Math.min(piece.length, 65_536)).toString("utf8");
  const found = detectSeparator(head);
  const separator = draft.request.format.separator ?? found ?? ",";
  if (draft.builders.length === 0) draft.builders = buildersFor(draft.request, estimateRows(piece, report));
  const { builders } = draft;
  let indices: readonly number[] = [];
  let fields = 0;
  const splitter = new RecordSplitter(separator.charCodeAt(0), file.shown, {
    fault: (broken) => draft.problems.add(broken),
    record(record) {
      if (reader.header === null) {
        reader.header = textsOf(record);
        fields = record.fields;
        indices = locate(file, draft, reader.header, { separator, found, line: record.line });
        return;
      }
      const filledUp = draft.request.shortLines === "missing" && record.fields < fields && !reader.finishing;
      if (record.fields !== fields && !filledUp) {
        draft.problems.add(wrongFieldCount(file, record, fields, reader.finishing));
        return;
      }
      draft.places.add(draft.rows++, record.line);
      for (let i = 0; i < builders.length; i++) {
        const index = indices[i]!;
        if (index >= record.fields) builders[i]!.addMissing();
        else if (record.doubled[index] === 1) builders[i]!.addText(textOf(record, index));
        else builders[i]!.addBytes(record.bytes, record.starts[index]!, record.ends[index]!);
      }
    },
  });
  const reader: FileReader = { splitter, header: null, finishing: false };
  return reader;
}

/** From the lines of the first piece; too many costs nothing but address space, too few a copy. */
function estimateRows(piece: Uint8Array, report: TextReport): number {
  const sample = piece.subarray(0, 65_536);
  let lines = 1;
  for (let at = sample.indexOf(10); at !== -1; at = sample.indexOf(10, at + 1)) lines++;
  return Math.ceil((report.size / sample.length) * lines * 1.05) + 16;
}

function textOf({ bytes, starts, ends, doubled }: DelimitedRecord, index: number): string {
  const length = ends[index]! - starts[index]!;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + starts[index]!, length).toString("utf8");
  return doubled[index] === 1 ? text.replaceAll('""', '"') : text;
}

/** Every field of a record as text. */
export function textsOf(record: DelimitedRecord): string[] {
  return Array.from({ length: record.fields }, (_, index) => textOf(record, index));
}

interface HeaderPlace {
  readonly separator: Separator;
  readonly found: Separator | null;
  readonly line: number;
}

/** Places of the wanted columns in the header. @throws {FileFault} when one is missing or the separator is wrong. */
function locate(file: SourceFile, draft: TableDraft, header: readonly string[], at: HeaderPlace): readonly number[] {
  const place = `${file.shown}, line ${at.line}`;
  const wanted = draft.request.columns;
  const only = header[0] ?? "";
  if (header.length === 1 && (wanted.length > 1 || wanted.some(({ name }) => name !== only))) {
    const message = `the header holds one column, "${shorten(only)}", when cut at ${nameOfSeparator(at.separator)}`;
    const other = at.found ?? separators.find((separator) => only.includes(separator)) ?? null;
    const remedy =
      other === null
        ? 'State the separator, one of comma, semicolon, tab ("\\t") or |.'
        : `The separator is probably ${nameOfSeparator(other)}: state \`separator: ${JSON.stringify(other)}\`.`;
    throw new FileFault(problem("separator-unclear", place, message, remedy));
  }
  const { indices, problems } = locateColumns(header, wanted, place);
  const [first, ...others] = problems;
  for (const other of others) draft.problems.add(other);
  if (first) throw new FileFault(first);
  return indices;
}

const shorten = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

function wrongFieldCount(file: SourceFile, record: DelimitedRecord, fields: number, finishing: boolean) {
  const place = `${file.shown}, line ${record.line}`;
  const message = `the line has ${record.fields} fields and the header ${fields}`;
  return finishing && record.fields < fields
    ? problem(
        "field-count",
        place,
        `${message}; the file ends in the middle of this line`,
        "Copy or export the file again: it was cut off.",
      )
    : problem("field-count", place, message);
}
