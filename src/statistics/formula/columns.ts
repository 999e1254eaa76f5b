import type { Stretch } from "./error.js";
import type { FormulaModel, ReadTerms } from "./model.js";
import { printExpression } from "./print.js";
import type { Expression } from "./syntax.js";
import { isOwnFunction, type VariableMeaning } from "./variables.js";

/** A column of the rows: numbers (`NaN` missing), or places in a list of levels (−1 missing). */
export type FormulaColumn =
  | { readonly kind: "number"; readonly values: Float64Array }
  | { readonly kind: "category"; readonly codes: Int32Array; readonly levels: readonly string[] };

/** Who belongs where: row i has the entries `start[i]` … `start[i + 1]` − 1; without `start` one entry a row, level −1 for none. */
export interface FormulaMembership {
  readonly levels: readonly string[];
  readonly start: Int32Array | null;
  readonly level: Int32Array;
  /** Null: all 1. */
  readonly weight: Float64Array | null;
}

/** The columns on which a formula is read; all are `rows` long. */
export interface FormulaFrame {
  readonly rows: number;
  readonly columns: ReadonlyMap<string, FormulaColumn>;
  /**
   * Memberships from a table with a row a membership, by the text of the group that they stand for, as `mm(school, share)`.
   * An mm() that is not here is made of the frame's own columns.
   */
  readonly memberships?: ReadonlyMap<string, FormulaMembership>;
  /** The caller's own functions of a column of numbers. */
  readonly functions?: ReadonlyMap<string, (values: Float64Array) => Float64Array>;
}

/** A column that a formula needs: once for each place where it is named. */
export interface ColumnUse extends Stretch {
  readonly name: string;
  /**
   * `number` is computed with, `levels` only tells levels apart, `either` is a number or a category as the column is,
   * `id` and `weight` stand in an mm().
   */
  readonly as: "number" | "levels" | "either" | "id" | "weight";
  readonly part: "response" | "fixed" | "effects" | "group";
  /** The text of the mm() that names an `id` or `weight`; else null. */
  readonly membership: string | null;
}

type Found = Stretch & Pick<ColumnUse, "name" | "as">;

/** Columns of an arithmetic expression. */
function numbersIn(expression: Expression): Found[] {
  switch (expression.kind) {
    case "name":
      return [{ name: expression.name, as: "number", at: expression.at, end: expression.end }];
    case "parentheses":
      return numbersIn(expression.inside);
    case "sign":
      return numbersIn(expression.operand);
    case "operation":
      return [...numbersIn(expression.left), ...numbersIn(expression.right)];
    case "call":
      return numbersIn(expression.arguments.find(({ name }) => name === null || name === "x")!.value);
    default:
      return [];
  }
}

function columnsIn(meaning: VariableMeaning): Found[] {
  if (meaning.kind === "plain" || meaning.kind === "category") {
    const { name, at, end } = meaning.column;
    return [{ name, as: meaning.kind === "plain" ? "either" : "levels", at, end }];
  }
  return numbersIn(meaning.of);
}

/** The caller's own functions in an arithmetic expression, as `school_mean(prior)`, and the columns outside of them. */
function sourcesIn(expression: Expression): string[] {
  switch (expression.kind) {
    case "name":
      return [expression.name];
    case "parentheses":
      return sourcesIn(expression.inside);
    case "sign":
      return sourcesIn(expression.operand);
    case "operation":
      return [...sourcesIn(expression.left), ...sourcesIn(expression.right)];
    case "call":
      if (isOwnFunction(expression.name)) return [printExpression(expression)];
      return sourcesIn(expression.arguments.find(({ name }) => name === null || name === "x")!.value);
    default:
      return [];
  }
}

/**
 * Of what a term is made: names of columns, and the text of the caller's own functions, as `school_mean(prior)`.
 * @param term one of `terms.terms`
 */
export function sourcesOfTerm({ meanings }: ReadTerms, term: bigint): string[] {
  return meanings.flatMap((meaning, i) => {
    if (((term >> BigInt(i)) & 1n) === 0n) return [];
    return meaning.kind === "plain" || meaning.kind === "category" ? [meaning.column.name] : sourcesIn(meaning.of);
  });
}

/** Every column that the formula names, in the order of the outcome, the fixed and the random parts. */
export function columnUses({ response, fixed, random }: FormulaModel): ColumnUse[] {
  const within = (part: ColumnUse["part"], found: readonly Found[]): ColumnUse[] =>
    found.map((one) => ({ ...one, part, membership: null }));
  const outcomes =
    response.kind === "value"
      ? numbersIn(response.of)
      : response.parts.map(({ name, at, end }): Found => ({ name, as: "number", at, end }));
  const uses = [...within("response", outcomes), ...within("fixed", fixed.meanings.flatMap(columnsIn))];
  for (const { effects, factors } of random) {
    uses.push(...within("effects", effects.meanings.flatMap(columnsIn)));
    for (const factor of factors)
      if (factor.kind === "column") uses.push(...within("group", [{ ...factor, as: "levels" }]));
      else
        for (const [as, list] of [["id", factor.ids] as const, ["weight", factor.weights] as const])
          uses.push(...list.map((one): ColumnUse => ({ ...one, as, part: "group", membership: factor.text })));
  }
  return uses.map(({ name, as, part, membership, at, end }) => ({ name, as, part, membership, at, end }));
}
