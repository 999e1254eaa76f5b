import { deflateRawSync, inflateRawSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileParameters, withOverrides } from "../parameters/compile.js";
import type { SimulationParameter } from "../parameters/simulation-parameter.js";
import { assumed, since } from "../parameters/sources.js";
import { decodeBase64Url, encodeBase64Url } from "./base64url.js";
import { readScenarioLink, scenarioLink } from "./link.js";
import { migrateScenario } from "./migrations.js";
import { readScenario, type ScenarioContext } from "./read-scenario.js";
import { type Scenario, scenarioText } from "./scenario.js";

const parameter = (path: string, forms: SimulationParameter["forms"] = null): SimulationParameter => ({
  ...{
    path,
    label: `Label of ${path}`,
    unit: "years",
    bounds: { low: 0, high: 30 },
    range: null,
    forms,
    structural: false,
  },
  values: [since("2025-09-01", 0, assumed("for a test"))],
});
const context: ScenarioContext = {
  parameters: [
    parameter("service-benefit.years"),
    parameter("pay.form", [
      { value: 0, label: "none" },
      { value: 1, label: "elasticity" },
    ]),
  ],
  ...{ model: "1", dataHash: "abc", years: { from: 2025, to: 2036 } },
};
const plain: Scenario = {
  ...{ schema: 1, model: "1", dataHash: "abc", seed: 42, draws: 1, share: 1 },
  overrides: [{ path: "service-benefit.years", from: 2027, to: null, value: 10 }],
};
const deflate = async (bytes: Uint8Array) => new Uint8Array(deflateRawSync(bytes));
const inflate = async (bytes: Uint8Array) => new Uint8Array(inflateRawSync(bytes));
const problemsOf = async (link: string) => {
  const read = await readScenarioLink(link, inflate, context);
  return read.ok ? [] : read.error;
};
const codesOf = (read: ReturnType<typeof readScenario>) => (read.ok ? [] : read.error.map(({ code }) => code));

const anyOverride = fc.record({
  path: fc.constant("service-benefit.years"),
  from: fc.integer({ min: 2025, max: 2035 }),
  to: fc.constant(null),
  value: fc.double({ min: 0, max: 30, noNaN: true }).map((value) => value + 0),
});
const anyScenario = fc.record({
  ...{ schema: fc.constant(1), model: fc.constant("1"), dataHash: fc.constant("abc") },
  overrides: fc.array(anyOverride, { maxLength: 6 }),
  seed: fc.integer({ min: 0, max: 0xffff_ffff }),
  draws: fc.integer({ min: 1, max: 2000 }),
  share: fc.integer({ min: 1, max: 100 }).map((parts) => 1 / parts),
});

describe("a scenario's link", () => {
  it("holds the whole scenario, whatever it is", async () => {
    await fc.assert(
      fc.asyncProperty(anyScenario, async (scenario) => {
        const read = await readScenarioLink(await scenarioLink(scenario, deflate), inflate, context);
        expect(read).toEqual({ ok: true, value: { scenario, notices: [] } });
      }),
    );
  });

  it("is read at the end of an address too", async () => {
    const link = await scenarioLink(plain, deflate);
    const read = await readScenarioLink(`https://example.org/simulate#${link}\n`, inflate, context);
    expect(read.ok && read.value.scenario).toEqual(plain);
  });

  it("that was cut off anywhere is refused, never read as another scenario", async () => {
    const link = await scenarioLink(plain, deflate);
    for (let length = 0; length < link.length; length++) {
      const problems = await problemsOf(link.slice(0, length));
      expect(problems.map(({ code }) => code)).toEqual([
        length < 1 ? "scenario-link-unreadable" : "scenario-link-truncated",
      ]);
      expect(problems[0]!.remedy).not.toBe("");
    }
  });

  it("with one character changed is refused", async () => {
    const link = await scenarioLink(plain, deflate);
    for (let place = 2; place < link.length; place++) {
      const changed = `${link.slice(0, place)}${link[place] === "A" ? "b" : "A"}${link.slice(place + 1)}`;
      expect(await problemsOf(changed), changed).toHaveLength(1);
    }
  });

  it("of a newer version says so, and what to do", async () => {
    const [problem] = await problemsOf("2.abc.12345678");
    expect(problem).toMatchObject({ code: "scenario-newer" });
    expect(problem!.message).toContain("version 2");
    expect(problem!.remedy).toContain("up to date");
    const newer = await scenarioLink({ ...plain, schema: 9 }, deflate);
    expect((await problemsOf(newer)).map(({ code }) => code)).toEqual(["scenario-newer"]);
  });

  it("made before its parameter was renamed still runs, with the numbers of the new name, and says so", async () => {
    const aliases = new Map([["loan-benefit.years", "service-benefit.years"]]);
    const old = { ...context, parameters: [parameter("loan-benefit.years"), ...context.parameters.slice(1)] };
    const made = { ...plain, overrides: [{ ...plain.overrides[0]!, path: "loan-benefit.years" }] };
    const link = await scenarioLink(made, deflate);
    expect((await readScenarioLink(link, inflate, old)).ok).toBe(true);
    expect((await problemsOf(link)).map(({ code }) => code)).toEqual(["scenario-parameter-unknown"]);
    const read = await readScenarioLink(link, inflate, { ...context, aliases });
    if (!read.ok) throw new Error(read.error[0]?.message);
    expect(read.value.notices).toEqual(['"loan-benefit.years" is now called "service-benefit.years".']);
    const years = { first: 2025, years: 4 };
    const today = compileParameters(context.parameters, years);
    const { values } = withOverrides(today, read.value.scenario.overrides, years.first);
    expect([...values]).toEqual([0, 0, 10, 10, 0, 0, 0, 0]);
    expect(await scenarioLink(read.value.scenario, deflate)).toBe(await scenarioLink(plain, deflate));
  });

  it("that is none is refused", async () => {
    for (const text of ["", "hello", "https://example.org/simulate", "1.a b.12345678", "1.a.b.12345678"])
      expect((await problemsOf(text)).map(({ code }) => code)).toHaveLength(1);
  });
});

