import { expect, it } from "vitest";
import type { Column } from "../../../kernel/index.js";
import { unitsIn } from "./sampled-units.js";

/** Pupils with a stratum and a unit each, as far as units are told by them. */
function units(strata: readonly string[], labels: readonly string[], stratum: string | null): number[] {
  const column = (name: string, values: readonly string[]): Column => {
    const levels = [...new Set(values)];
    return { kind: "category", name, levels, codes: Int32Array.from(values, (value) => levels.indexOf(value)) };
  };
  const columns = new Map([column("stratum", strata), column("psu", labels)].map((one) => [one.name, one]));
  const persons = { name: "pupils", rows: labels.length, columns, placeOf: String };
  return [...unitsIn(persons, { cluster: "psu", stratum, zone: null })!];
}

it("tells units that are numbered within their strata apart, as PSU 1 and 2 of each", () => {
  expect(new Set(units(["A", "A", "B", "B", "C", "C"], ["1", "2", "1", "2", "1", "2"], "stratum")).size).toBe(6);
  expect(new Set(units(["A", "A", "B", "B", "C", "C"], ["1", "2", "1", "2", "1", "2"], null)).size).toBe(2);
});

it("takes a school whose pupils stand in two strata for one where other labels are schools' own", () => {
  expect(new Set(units(["A", "A", "B", "B", "B"], ["S1", "S2", "S2", "S3", "S4"], "stratum")).size).toBe(4);
});
