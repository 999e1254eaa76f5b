import { isAscii, isUtf8 } from "node:buffer";
import { type BytesReport, readBytes, type SourceFile, startsWith } from "./file-bytes.js";
import { FileFault, problem } from "./problems.js";
import { findDosLetter, mayBeWindows1252, windows1252ToUtf8 } from "./windows-1252.js";

/** How a file's text is written as bytes. */
export type Encoding = "utf-8" | "windows-1252" | "utf-16";

/** A text file as its owner describes it. */
export interface TextFile extends SourceFile {
  /** As stated by its owner; null finds it out. */
  readonly encoding: Encoding | null;
}

/** What the bytes turned out to be, and how far the reader has come. */
export interface TextReport extends BytesReport {
  encoding: Encoding;
  /** The line on which the next piece begins, kept by the reader of the pieces, so that a bad byte has a place. */
  line: number;
}

/** A report of a reading that has not begun. */
export const unreadText = (): TextReport => ({ encoding: "utf-8", bytesRead: 0, size: 0, line: 1 });

/**
 * The text of a file as UTF-8, piece by piece; a piece never ends inside a character.
 * The encoding is the one stated, else that of the byte order mark, else UTF-8, and Windows-1252 from the first byte on
 * that is no UTF-8, where nothing before it was more than ASCII. `report.encoding` says which it was.
 * @throws {FileFault} when the file can't be read, is no text, or is in no encoding we know.
 */
export async function* readUtf8(file: TextFile, report: TextReport): AsyncGenerator<Uint8Array> {
  const chunks = readBytes(file, report);
  const first = await chunks.next();
  if (first.done) throw new FileFault(problem("file-empty", file.shown, "the file is empty"));
  const head = first.value;
  const wide = utf16Of(head, file.encoding);
  if (wide !== null) {
    if (file.encoding !== null && file.encoding !== "utf-16") {
      const message = `the file is UTF-16, not ${file.encoding}`;
      throw new FileFault(problem("encoding-invalid", file.shown, message, "State `encoding: utf-16`."));
    }
    report.encoding = "utf-16";
    yield* decodeWide(file, wide, head, chunks);
    return;
  }
  const other = otherThanText(head.subarray(0, 4096));
  if (other !== null) throw new FileFault(problem("file-not-text", file.shown, other));
  yield* decodeNarrow(file, startsWith(head, 0xef, 0xbb, 0xbf) ? head.subarray(3) : head, chunks, report);
}

/** UTF-16 by its mark, by what was stated, or because every second byte of plain letters is zero; null for other text. */
function utf16Of(head: Uint8Array, stated: Encoding | null): "utf-16le" | "utf-16be" | null {
  if (startsWith(head, 0xff, 0xfe)) return "utf-16le";
  if (startsWith(head, 0xfe, 0xff)) return "utf-16be";
  let [even, odd] = [0, 0];
  const length = Math.min(head.length, 4096);
  for (let i = 0; i < length; i++) if (head[i] === 0) i % 2 === 0 ? even++ : odd++;
  if (odd > length / 4 && even < length / 50) return "utf-16le";
  if (even > length / 4 && odd < length / 50) return "utf-16be";
  return stated === "utf-16" ? "utf-16le" : null;
}

/** What a file that is no table of text seems to be, or null. */
function otherThanText(head: Uint8Array): string | null {
  if (startsWith(head, 0x50, 0x4b, 3, 4)) return "this is a spreadsheet (xlsx, ods) or a zip archive";
  if (startsWith(head, 0xd0, 0xcf, 0x11, 0xe0)) return "this is an old spreadsheet (xls)";
  if (startsWith(head, 0x25, 0x50, 0x44, 0x46)) return "this is a PDF";
  if (startsWith(head, 0x50, 0x41, 0x52, 0x31)) return "this is a Parquet file and its name does not end in .parquet";
  let controls = 0;
  for (const byte of head) if (byte < 9 || (byte > 13 && byte < 32) || byte === 127) controls++;
  return controls > head.length / 100 ? "this is not text: it is full of control characters" : null;
}

