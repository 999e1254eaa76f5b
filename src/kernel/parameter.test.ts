import { describe, expect, it } from "vitest";
import { addDays, civilDate } from "./civil-date.js";
import { type Parameter, valueOn } from "./parameter.js";

const rate: Parameter<number> = {
  id: "example.rate",
  label: "A rate that changed twice",
  unit: "pence a pupil",
  values: [
    { from: civilDate("2016-09-01"), value: 132_000, source: { kind: "published", citation: "an example" } },
    { from: civilDate("2020-04-01"), value: 134_500, source: { kind: "law", citation: "an example" } },
    { from: civilDate("2023-04-01"), value: 145_500, source: { kind: "assumption", why: "an example" } },
  ],
};

describe("dated parameter", () => {
  it.each([
    ["2016-09-01", 132_000],
    ["2020-03-31", 132_000],
    ["2020-04-01", 134_500],
    ["2023-03-31", 134_500],
    ["2040-01-01", 145_500],
  ])("on %s is %i", (day, value) => {
    expect(valueOn(rate, civilDate(day)).value).toBe(value);
  });

  it("comes with the source of the value that holds", () => {
    expect(valueOn(rate, civilDate("2021-01-01")).source).toEqual({ kind: "law", citation: "an example" });
  });

  it("has no default before its first value", () => {
    const dayBefore = addDays(civilDate("2016-09-01"), -1);
    expect(() => valueOn(rate, dayBefore)).toThrow(
      "example.rate has no value on 2016-08-31; its first begins 2016-09-01",
    );
  });

  it("without values says so", () => {
    expect(() => valueOn({ ...rate, values: [] }, civilDate("2020-01-01"))).toThrow("it has no value at all");
  });
});
