import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { findFiles } from "./file-pattern.js";

const folder = mkdtempSync(join(tmpdir(), "greenpaper-pattern-"));
afterAll(() => rmSync(folder, { recursive: true }));
for (const name of [
  "10.csv",
  "2.csv",
  "a.tsv",
  ".hidden.csv",
  "b[1].csv",
  "why?.csv",
  "in/3.csv",
  "in/deep/4.csv",
  ".git/5.csv",
]) {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), "");
}

describe("a pattern of files", () => {
  it.each([
    ["*.csv", ["2.csv", "10.csv", "b[1].csv", "why?.csv"]],
    ["?.csv", ["2.csv"]],
    ["**/*.csv", ["2.csv", "10.csv", "b[1].csv", "in/3.csv", "in/deep/4.csv", "why?.csv"]],
    ["i*/*.csv", ["in/3.csv"]],
    ["in/**/4.csv", ["in/deep/4.csv"]],
    ["b[1].csv", ["b[1].csv"]],
    ["why?.csv", ["why?.csv"]],
    ["no-*.csv", []],
    ["nowhere.csv", ["nowhere.csv"]],
    ["nowhere/*.csv", []],
  ])("%s stands for %j", async (pattern, files) => {
    const found = await findFiles(pattern, folder);
    expect(found.map((path) => relative(folder, path))).toEqual(files);
  });

  it("may be absolute or begin above its folder", async () => {
    expect(await findFiles(join(folder, "2.*"), "/")).toEqual([join(folder, "2.csv")]);
    expect(await findFiles("../2.*", join(folder, "in"))).toEqual([join(folder, "2.csv")]);
  });
});
