import type { Stretch } from "./error.js";

/** Operators of a formula, loosest first: `|` and `||`, `+ -`, `* /`, `%in%`, `:`, `^`. */
export type Operator = "|" | "||" | "+" | "-" | "*" | "/" | "%in%" | ":" | "^";

/** One argument of a function; `name` where it is written `name = value`. */
export interface Argument {
  readonly name: string | null;
  readonly value: Expression;
}

/** A piece of a formula as it was written, parentheses kept, with its place in the text. */
export type Expression = Stretch &
  (
    | { readonly kind: "number"; readonly value: number }
    | { readonly kind: "text"; readonly value: string }
    | { readonly kind: "name"; readonly name: string }
    | { readonly kind: "parentheses"; readonly inside: Expression }
    | { readonly kind: "sign"; readonly operator: "+" | "-"; readonly operand: Expression }
    | { readonly kind: "operation"; readonly operator: Operator; readonly left: Expression; readonly right: Expression }
    | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Argument[] }
  );

/** An expression of one kind. */
export type ExpressionOf<K extends Expression["kind"]> = Extract<Expression, { kind: K }>;

/** A formula as it was written: `response ~ right`. */
export interface Formula {
  readonly text: string;
  readonly response: Expression;
  readonly right: Expression;
}
