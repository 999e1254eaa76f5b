import { describe, expect, it } from "vitest";
import { compileInputs } from "../inputs/index.js";
import { currentPath } from "./aliases.js";
import { faultsOfParameters } from "./check-parameters.js";
import { compileParameters, withOverrides } from "./compile.js";
import { simulationParameters } from "./declared/index.js";
import type { SimulationParameter } from "./simulation-parameter.js";
import { assumed, ranging, scaling, since } from "./sources.js";

const sound: SimulationParameter = {
  ...{
    path: "pay.rise",
    label: "Pay rise",
    unit: "% a year",
    bounds: { low: 0, high: 20 },
    forms: null,
    structural: false,
  },
  range: ranging(1, 2, 4, "for a test"),
  values: [since("2025-09-01", 2, assumed("for a test")), since("2027-09-01", 3, assumed("for a test"))],
};
const horizon = { first: 2025, years: 4 };

describe("compiled parameters", () => {
  it("hold the value of each year's first day", () => {
    const other = { ...sound, path: "pay.scale", values: [since("2025-04-06", 7, assumed("for a test"))] };
    const { names, values } = compileParameters([sound, other], horizon);
    expect(names).toEqual(["pay.rise", "pay.scale"]);
    expect([...values]).toEqual([2, 2, 3, 3, 7, 7, 7, 7]);
  });

  it("have no default before the first value", () => {
    expect(() => compileParameters([sound], { first: 2024, years: 2 })).toThrow(
      "pay.rise has no value on 2024-09-01; its first begins 2025-09-01",
    );
  });

  it("are overridden year by year, the later change last, the declared ones untouched", () => {
    const compiled = compileParameters([sound], horizon);
    const overrides = [
      { path: "pay.rise", from: 2026, to: null, value: 9 },
      { path: "pay.rise", from: 2020, to: 2026, value: 5 },
      { path: "pay.rise", from: 2027, to: 2028, value: 0 },
    ];
    expect([...withOverrides(compiled, overrides, 2025).values]).toEqual([5, 9, 0, 9]);
    expect([...compiled.values]).toEqual([2, 2, 3, 3]);
    expect(() => withOverrides(compiled, [{ path: "x", from: 2025, to: null, value: 1 }], 2025)).toThrow('"x"');
  });
});

describe("the check of declarations", () => {
  const faultsWith = (more: Partial<SimulationParameter>) => faultsOfParameters([{ ...sound, ...more }]);

  it("finds nothing wrong with a sound one", () => expect(faultsOfParameters([sound])).toEqual([]));

  it.each<[string, Partial<SimulationParameter>, string]>([
    ["no source", { values: [since("2025-09-01", 2, assumed(" "))] }, "an assumption without a reason"],
    ["no owner", { values: [since("2025-09-01", 2, { ...assumed("x"), owner: "" } as never)] }, "without an owner"],
    [
      "no address",
      {
        values: [
          since("2025-09-01", 2, {
            status: "published",
            title: "A table",
            href: "somewhere",
            page: null,
            published: "2025",
          }),
        ],
      },
      '"somewhere" is no address',
    ],
    [
      "no day of publication",
      {
        values: [
          since("2025-09-01", 2, {
            status: "law",
            title: "A law",
            href: "https://a.b",
            page: null,
            published: "lately",
          }),
        ],
      },
      '"lately" doesn\'t say when',
    ],
    ["no value", { values: [] }, "it has no value"],
    ["values out of order", { values: [...sound.values].reverse() }, "doesn't follow"],
    ["a value out of bounds", { bounds: { low: 0, high: 2 }, range: null }, "3 is outside of its bounds"],
    ["a range out of bounds", { bounds: { low: 1.5, high: 20 } }, "wider than its bounds"],
    ["a range out of order", { range: ranging(3, 2, 4, "x") }, "not in order"],
    ["a range without a reason", { range: ranging(1, 2, 4, "") }, "a range without a reason"],
    ["a factor not about 1", { range: { ...scaling(0.5, 2, "x"), mode: 1.2 } }, "about 1"],
    ["one form", { forms: [{ value: 2, label: "x" }] }, "two different forms"],
    ["a value that is no form", { forms: [0, 2].map((value) => ({ value, label: "x" })) }, "3 is none of its forms"],
    ["a bad path", { path: "Pay" }, "dotted words"],
    ["no unit", { unit: " " }, "no unit"],
    ["no label", { label: "" }, "no label"],
  ])("finds %s", (_, more, fault) => {
    expect(faultsWith(more).join("\n")).toContain(fault);
  });

  it("finds one that is declared twice", () => {
    expect(faultsOfParameters([sound, sound]).join()).toContain("declared twice");
  });
});

describe("an alias", () => {
  it("leads through every renaming to today's name, and ends in a circle too", () => {
    const aliases = new Map([
      ["a.a", "b.b"],
      ["b.b", "c.c"],
      ["d.d", "e.e"],
      ["e.e", "d.d"],
    ]);
    expect(currentPath("a.a", aliases)).toBe("c.c");
    expect(currentPath("c.c", aliases)).toBe("c.c");
    expect(typeof currentPath("d.d", aliases)).toBe("string");
  });
});

describe("the declared parameters", () => {
  it("have each a label, a unit, bounds, and a source or a reason for every value", () => {
    expect(faultsOfParameters(simulationParameters)).toEqual([]);
  });

  it("are the engine's inputs, with the engine's values in every year of a hindcast and of a run", () => {
    for (const [first, years] of [
      [2011, 14],
      [2025, 20],
    ] as const)
      expect(compileParameters(simulationParameters, { first, years })).toEqual(compileInputs(first, years));
  });
});
