import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type BookletOrder, bookletsFromFile } from "./service-booklets.js";

let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "greenpaper-booklets-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

// Seven blocks of two items: threes of seven make a balanced design.
const items = ["item,block,minutes,domain"];
for (let b = 1; b <= 7; b++) items.push(`i${b}a,M${b},5,number`, `i${b}b,M${b},${b},${b < 4 ? "shape" : "number"}`);

function assemble(lines: readonly string[], order: Partial<BookletOrder> = {}) {
  const path = join(folder, "items.csv");
  writeFileSync(path, `${lines.join("\n")}\n`);
  return bookletsFromFile({
    ...{ path, columns: { item: "item", block: "block", minutes: "minutes", content: "domain" } },
    ...{ constraints: { booklets: 7, size: 3 }, seed: 1, steps: null, tries: null },
    ...{ folder: null, today: "2026-11-26", version: "test" },
    ...order,
  });
}

describe("booklets from a file of items", () => {
  it("are the balanced design where there is one, with a map of every item and a record", async () => {
    const answer = await assemble(items, { folder });
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    expect(answer.value.design.balance).toMatchObject({ pairs: { counts: [0, 21] }, connected: true });
    expect(answer.value.design.balance.relativeEfficiency).toBeCloseTo(1, 10);
    const [header, ...rows] = readFileSync(join(folder, "booklets.csv"), "utf8").trim().split("\r\n");
    expect(header).toBe("booklet,position,block,item");
    expect(rows).toHaveLength(7 * 3 * 2);
    expect(JSON.parse(readFileSync(join(folder, "record.json"), "utf8"))).toMatchObject({ search: { seed: 1 } });
  });

  it("keep bounds of time and content and pairs apart", async () => {
    const bounds = { minutes: { least: 20, most: 32 }, content: { shape: { least: 1, most: 2 } } };
    const answer = await assemble(items, { constraints: { booklets: 7, size: 3, apart: [["M1", "M2"]], ...bounds } });
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    const { design, blocks } = answer.value;
    for (const booklet of design.booklets) {
      const minutes = booklet.reduce((sum, i) => sum + blocks[i]!.minutes, 0);
      const shapes = booklet.reduce((sum, i) => sum + (blocks[i]!.content.shape ?? 0), 0);
      expect(minutes >= 20 && minutes <= 32 && shapes >= 1 && shapes <= 2).toBe(true);
      expect(booklet.filter((i) => ["M1", "M2"].includes(blocks[i]!.name)).length).toBeLessThan(2);
    }
  });

  it("are refused with the line of an item twice and of minutes that are none, and with bounds that can't be kept", async () => {
    expect(await assemble(items.with(2, "i1a,M1,5,shape"))).toMatchObject({
      ok: false,
      error: [{ code: "item-twice-in-blocks", place: expect.stringContaining("line 3") }],
    });
    expect(await assemble(items.with(2, "i1b,M1,-5,shape"))).toMatchObject({
      ok: false,
      error: [{ code: "frame-value-invalid", place: expect.stringContaining("line 3") }],
    });
    const unknown = { booklets: 7, size: 3, content: { algebra: { least: 1, most: 2 } } };
    const wrong = await assemble(items, { constraints: unknown });
    expect(wrong).toMatchObject({ ok: false, error: [{ code: "design-option-invalid" }] });
    const never = { booklets: 7, size: 3, minutes: { least: 1, most: 10 } };
    const broken = await assemble(items, { constraints: never });
    expect(broken).toMatchObject({
      ok: false,
      error: [{ code: "survey-booklets-impossible" }, {}, {}, {}, {}, {}, {}],
    });
  });
});
