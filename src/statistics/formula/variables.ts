import { FormulaError } from "./error.js";
import { suggest } from "./suggest.js";
import type { Argument, Expression, ExpressionOf } from "./syntax.js";

/** What a variable of a formula means: a column as it is, arithmetic, a curve with several columns, or a category. */
export type VariableMeaning =
  | { readonly kind: "plain"; readonly column: ExpressionOf<"name"> }
  | { readonly kind: "number"; readonly of: Expression }
  | { readonly kind: "polynomial"; readonly of: Expression; readonly degree: number; readonly raw: boolean }
  | {
      readonly kind: "spline";
      readonly of: Expression;
      readonly degreesOfFreedom: number;
      /** Interior knots and boundaries where they are written; null takes them from the values. */
      readonly knots: readonly number[] | null;
      readonly boundary: readonly [number, number] | null;
    }
  | {
      readonly kind: "category";
      readonly column: ExpressionOf<"name">;
      /** The level that the others are compared with; null is the first. */
      readonly reference: { readonly level: string; readonly at: Expression } | null;
    };

/** Functions of one number, applied to every value. */
export const elementwise: Readonly<Record<string, (x: number) => number>> = {
  log: Math.log,
  log2: Math.log2,
  log10: Math.log10,
  log1p: Math.log1p,
  exp: Math.exp,
  sqrt: Math.sqrt,
  abs: Math.abs,
};

/** Whether a function of one column is none of those that are known here. */
export const isOwnFunction = (name: string) =>
  !["I", "scale", "center"].includes(name) && !Object.hasOwn(elementwise, name);

const elsewhere: Readonly<Record<string, string>> = {
  mm: "mm() is a group: write it in a random part, as (1 | mm(school, share)).",
  composite: "composite() is an outcome: write it before ~.",
  offset: "Take the offset off the outcome, as I(score - expected) ~ …; the model is the same.",
};

/** Functions that can make a term, the caller's own among them. */
const termFunctions = ["I", "poly", "ns", "factor", "relevel", "scale", "center", ...Object.keys(elementwise)];

/** Reads what single variables mean; everything that can be wrong without columns is found here. */
export class VariableReader {
  readonly #text: string;
  readonly #own: readonly string[];

  /** @param own names of the caller's functions of one column of numbers */
  constructor(text: string, own: readonly string[]) {
    this.#text = text;
    this.#own = own;
  }

  /** What a term's variable means. */
  meaningOf(expression: Expression): VariableMeaning {
    if (expression.kind === "name") return { kind: "plain", column: expression };
    if (expression.kind !== "call") throw new TypeError("a variable is a name or a call");
    switch (expression.name) {
      case "poly":
        return this.#polynomial(expression);
      case "ns":
        return this.#spline(expression);
      case "factor":
      case "as.factor":
      case "relevel":
        return this.#category(expression);
      default:
        this.checkArithmetic(expression);
        return { kind: "number", of: expression };
    }
  }

