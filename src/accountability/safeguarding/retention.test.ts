import fc from "fast-check";
import { expect, it } from "vitest";
import { addDays, civilDate } from "../../kernel/index.js";
import { countsFrom } from "./outcomes.js";
import { erasureDay } from "./retention.js";

it.each([
  ["2026-10-05", 12, "2027-10-05"],
  ["2026-08-31", 6, "2027-03-01"], // February has no 31st
  ["2024-02-29", 12, "2025-03-01"],
  ["2026-12-31", 0, "2026-12-31"],
])("an audit signed on %s keeps its files for %i months, until %s", (signed, months, day) => {
  expect(erasureDay(civilDate(signed), months)).toBe(day);
});

it("comes on the first day on which an outcome of as many months no longer counts", () => {
  const anyDay = fc.integer({ min: 0, max: 3000 }).map((days) => addDays(civilDate("2024-01-01"), days));
  fc.assert(
    fc.property(anyDay, fc.integer({ min: 1, max: 36 }), (signed, months) => {
      const day = erasureDay(signed, months);
      expect(signed < countsFrom(day, months)).toBe(true);
      expect(signed < countsFrom(addDays(day, -1), months)).toBe(false);
    }),
  );
});
