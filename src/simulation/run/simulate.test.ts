import { describe, expect, it } from "vitest";
import type { CompiledParameters, RunOptions } from "../engine.js";
import { makeEngland } from "../england.js";
import { compileInputs } from "../inputs/index.js";
import { simulate } from "./simulate.js";

const england = makeEngland();
const inputs = compileInputs(england.firstYear, 4);
const options: RunOptions = {
  seed: 42,
  years: 3,
  share: 1 / 20,
  parts: { pupils: true, teachers: true, money: true },
  replicate: 0,
};

/** The inputs with some values in every year. */
function withValues(values: Readonly<Record<string, number>>, of: CompiledParameters = inputs): CompiledParameters {
  const changed = { ...of, values: of.values.slice() };
  for (const [name, value] of Object.entries(values)) {
    const row = of.names.indexOf(name);
    if (row < 0) throw new RangeError(`no input ${name}`);
    changed.values.fill(value, row * of.years, (row + 1) * of.years);
  }
  return changed;
}

const run = (values: Readonly<Record<string, number>> = {}, more: Partial<RunOptions> = {}, shards = 1) =>
  simulate(england, withValues(values), { ...options, ...more }, shards);

describe("a run", () => {
  it("has one result by however many workers", () => {
    const one = run();
    expect(run({}, {}, 3).hash).toBe(one.hash);
    expect(run().hash).toBe(one.hash);
    expect(run({}, { replicate: 1 }).hash).not.toBe(one.hash);
  });
});