  /** @throws {FormulaError} unless the expression is arithmetic on columns of numbers */
  checkArithmetic(expression: Expression): void {
    switch (expression.kind) {
      case "number":
      case "name":
        return;
      case "parentheses":
        this.checkArithmetic(expression.inside);
        return;
      case "sign":
        this.checkArithmetic(expression.operand);
        return;
      case "operation":
        if (!["+", "-", "*", "/", "^"].includes(expression.operator))
          throw this.#wrong(expression, `"${expression.operator}" is no arithmetic`, "Within a function: + - * / ^.");
        this.checkArithmetic(expression.left);
        this.checkArithmetic(expression.right);
        return;
      case "text":
        throw this.#wrong(
          expression,
          "a text can't be computed with",
          "Write a column's name without quotation marks.",
        );
      case "call":
        this.#checkCall(expression);
    }
  }

  #checkCall(call: ExpressionOf<"call">): void {
    const { name } = call;
    const scaling = name === "scale" || name === "center";
    if (name !== "I" && !scaling && !Object.hasOwn(elementwise, name) && !this.#own.includes(name)) {
      const remedy = elsewhere[name] ?? suggest(name, [...termFunctions, ...this.#own], "functions");
      const many = ["poly", "ns", "factor", "as.factor", "relevel"].includes(name);
      const reason = many
        ? `${name}() makes several columns and can't be computed with`
        : `there is no function ${name}() here`;
      throw new FormulaError(
        "function-unknown",
        this.#text,
        { at: call.at, end: call.at + name.length },
        reason,
        many ? "Make it a term of its own." : remedy,
      );
    }
    const [first, ...others] = this.#arguments(call, name === "scale" ? ["x", "center", "scale"] : ["x"], 1);
    for (const other of others) if (other) this.#truth(other);
    this.checkArithmetic(first!);
    if (this.#own.includes(name) && first!.kind !== "name")
      throw this.#wrong(first!, `${name}() takes a column's name`, `As ${name}(prior).`);
  }

  #wrong(at: Expression, reason: string, remedy: string): FormulaError {
    return new FormulaError("argument-invalid", this.#text, at, reason, remedy);
  }

  /** Arguments by name and place, in the order of `names`; the first `needed` have to be there. */
  #arguments(call: ExpressionOf<"call">, names: readonly string[], needed: number): (Expression | null)[] {
    const out: (Expression | null)[] = names.map(() => null);
    const form = `${call.name}(${names.map((name, i) => (i === 0 ? name : `${name} = …`)).join(", ")})`;
    const place = ({ name, value }: Argument): number => {
      if (name === null) return out.indexOf(null);
      const at = names.indexOf(name);
      if (at < 0) throw this.#wrong(value, `${call.name}() has no argument "${name}"`, `It is ${form}.`);
      return at;
    };
    const ordered = [
      ...call.arguments.filter(({ name }) => name !== null),
      ...call.arguments.filter(({ name }) => name === null),
    ];
    for (const argument of ordered) {
      const at = place(argument);
      if (at < 0 || out[at])
        throw this.#wrong(argument.value, `${call.name}() has too many arguments`, `It is ${form}.`);
      out[at] = argument.value;
    }
    for (let i = 0; i < needed; i++)
      if (!out[i]) throw this.#wrong(call, `${call.name}() needs "${names[i]}"`, `It is ${form}.`);
    return out;
  }

  #truth(expression: Expression): boolean {
    if (expression.kind === "name" && ["TRUE", "FALSE"].includes(expression.name)) return expression.name === "TRUE";
    throw this.#wrong(expression, "this has to be TRUE or FALSE", "Write TRUE or FALSE in capitals.");
  }

  #whole(expression: Expression, least: number, most: number): number {
    const value = expression.kind === "number" ? expression.value : Number.NaN;
    if (!Number.isInteger(value) || value < least || value > most)
      throw this.#wrong(expression, `this has to be a whole number from ${least} to ${most}`, "Write it in digits.");
    return value;
  }

  #polynomial(call: ExpressionOf<"call">): VariableMeaning {
    const [of, degree, raw] = this.#arguments(call, ["x", "degree", "raw"], 1);
    this.checkArithmetic(of!);
    return {
      kind: "polynomial",
      of: of!,
      degree: degree ? this.#whole(degree, 1, 20) : 1,
      raw: raw ? this.#truth(raw) : false,
    };
  }

  #numbers(expression: Expression): number[] {
    const list =
      expression.kind === "call" && expression.name === "c"
        ? expression.arguments.map(({ value }) => value)
        : [expression];
    return list.map((item) => {
      const minus = item.kind === "sign" && item.operator === "-" ? -1 : 1;
      const plain = item.kind === "sign" ? item.operand : item;
      if (plain.kind !== "number") throw this.#wrong(item, "a knot has to be a number", "As knots = c(-1, 0, 1).");
      return minus * plain.value;
    });
  }

  #spline(call: ExpressionOf<"call">): VariableMeaning {
    const [of, df, knots, boundary] = this.#arguments(call, ["x", "df", "knots", "Boundary.knots"], 1);
    this.checkArithmetic(of!);
    if (df && knots) throw this.#wrong(knots, "ns() has both df and knots", "Keep one of them.");
    const interior = knots ? this.#numbers(knots).sort((a, b) => a - b) : null;
    const ends = boundary ? this.#numbers(boundary).sort((a, b) => a - b) : null;
    if (ends && (ends.length !== 2 || ends[0] === ends[1]))
      throw this.#wrong(boundary!, "the boundary is two different numbers", "As Boundary.knots = c(-2, 2).");
    return {
      kind: "spline",
      of: of!,
      degreesOfFreedom: interior ? interior.length + 1 : df ? this.#whole(df, 1, 50) : 1,
      knots: interior,
      boundary: ends ? [ends[0]!, ends[1]!] : null,
    };
  }

  #category(call: ExpressionOf<"call">): VariableMeaning {
    const names = call.name === "as.factor" ? ["x"] : ["x", "ref"];
    const [of, reference] = this.#arguments(call, names, call.name === "relevel" ? 2 : 1);
    let inner = of!;
    if (call.name === "relevel" && inner.kind === "call" && ["factor", "as.factor"].includes(inner.name))
      inner = this.#arguments(inner, ["x"], 1)[0]!;
    if (inner.kind !== "name")
      throw this.#wrong(inner, `${call.name}() takes a column's name`, "As factor(ethnicity).");
    if (!reference) return { kind: "category", column: inner, reference: null };
    if (reference.kind !== "text" && reference.kind !== "number")
      throw this.#wrong(reference, "the reference level stands in quotation marks", 'As factor(sex, ref = "boy").');
    return { kind: "category", column: inner, reference: { level: String(reference.value), at: reference } };
  }
}
