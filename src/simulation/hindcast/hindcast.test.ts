import { expect, it } from "vitest";
import { hindcast, hindcastQuantities, hindcastStarts } from "./hindcast.js";
import { hindcastTable } from "./table.js";

// own-output: the committed table is what the code makes; published: the figures beside it are the department's.
it("the committed table is what the model says today, from the later census", () => {
  expect(hindcast(hindcastStarts[1]!)).toEqual(hindcastTable[1]);
});

it("has every quantity of every subject, misses included", () => {
  for (const { rows, census } of hindcastTable)
    for (const quantity of hindcastQuantities) {
      const own = rows.filter((row) => row.quantity === quantity);
      expect(own.length, `${quantity} from ${census}`).toBe(19);
      for (const row of own) expect(row.model.length).toBe(row.published.length);
    }
});

it("tells more of the teachers of a subject than holding the census would, for most subjects", () => {
  const better = ({ rows }: (typeof hindcastTable)[number]) =>
    rows.filter(({ quantity, overPersistence }) => quantity === "teachers" && (overPersistence ?? 1) < 1).length;
  expect(hindcastTable.map(better).every((count) => count > 19 / 2)).toBe(true);
});
