import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { assembleBooklets, type Block, balancePositions, cyclicBooklets, measureBooklets } from "./index.js";

const blocksOf = (n: number, more: (i: number) => Partial<Block> = () => ({})): Block[] =>
  Array.from({ length: n }, (_, i) => ({ name: `B${i + 1}`, minutes: 10, content: {}, ...more(i) }));

describe("booklets by a closed form", () => {
  // Published: Fano's plane, and the difference sets of 13, 21 and 31 (Cochran and Cox 1957, chapter 11).
  it("are balanced where the base is a difference set, each block once in every position", () => {
    for (const [v, base] of [
      [7, [0, 1, 3]],
      [13, [0, 1, 3, 9]],
      [21, [0, 1, 4, 14, 16]],
      [31, [0, 1, 3, 8, 12, 18]],
    ] as const) {
      const balance = measureBooklets(cyclicBooklets(v, base), v);
      expect(balance.pairs).toEqual({ counts: [0, (v * (v - 1)) / 2], mean: 1, squares: 0 });
      expect(balance.positions).toEqual({ counts: [0, v * base.length], squares: 0 });
      expect(balance.relativeEfficiency).toBeCloseTo(1, 9);
    }
  });

  it("chain fourteen blocks as TIMSS does, and say when they fall apart", () => {
    const chain = measureBooklets(cyclicBooklets(14, [0, 1]), 14);
    expect(chain.appearances).toEqual({ least: 2, most: 2 });
    expect(chain.connected).toBe(true);
    expect(chain.pairs.counts).toEqual([77, 14]);
    expect(
      measureBooklets(
        [
          [0, 1],
          [2, 3],
        ],
        4,
      ),
    ).toMatchObject({ connected: false, efficiency: 0 });
    expect(() => cyclicBooklets(5, [0, 5])).toThrow(RangeError);
    expect(() => measureBooklets([[0, 0]], 1)).toThrow(/booklet 1/);
    expect(() => measureBooklets([[0, 1]], 3)).toThrow(/block 2/);
  });
});

describe("booklets that are searched for", () => {
  it("find the balanced design of seven in threes, and are the same for the same seed", () => {
    const design = assembleBooklets(blocksOf(7), { booklets: 7, size: 3 }, 1);
    expect(design).toEqual(assembleBooklets(blocksOf(7), { booklets: 7, size: 3 }, 1));
    expect(design.ok && design.value.balance).toMatchObject({
      pairs: { counts: [0, 21] },
      positions: { counts: [0, 21] },
    });
  });

  it("keep minutes, content and pairs apart", () => {
    const blocks = blocksOf(12, (i) => ({ minutes: 8 + (i % 4), content: { number: i % 3, shape: 2 - (i % 3) } }));
    const constraints = {
      booklets: 12,
      size: 4,
      minutes: { least: 37, most: 39 },
      content: { number: { least: 3, most: 5 } },
      apart: [
        ["B1", "B2"],
        ["B3", "B7"],
      ] as const,
    };
    const outcome = assembleBooklets(blocks, constraints, 3);
    if (!outcome.ok) throw new Error(outcome.error[0]!.message);
    for (const booklet of outcome.value.booklets) {
      const sum = (f: (block: Block) => number) => booklet.reduce((total, i) => total + f(blocks[i]!), 0);
      expect(sum((b) => b.minutes)).toBeGreaterThanOrEqual(37);
      expect(sum((b) => b.minutes)).toBeLessThanOrEqual(39);
      expect(sum((b) => b.content.number!)).toBeGreaterThanOrEqual(3);
      expect(sum((b) => b.content.number!)).toBeLessThanOrEqual(5);
      expect(booklet.includes(0) && booklet.includes(1)).toBe(false);
      expect(booklet.includes(2) && booklet.includes(6)).toBe(false);
    }
    expect(outcome.value.balance.positions.squares).toBe((12 * 4 * 0) / 4);
    expect(outcome.value.balance.relativeEfficiency).toBeGreaterThan(0.95);
  });

  it("are refused with what is broken where no booklets can be", () => {
    const outcome = assembleBooklets(blocksOf(6), { booklets: 6, size: 2, minutes: { least: 0, most: 19 } }, 1, {
      tries: 1,
      steps: 500,
    });
    expect(outcome).toMatchObject({ ok: false });
    expect(outcome.ok ? "" : outcome.error[0]!.message).toBe("it has 20 minutes, and 0 to 19 are allowed");
    expect(assembleBooklets(blocksOf(6), { booklets: 2, size: 2 }, 1)).toMatchObject({
      ok: false,
      error: [{ place: "booklets" }],
    });
    expect(assembleBooklets(blocksOf(6), { booklets: 6, size: 2, apart: [["B1", "X"]] }, 1)).toMatchObject({
      ok: false,
      error: [{ place: "apart" }],
    });
  });

  it("are spread over the positions as evenly as whole numbers allow, whatever the sets", () => {
    const any = fc.tuple(
      fc.integer({ min: 2, max: 9 }),
      fc.integer({ min: 1, max: 6 }),
      fc.integer({ min: 1, max: 30 }),
      fc.nat(),
    );
    fc.assert(
      fc.property(any, ([v, size, count, turn]) => {
        fc.pre(size <= v);
        const booklets = Array.from({ length: count }, (_, b) =>
          Array.from({ length: v }, (__, i) => i)
            .sort((x, y) => ((x * 7919 + b * turn) % 101) - ((y * 7919 + b * turn) % 101) || x - y)
            .slice(0, size),
        );
        const found = balancePositions(booklets, v);
        const times = new Map<string, number>();
        const appearances = new Map<number, number>();
        found.forEach((booklet, b) => {
          expect([...booklet].sort()).toEqual([...booklets[b]!].sort());
          booklet.forEach((i, p) => {
            times.set(`${i} ${p}`, (times.get(`${i} ${p}`) ?? 0) + 1);
            appearances.set(i, (appearances.get(i) ?? 0) + 1);
          });
        });
        for (const [i, r] of appearances)
          for (let p = 0; p < size; p++) {
            const n = times.get(`${i} ${p}`) ?? 0;
            expect(n === Math.floor(r / size) || n === Math.ceil(r / size)).toBe(true);
          }
      }),
    );
  });
});
