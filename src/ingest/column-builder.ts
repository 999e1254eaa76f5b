import {
  type CategoryColumn,
  type Column,
  type DateColumn,
  dayNumber,
  missingDay,
  type NumberColumn,
  sharedFloats,
  sharedPlaces,
} from "../kernel/index.js";
import { ByteDictionary } from "./byte-dictionary.js";
import { parseDateText } from "./date-text.js";
import { notNumber, parseNumber, parseNumberText } from "./number-text.js";

/** What a column is asked to hold; `either` is a number where every value is one, and a category otherwise. */
export type WantedKind = Column["kind"] | "either";

/** What a column of somebody's file is to be read as. */
export interface ColumnReading {
  readonly name: string;
  readonly kind: WantedKind;
  /** The byte of the decimal mark. */
  readonly decimal: number;
  /** A column whose texts this one numbers alike, so that the ids of two files are compared as numbers; its own otherwise. */
  readonly numberedAs?: CategoryColumn;
  /** Texts that stand for a missing value; empty always does. */
  readonly missingMarks: { readonly numbers: readonly string[]; readonly texts: readonly string[] };
}

/** A value that is not what its column holds. */
export interface OddValue {
  readonly code: "number-expected" | "date-expected" | "kind-unclear";
  readonly text: string;
  readonly row: number;
  /** What a person reads: why it is odd. */
  readonly message: string;
}

/** Gathers the values of one column, row by row. */
export interface ColumnBuilder {
  readonly name: string;
  /** The bytes from `start` up to `end` are the next value; none is missing. */
  addBytes(bytes: Uint8Array, start: number, end: number): void;
  addText(text: string): void;
  /** A number as it is; `NaN` is missing. */
  addNumber(value: number): void;
  addMissing(): void;
  finish(): FinishedColumn;
}

/** A column, what was odd in it, and what was missing. */
export interface FinishedColumn {
  readonly column: Column;
  /** The first odd values in order of rows. */
  readonly odd: readonly OddValue[];
  readonly oddCount: number;
  /** How often each mark stood for a missing value. */
  readonly marks: ReadonlyMap<string, number>;
}

/** How many odd values of a column are kept; a column of texts read as numbers would fill the memory. */
const mostOdd = 10_000;
/** How many texts are looked up without their bytes; a column of ids would fill the memory. */
const mostRecent = 10_000;

/** Starts the column that was asked for. @param rows an estimate of the number of rows */
export function columnBuilder(reading: ColumnReading, rows: number): ColumnBuilder {
  return reading.kind === "number" ? numberBuilder(reading, rows) : textBuilder(reading, rows);
}

function numberBuilder(reading: ColumnReading, rows: number): ColumnBuilder {
  let values = sharedFloats(Math.max(rows, 64));
  let count = 0;
  const marks = new Map<string, number>();
  const odd: OddValue[] = [];
  let oddCount = 0;
  const markTexts = new Set(reading.missingMarks.numbers);
  const markNumbers = numbersAmong(reading);

  function add(value: number): void {
    if (count === values.length) {
      const larger = sharedFloats(count * 2);
      larger.set(values);
      values = larger;
    }
    values[count++] = value;
  }

  /** A number, unless it is one of the marks: -9 and 99 are numbers too. */
  function addValue(value: number): void {
    const mark = markNumbers.size === 0 ? undefined : markNumbers.get(value);
    if (mark !== undefined) marks.set(mark, (marks.get(mark) ?? 0) + 1);
    add(mark === undefined ? value : Number.NaN);
  }

  function addOdd(text: string): void {
    if (markTexts.has(text)) marks.set(text, (marks.get(text) ?? 0) + 1);
    else if (oddCount++ < mostOdd)
      odd.push({ code: "number-expected", text, row: count, message: `"${text}" is not a number` });
    add(Number.NaN);
  }

  return {
    name: reading.name,
    addBytes(bytes, start, end) {
      if (start === end) return add(Number.NaN);
      const value = parseNumber(bytes, start, end, reading.decimal);
      if (value === notNumber) addOdd(textOf(bytes, start, end));
      else addValue(value);
    },
    addText(text) {
      if (text === "") return add(Number.NaN);
      const value = parseNumberText(text, reading.decimal);
      if (value === notNumber) addOdd(text);
      else addValue(value);
    },
    addNumber: addValue,
    addMissing: () => add(Number.NaN),
    finish() {
      const column: NumberColumn = { kind: "number", name: reading.name, values: values.subarray(0, count) };
      return { column, odd, oddCount, marks };
    },
  };
}

/** Marks that are numbers, by their value. */
function numbersAmong({ missingMarks, decimal }: ColumnReading): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  for (const mark of missingMarks.numbers) {
    const value = parseNumberText(mark, decimal);
    if (value !== notNumber && !Number.isNaN(value)) found.set(value, mark);
  }
  return found;
}

function textOf(bytes: Uint8Array, start: number, end: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("utf8");
}

