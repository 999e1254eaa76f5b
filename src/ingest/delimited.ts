import type { Problem } from "../kernel/index.js";
import { FileFault, problem } from "./problems.js";

const [quote, lineFeed, carriageReturn, space, tab] = [34, 10, 13, 32, 9];
const mostFields = 16_384;
/** A record of more bytes than this is a quotation mark that was never closed. */
const longestRecord = 1 << 22;

/** The record that was just read: field `i` is the bytes from `starts[i]` up to `ends[i]`, without its quotation marks. */
export interface DelimitedRecord {
  bytes: Uint8Array;
  readonly starts: Int32Array;
  readonly ends: Int32Array;
  /** 1 where the field holds doubled quotation marks that stand for one. */
  readonly doubled: Uint8Array;
  fields: number;
  /** The line of the file on which the record begins, from 1. */
  line: number;
}

/** What a splitter tells. The record is overwritten by the next one. */
export interface RecordListener {
  record(record: DelimitedRecord): void;
  fault(found: Problem): void;
}

/**
 * Cuts text into records as RFC 4180 does, also with other separators and with line ends LF, CR LF or CR; a record may go on
 * over several lines inside quotation marks. Spaces around a field are left out; blank lines and lines of nothing but
 * separators are passed over, and counted as lines.
 */
export class RecordSplitter {
  readonly #separator: number;
  readonly #shown: string;
  readonly #listener: RecordListener;
  readonly #record: DelimitedRecord;
  /** The text that is not handed over yet, up to `#filled`; the byte there is a line feed, which stops every search. */
  #buffer = new Uint8Array(1);
  #filled = 0;
  #line = 1;
  /** Line ends inside the record being read, and the line of its last opening quotation mark. */
  #linesInside = 0;
  #quoteLine = 0;
  #broken: Problem | null = null;
  /** The last record ended with a carriage return at the end of a piece, so a line feed may follow. */
  #passLineFeed = false;

