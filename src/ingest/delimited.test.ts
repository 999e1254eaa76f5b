import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Problem } from "../kernel/index.js";
import { RecordSplitter } from "./delimited.js";
import { textsOf } from "./delimited-table.js";
import { formatCsv } from "./write-files.js";

interface Cut {
  readonly records: string[][];
  readonly lines: number[];
  readonly faults: Problem[];
  readonly open: boolean;
}

function cut(text: string, options: { separator?: string; pieces?: readonly number[] } = {}): Cut {
  const [records, lines, faults]: [string[][], number[], Problem[]] = [[], [], []];
  const splitter = new RecordSplitter((options.separator ?? ",").charCodeAt(0), "test.csv", {
    record(record) {
      records.push(textsOf(record));
      lines.push(record.line);
    },
    fault: (found) => faults.push(found),
  });
  const bytes = Buffer.from(text);
  let from = 0;
  for (const length of options.pieces ?? []) {
    splitter.push(bytes.subarray(from, from + length));
    from = Math.min(bytes.length, from + length);
  }
  splitter.push(bytes.subarray(from));
  return { records, lines, faults, open: splitter.finish() };
}

describe("separated text", () => {
  it("is cut at separators and line ends of all three kinds", () => {
    const expected = [
      ["a", "b"],
      ["1", "2"],
      ["3", "4"],
    ];
    for (const end of ["\n", "\r\n", "\r"]) expect(cut(["a,b", "1,2", "3,4", ""].join(end)).records).toEqual(expected);
    expect(cut("a;b\n1;2", { separator: ";" }).records).toEqual([
      ["a", "b"],
      ["1", "2"],
    ]);
    expect(cut("a\t b \n\t2", { separator: "\t" }).records).toEqual([
      ["a", "b"],
      ["", "2"],
    ]);
  });

  it("keeps separators, line ends and doubled marks inside quotation marks, and gives the line where a record begins", () => {
    const { records, lines } = cut('a,b\n"1,\n2","say ""no"""\n 3 , "4" \n');
    expect(records).toEqual([
      ["a", "b"],
      ["1,\n2", 'say "no"'],
      ["3", "4"],
    ]);
    expect(lines).toEqual([1, 2, 4]);
  });

  it("passes over blank lines and lines of separators only, and counts them", () => {
    expect(cut("a,b\n\n1,2\n,\n  \n3,4\n").lines).toEqual([1, 3, 6]);
  });

  it("says on which line a quotation mark was opened and never closed", () => {
    const { faults } = cut('a,b\n1,2\n"x\ny",4\n5,"6\n7,8\n');
    expect(faults).toMatchObject([{ code: "quote-open", place: "test.csv, line 5" }]);
  });

  it("reports text behind a closing quotation mark and goes on with the next line", () => {
    const { records, faults } = cut('a,b\n"x"y,2\n3,4\n');
    expect(faults).toMatchObject([{ code: "quote-misplaced", place: "test.csv, line 2" }]);
    expect(records).toEqual([
      ["a", "b"],
      ["3", "4"],
    ]);
  });

  it("tells whether the last line has an end", () => {
    expect(cut("a\n1\n").open).toBe(false);
    expect(cut("a\n1").open).toBe(true);
  });

  const field = fc.string({ unit: fc.constantFrom("a", "é", "学", ",", '"', "\n", "\r", " ", "7"), maxLength: 6 });
  const rows = fc.array(fc.tuple(field, field, fc.constant("end")), { minLength: 1, maxLength: 8 });

  it("gives back what our own CSV writer was given, wherever the text is cut into pieces", () => {
    fc.assert(
      fc.property(rows, fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }), (table, pieces) => {
        const { records, faults } = cut(formatCsv(["a", "b", "c"], table), { pieces });
        expect(faults).toEqual([]);
        expect(records.slice(1)).toEqual(table.map((row) => [...row]));
      }),
      { numRuns: 1000 },
    );
  });

  it("gives the same records, lines and faults for any text, wherever it is cut into pieces", () => {
    const anything = fc.string({ unit: fc.constantFrom("a", ",", '"', "\n", "\r", " ", "\t"), maxLength: 60 });
    fc.assert(
      fc.property(anything, fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 40 }), (text, pieces) => {
        expect(cut(text, { pieces })).toEqual(cut(text));
      }),
      { numRuns: 2000 },
    );
  });
});
