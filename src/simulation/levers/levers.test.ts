import { deflateRawSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileParameters, withOverrides } from "../parameters/compile.js";
import { simulationParameters } from "../parameters/declared/index.js";
import { readScenario, readScenarioLink, type Scenario, scenarioLink } from "../scenario/index.js";
import { controlOverrides, controls, levers, readSettings, type Settings, settingsOverrides } from "./index.js";

const years = { from: 2026, to: 2035 };
const horizon = { first: 2025, years: 10 };
const context = { parameters: simulationParameters, model: "1", dataHash: "abc", years: { from: 2025, to: 2035 } };
const scenarioOf = (settings: Settings): Scenario => ({
  ...{ schema: 1, model: "1", dataHash: "abc", seed: 1, draws: 1, share: 1 },
  overrides: settingsOverrides(settings, years, simulationParameters),
});

describe("the levers", () => {
  it("are one for each proposal that the simulation knows, and pay", () => {
    expect(levers.map(({ proposal }) => proposal)).toEqual(["R4", "R8", "R2", "R3", "R5", "R7", "A9", "F2", "pay"]);
    expect(new Set(controls.map(({ id }) => id)).size).toBe(controls.length);
  });

  it("move only parameters that there are, each by one lever", () => {
    const paths = controls.flatMap((control) => control.paths);
    const known = simulationParameters.map(({ path }) => path);
    expect(paths.filter((path) => !known.includes(path))).toEqual([]);
    expect(new Set(paths).size).toBe(paths.length);
  });

  it.each(controls.map((control) => [control.id, control] as const))(
    "%s: low, suggested and high are valid scenarios",
    (_, control) => {
      for (const setting of [control.low, control.suggested, control.high]) {
        const scenario = scenarioOf({ [control.id]: setting });
        expect(readScenario(scenario, context)).toMatchObject({ ok: true, value: { notices: [] } });
        expect(setting === control.neutral).toBe(scenario.overrides.length === 0);
      }
      if (control.shape === "level")
        expect(simulationParameters.find(({ path }) => path === control.paths[0])!.values.at(-1)!.value).toBe(
          control.neutral,
        );
      expect(() => controlOverrides(control, control.high + 1, years, simulationParameters)).toThrow(control.id);
    },
  );

  it("make the years that they say", () => {
    const compiled = compileParameters(simulationParameters, horizon);
    const row = (settings: Settings, path: string) => {
      const { names, values } = withOverrides(compiled, scenarioOf(settings).overrides, horizon.first);
      return [...values.subarray(names.indexOf(path) * 10, names.indexOf(path) * 10 + 10)];
    };
    expect(row({ "funding-years": 4 }, "funding.transition")).toEqual([0, 0.25, 0.5, 0.75, 1, 1, 1, 1, 1, 1]);
    expect(row({ "sabbatical-10": 0.5 }, "sabbatical.year-10")).toEqual([0, ...new Array<number>(9).fill(0.5)]);
    const premium = row({ "premium-growth": 0.1 }, "premium.primary");
    expect(premium[1]! / premium[0]!).toBeCloseTo(1.1, 12);
    expect(premium[9]! / premium[0]!).toBeCloseTo(1.1 ** 9, 12);
    const [before, after] = [{}, { "training-places": 1.5 }].map((one) => row(one, "training.places.physics"));
    expect(after!.map((places, t) => places / before![t]!)).toEqual([1, ...new Array<number>(9).fill(1.5)]);
  });
});

const anySetting = fc.array(fc.tuple(fc.nat(controls.length - 1), fc.nat(1000)), { maxLength: 8 }).map((moved) =>
  Object.fromEntries(
    moved.map(([which, steps]) => {
      const { id, low, high, step } = controls[which]!;
      const most = Math.floor((high - low) / step + 1e-9);
      return [id, Math.round((low + step * (steps % (most + 1))) * 1e6) / 1e6];
    }),
  ),
);

describe("settings", () => {
  it("come back out of the overrides that they made, through a link, wherever the controls stand", async () => {
    const [deflate, inflate] = [deflateRawSync, inflateRawSync].map(
      (transform) => async (bytes: Uint8Array) => new Uint8Array(transform(bytes)),
    );
    await fc.assert(
      fc.asyncProperty(anySetting, async (settings) => {
        const scenario = scenarioOf(settings);
        const read = await readScenarioLink(await scenarioLink(scenario, deflate!), inflate!, context);
        if (!read.ok) throw new Error(JSON.stringify(read.error));
        expect(read.value).toEqual({ scenario, notices: [] });
        const found = readSettings(read.value.scenario.overrides, years, simulationParameters);
        expect(found.others).toEqual([]);
        const moved = Object.entries(settings).filter(
          ([id, at]) => controls.find((one) => one.id === id)!.neutral !== at,
        );
        expect(Object.keys(found.settings).sort()).toEqual(moved.map(([id]) => id).sort());
        for (const [id, at] of moved) expect(found.settings[id]).toBeCloseTo(at, 8);
      }),
      { numRuns: 60 },
    );
  });

  it("leave what no lever makes to itself", () => {
    const byHand = { path: "sabbatical.year-10", from: 2029, to: 2031, value: 0.3 };
    const other = { path: "pay.on-costs", from: 2025, to: null, value: 0.4 };
    const scenario = scenarioOf({ "sabbatical-20": 1 });
    expect(readSettings([byHand, ...scenario.overrides, other], years, simulationParameters)).toEqual({
      settings: { "sabbatical-20": 1 },
      others: [byHand, other],
    });
  });
});
