import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import {
  type ExchangedFigures,
  exchanged,
  furthest,
  givenDesign,
  ownDesign,
  sampleOf,
} from "../../../test/survey-exchange.js";
import type { ReplicateMethod, SurveyDesign } from "./index.js";

type Centre = SurveyDesign["centre"];

// Evidence class: other program. survey 4.1-1 with these replicates and with its own; scripts/reference/survey-exchange.mjs made the file, to 15 digits.
const reference = JSON.parse(readFileSync(new URL("./survey-exchange.reference.json", import.meta.url), "utf8")) as {
  columns: number[][];
  /** By method: what each squared deviation counts, then the factors of each cluster. */
  theirs: Record<string, number[][]>;
  figures: { values: ExchangedFigures } & Record<
    string,
    Record<"ours" | "theirs", Record<Centre, ExchangedFigures>> & ExchangedFigures
  >;
};

describe("sixty-four persons whose replicate weights went to another program, and came from it", () => {
  const sample = sampleOf(reference.columns, null);
  const { values, ...byMethod } = reference.figures;
  const methods = ["JK1", "JKn", "JK2", "BRR", "Fay", "bootstrap"] as const satisfies readonly ReplicateMethod[];
  const theirsOf = (method: ReplicateMethod) => {
    const [scales, ...factors] = reference.theirs[method]!;
    return givenDesign(
      sample,
      method,
      scales!,
      sample.clusters.map((cluster) => factors[cluster]!),
    );
  };

  it.each(methods)("have by %s the errors of survey's arithmetic, about either centre", (method) => {
    for (const [whose, design] of [
      ["ours", ownDesign(sample, method)],
      ["theirs", theirsOf(method)],
    ] as const)
      for (const centre of ["full", "replicates"] as const) {
        const found = exchanged(sample, { ...design, centre });
        expect(Object.values(found.errors).flat().length).toBe(14);
        expect(furthest(found.values, values), `${whose}, values`).toBeLessThan(1e-12);
        expect(furthest(found.errors, byMethod[method]![whose][centre]), `${whose}, ${centre}`).toBeLessThan(1e-10);
      }
  });

  it("have the same error of a total by any balanced half samples, and of a mean not", () => {
    for (const method of ["BRR", "Fay"] as const) {
      const [own, other] = [ownDesign(sample, method), theirsOf(method)].map(
        (design) => exchanged(sample, design).errors,
      );
      expect(own!.total![0]! / other!.total![0]!).toBeCloseTo(1, 12);
      expect(Math.abs(own!.mean![0]! / other!.mean![0]! - 1)).toBeGreaterThan(0.005);
    }
  });
});
