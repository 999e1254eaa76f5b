import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ByteDictionary } from "./byte-dictionary.js";

describe("a dictionary of bytes", () => {
  it("numbers texts in order of first appearance and gives them back (own model: a Map)", () => {
    const texts = fc.array(fc.string({ unit: fc.constantFrom("a", "b", "é", "1"), maxLength: 5 }), { maxLength: 3000 });
    fc.assert(
      fc.property(texts, (added) => {
        const dictionary = new ByteDictionary();
        const known = new Map<string, number>();
        for (const text of added) {
          if (!known.has(text)) known.set(text, known.size);
          const bytes = Buffer.from(`<${text}>`);
          expect(dictionary.codeOf(bytes, 1, bytes.length - 1)).toBe(known.get(text));
        }
        expect(dictionary.texts()).toEqual([...known.keys()]);
        for (const [text, code] of known) expect(dictionary.find(text)).toBe(code);
        expect(dictionary.find("never added")).toBe(-1);
      }),
      { numRuns: 30 },
    );
  });

  it("grows through a hundred thousand ids and long texts", () => {
    const dictionary = new ByteDictionary();
    const codes = Array.from({ length: 100_000 }, (_, i) => dictionary.codeOfText(`P${i}`));
    expect(codes.findIndex((code, i) => code !== i)).toBe(-1);
    const long = "x".repeat(100_000);
    expect(dictionary.codeOfText(long)).toBe(100_000);
    expect(dictionary.size).toBe(100_001);
    expect(dictionary.texts().at(-1)).toBe(long);
    expect(dictionary.find("P99999")).toBe(99_999);
  });
});
