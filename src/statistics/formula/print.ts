import type { Argument, Expression, Formula } from "./syntax.js";

const plainName = /^(?:\p{L}|\.(?!\p{N}))[\p{L}\p{N}\p{M}._]*$/u;
const escaped = (value: string, mark: string) =>
  value.replace(/[\\\n\t`"]/g, (c) =>
    c === "\n" ? "\\n" : c === "\t" ? "\\t" : c === "\\" || c === mark ? `\\${c}` : c,
  );

const printName = (name: string) => (plainName.test(name) ? name : `\`${escaped(name, "`")}\``);

/** A number as R writes it, with an exponent where that is shorter. */
function printNumber(value: number): string {
  const [digits, power] = value.toExponential().split("e") as [string, string];
  const exponent = `${digits}e${power[0]}${power.slice(1).padStart(2, "0")}`;
  const fixed = /e/.test(String(value)) ? exponent : String(value);
  return fixed.length <= exponent.length ? fixed : exponent;
}

const tight = new Set([":", "^", "/"]);
const printArgument = ({ name, value }: Argument) =>
  name === null ? printExpression(value) : `${printName(name)} = ${printExpression(value)}`;

/** An expression as R would write it: the name of the column that it makes. */
export function printExpression(expression: Expression): string {
  switch (expression.kind) {
    case "number":
      return printNumber(expression.value);
    case "text":
      return `"${escaped(expression.value, '"')}"`;
    case "name":
      return printName(expression.name);
    case "parentheses":
      return `(${printExpression(expression.inside)})`;
    case "sign":
      return `${expression.operator}${printExpression(expression.operand)}`;
    case "call":
      return `${printName(expression.name)}(${expression.arguments.map(printArgument).join(", ")})`;
    case "operation": {
      const { operator, left, right } = expression;
      const between = tight.has(operator) ? operator : ` ${operator} `;
      return `${printExpression(left)}${between}${printExpression(right)}`;
    }
  }
}

/** The formula as R would write it; reading it again gives the same formula. */
export function printFormula({ response, right }: Pick<Formula, "response" | "right">): string {
  return `${printExpression(response)} ~ ${printExpression(right)}`;
}
