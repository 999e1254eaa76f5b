import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { calibrate, conditionalRasch, itemStandardErrors, responsesFromMatrix } from "./index.js";

// begin
const items = ["A", "B", "C", "D"].map((name) => ({ name, maximum: 1 }));
const none = 255; // not administered
// biome-ignore format: a row a person
const rows = [
  [1, 1, 0, none], [1, 0, 0, none], [0, 1, 1, none], [1, 1, 1, none], [0, 0, 0, none], [1, 0, 1, none],
  [none, 1, 1, 0], [none, 0, 1, 0], [none, 1, 0, 1], [none, 0, 0, 0], [none, 1, 1, 1], [none, 1, 0, 0],
];
const responses = responsesFromMatrix(items, Uint8Array.from(rows.flat())); // finds the two booklets
if (!responses.ok) throw new Error(responses.error[0]?.message);
const rasch = calibrate(responses.value, { model: "rasch" });
if (!rasch.ok) throw new Error(rasch.error[0]?.message);
const { items: parameters, groups, logLikelihood, converged } = rasch.value;
const errors = itemStandardErrors(responses.value, rasch.value, { method: "sandwich" });
const check = conditionalRasch(responses.value);
// end

describe("the README's example", () => {
  it("stands in the README as it is run here", () => {
    const here = readFileSync("src/statistics/item-response/readme.test.ts", "utf8");
    const readme = readFileSync("src/statistics/item-response/README.md", "utf8");
    const lines = here
      .slice(here.indexOf("// begin\n") + 9, here.indexOf("// end\n"))
      .split("\n")
      .filter((line) => !line.startsWith("// biome-ignore"));
    expect(readme).toContain(lines.join("\n"));
  });

  it("gives what it says", () => {
    expect(converged).toBe(true);
    expect(logLikelihood).toBeLessThan(0);
    expect(groups.map(({ name, n }) => [name, n])).toEqual([["all", 12]]);
    expect(errors.ok && check.ok).toBe(true);
    if (check.ok) expect(check.value.items.names).toEqual(parameters.names);
  });
});
