import { describe, expect, it } from "vitest";
import { parseCsv } from "./csv-text.js";

const bytes = (text: string) => new TextEncoder().encode(text);
const codes = (text: string) => {
  const read = parseCsv(bytes(text), "given.csv", ["a", "b"]);
  return read.ok ? [] : read.error.map(({ code, place }) => `${code} at ${place}`);
};

describe("a small CSV file", () => {
  it("gives the columns asked for in any order, with the line of each row", () => {
    const read = parseCsv(bytes('b,c,a\r\n1,x,"two\nlines"\r\n\r\n3,y,4'), "given.csv", ["a", "b"]);
    expect(read).toEqual({
      ok: true,
      value: [
        { line: 2, fields: { a: "two\nlines", b: "1" } },
        { line: 5, fields: { a: "4", b: "3" } },
      ],
    });
  });

  it("reads windows-1252 where it is not UTF-8, and passes over a byte order mark", () => {
    const text = [...bytes("a,b\n"), 0x93, 0x2c, 0x31];
    const read = parseCsv(Uint8Array.from([0xef, 0xbb, 0xbf, ...text]), "given.csv", ["a", "b"]);
    expect(read.ok && read.value[0]!.fields.a).toBe("“");
  });

  it("names every problem with its line", () => {
    expect(codes("")).toEqual(["file-empty at given.csv"]);
    expect(codes("a,b\n")).toEqual(["rows-missing at given.csv"]);
    expect(codes("a,c\n1,2")).toEqual(["column-missing at given.csv, line 1"]);
    expect(codes("a,b\n1,2\n3")).toEqual(["field-count at given.csv, line 3"]);
    expect(codes('a,b\n1,"2')).toEqual(["quote-open at given.csv, line 2"]);
  });
});
