import {
  type ColumnShape,
  columnShapes,
  type Expression,
  FormulaError,
  levelOrder,
  type ReadTerms,
  type VariableShape,
} from "../../statistics/formula/index.js";
import { double, literal } from "./dialect.js";

/** A column of the model as SQL over one pupil's columns; null is the constant. */
export interface SqlColumn {
  readonly name: string;
  readonly sql: string | null;
}

/** The pupil's columns under the names that the statements give them, and the levels of those that are categories. */
export interface Aliases {
  readonly number: (column: string) => string;
  readonly category: (column: string) => string;
  /** Levels of a category among the pupils used, in order; null for a column of numbers. */
  readonly levels: (column: string) => readonly string[] | null;
}

const functions: Readonly<Record<string, (x: string) => string>> = {
  I: (x) => x,
  log: (x) => `ln(${x})`,
  log2: (x) => `(ln(${x}) / ln(${double(2)}))`,
  log10: (x) => `(ln(${x}) / ln(${double(10)}))`,
  exp: (x) => `exp(${x})`,
  sqrt: (x) => `sqrt(${x})`,
  abs: (x) => `abs(${x})`,
};

/** Small whole powers are products, which every engine computes alike. */
function power(base: string, exponent: Expression, of: (expression: Expression) => string): string {
  const k = exponent.kind === "number" ? exponent.value : 0;
  if (!Number.isInteger(k) || k < 1 || k > 20) return `power(${base}, ${of(exponent)})`;
  return `(${Array.from({ length: k }, () => base).join(" * ")})`;
}

/** Arithmetic of a formula as SQL. */
export function arithmetic(expression: Expression, number: Aliases["number"]): string {
  const of = (inner: Expression) => arithmetic(inner, number);
  switch (expression.kind) {
    case "number":
      return double(expression.value);
    case "name":
      return number(expression.name);
    case "parentheses":
      return of(expression.inside);
    case "sign":
      return expression.operator === "-" ? `(- ${of(expression.operand)})` : of(expression.operand);
    case "operation":
      if (expression.operator === "^") return power(of(expression.left), expression.right, of);
      return `(${of(expression.left)} ${expression.operator} ${of(expression.right)})`;
    case "call":
      return functions[expression.name]!(of(expression.arguments[0]!.value));
    case "text":
      throw new TypeError("a text is no arithmetic");
  }
}

type Meaning = ReadTerms["meanings"][number];

/** Levels of a category with its reference first. @throws {FormulaError} where no pupil has the reference */
function levelsOf(meaning: Extract<Meaning, { kind: "category" }>, aliases: Aliases, text: string): readonly string[] {
  const { column, reference } = meaning;
  const levels = [...aliases.levels(column.name)!].sort(levelOrder(aliases.levels(column.name)!));
  if (!reference) return levels;
  const at = levels.indexOf(reference.level);
  if (at < 0)
    throw new FormulaError(
      "level-unknown",
      text,
      reference.at,
      `no pupil has the level "${reference.level}" of "${column.name}"`,
      `The levels are ${levels.slice(0, 30).join(", ")}.`,
    );
  return [levels[at]!, ...levels.filter((_, i) => i !== at)];
}

/** A variable's shape, and the SQL of its column or its level's indicator at a place. */
function variableOf(meaning: Meaning, aliases: Aliases, text: string) {
  const numbers = (endings: readonly string[], sql: (at: number) => string) => ({
    shape: { kind: "number", endings } as VariableShape,
    sql,
  });
  const category = (column: string, levels: readonly string[]) => ({
    shape: { kind: "category", levels } as VariableShape,
    sql: (at: number) =>
      `cast(case when ${aliases.category(column)} = ${literal(levels[at]!)} then 1 else 0 end as double precision)`,
  });
  switch (meaning.kind) {
    case "plain": {
      const { name } = meaning.column;
      const levels = aliases.levels(name);
      return levels ? category(name, [...levels].sort(levelOrder(levels))) : numbers([""], () => aliases.number(name));
    }
    case "category":
      return category(meaning.column.name, levelsOf(meaning, aliases, text));
    case "number":
      return numbers([""], () => arithmetic(meaning.of, aliases.number));
    case "polynomial": {
      const base = arithmetic(meaning.of, aliases.number);
      const places = Array.from({ length: meaning.degree }, (_, k) => k);
      return numbers(places.length === 1 ? [""] : places.map((k) => String(k + 1)), (at) =>
        Array.from({ length: at + 1 }, () => base).join(" * "),
      );
    }
    case "spline":
      throw new TypeError("splines are refused before");
  }
}

/** The columns of some terms of a formula, with the names and the coding that they have in this process. */
export function columnsOf(terms: ReadTerms, aliases: Aliases, text: string): SqlColumn[] {
  const variables = terms.meanings.map((meaning) => variableOf(meaning, aliases, text));
  const shapes = columnShapes(
    terms,
    variables.map(({ shape }) => shape),
  );
  return shapes.map(({ name, factors }: ColumnShape) => ({
    name,
    sql:
      factors.length === 0 ? null : factors.map(({ variable, at }) => `(${variables[variable]!.sql(at)})`).join(" * "),
  }));
}