describe("a scenario document", () => {
  it("has one text, whatever the order of its fields", () => {
    const turned = Object.fromEntries(Object.entries(plain).reverse());
    const read = readScenario(turned, context);
    expect(read.ok && scenarioText(read.value.scenario)).toBe(scenarioText(plain));
  });

  it("names an unknown parameter and the nearest that there is", () => {
    const read = readScenario(
      { ...plain, overrides: [{ ...plain.overrides[0], path: "service-benefit.year" }] },
      context,
    );
    expect(read.ok || read.error[0]).toMatchObject({
      code: "scenario-parameter-unknown",
      place: 'change 1, "service-benefit.year"',
      remedy: 'Did you mean "service-benefit.years"?',
    });
  });

  it("names the allowed range of a value outside of it", () => {
    const read = readScenario({ ...plain, overrides: [{ ...plain.overrides[0], value: 31 }] }, context);
    expect(read.ok || read.error[0]).toMatchObject({
      code: "scenario-value-out-of-bounds",
      remedy: "Choose a value from 0 to 30 (years).",
    });
    expect(readScenario({ ...plain, overrides: [{ ...plain.overrides[0], value: 30 }] }, context).ok).toBe(true);
  });

  it("names the forms of a switch", () => {
    const read = readScenario(
      { ...plain, overrides: [{ path: "pay.form", from: 2025, to: null, value: 0.5 }] },
      context,
    );
    expect(read.ok || read.error[0]).toMatchObject({ remedy: "Choose one of: 0 (none), 1 (elasticity)." });
  });

  it.each([0, 1.5, 0.3, 0.001, -0.5])("refuses a share of %d, which is not one part in so many", (share) => {
    const read = readScenario({ ...plain, share }, context);
    expect(read.ok || read.error[0]).toMatchObject({
      place: "share",
      remedy: "Choose 1, or one part in a whole number up to 100, as 0.1.",
    });
  });

  it("reports everything that is wrong at once", () => {
    const read = readScenario(
      {
        ...plain,
        seed: -1,
        draws: 0,
        share: 2,
        overrides: [
          { path: "x", from: 1990, to: 1980, value: 1 },
          { ...plain.overrides[0], to: 2020 },
        ],
      },
      context,
    );
    expect(codesOf(read)).toEqual([
      ...new Array<string>(3).fill("scenario-setting-out-of-range"),
      "scenario-parameter-unknown",
      "scenario-years",
    ]);
  });

  it.each([
    null,
    [],
    7,
    "text",
    {},
    { schema: "1" },
    { ...plain, overrides: {} },
    { ...plain, overrides: [7] },
    { ...plain, sead: 1 },
  ])("that is %j is refused as unreadable", (document) => {
    expect(new Set(codesOf(readScenario(document, context)))).toEqual(new Set(["scenario-unreadable"]));
  });

  it("never throws, whatever it holds", () => {
    fc.assert(
      fc.property(fc.object(), fc.array(fc.object()), (more, overrides) => {
        expect(typeof readScenario({ ...plain, ...more, overrides }, context).ok).toBe("boolean");
      }),
    );
  });

  it("of other data or another model is run here, and says so", () => {
    const read = readScenario({ ...plain, model: "0", dataHash: "other" }, context);
    expect(read.ok && read.value.notices).toHaveLength(2);
    expect(read.ok && read.value.notices.join(" ")).toMatch(/version 0 .* run with 1, .*other data/s);
  });

  it("goes on working after a parameter was renamed, twice", () => {
    const aliases = new Map([
      ["old.name", "newer.name"],
      ["newer.name", "service-benefit.years"],
    ]);
    const read = readScenario(
      { ...plain, overrides: [{ ...plain.overrides[0], path: "old.name" }] },
      { ...context, aliases },
    );
    expect(read.ok && read.value).toEqual({
      scenario: plain,
      notices: ['"old.name" is now called "service-benefit.years".'],
    });
  });
});

describe("migrations", () => {
  const migrations = [
    { from: 1, says: "Shares are now from 0 to 1.", apply: (one: object) => ({ ...one, share: 0.1 }) },
    { from: 2, says: "Draws were added.", apply: (one: object) => ({ ...one, draws: 1 }) },
  ];

  it("bring an old document to the newest shape, one version at a time", () => {
    expect(migrateScenario({ schema: 1, seed: 3 }, migrations, 3)).toEqual({
      ok: true,
      value: { document: { schema: 3, seed: 3, share: 0.1, draws: 1 }, notices: migrations.map(({ says }) => says) },
    });
  });

  it("refuse what is newer, or older than they reach", () => {
    const code = (schema: number) => {
      const read = migrateScenario({ schema }, migrations, 3);
      return read.ok ? null : read.error[0]!.code;
    };
    expect([4, 3, 0].map(code)).toEqual(["scenario-newer", null, "scenario-older"]);
  });
});

describe("base64url", () => {
  it("is Node's, and back", () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = encodeBase64Url(bytes);
        expect(text).toBe(Buffer.from(bytes).toString("base64url"));
        expect(decodeBase64Url(text)).toEqual(bytes);
      }),
    );
  });

  it.each(["a", "ab=", "a+", "AB", "AAB"])("refuses %s", (text) => expect(decodeBase64Url(text)).toBeNull());
});
