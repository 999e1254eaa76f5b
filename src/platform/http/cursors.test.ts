import fc from "fast-check";
import Type from "typebox";
import { describe, expect, it } from "vitest";
import { cursorPage, readCursor, writeCursor } from "./cursors.js";

const Place = Type.Object({ name: Type.String(), urn: Type.String() }, { additionalProperties: false });

describe("a list read page by page", () => {
  it("shows every row once, in order, whatever the number of rows and the length of a page", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 1, max: 20 }), (count, limit) => {
        const rows = Array.from({ length: count }, (_, n) => n);
        const seen: number[] = [];
        let cursor: string | undefined;
        do {
          const after = readCursor(cursor, Type.Integer()) ?? -1;
          const page = cursorPage(rows.filter((n) => n > after).slice(0, limit + 1), limit, (last) => last);
          seen.push(...page.items);
          cursor = page.next ?? undefined;
        } while (cursor !== undefined);
        expect(seen).toEqual(rows);
      }),
    );
  });

  it("keeps any place in its cursor", () => {
    fc.assert(
      fc.property(fc.record({ name: fc.string({ unit: "grapheme" }), urn: fc.string() }), (place) => {
        expect(readCursor(writeCursor(place), Place)).toEqual(place);
      }),
    );
  });

  it.each(["", "x", writeCursor(7), writeCursor({ name: "a" }), writeCursor({ name: "a", urn: "1", more: 1 }), "%%%"])(
    "refuses the cursor %s, which is none of this list",
    (cursor) => {
      expect(() => readCursor(cursor, Place)).toThrow("not one of this list");
    },
  );
});
