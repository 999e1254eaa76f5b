import { expect, it } from "vitest";
import { median, medianCost, ratioOf } from "./line.js";

it("takes the middle value, and of an even number one that was measured", () => {
  expect(median([3, 1, 2])).toBe(2);
  expect(median([4, 1, 3, 2])).toBe(2);
  expect(median([5])).toBe(5);
  expect(() => median([])).toThrow(RangeError);
});

it("takes the median figure by figure, leaving out what the system did not tell", () => {
  expect(
    medianCost([
      { seconds: 3, cpuSeconds: 1, peakMegabytes: null },
      { seconds: 1, cpuSeconds: 2, peakMegabytes: null },
      { seconds: 2, cpuSeconds: null, peakMegabytes: null },
    ]),
  ).toEqual({ seconds: 2, cpuSeconds: 1, peakMegabytes: null });
});

it("divides the peer's cost by ours where both are known", () => {
  expect(
    ratioOf({ seconds: 9, cpuSeconds: 8, peakMegabytes: null }, { seconds: 3, cpuSeconds: 0, peakMegabytes: 100 }),
  ).toEqual({ seconds: 3, cpuSeconds: null, peakMegabytes: null });
});