  /**
   * @param separator the byte between fields
   * @param shown what messages call the file
   */
  constructor(separator: number, shown: string, listener: RecordListener) {
    this.#separator = separator;
    this.#shown = shown;
    this.#listener = listener;
    this.#record = {
      bytes: this.#buffer,
      starts: new Int32Array(mostFields),
      ends: new Int32Array(mostFields),
      doubled: new Uint8Array(mostFields),
      fields: 0,
      line: 1,
    };
  }

  /** Takes the next piece of text and hands over each record that it completes. @throws {FileFault} on an endless one. */
  push(piece: Uint8Array): void {
    const length = this.#filled + piece.length;
    if (length >= this.#buffer.length) {
      const larger = new Uint8Array(length * 2 + 1);
      larger.set(this.#buffer.subarray(0, this.#filled));
      this.#buffer = larger;
      this.#record.bytes = larger;
    }
    this.#buffer.set(piece, this.#filled);
    this.#filled = length;
    this.#buffer[length] = lineFeed;
    const rest = this.#readAll(false);
    this.#buffer.copyWithin(0, rest, length);
    this.#filled -= rest;
    if (this.#filled > longestRecord) throw new FileFault(this.#endless());
  }

  /** Hands over the last record; answers whether the text ended without the end of a line. */
  finish(): boolean {
    this.#buffer[this.#filled] = lineFeed;
    const open = this.#filled > 0;
    this.#readAll(true);
    this.#filled = 0;
    return open;
  }

  /** The line on which the text that was pushed ends. */
  line(): number {
    const buffer = this.#buffer;
    let line = this.#line;
    for (let i = buffer.indexOf(lineFeed); i !== -1 && i < this.#filled; i = buffer.indexOf(lineFeed, i + 1)) line++;
    return line;
  }

  #openQuote(): Problem {
    const place = `${this.#shown}, line ${this.#quoteLine}`;
    return problem("quote-open", place, "a quotation mark that opens here is never closed");
  }

  /** What is wrong with a record that goes on and on: an open quotation mark, or no lines at all. */
  #endless(): Problem {
    if (this.#quoteLine >= this.#line) return this.#openQuote();
    const place = `${this.#shown}, line ${this.#line}`;
    return problem("file-not-text", place, `the line is longer than ${longestRecord} bytes: this is no table of text`);
  }

  /** Hands over every complete record; answers where the first incomplete one begins. */
  #readAll(atEnd: boolean): number {
    const [buffer, filled] = [this.#buffer, this.#filled];
    let at = 0;
    if (this.#passLineFeed && filled > 0) {
      if (buffer[0] === lineFeed) at = 1;
      this.#passLineFeed = false;
    }
    while (at < filled) {
      const end = this.#readRecord(at, atEnd);
      if (end === -1) return at;
      if (end >= filled) return filled;
      this.#line++;
      at = end + 1;
      if (buffer[end] !== carriageReturn) continue;
      if (at >= filled) this.#passLineFeed = true;
      else if (buffer[at] === lineFeed) at++;
    }
    return at;
  }

  /** Reads one record and hands it over; answers the place behind it, or −1 when its end has not come yet. */
  #readRecord(from: number, atEnd: boolean): number {
    const [buffer, filled, separator] = [this.#buffer, this.#filled, this.#separator];
    let [at, index] = [from, 0];
    this.#linesInside = 0;
    this.#broken = null;
    for (;;) {
      while (buffer[at] === space || (buffer[at] === tab && separator !== tab)) at++;
      if (buffer[at] === quote && at < filled) at = this.#readQuoted(at + 1, index, atEnd);
      else at = this.#readPlain(at, index);
      if (at === -1 || (at >= filled && !atEnd)) return -1;
      index++;
      if (at >= filled || buffer[at] !== separator || index === mostFields) break;
      at++;
    }
    this.#record.fields = index;
    this.#record.line = this.#line;
    if (this.#broken) this.#listener.fault(this.#broken);
    else if (!this.#isBlank(from, at)) this.#listener.record(this.#record);
    this.#line += this.#linesInside;
    return at;
  }

  /** Whether the record that was just read holds nothing but spaces, or nothing but separators. */
  #isBlank(from: number, to: number): boolean {
    const { fields, starts, ends } = this.#record;
    if (fields === 1) return starts[0] === ends[0] && this.#buffer[to - 1] !== quote;
    return to - from < fields;
  }

  /** Reads an unquoted field; answers the place behind it. */
  #readPlain(from: number, index: number): number {
    const [bytes, separator, record] = [this.#buffer, this.#separator, this.#record];
    let at = from;
    for (let byte = bytes[at]!; byte !== separator && byte !== lineFeed && byte !== carriageReturn; )
      byte = bytes[++at]!;
    let end = at;
    while (end > from && (bytes[end - 1] === space || bytes[end - 1] === tab)) end--;
    record.starts[index] = from;
    record.ends[index] = end;
    record.doubled[index] = 0;
    return at;
  }

  /** Reads a quoted field from behind its opening mark; answers the place behind it, or −1 when the text ends first. */
  #readQuoted(from: number, index: number, atEnd: boolean): number {
    const [buffer, filled, record] = [this.#buffer, this.#filled, this.#record];
    this.#quoteLine = this.#line + this.#linesInside;
    record.doubled[index] = 0;
    let at = from;
    for (; ; at++) {
      if (at >= filled) {
        if (atEnd) this.#broken = this.#openQuote();
        return atEnd ? filled : -1;
      }
      const byte = buffer[at]!;
      if (byte === quote) {
        if (at + 1 >= filled && !atEnd) return -1;
        if (at + 1 >= filled || buffer[at + 1] !== quote) break;
        record.doubled[index] = 1;
        at++;
      } else if (byte === lineFeed || (byte === carriageReturn && buffer[at + 1] !== lineFeed)) this.#linesInside++;
    }
    record.starts[index] = from;
    record.ends[index] = at++;
    at = this.#afterQuote(at);
    return at < filled ? at : atEnd ? filled : -1;
  }

  /** From behind a closing mark to the end of the field; what stands between is wrong, unless it is spaces. */
  #afterQuote(from: number): number {
    const [buffer, separator] = [this.#buffer, this.#separator];
    const isEnd = (byte: number) => byte === separator || byte === lineFeed || byte === carriageReturn;
    let at = from;
    while (buffer[at] === space || (buffer[at] === tab && separator !== tab)) at++;
    if (isEnd(buffer[at]!)) return at;
    const place = `${this.#shown}, line ${this.#line + this.#linesInside}`;
    this.#broken ??= problem("quote-misplaced", place, "there is text after a closing quotation mark");
    while (!isEnd(buffer[at]!)) at++;
    return at;
  }
}