function textBuilder(reading: ColumnReading, rows: number): ColumnBuilder {
  let codes = sharedPlaces(Math.max(rows, 64));
  let count = 0;
  const known = reading.numberedAs?.coding;
  const dictionary = known instanceof ByteDictionary ? known : new ByteDictionary();

  function add(code: number): void {
    if (count === codes.length) {
      const larger = sharedPlaces(count * 2);
      larger.set(codes);
      codes = larger;
    }
    codes[count++] = code;
  }

  const recent = new Map<string, number>();
  function codeOfText(text: string): number {
    let code = recent.get(text);
    if (code === undefined) {
      code = dictionary.codeOfText(text);
      if (recent.size < mostRecent) recent.set(text, code);
    }
    return code;
  }

  return {
    name: reading.name,
    addBytes: (bytes, start, end) => add(start === end ? -1 : dictionary.codeOf(bytes, start, end)),
    addText: (text) => add(text === "" ? -1 : codeOfText(text)),
    addNumber: (value) => add(Number.isNaN(value) ? -1 : dictionary.codeOfText(String(value))),
    addMissing: () => add(-1),
    finish() {
      const texts: CodedTexts = { codes: codes.subarray(0, count), dictionary };
      if (reading.kind === "date") return finishDates(reading, texts);
      return reading.kind === "either" ? finishEither(reading, texts) : finishCategory(reading, texts);
    },
  };
}

interface CodedTexts {
  readonly codes: Int32Array;
  readonly dictionary: ByteDictionary;
}

function countCodes({ codes, dictionary }: CodedTexts): Int32Array {
  const counts = new Int32Array(dictionary.size);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) counts[codes[i]!]! += 1;
  return counts;
}

function finishCategory(reading: ColumnReading, texts: CodedTexts): FinishedColumn {
  const { codes, dictionary } = texts;
  const marked = reading.missingMarks.texts.filter((mark) => dictionary.find(mark) !== -1);
  const nothing = { odd: [], oddCount: 0 };
  if (marked.length === 0)
    return { column: categoryColumn(reading.name, codes, dictionary), ...nothing, marks: new Map() };
  const counts = countCodes(texts);
  const marks = new Map(marked.map((mark) => [mark, counts[dictionary.find(mark)]!]));
  const levels = dictionary.texts();
  const kept = levels.filter((level) => !marks.has(level));
  const codeOf = new Map(kept.map((level, code) => [level, code]));
  const renumbered = Int32Array.from(levels, (level) => codeOf.get(level) ?? -1);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) codes[i] = renumbered[codes[i]!]!;
  return { column: { kind: "category", name: reading.name, codes, levels: kept }, ...nothing, marks };
}

/** A category whose levels become texts only when somebody asks: ids of millions of pupils rarely do. */
function categoryColumn(name: string, codes: Int32Array, dictionary: ByteDictionary): CategoryColumn {
  let levels: readonly string[] | null = null;
  return {
    kind: "category",
    name,
    codes,
    coding: dictionary,
    get levels() {
      levels ??= dictionary.texts();
      return levels;
    },
  };
}

function finishDates(reading: ColumnReading, texts: CodedTexts): FinishedColumn {
  const counts = countCodes(texts);
  const marks = new Map<string, number>();
  const why = new Map<number, string>();
  const levels = texts.dictionary.texts();
  const dayOf = Int32Array.from(levels, (text, code) => {
    if (reading.missingMarks.texts.includes(text)) marks.set(text, counts[code]!);
    else {
      const parsed = parseDateText(text);
      if (parsed.ok) return dayNumber(parsed.value);
      why.set(code, parsed.error);
    }
    return missingDay;
  });
  const days = new Int32Array(texts.codes.length);
  const odd: OddValue[] = [];
  let oddCount = 0;
  texts.codes.forEach((code, row) => {
    days[row] = code < 0 ? missingDay : dayOf[code]!;
    if (why.has(code) && oddCount++ < mostOdd)
      odd.push({ code: "date-expected", text: levels[code]!, row, message: why.get(code)! });
  });
  const column: DateColumn = { kind: "date", name: reading.name, days };
  return { column, odd, oddCount, marks };
}

/** Number where every value is one or a mark; a category where few are; where most are, the odd ones are reported. */
function finishEither(reading: ColumnReading, texts: CodedTexts): FinishedColumn {
  const levels = texts.dictionary.texts();
  const counts = countCodes(texts);
  const marks = new Map<string, number>();
  const odd = new Set<number>();
  const markNumbers = numbersAmong(reading);
  let [numberRows, oddRows] = [0, 0];
  const values = Float64Array.from(levels, (text, code) => {
    const value = parseNumberText(text, reading.decimal);
    const mark = value === notNumber ? undefined : markNumbers.get(value);
    if (value !== notNumber && mark === undefined) {
      numberRows += counts[code]!;
      return value;
    }
    if (mark !== undefined || reading.missingMarks.numbers.includes(text)) marks.set(text, counts[code]!);
    else {
      odd.add(code);
      oddRows += counts[code]!;
    }
    return Number.NaN;
  });
  if (oddRows > 0 && numberRows <= oddRows) return finishCategory(reading, texts);
  if (numberRows === 0 && marks.size > 0) return finishCategory(reading, texts);
  const column: NumberColumn = { kind: "number", name: reading.name, values: sharedFloats(texts.codes.length) };
  const found: OddValue[] = [];
  texts.codes.forEach((code, row) => {
    column.values[row] = code < 0 ? Number.NaN : values[code]!;
    if (!odd.has(code) || found.length === mostOdd) return;
    const message = `"${levels[code]}" is not a number, while most values of the column are`;
    found.push({ code: "kind-unclear", text: levels[code]!, row, message });
  });
  return { column, odd: found, oddCount: oddRows, marks };
}
