import { FormulaError } from "./error.js";
import { printExpression } from "./print.js";
import type { Expression, ExpressionOf } from "./syntax.js";

/**
 * Terms of one side of a formula, as R's `terms` makes them: each is a set of variables (bit i is variable i), in order of
 * the number of variables, then of appearance.
 */
export interface ModelTerms {
  /** What stands at a bit, in order of appearance; each is a name or a function's call. */
  readonly variables: readonly { readonly name: string; readonly expression: Expression }[];
  readonly intercept: boolean;
  readonly terms: readonly bigint[];
}

const mostTerms = 5000;

/** How many variables a term has. */
export function degreeOf(term: bigint): number {
  let count = 0;
  for (let rest = term; rest > 0n; rest >>= 1n) if (rest & 1n) count++;
  return count;
}

const union = (a: readonly bigint[], b: readonly bigint[]) => [...new Set([...a, ...b])];
const together = (terms: readonly bigint[]) => terms.reduce((all, term) => all | term, 0n);

class Expansion {
  readonly variables: { name: string; expression: Expression }[] = [];
  readonly #bits = new Map<string, bigint>();
  readonly #text: string;
  intercept = true;
  /** False within what is taken away. */
  #adding = true;

  constructor(text: string) {
    this.#text = text;
  }

  /** The terms of an expression; 0 and 1 only set the intercept. */
  expand(expression: Expression): readonly bigint[] {
    switch (expression.kind) {
      case "number":
        return this.#constant(expression);
      case "name":
      case "call":
        return [this.#variable(expression)];
      case "parentheses":
        return this.expand(expression.inside);
      case "sign":
        return expression.operator === "+" ? this.expand(expression.operand) : this.#less([], expression.operand);
      case "text":
        throw this.#invalid(expression, "a text can't be a term", "Write a column's name without quotation marks.");
      case "operation":
        return this.#operation(expression);
    }
  }

  #invalid(expression: Expression, reason: string, remedy: string): FormulaError {
    return new FormulaError("term-invalid", this.#text, expression, reason, remedy);
  }

  #constant(expression: ExpressionOf<"number">): readonly bigint[] {
    if (expression.value !== 0 && expression.value !== 1)
      throw this.#invalid(
        expression,
        "only the numbers 0 and 1 can be terms",
        "Put arithmetic into I(), as I(2 * prior).",
      );
    this.intercept = (expression.value === 1) === this.#adding;
    return [];
  }

  #variable(expression: Expression): bigint {
    const name = printExpression(expression);
    let bit = this.#bits.get(name);
    if (bit === undefined) {
      bit = 1n << BigInt(this.variables.length);
      this.#bits.set(name, bit);
      this.variables.push({ name, expression });
    }
    return bit;
  }

  #less(from: readonly bigint[], expression: Expression): readonly bigint[] {
    this.#adding = !this.#adding;
    const away = new Set(this.expand(expression));
    this.#adding = !this.#adding;
    return from.filter((term) => !away.has(term));
  }

  #operation(expression: ExpressionOf<"operation">): readonly bigint[] {
    const { operator, left, right } = expression;
    if (operator === "|" || operator === "||")
      throw new FormulaError(
        "random-part-invalid",
        this.#text,
        expression,
        `"${operator}" stands only in a random part`,
        "Put the random part into parentheses and add it with +, as + (1 | school).",
      );
    const first = this.expand(left);
    if (operator === "-") return this.#less(first, right);
    if (operator === "^") return this.#power(first, right);
    const second = this.expand(right);
    switch (operator) {
      case "+":
        return union(first, second);
      case ":":
        return this.#products(first, second, expression);
      case "*":
        return union(union(first, second), this.#products(first, second, expression));
      case "/":
        return union(
          first,
          second.map((term) => term | together(first)),
        );
      case "%in%":
        return union(
          first.map((term) => term | together(second)),
          [],
        );
    }
  }

  #products(left: readonly bigint[], right: readonly bigint[], at: Expression): readonly bigint[] {
    if (left.length * right.length > mostTerms)
      throw new FormulaError(
        "too-many-terms",
        this.#text,
        at,
        `this makes more than ${mostTerms} products`,
        "Name the interactions that are meant, as a:b.",
      );
    return union(
      left.flatMap((a) => right.map((b) => a | b)),
      [],
    );
  }

  #power(terms: readonly bigint[], right: Expression): readonly bigint[] {
    const power = right.kind === "number" ? right.value : Number.NaN;
    if (!Number.isInteger(power) || power < 1 || power > 20)
      throw new FormulaError(
        "power-invalid",
        this.#text,
        right,
        "the power of terms is a whole number from 1 to 20",
        "(a + b)^2 means a, b and a:b. Put a power of a column's values into I(), as I(prior^2).",
      );
    let result = terms;
    for (let k = 1; k < power; k++) result = this.#products(result, terms, right);
    return result;
  }
}

/**
 * Expands the operators of one side of a formula, as R's `terms.formula` does.
 * @param text the whole formula, for messages
 */
export function termsOf(expressions: readonly Expression[], text: string): ModelTerms {
  const expansion = new Expansion(text);
  let terms: readonly bigint[] = [];
  for (const expression of expressions) terms = union(terms, expansion.expand(expression));
  const byDegree = terms.map((term) => ({ term, degree: degreeOf(term) })).sort((a, b) => a.degree - b.degree);
  return { variables: expansion.variables, intercept: expansion.intercept, terms: byDegree.map(({ term }) => term) };
}
