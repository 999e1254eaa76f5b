import { describe, expect, it } from "vitest";
import { civilDate } from "../kernel/index.js";
import { authoritiesNow, authoritiesOn, authorityExisted, censusDay } from "./authority-years.js";

describe("authorities by year", () => {
  // law: the Cumbria and Northamptonshire (Structural Changes) Orders
  it.each([
    ["909", "2023-03-31", true],
    ["909", "2023-04-01", false],
    ["942", "2023-03-31", false],
    ["942", "2023-04-01", true],
    ["928", "2021-03-31", true],
    ["940", "2021-03-31", false],
    ["941", "2021-04-01", true],
    ["201", "1990-01-01", true],
    ["999", "2023-04-01", false],
  ])("%s on %s existed: %s", (code, on, existed) => {
    expect(authorityExisted(code, civilDate(on))).toBe(existed);
  });

  // published: 152 authorities in the statistics up to 2022/23, 153 since; 151 after Northamptonshire's and before that of 2019
  it.each([
    ["2018-01-18", 152],
    ["2022-01-20", 152],
    ["2023-04-01", 153],
  ])("on %s there were %i", (on, count) => {
    expect(authoritiesOn(civilDate(on))).toHaveLength(count);
  });

  it("answer for what abolished ones had", () => {
    expect(authoritiesNow("909").map(({ name }) => name)).toEqual(["Cumberland", "Westmorland and Furness"]);
    expect(authoritiesNow("201").map(({ name }) => name)).toEqual(["City of London"]);
    expect(authoritiesNow("000")).toEqual([]);
  });

  // published: census days of the department's guides
  it.each([
    [2021, "2021-01-21"],
    [2022, "2022-01-20"],
    [2023, "2023-01-19"],
    [2026, "2026-01-15"],
  ])("the census of January %i was on %s", (year, day) => {
    expect(censusDay(year)).toBe(day);
  });
});
