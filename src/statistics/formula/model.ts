import { FormulaError, type Stretch } from "./error.js";
import { parseFormula } from "./parse.js";
import { printExpression } from "./print.js";
import type { Expression, ExpressionOf, Formula } from "./syntax.js";
import { type ModelTerms, termsOf } from "./terms.js";
import { type VariableMeaning, VariableReader } from "./variables.js";

/** Terms with the meaning of each of their variables. */
export interface ReadTerms extends ModelTerms {
  readonly meanings: readonly VariableMeaning[];
}

/** A column named in a place of the formula. */
export interface NamedColumn extends Stretch {
  readonly name: string;
}

/** One factor of a group: a column, or the groups to which a row belongs with weights. */
export type GroupFactor = Stretch & { readonly text: string } & (
    | { readonly kind: "column"; readonly name: string }
    | {
        readonly kind: "membership";
        readonly ids: readonly NamedColumn[];
        readonly weights: readonly NamedColumn[];
        /** Whether each row's weights are divided by their sum, as brms does. */
        readonly scaled: boolean;
      }
  );

/** A random part `(effects | group)`; the group is the product of its factors. */
export interface RandomPart extends Stretch {
  /** As lme4 names it. */
  readonly group: string;
  readonly factors: readonly GroupFactor[];
  readonly effects: ReadTerms;
}

/** What stands before `~`. */
export type Response = Stretch &
  (
    | { readonly kind: "value"; readonly name: string; readonly of: Expression }
    | {
        readonly kind: "composite";
        readonly name: string;
        readonly parts: readonly (NamedColumn & { readonly weight: number })[];
      }
  );

/** A formula with everything that it says; what remains is whether the columns are there. */
export interface FormulaModel {
  readonly formula: Formula;
  readonly response: Response;
  readonly fixed: ReadTerms;
  readonly random: readonly RandomPart[];
}

const sumOf = (expression: Expression): Expression[] =>
  expression.kind === "operation" && expression.operator === "+"
    ? [...sumOf(expression.left), ...sumOf(expression.right)]
    : [expression];

const isBar = (expression: Expression): expression is ExpressionOf<"operation"> =>
  expression.kind === "operation" && (expression.operator === "|" || expression.operator === "||");

/** The expression without its random parts, which go into `bars`; null where nothing else is there. */
function withoutBars(expression: Expression, bars: ExpressionOf<"operation">[]): Expression | null {
  if (expression.kind === "parentheses") {
    if (isBar(expression.inside)) {
      bars.push({ ...expression.inside, at: expression.at, end: expression.end });
      return null;
    }
    const inside = withoutBars(expression.inside, bars);
    return inside && { ...expression, inside };
  }
  if (expression.kind !== "operation" || (expression.operator !== "+" && expression.operator !== "-"))
    return expression;
  const left = withoutBars(expression.left, bars);
  if (expression.operator === "-")
    return left ? { ...expression, left } : { ...expression, kind: "sign", operator: "-", operand: expression.right };
  const right = withoutBars(expression.right, bars);
  return left && right ? { ...expression, left, right } : (left ?? right);
}

class ModelReader {
  readonly #formula: Formula;
  readonly #variables: VariableReader;

  constructor(formula: Formula, own: readonly string[]) {
    this.#formula = formula;
    this.#variables = new VariableReader(formula.text, own);
  }

  read(): FormulaModel {
    const bars: ExpressionOf<"operation">[] = [];
    const fixed = withoutBars(this.#formula.right, bars);
    const response = this.#response(this.#formula.response);
    const model = {
      formula: this.#formula,
      response,
      fixed: this.#terms(fixed ? [fixed] : []),
      random: bars.flatMap((bar) => this.#randomParts(bar)),
    };
    const twice = model.fixed.variables.find(({ name }) => name === response.name);
    if (twice)
      throw this.#error("response-invalid", twice.expression, "the outcome can't explain itself", "Take it out.");
    return model;
  }

  #error(code: FormulaError["code"], at: Stretch, reason: string, remedy: string): FormulaError {
    return new FormulaError(code, this.#formula.text, at, reason, remedy);
  }

  #terms(expressions: readonly Expression[]): ReadTerms {
    const terms = termsOf(expressions, this.#formula.text);
    return { ...terms, meanings: terms.variables.map(({ expression }) => this.#variables.meaningOf(expression)) };
  }

  #response(expression: Expression): Response {
    const { at, end } = expression;
    const name = printExpression(expression);
    if (expression.kind === "call" && expression.name === "composite") {
      const inside = expression.arguments;
      if (inside.length !== 1 || inside[0]!.name !== null)
        throw this.#error(
          "response-invalid",
          expression,
          "composite() takes one sum",
          "As composite(2 * maths + reading).",
        );
      return { kind: "composite", name, parts: sumOf(inside[0]!.value).map((part) => this.#part(part)), at, end };
    }
    if (expression.kind === "number")
      throw this.#error("response-invalid", expression, "a number can't be the outcome", "Name a column.");
    this.#variables.checkArithmetic(expression);
    return { kind: "value", name, of: expression, at, end };
  }

  /** `maths` or `2 * maths`. */
  #part(expression: Expression): NamedColumn & { readonly weight: number } {
    const product = expression.kind === "operation" && expression.operator === "*" ? expression : null;
    const weight = product?.left.kind === "number" ? product.left.value : product ? Number.NaN : 1;
    const column = product ? product.right : expression;
    if (column.kind !== "name" || !(weight > 0))
      throw this.#error(
        "response-invalid",
        expression,
        "each part of composite() is a column or a weight above 0 times a column",
        "As composite(2 * maths + reading).",
      );
    return { name: column.name, weight, at: column.at, end: column.end };
  }

  #randomParts(bar: ExpressionOf<"operation">): RandomPart[] {
    const effects = bar.operator === "||" ? this.#apart(bar.left) : [this.#terms([bar.left])];
    for (const one of effects)
      if (!one.intercept && one.terms.length === 0)
        throw this.#error("random-part-invalid", bar, "nothing varies between the groups", "Write (1 | school).");
    return this.#groups(bar.right).flatMap((factors) =>
      effects.map((terms) => ({
        group: factors.map(({ text }) => text).join(":"),
        factors,
        effects: terms,
        at: bar.at,
        end: bar.end,
      })),
    );
  }

