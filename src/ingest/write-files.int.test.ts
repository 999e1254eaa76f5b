import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { checkWritable, formatCsv, writeAtomically, writeCsv } from "./write-files.js";

const folder = mkdtempSync(join(tmpdir(), "greenpaper-write-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("files that are written", () => {
  it("are CSV as RFC 4180 has it", () => {
    const rows = [
      ["a,b", 1.5],
      ['say "no"', null],
      ["two\nlines", -0.1],
      [" spaced", 1e-7],
    ] as const;
    const text = 'name,"a ""b"""\r\n"a,b",1.5\r\n"say ""no""",\r\n"two\nlines",-0.1\r\n" spaced",1e-7\r\n';
    expect(formatCsv(["name", 'a "b"'], rows)).toBe(text);
  });

  it("never hold a number that could not be computed, or a row of another length", () => {
    expect(() => formatCsv(["a"], [[Number.NaN]])).toThrow(RangeError);
    expect(() => formatCsv(["a"], [[1, 2]])).toThrow(RangeError);
  });

  it("appear whole and leave nothing beside them", async () => {
    const path = join(folder, "schools.csv");
    await writeCsv(path, ["school"], [["A"]]);
    await writeCsv(path, ["school"], [["B"]]);
    expect(readFileSync(path, "utf8")).toBe("school\r\nB\r\n");
    expect(readdirSync(folder)).toEqual(["schools.csv"]);
  });

  it("leave the earlier file as it was when writing fails", async () => {
    const place = join(folder, "taken");
    await checkWritable(place);
    await expect(writeAtomically(place, "text")).rejects.toThrow();
    expect(readdirSync(folder).sort()).toEqual(["schools.csv", "taken"]);
  });
});

describe("a folder", () => {
  it("is made where it is missing and holds nothing after the check", async () => {
    const path = join(folder, "deep", "er");
    expect(await checkWritable(path)).toMatchObject({ ok: true });
    expect(readdirSync(path)).toEqual([]);
  });

  it("that can't be is a problem with the place and the remedy, before any work", async () => {
    const file = join(folder, "file");
    writeFileSync(file, "");
    for (const path of [file, join(file, "below")]) {
      const checked = await checkWritable(path);
      expect(checked).toMatchObject({
        ok: false,
        error: { code: "folder-not-writable", remedy: expect.stringContaining("--out") },
      });
    }
  });
});
