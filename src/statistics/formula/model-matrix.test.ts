import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { designOf, type FormulaColumn, type FormulaFrame, readFormula } from "./index.js";

// Evidence class: other program. Made by scripts/reference/formulas.R with R 4.2.2 (model.matrix, splines) and lme4 1.1-31.
const reference = JSON.parse(readFileSync(new URL("./formulas.reference.json", import.meta.url), "utf8")) as {
  readonly data: Readonly<Record<string, readonly (number | string)[]>>;
  readonly fixed: readonly {
    readonly right: string;
    readonly columns: readonly { readonly name: string; readonly values: readonly number[] }[];
  }[];
  readonly random: readonly {
    readonly random: string;
    readonly terms: readonly {
      readonly group: string;
      readonly coefficients: readonly string[];
      readonly levels: readonly string[];
    }[];
  }[];
};

function columnOf(values: readonly (number | string)[]): FormulaColumn {
  if (typeof values[0] === "number") return { kind: "number", values: Float64Array.from(values as number[]) };
  const levels = [...new Set(values as string[])];
  return { kind: "category", levels, codes: Int32Array.from(values, (value) => levels.indexOf(value as string)) };
}

const frame: FormulaFrame = {
  rows: reference.data.y!.length,
  columns: new Map(Object.entries(reference.data).map(([name, values]) => [name, columnOf(values)])),
};

describe("the columns of a formula", () => {
  it.each(reference.fixed)(
    "of $right are those of R's model.matrix, names and order included",
    ({ right, columns }) => {
      const { design } = designOf(readFormula(`y ~ ${right}`), frame);
      expect(design.fixed.map(({ name }) => name)).toEqual(columns.map(({ name }) => name));
      design.fixed.forEach(({ name, values }, j) => {
        const theirs = columns[j]!.values;
        const size = Math.max(1, ...theirs.map(Math.abs));
        // Curves are made by another algorithm than R's: 1e-12 of the column's size is some thousand rounding errors.
        for (let i = 0; i < frame.rows; i++)
          expect(Math.abs((values?.[i] ?? 1) - theirs[i]!) / size, `${name}, row ${i + 1}`).toBeLessThan(1e-12);
      });
    },
  );
});

describe("the random parts of a formula", () => {
  const inOrder = <T extends { group: string; coefficients: readonly string[] }>(terms: readonly T[]) =>
    [...terms].sort((a, b) => (`${a.group} ${a.coefficients.join()}` < `${b.group} ${b.coefficients.join()}` ? -1 : 1));

  it.each(reference.random)("$random are lme4's terms, with their coefficients and levels", ({ random, terms }) => {
    const { design } = designOf(readFormula(`y ~ x + ${random}`), frame);
    const ours = design.random.map(({ group, coefficients, levels }) => ({
      group,
      coefficients: coefficients.map(({ name }) => name),
      levels: [...levels].sort(),
    }));
    expect(inOrder(ours)).toEqual(inOrder(terms));
  });
});
