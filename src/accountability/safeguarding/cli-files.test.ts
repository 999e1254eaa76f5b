import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { silent } from "../../kernel/index.js";
import { readOfficerFile, readOutcomeFile } from "./cli-files.js";
import { charterNumberOf } from "./officer.js";

const folder = mkdtempSync(join(tmpdir(), "safeguarding-files-"));
afterAll(() => rmSync(folder, { recursive: true }));

const outcomes = "urn,outcome,date\n900001,secure,2026-10-05\n900002,not-secure,2026-10-12";
const line = (n: string) =>
  `${charterNumberOf(n)},Bramble Officer,E12000005,Otterwick,1,2,60,subject-${n},2025-09-01,2028-09-01`;
const officers = `charter,name,region,base,east,north,days,subject,from,until\n${line("000001")}\n${line("000002")}`;

/** What comes of every cut of a file within its last line: the lines that were read, or null where it was refused. */
async function cuts<T>(
  text: string,
  read: (
    path: string,
  ) => Promise<{ ok: true; value: readonly T[] } | { ok: false; error: readonly { place: string }[] }>,
): Promise<readonly (readonly T[] | null)[]> {
  const all: (readonly T[] | null)[] = [];
  for (let at = text.lastIndexOf("\n") + 2; at < text.length; at++) {
    const path = join(folder, `cut-${at}.csv`);
    writeFileSync(path, text.slice(0, at));
    const answer = await read(path);
    if (!answer.ok) expect(answer.error[0]!.place, text.slice(0, at)).toMatch(/line 3/);
    all.push(answer.ok ? answer.value : null);
  }
  return all;
}

describe("a file cut off in its last line", () => {
  it("of outcomes is refused whole, with the line, wherever it was cut", async () => {
    const read = await cuts(outcomes, (path) => readOutcomeFile(path, silent));
    expect(read.length).toBeGreaterThan(20);
    expect(read.filter((lines) => lines !== null)).toEqual([]);
  });

  it("of officers is refused whole, with the line, wherever it was cut", async () => {
    const read = await cuts(officers, (path) => readOfficerFile(path, silent));
    expect(read.length).toBeGreaterThan(60);
    expect(read.filter((lines) => lines !== null)).toEqual([]);
  });
});
