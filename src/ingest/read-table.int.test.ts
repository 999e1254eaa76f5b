import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import fc from "fast-check";
import { afterAll, describe, expect, it } from "vitest";
import { columnOf, type Progress, type Table } from "../kernel/index.js";
import type { WantedKind } from "./column-builder.js";
import { readTable } from "./read-table.js";
import { sourceFile } from "./source-file.js";
import { anyFormat, type FileFormat } from "./table-request.js";
import { formatCsv } from "./write-files.js";

const folder = mkdtempSync(join(tmpdir(), "greenpaper-table-"));
afterAll(() => rmSync(folder, { recursive: true }));

const notes: string[] = [];
const progress: Progress = { stage() {}, done() {}, note: (text) => notes.push(text) };
let made = 0;

function fileOf(content: string | Uint8Array, name = "pupils.csv"): string {
  const path = join(folder, `${made++}-${name}`);
  writeFileSync(path, content);
  return path;
}

function read(paths: readonly string[], kinds: Readonly<Record<string, WantedKind>>, format: Partial<FileFormat> = {}) {
  notes.length = 0;
  const columns = Object.entries(kinds).map(([name, kind]) => ({
    name,
    kind,
    missing: "allow" as const,
    askedAt: null,
  }));
  return readTable({
    files: paths.map((path) => sourceFile(path)),
    columns,
    format: { ...anyFormat, ...format },
    progress,
  });
}

async function readOk(
  paths: readonly string[],
  kinds: Readonly<Record<string, WantedKind>>,
  format?: Partial<FileFormat>,
) {
  const table = await read(paths, kinds, format);
  if (!table.ok) throw new Error(JSON.stringify(table.error));
  return table.value;
}

const texts = (table: Table, name: string) => {
  const { codes, levels } = columnOf(table, name, "category");
  return [...codes].map((code) => (code < 0 ? null : levels[code]));
};
const numbers = (table: Table, name: string) => [...columnOf(table, name, "number").values];

const kinds = { school: "category", score: "number" } as const;
const plain = "school,score\n0123,1.5\nÉcole,-2\n";

describe("a table from a file", () => {
  it.each([
    ["UTF-8", Buffer.from(plain)],
    ["UTF-8 with a mark", Buffer.from(`\ufeff${plain}`)],
    ["UTF-16 with a mark", Buffer.from(`\ufeff${plain}`, "utf16le")],
    ["UTF-16 without a mark", Buffer.from(plain, "utf16le")],
    ["UTF-16, the high byte first", Buffer.from(`\ufeff${plain}`, "utf16le").swap16()],
    ["Windows-1252", Buffer.from(plain, "latin1")],
    ["gzip", gzipSync(plain)],
    ["line ends CR LF", Buffer.from(plain.replaceAll("\n", "\r\n"))],
    ["tabs", Buffer.from(plain.replaceAll(",", "\t"))],
  ])("in %s is the same", async (_, content) => {
    const table = await readOk([fileOf(content)], kinds);
    expect(texts(table, "school")).toEqual(["0123", "École"]);
    expect(numbers(table, "score")).toEqual([1.5, -2]);
  });

  it("says that it took Windows-1252 where nobody stated it", async () => {
    const path = fileOf(Buffer.from(plain, "latin1"));
    await readOk([path], kinds);
    expect(notes).toEqual([expect.stringContaining("read as windows-1252")]);
    await readOk([path], kinds, { encoding: "windows-1252" });
    expect(notes).toEqual([]);
  });

  it("reads semicolons with decimal commas where they are stated", async () => {
    const table = await readOk([fileOf("school;score\nA;1,5\n")], kinds, { decimal: "," });
    expect(numbers(table, "score")).toEqual([1.5]);
  });

  it("puts several files one after the other, whatever the order of their columns", async () => {
    const files = [fileOf("school,score\nA,1\nB,2\n"), fileOf("score;other;school\n3;x;A\n\n4;y;C\n")];
    const table = await readOk(files, kinds);
    expect(texts(table, "school")).toEqual(["A", "B", "A", "C"]);
    expect(numbers(table, "score")).toEqual([1, 2, 3, 4]);
    expect(table.placeOf(3)).toMatch(/-pupils\.csv, line 4$/);
  });

  it("takes a stated mark that is a number for missing in numbers, in what may be either, and in texts", async () => {
    const file = fileOf("score,age,sex\n-9,99,9\n-9.0,17,1\n3,18,1\n");
    const table = await readOk(
      [file],
      { score: "number", age: "either", sex: "category" },
      { missingMarks: ["-9", "99", "9"] },
    );
    expect(numbers(table, "score")).toEqual([Number.NaN, Number.NaN, 3]);
    expect(numbers(table, "age")).toEqual([Number.NaN, 17, 18]);
    expect(texts(table, "sex")).toEqual([null, "1", "1"]);
    expect(notes.join()).toContain('column "score": "-9" (2) counted as missing');
  });

  it("takes the department's marks for missing in numbers, counts them, and keeps them as values in texts", async () => {
    const table = await readOk([fileOf("school,score\nx,SUPP\nc,\nNA,x\nD,5\n")], kinds);
    expect(texts(table, "school")).toEqual(["x", "c", null, "D"]);
    expect(numbers(table, "score")).toEqual([Number.NaN, Number.NaN, Number.NaN, 5]);
    expect(notes.join()).toContain('column "score": "SUPP" (1), "x" (1) counted as missing');
    expect(columnOf(table, "school", "category").levels).toEqual(["x", "c", "D"]);
  });

  it("finds out the kind of a column that nobody stated", async () => {
    const content = "a,b,c,d\n1,M,7,\n2,F,x,\n3,M,,\n";
    const table = await readOk([fileOf(content)], { a: "either", b: "either", c: "either", d: "either" });
    expect(numbers(table, "a")).toEqual([1, 2, 3]);
    expect(texts(table, "b")).toEqual(["M", "F", "M"]);
    expect(numbers(table, "c")).toEqual([7, Number.NaN, Number.NaN]);
    expect(numbers(table, "d")).toEqual([Number.NaN, Number.NaN, Number.NaN]);
  });

  it("keeps values, rows and order through our own writer and back", async () => {
    const value = fc.double({ noNaN: true, noDefaultInfinity: true });
    const name = fc.string({ unit: fc.constantFrom("a", '"', ",", "\n", "é", "2"), minLength: 1, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(name, value), { minLength: 1, maxLength: 30 }), async (rows) => {
        const table = await readOk([fileOf(formatCsv(["school", "score"], rows))], kinds, { separator: "," });
        expect(texts(table, "school")).toEqual(rows.map(([school]) => school));
        expect(numbers(table, "score")).toEqual(rows.map(([, score]) => score + 0));
      }),
      { numRuns: 60 },
    );
  });

  it("reads many pieces as one file: 200,000 rows in order", async () => {
    const rows = Array.from({ length: 200_000 }, (_, i) => `S${i % 997},${i / 7}`);
    for (const content of [`school,score\n${rows.join("\n")}\n`, gzipSync(`school,score\n${rows.join("\n")}\n`)]) {
      const table = await readOk([fileOf(content)], kinds);
      expect(table.rows).toBe(200_000);
      const { values } = columnOf(table, "score", "number");
      expect(values.findIndex((score, i) => score !== i / 7)).toBe(-1);
      expect(table.placeOf(199_999)).toMatch(/, line 200001$/);
    }
  });
});

