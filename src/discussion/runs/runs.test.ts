import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { silent } from "../../kernel/index.js";
import { makeEngland } from "../../simulation/index.js";
import { simulationParameters } from "../../simulation/parameters/index.js";
import { reformFrom, scenarioLink } from "../../simulation/scenario/index.js";
import { amount, amountLike, amountWithBand } from "./amounts.js";
import { deflateBytes, inflateBytes } from "./compression.js";
import { parametersCsv } from "./csv.js";
import { emptyScenario, readSetting, scenarioOf } from "./given-scenario.js";
import { runPairs } from "./run-pairs.js";
import { rangeInWords, sourceInWords } from "./words.js";

const data = "0123456789abcdef";

describe("a change as it is typed", () => {
  it.each([
    ["pay.uplift=0.05", { path: "pay.uplift", from: reformFrom, to: null, value: 0.05 }],
    [" pay.uplift = -1e-2@2028 ", { path: "pay.uplift", from: 2028, to: null, value: -0.01 }],
    ["sabbatical.year-10=0.5@2028..2032", { path: "sabbatical.year-10", from: 2028, to: 2032, value: 0.5 }],
  ])("%s", (text, value) => {
    expect(readSetting(text)).toEqual({ ok: true, value });
  });

  it.each(["", "pay.uplift", "pay.uplift=", "pay.uplift=much", "=3", "a=1@27", "a=1@2027..", "a=0x", "a=1 2"])(
    "%s is none",
    (text) => {
      expect(readSetting(text)).toMatchObject({ ok: false, error: [{ code: "scenario-unreadable" }] });
    },
  );
});

describe("the scenario to run", () => {
  it("is what was given, changed", async () => {
    const given = { json: JSON.stringify({ ...emptyScenario(data), draws: 50 }), name: "mine.json" };
    const read = await scenarioOf(given, { settings: ["pay.uplift=0.05"], seed: 9, share: 1 / 20 }, data);
    expect(read).toMatchObject({
      ok: true,
      value: {
        notices: [],
        scenario: { draws: 50, seed: 9, share: 0.05, overrides: [{ path: "pay.uplift", value: 0.05 }] },
      },
    });
  });

  it("says of another model or other data what happens then, once", async () => {
    const link = await scenarioLink({ ...emptyScenario("other"), model: "0" }, deflateBytes);
    const read = await scenarioOf({ link }, { settings: [] }, data);
    expect(read.ok && read.value.notices).toHaveLength(2);
    expect(read.ok && read.value.scenario).toMatchObject({ dataHash: data });
  });

  it("is refused with the allowed range, and a file that is no JSON by its name", async () => {
    const high = await scenarioOf(null, { settings: ["pay.uplift=5"] }, data);
    expect(high).toMatchObject({
      ok: false,
      error: [{ code: "scenario-value-out-of-bounds", remedy: expect.stringContaining("-0.3 to 1") as string }],
    });
    const broken = await scenarioOf({ json: "{", name: "mine.json" }, { settings: [] }, data);
    expect(broken).toMatchObject({ ok: false, error: [{ code: "scenario-unreadable", place: "mine.json" }] });
  });
});

it("bytes come back out of the compression, and a bomb doesn't", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uint8Array(), async (bytes) => {
      expect(await inflateBytes(await deflateBytes(bytes))).toEqual(bytes);
    }),
  );
  await expect(inflateBytes(await deflateBytes(new Uint8Array(2_000_000)))).rejects.toThrow();
});

describe("runs of a scenario", () => {
  const scenario = {
    ...{ ...emptyScenario(data), share: 1 / 50, draws: 2 },
    overrides: [{ path: "service-benefit.form", from: 2027, to: null, value: 2 }],
  };
  const order = { scenario, plan: { chance: 1, structures: false, tornado: false } };

  it("are the same in one share as in several, and differ from the country without it from its first year on", () => {
    const england = makeEngland();
    const whole = runPairs(england, order, { worker: 0, workers: 1 }, silent);
    const shares = [0, 1, 2].map((worker) => runPairs(england, order, { worker, workers: 3 }, silent));
    const together = shares.flatMap(({ figures }) => figures).sort((a, b) => a.run - b.run);
    expect(together).toEqual(whole.figures);
    expect(shares[0]!.declared!.scenario.hash).toBe(whole.declared!.scenario.hash);
    const { baseline, scenario: with_ } = whole.figures[0]!;
    expect(with_.subarray(0, 2)).toEqual(baseline.subarray(0, 2)); // teachers in 2025 and 2026
    expect(whole.declared!.scenario.hash).not.toBe(whole.declared!.baseline.hash);
  });
});

it("words give a figure the digits that its band supports, and no source is left out", () => {
  expect(amountWithBand(2134, { low: 894, high: 3021 }, "fte")).toBe("2,100 (900 to 3,000)");
  expect(amountWithBand(245_300_000, { low: 201_000_000, high: 290_000_000 }, "pounds")).toBe(
    "£250 million (£200 million to £290 million)",
  );
  expect(amountWithBand(1234.5, null, "fte")).toBe("1,200");
  expect(amountLike(43_217, 41_480, { low: 38_100, high: 44_300 }, "people")).toBe("43,200");
  expect(amountLike(43_217, 41_480, { low: 41_402, high: 41_511 }, "people")).toBe("43,220");
  expect(amount(0.0123, "share", 2)).toBe("1.2%");
  expect(amount(Number.NaN, "fte")).toBe("not run");
  for (const parameter of simulationParameters) {
    for (const { source } of parameter.values) expect(sourceInWords(source).length).toBeGreaterThan(20);
    expect(rangeInWords(parameter) === "").toBe(parameter.range === null);
  }
  const lines = parametersCsv(simulationParameters).trimEnd().split("\r\n");
  expect(lines.length).toBe(1 + simulationParameters.reduce((sum, { values }) => sum + values.length, 0));
});
