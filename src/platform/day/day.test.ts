import { expect, it } from "vitest";
import { dayInEngland } from "./index.js";

it.each([
  ["2026-07-09T22:59:59Z", "2026-07-09"],
  ["2026-07-09T23:00:00Z", "2026-07-10"], // midnight in England, in summer
  ["2026-11-25T23:59:59Z", "2026-11-25"],
  ["2026-11-26T00:00:00Z", "2026-11-26"],
  ["2026-10-24T23:30:00Z", "2026-10-25"], // the night in which the clocks go back
])("%s is on %s in England", (moment, day) => {
  expect(dayInEngland(new Date(moment))).toBe(day);
});