describe("a table that is wrong", () => {
  it("is not read at all, and every bad line is named", async () => {
    const table = await read([fileOf("school,score\nA,1\nB,one\nC\nD,2\n\nE,3;5\n")], kinds);
    expect(table.ok).toBe(false);
    if (table.ok) return;
    const found = table.error.map(({ code, place }) => `${code} ${place.replace(/^.*\.csv, /, "")}`);
    expect(found).toEqual([
      "field-count line 4",
      'number-expected line 3, column "score"',
      'number-expected line 7, column "score"',
    ]);
  });

  it("tells a value that is no number once, where none may be missing", async () => {
    const columns = [{ name: "score", kind: "number", missing: "refuse", askedAt: null }] as const;
    const files = [sourceFile(fileOf("score\n1\none\nNA\n"))];
    const table = await readTable({ files, columns, format: anyFormat });
    expect(table).toMatchObject({
      error: [
        { code: "value-missing", place: expect.stringContaining("line 4") },
        { code: "number-expected", place: expect.stringContaining("line 3") },
      ],
    });
  });

  it("keeps ten thousand problems and counts the rest", async () => {
    const table = await read([fileOf(`school,score\n${"A,text\n".repeat(30_000)}`)], kinds);
    if (table.ok) throw new Error("expected problems");
    expect(table.error).toHaveLength(10_001);
    expect(table.error.at(-1)).toMatchObject({ code: "more-problems", message: expect.stringContaining("20000") });
  });

  it("names the first line that is not in the stated encoding", async () => {
    const lines = Array.from({ length: 300_000 }, (_, i) => (i === 250_000 ? "Caf\xe9,1" : `S${i},1`));
    const content = Buffer.from(`school,score\n${lines.join("\n")}\n`, "latin1");
    for (const bytes of [content, gzipSync(content)]) {
      const table = await read([fileOf(bytes)], kinds, { encoding: "utf-8" });
      expect(table).toMatchObject({
        error: [{ code: "encoding-invalid", place: expect.stringMatching(/, line 250002$/) }],
      });
    }
  });

  it("is refused where it mixes encodings, even far into the file", async () => {
    const utf8 = Buffer.from(`school,score\nÉcole,1\n${"S,1\n".repeat(400_000)}`);
    const table = await read([fileOf(Buffer.concat([utf8, Buffer.from("Caf\xe9,1\n", "latin1")]))], kinds);
    expect(table).toMatchObject({
      error: [{ code: "encoding-invalid", place: expect.stringMatching(/, line 400003$/) }],
    });
  });
});
