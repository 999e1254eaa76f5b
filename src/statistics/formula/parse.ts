import { FormulaError } from "./error.js";
import type { Argument, Expression, Formula, Operator } from "./syntax.js";
import { type Token, tokensOf } from "./tokens.js";

/** How tightly the operators bind, as in R; a sign binds between `:` and `^`. */
const strength: Readonly<Record<Operator, number>> = {
  "|": 1,
  "||": 1,
  "+": 2,
  "-": 2,
  "*": 3,
  "/": 3,
  "%in%": 4,
  ":": 5,
  "^": 7,
};
const signStrength = 6;

/** Deeper nesting than this is a mistake, and must not exhaust the stack. */
const mostDepth = 150;

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  formula(): Formula {
    if (this.#token.kind === "symbol" && this.#token.value === "~")
      throw new FormulaError(
        "response-invalid",
        this.#text,
        this.#token,
        "nothing stands before ~",
        "Write the outcome before it, as score ~ prior + (1 | school).",
      );
    const response = this.#expression(0);
    this.#expect("~", "`~` and what the outcome depends on, or an operator");
    const right = this.#expression(0);
    if (this.#token.kind !== "end") this.#unexpected("an operator (+ - * / : ^ %in% |) or the end");
    return { text: this.#text, response, right };
  }

  get #token(): Token {
    return this.#tokens[this.#next]!;
  }

  #isSymbol(value: string): boolean {
    return this.#token.kind === "symbol" && this.#token.value === value;
  }

  #unexpected(expected: string): never {
    const { kind, at, end } = this.#token;
    const found = kind === "end" ? "the formula ends here" : `"${this.#text.slice(at, end)}" can't stand here`;
    throw new FormulaError(
      "word-unexpected",
      this.#text,
      { at, end: Math.max(end, at + 1) },
      found,
      `Expected ${expected}.`,
    );
  }

  #expect(symbol: string, expected: string): Token {
    const token = this.#token;
    if (!this.#isSymbol(symbol)) this.#unexpected(expected);
    this.#next++;
    return token;
  }

  /** An expression of operators that bind at least so tightly. */
  #expression(least: number): Expression {
    if (++this.#depth > mostDepth)
      throw new FormulaError(
        "too-long",
        this.#text,
        this.#token,
        `the formula is nested more than ${mostDepth} deep`,
        "Use fewer parentheses.",
      );
    let left = this.#operand();
    for (;;) {
      const { kind, value } = this.#token;
      const binds = kind === "symbol" ? strength[value as Operator] : undefined;
      if (binds === undefined || binds < least) break;
      this.#next++;
      const right = this.#expression(value === "^" ? binds : binds + 1);
      left = { kind: "operation", operator: value as Operator, left, right, at: left.at, end: right.end };
    }
    this.#depth--;
    return left;
  }

  #operand(): Expression {
    const token = this.#token;
    const { at, end } = token;
    if (token.kind === "number") {
      this.#next++;
      return { kind: "number", value: Number(token.value), at, end };
    }
    if (token.kind === "text") {
      this.#next++;
      return { kind: "text", value: token.value, at, end };
    }
    if (token.kind === "name") {
      this.#next++;
      return this.#isSymbol("(") ? this.#call(token) : { kind: "name", name: token.value, at, end };
    }
    if (this.#isSymbol("+") || this.#isSymbol("-")) {
      this.#next++;
      const operand = this.#expression(signStrength);
      return { kind: "sign", operator: token.value as "+" | "-", operand, at, end: operand.end };
    }
    if (this.#isSymbol("(")) {
      this.#next++;
      const inside = this.#expression(0);
      const close = this.#expect(")", "`)` or an operator");
      return { kind: "parentheses", inside, at, end: close.end };
    }
    return this.#unexpected("the name of a column, a function, 0, 1 or `(`");
  }

  #call(name: Token): Expression {
    this.#next++;
    const list: Argument[] = [];
    while (!this.#isSymbol(")")) {
      if (list.length > 0) this.#expect(",", "`,`, `)` or an operator");
      const named = this.#token.kind === "name" && this.#tokens[this.#next + 1]?.value === "=";
      const isNamed = named && this.#tokens[this.#next + 1]!.kind === "symbol";
      const label = isNamed ? this.#token.value : null;
      if (isNamed) this.#next += 2;
      list.push({ name: label, value: this.#expression(0) });
    }
    const close = this.#token;
    this.#next++;
    return { kind: "call", name: name.value, arguments: list, at: name.at, end: close.end };
  }
}

/**
 * Reads the text of a formula: its grammar only, with R's operators and precedences.
 * @throws {FormulaError} where the text is no formula
 */
export function parseFormula(text: string): Formula {
  return new Parser(text).formula();
}
