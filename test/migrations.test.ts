import { readdirSync } from "node:fs";
import { basename, dirname } from "node:path";
import { expect, it } from "vitest";

it("numbers the migrations of every folder from 2 on, each number once", () => {
  const folders = new Map<string, string[]>();
  const files = readdirSync("src", { recursive: true, encoding: "utf8" });
  for (const file of files.filter((name) => /migrations\/[^/]+\.sql$/.test(name)))
    folders.set(dirname(file), [...(folders.get(dirname(file)) ?? []), basename(file)]);
  expect(folders.size).toBeGreaterThan(0);
  for (const [folder, files] of folders) {
    const numbers = files.map((file) => Number(file.slice(0, 4))).sort((a, b) => a - b);
    expect(numbers, folder).toEqual(numbers.map((_, i) => i + 2));
  }
});