  /** lme4's `||`: the intercept and every term by themselves, uncorrelated; a category's own levels stay together. */
  #apart(expression: Expression): ReadTerms[] {
    const all = this.#terms([expression]);
    const one = (intercept: boolean, terms: readonly bigint[]): ReadTerms => ({ ...all, intercept, terms });
    return [...(all.intercept ? [one(true, [])] : []), ...all.terms.map((term) => one(false, [term]))];
  }

  /** The groups of `g`, `a:b` or `a/b` (which is a and b:a), each as its factors. */
  #groups(expression: Expression): GroupFactor[][] {
    if (expression.kind === "parentheses") return this.#groups(expression.inside);
    if (expression.kind === "operation" && expression.operator === "/") {
      const outer = this.#groups(expression.left);
      const inner = this.#groups(expression.right);
      return [...outer, ...inner.map((factors) => [...factors, ...outer.at(-1)!])];
    }
    if (expression.kind === "operation" && expression.operator === ":") {
      const [left, right] = [this.#groups(expression.left), this.#groups(expression.right)];
      if (left.length === 1 && right.length === 1) return [[...left[0]!, ...right[0]!]];
    }
    return [[this.#factor(expression)]];
  }

  #factor(expression: Expression): GroupFactor {
    const { at, end } = expression;
    const text = printExpression(expression);
    if (expression.kind === "name") return { kind: "column", name: expression.name, text, at, end };
    if (expression.kind === "call" && (expression.name === "factor" || expression.name === "as.factor")) {
      const [only, ...others] = expression.arguments;
      if (only?.value.kind === "name" && only.name === null && others.length === 0)
        return { kind: "column", name: only.value.name, text, at, end };
    }
    if (expression.kind === "call" && expression.name === "mm") return this.#membership(expression, text);
    throw this.#error(
      "random-part-invalid",
      expression,
      "this is no group",
      "Behind | stands a column, a:b, a/b, or mm(school, share) where a pupil belongs to several schools.",
    );
  }

  /** `mm(id, weight)` and `mm(id1 + id2, w1 + w2)`; brms writes `mm(id1, id2, weights = cbind(w1, w2))`. */
  #membership(call: ExpressionOf<"call">, text: string): GroupFactor {
    const stated = call.arguments.find(({ name }) => name === "weights");
    const lists = stated
      ? brmsLists(call, stated.value)
      : call.arguments.map(({ name, value }) => (name ? [] : sumOf(value)));
    const [ids, weights] = lists.map((list) =>
      list.flatMap((one) => (one.kind === "name" ? [{ name: one.name, at: one.at, end: one.end }] : [])),
    );
    const least = stated ? 2 : 1; // one group with a weight that is then divided by itself would say nothing
    const fits = lists.length === 2 && lists[0]!.length >= least && ids!.length === lists[0]!.length;
    if (!fits || weights!.length !== lists[1]!.length || ids!.length !== weights!.length)
      throw this.#error(
        "argument-invalid",
        call,
        "mm() takes the groups and as many weights",
        "As mm(school, share) for a table with a row a membership, or mm(school1 + school2, share1 + share2) for columns of the rows.",
      );
    const scale = call.arguments.find(({ name }) => name === "scale")?.value;
    const scaled = stated !== undefined && !(scale?.kind === "name" && scale.name === "FALSE");
    return { kind: "membership", text, ids: ids!, weights: weights!, scaled, at: call.at, end: call.end };
  }
}

/** The groups and the weights of brms's way to write a membership; none where another argument stands there. */
function brmsLists(call: ExpressionOf<"call">, weights: Expression): Expression[][] {
  const ids = call.arguments.filter(({ name }) => name === null).map(({ value }) => value);
  const known = call.arguments.every(({ name }) => name === null || name === "weights" || name === "scale");
  const bound = weights.kind === "call" && weights.name === "cbind" && weights.arguments.every(({ name }) => !name);
  if (!known) return [];
  return [ids, bound ? weights.arguments.map(({ value }) => value) : [weights]];
}

/**
 * Reads a formula and all that it means, as far as that can be told without the columns.
 * @param own names of the caller's functions of one column of numbers, which may stand wherever a number may
 * @throws {FormulaError} at the first thing that is wrong
 */
export function readFormula(formula: string | Formula, own: readonly string[] = []): FormulaModel {
  return new ModelReader(typeof formula === "string" ? parseFormula(formula) : formula, own).read();
}