async function* decodeWide(
  file: TextFile,
  wide: "utf-16le" | "utf-16be",
  head: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder(wide, { fatal: true }); // leaves out the mark
  try {
    yield Buffer.from(decoder.decode(head, { stream: true }), "utf8");
    for await (const chunk of rest) yield Buffer.from(decoder.decode(chunk, { stream: true }), "utf8");
    yield Buffer.from(decoder.decode(), "utf8");
  } catch (error) {
    if (error instanceof FileFault) throw error;
    const message = "the file is not valid UTF-16; it may be cut off";
    throw new FileFault(problem("encoding-invalid", file.shown, message), error);
  }
}

/** How many bytes at the end belong to a character that goes on in the next piece. */
function openCharacter(bytes: Uint8Array): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back]!;
    if (byte < 0x80) return 0;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? back : 0;
  }
  return 0;
}

async function* decodeNarrow(
  file: TextFile,
  head: Uint8Array,
  rest: AsyncGenerator<Uint8Array>,
  report: TextReport,
): AsyncGenerator<Uint8Array> {
  report.encoding = file.encoding ?? "utf-8";
  let onlyAscii = true;
  const decode = (bytes: Uint8Array): Uint8Array => {
    if (report.encoding === "utf-8") {
      if (isUtf8(bytes)) {
        onlyAscii &&= isAscii(bytes);
        return bytes;
      }
      if (file.encoding !== null || !onlyAscii) throw invalidUtf8(file, bytes, report.line);
      report.encoding = "windows-1252";
    }
    if (file.encoding === null && !isAscii(bytes) && hasUtf8Line(bytes)) throw invalidUtf8(file, bytes, report.line);
    const dos = file.encoding === null ? findDosLetter(bytes) : -1;
    if (dos !== -1) throw dosText(file, bytes, dos, report.line);
    if (mayBeWindows1252(bytes)) return windows1252ToUtf8(bytes);
    const message = "the file has bytes that are neither UTF-8 nor Windows-1252";
    throw new FileFault(problem("encoding-invalid", file.shown, message));
  };
  let carried: Uint8Array = new Uint8Array(0);
  for (let next: IteratorResult<Uint8Array> = { done: false, value: head }; !next.done; next = await rest.next()) {
    const all = carried.length === 0 ? next.value : Buffer.concat([carried, next.value]);
    const open = report.encoding === "utf-8" ? openCharacter(all) : 0;
    carried = all.subarray(all.length - open);
    yield decode(all.subarray(0, all.length - open));
  }
  if (carried.length > 0) yield decode(carried);
}

/** The lines of a piece, one after the other. */
function* linesOf(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length; ) {
    const end = bytes.indexOf(10, from);
    yield bytes.subarray(from, end === -1 ? bytes.length : end);
    from = end === -1 ? bytes.length : end + 1;
  }
}

/** Whether a line is UTF-8 and more than ASCII: text in Windows-1252 is that almost never by chance. */
function hasUtf8Line(bytes: Uint8Array): boolean {
  for (const line of linesOf(bytes)) if (!isAscii(line) && isUtf8(line)) return true;
  return false;
}

/** Names the line of a letter as DOS wrote it, with what Windows-1252 would make of it. */
function dosText(file: TextFile, bytes: Uint8Array, at: number, firstLine: number): FileFault {
  let line = firstLine;
  for (const byte of bytes.subarray(0, at)) if (byte === 10) line++;
  const word = Buffer.from(windows1252ToUtf8(bytes.subarray(Math.max(0, at - 3), at + 4))).toString("utf8");
  const message = `"${word.replace(/[\r\n]/g, " ")}" is no part of a word: the file seems to be in a DOS code page, not Windows-1252`;
  return new FileFault(problem("encoding-invalid", `${file.shown}, line ${line}`, message));
}

/** Names the first line that is no UTF-8. */
function invalidUtf8(file: TextFile, bytes: Uint8Array, firstLine: number): FileFault {
  let line = firstLine;
  for (const text of linesOf(bytes)) {
    if (!isUtf8(text)) break;
    line++;
  }
  const message =
    file.encoding === null
      ? "the line is not UTF-8, while other lines are: the file mixes two encodings"
      : "the line is not UTF-8, as was stated";
  return new FileFault(problem("encoding-invalid", `${file.shown}, line ${line}`, message));
}
