import {
  columnUses,
  type Expression,
  FormulaError,
  type FormulaModel,
  type ReadTerms,
} from "../../statistics/formula/index.js";

/** A table's name: its own alone, or schema and name. */
export type TableName = readonly string[];

/** Of what model the sums are wanted, in the names of somebody's own tables and columns. */
export interface SumsModel {
  readonly formula: FormulaModel;
  /** One row a pupil; `id` is the column that tells them apart, needed where pupils have several schools. */
  readonly pupils: { readonly table: TableName; readonly id: string | null };
  /** One row a pupil and school, whose columns the formula names as `mm(school, share)`; null where it names columns of the pupils. */
  readonly memberships: { readonly table: TableName; readonly id: string } | null;
}

/** Columns of the pupils' table by what they are needed for, each once, in order of first use. */
export interface ColumnsInUse {
  readonly numbers: readonly string[];
  /** Numbers or categories, as the column is. */
  readonly either: readonly string[];
  readonly categories: readonly string[];
  /** Columns of groups. */
  readonly keys: readonly string[];
}

/** Which columns of the pupils' table a model uses, those of memberships aside. */
export function columnsInUse({ formula }: SumsModel): ColumnsInUse {
  const uses = columnUses(formula).filter(({ membership }) => membership === null);
  const named = (wanted: (use: (typeof uses)[number]) => boolean) => [
    ...new Set(uses.filter(wanted).map(({ name }) => name)),
  ];
  return {
    numbers: named(({ as }) => as === "number"),
    either: named(({ as }) => as === "either"),
    categories: named(({ as, part }) => as === "levels" && part !== "group"),
    keys: named(({ as, part }) => as === "levels" && part === "group"),
  };
}

/** Columns of one school and its share; several such places where a pupil's row names several schools. */
export interface MembershipPlace {
  readonly school: string;
  readonly share: string;
}

/** The columns of the mm() of a model; empty where it has none. */
export function membershipPlaces({ formula }: SumsModel): readonly MembershipPlace[] {
  const found = formula.random.flatMap(({ factors }) => factors).find(({ kind }) => kind === "membership");
  if (found?.kind !== "membership") return [];
  return found.ids.map(({ name }, k) => ({ school: name, share: found.weights[k]!.name }));
}

function checkExpression(expression: Expression, text: string): void {
  if (expression.kind === "parentheses") checkExpression(expression.inside, text);
  else if (expression.kind === "sign") checkExpression(expression.operand, text);
  else if (expression.kind === "operation") {
    checkExpression(expression.left, text);
    checkExpression(expression.right, text);
  } else if (expression.kind === "call") {
    if (["scale", "center", "log1p"].includes(expression.name))
      throw new FormulaError(
        "function-unknown",
        text,
        expression,
        `${expression.name}() is not made in a database`,
        "Write it with the numbers, as I((prior - 100) / 15).",
      );
    for (const { value } of expression.arguments) checkExpression(value, text);
  }
}

function checkTerms({ meanings, variables }: ReadTerms, text: string): void {
  meanings.forEach((meaning, i) => {
    const at = variables[i]!.expression;
    if (meaning.kind === "spline" || (meaning.kind === "polynomial" && !meaning.raw))
      throw new FormulaError(
        "function-unknown",
        text,
        at,
        "this curve needs the pupils' order and is not made in a database",
        "Write powers, as poly(prior, 3, raw = TRUE): for poly() the model is the same.",
      );
    if (meaning.kind === "number" || meaning.kind === "polynomial") checkExpression(meaning.of, text);
  });
}

/**
 * Holds a model to what a database can add up.
 * @throws {FormulaError} at what it can't
 */
export function checkSummable({ formula, memberships }: SumsModel): void {
  const { text } = formula.formula;
  if (formula.response.kind === "composite")
    throw new FormulaError(
      "response-invalid",
      text,
      formula.response,
      "composite() is not made in a database",
      "Write the sum with its divisors, as I(maths / 15 + reading / 12).",
    );
  checkExpression(formula.response.of, text);
  for (const terms of [formula.fixed, ...formula.random.map(({ effects }) => effects)]) checkTerms(terms, text);
  const shared = formula.random.flatMap(({ factors }) => factors).filter(({ kind }) => kind === "membership");
  const other = shared.find((factor) => factor.text !== shared[0]!.text);
  if (other)
    throw new FormulaError(
      "random-part-invalid",
      text,
      other,
      "sums are made of one mm() only",
      "Use the same mm() in every group.",
    );
  const [first] = shared;
  if (first?.kind === "membership" && memberships && first.ids.length > 1)
    throw new FormulaError(
      "random-part-invalid",
      text,
      first,
      "a table of memberships has one column of schools",
      "Write mm(school, share), or leave the table out of the description.",
    );
}
