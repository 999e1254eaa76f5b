import type { FixedColumn, MixedModelDesign, RandomTerm } from "../mixed-model/index.js";
import type { FormulaFrame } from "./columns.js";
import { Evaluator } from "./evaluate.js";
import { groupOf, type MadeGroup } from "./groups.js";
import type { FormulaModel, RandomPart, Response } from "./model.js";
import { modelMatrix } from "./model-matrix.js";

/** A formula on its columns: the design to fit, and what its parts were made of. */
export interface FormulaDesign {
  readonly design: MixedModelDesign;
  /** For each fixed column the data's columns in it, and the caller's own functions as `school_mean(prior)`; none for the intercept. */
  readonly from: readonly (readonly string[])[];
  readonly groups: readonly FormulaGroup[];
}

/** What a random term was made of. */
export interface FormulaGroup {
  readonly part: RandomPart;
  /** For each factor of the group, which of the factor's levels each level of the group has. */
  readonly factors: MadeGroup["factors"];
  /** As `FormulaDesign.from`, for each coefficient. */
  readonly from: readonly (readonly string[])[];
}

/** Each part standardised over the rows (over n), weighted, and divided by the sum of the weights. */
function composite(response: Extract<Response, { kind: "composite" }>, frame: FormulaFrame, evaluator: Evaluator) {
  const out = new Float64Array(frame.rows);
  const total = response.parts.reduce((sum, { weight }) => sum + weight, 0);
  for (const { name, weight, at, end } of response.parts) {
    const values = evaluator.numbers({ kind: "name", name, at, end });
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
    for (let i = 0; i < out.length; i++)
      out[i]! += (weight / total) * (deviation > 0 ? (values[i]! - mean) / deviation : 0);
  }
  return out;
}

function plain({ name, values }: FixedColumn): FixedColumn {
  return { name, values };
}

/**
 * Computes the columns and groups of a formula.
 * @param frame in which no row misses a value of the columns that the formula needs (`completeRows`)
 * @throws {FormulaError} where a column is not there or can't be what the formula makes of it
 */
export function designOf(model: FormulaModel, frame: FormulaFrame): FormulaDesign {
  const evaluator = new Evaluator(model.formula.text, frame);
  const { response } = model;
  const values = response.kind === "composite" ? composite(response, frame, evaluator) : evaluator.numbers(response.of);
  const fixed = modelMatrix(model.fixed, evaluator);
  const made = new Map<string, MadeGroup>();
  const random = model.random.map((part): FormulaGroup & { readonly term: RandomTerm } => {
    const group = made.get(part.group) ?? groupOf(part, frame, evaluator);
    made.set(part.group, group);
    const { levels, start, level, weight, factors } = group;
    const columns = modelMatrix(part.effects, evaluator);
    const coefficients = columns.map(plain);
    const term = { group: part.group, levels, start, level, weight, coefficients };
    return { term, part, factors, from: columns.map(({ from }) => from) };
  });
  return {
    design: {
      rows: frame.rows,
      response: { name: response.name, values },
      fixed: fixed.map(plain),
      random: random.map(({ term }) => term),
    },
    from: fixed.map(({ from }) => from),
    groups: random.map(({ part, factors, from }) => ({ part, factors, from })),
  };
}
