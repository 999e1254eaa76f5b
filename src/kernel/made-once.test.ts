import { expect, it } from "vitest";
import { madeOnce } from "./made-once.js";

it("makes something once of a list and of what else is said, and anew of another list", () => {
  let made = 0;
  const sum = madeOnce((list: readonly number[], times: number) => {
    made++;
    return times * list.reduce((total, item) => total + item, 0);
  });
  const list = [1, 2, 3];
  expect([sum(list, 2), sum(list, 2), made]).toEqual([12, 12, 1]);
  expect([sum(list, 3), sum([1, 2, 3], 2), made]).toEqual([18, 12, 3]);
});
