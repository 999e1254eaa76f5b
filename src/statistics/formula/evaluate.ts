import { knotsFor, naturalSplineBasis, type SplineKnots } from "../splines/index.js";
import type { FormulaColumn, FormulaFrame } from "./columns.js";
import { FormulaError, type Stretch } from "./error.js";
import { orthogonalPolynomial, rawPolynomial } from "./polynomial.js";
import { suggest } from "./suggest.js";
import type { Expression, ExpressionOf, Operator } from "./syntax.js";
import { elementwise, type VariableMeaning } from "./variables.js";

/** A variable's values: columns of numbers with what their names end in, or a category with its levels in order. */
export type VariableValues =
  | { readonly kind: "number"; readonly columns: readonly { readonly ending: string; readonly values: Float64Array }[] }
  | { readonly kind: "category"; readonly levels: readonly string[]; readonly codes: Int32Array };

/** A column as codes and levels; numbers become levels in the order of their values. */
export function levelsOfColumn(column: FormulaColumn): {
  readonly codes: Int32Array;
  readonly levels: readonly string[];
} {
  if (column.kind === "category") return column;
  const different = Float64Array.from(new Set(column.values.filter((value) => !Number.isNaN(value)))).sort();
  const place = new Map(Array.from(different, (value, code) => [value, code]));
  return {
    codes: Int32Array.from(column.values, (value) => place.get(value) ?? -1),
    levels: Array.from(different, String),
  };
}

/** How the levels of a category are ordered: by number where all are numbers, else as text, as R's `factor` puts them. */
export function levelOrder(levels: readonly string[]): (a: string, b: string) => number {
  const areNumbers = levels.every((level) => level.trim() !== "" && Number.isFinite(Number(level)));
  return (a, b) => (areNumbers ? Number(a) - Number(b) : 0) || (a < b ? -1 : 1);
}

/** The levels that occur, in order. */
function orderedLevels({ codes, levels }: { readonly codes: Int32Array; readonly levels: readonly string[] }) {
  const occurs = new Uint8Array(levels.length);
  for (const code of codes) if (code >= 0) occurs[code] = 1;
  const kept = levels.map((level, code) => ({ level, code })).filter(({ code }) => occurs[code] === 1);
  const compare = levelOrder(kept.map(({ level }) => level));
  return kept.sort((a, b) => compare(a.level, b.level));
}

/** x to a power; small whole powers by multiplication, as R has them, which is also many times faster. */
function raised(x: number, power: number): number {
  if (power === 2) return x * x;
  return power === 3 ? x * x * x : x ** power;
}

/** Both sides as arrays, a number being the same in every row. */
function operate(operator: Operator, a: Float64Array | number, b: Float64Array | number, rows: number): Float64Array {
  const left = typeof a === "number" ? new Float64Array(rows).fill(a) : a;
  const right = typeof b === "number" ? new Float64Array(rows).fill(b) : b;
  const out = new Float64Array(rows);
  // A loop for each operator: a function called for each row costs ten times the arithmetic.
  if (operator === "+") for (let i = 0; i < rows; i++) out[i] = left[i]! + right[i]!;
  else if (operator === "-") for (let i = 0; i < rows; i++) out[i] = left[i]! - right[i]!;
  else if (operator === "*") for (let i = 0; i < rows; i++) out[i] = left[i]! * right[i]!;
  else if (operator === "/") for (let i = 0; i < rows; i++) out[i] = left[i]! / right[i]!;
  else for (let i = 0; i < rows; i++) out[i] = raised(left[i]!, right[i]!);
  return out;
}

function meanOf(x: Float64Array): number {
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += x[i]!;
  return sum / x.length;
}

/** The first row that is no finite number, −1 where all are. */
function firstNotFinite(x: Float64Array): number {
  for (let i = 0; i < x.length; i++) if (!Number.isFinite(x[i]!)) return i;
  return -1;
}

/** Computes the variables of a formula on a frame. */
export class Evaluator {
  readonly #text: string;
  readonly #frame: FormulaFrame;

  constructor(text: string, frame: FormulaFrame) {
    this.#text = text;
    this.#frame = frame;
  }

  /** A fault of the formula on these columns. */
  error(
    code: FormulaError["code"],
    at: Stretch,
    reason: string,
    remedy: string,
    row: number | null = null,
  ): FormulaError {
    return new FormulaError(code, this.#text, at, reason, remedy, row);
  }

  /** The column of this name. */
  column(name: string, at: Stretch): FormulaColumn {
    const column = this.#frame.columns.get(name);
    if (!column)
      throw this.error(
        "column-unknown",
        at,
        `there is no column "${name}"`,
        suggest(name, [...this.#frame.columns.keys()], "columns"),
      );
    return column;
  }

  /** Levels and codes of a column in which no row is missing. */
  levels(name: string, at: Stretch): { readonly codes: Int32Array; readonly levels: readonly string[] } {
    const found = levelsOfColumn(this.column(name, at));
    const missing = found.codes.indexOf(-1);
    if (missing >= 0) throw this.#missing(name, at, missing);
    return found;
  }

  #missing(name: string, at: Stretch, row: number): FormulaError {
    return this.error(
      "value-missing",
      at,
      `"${name}" has no value in row ${row + 1}`,
      "Leave out rows without a value.",
      row,
    );
  }

  /** Values of arithmetic, finite in every row. */
  numbers(expression: Expression): Float64Array {
    const value = this.#compute(expression);
    const values = typeof value === "number" ? new Float64Array(this.#frame.rows).fill(value) : value;
    const bad = firstNotFinite(values);
    if (bad >= 0)
      throw this.error(
        "not-finite",
        expression,
        `this is ${values[bad]} in row ${bad + 1}`,
        "Leave the row out, or write something that is a number for every row.",
        bad,
      );
    return values;
  }

  #plainNumbers({ name, at, end }: ExpressionOf<"name">): Float64Array {
    const column = this.column(name, { at, end });
    if (column.kind !== "number")
      throw this.error(
        "column-kind",
        { at, end },
        `"${name}" is a category and can't be computed with`,
        `Use factor(${name}), or a column of numbers.`,
      );
    const missing = firstNotFinite(column.values);
    if (missing >= 0 && Number.isNaN(column.values[missing])) throw this.#missing(name, { at, end }, missing);
    return column.values;
  }

  #compute(expression: Expression): Float64Array | number {
    switch (expression.kind) {
      case "number":
        return expression.value;
      case "name":
        return this.#plainNumbers(expression);
      case "parentheses":
        return this.#compute(expression.inside);
      case "sign": {
        const value = this.#compute(expression.operand);
        if (expression.operator === "+") return value;
        return typeof value === "number" ? -value : value.map((one) => -one);
      }
      case "operation":
        return this.#operation(expression);
      case "call":
        return this.#call(expression);
      case "text":
        throw new TypeError("texts were refused when the formula was read");
    }
  }

  #operation({ operator, left, right }: ExpressionOf<"operation">): Float64Array | number {
    const [a, b] = [this.#compute(left), this.#compute(right)];
    if (typeof a === "number" && typeof b === "number") return operate(operator, a, b, 1)[0]!;
    return operate(operator, a, b, this.#frame.rows);
  }

  #call(call: ExpressionOf<"call">): Float64Array | number {
    const argument = call.arguments.find(({ name }) => name === null || name === "x")!.value;
    const own = this.#frame.functions?.get(call.name);
    if (own) return own(this.numbers(argument));
    if (call.name === "scale" || call.name === "center") return this.#scale(call, this.numbers(argument));
    const value = this.#compute(argument);
    const f = elementwise[call.name];
    if (!f) return value; // I()
    return typeof value === "number" ? f(value) : value.map(f);
  }

  /** R's `scale(x, center, scale)`: less the mean, over the standard deviation with n − 1. */
  #scale(call: ExpressionOf<"call">, x: Float64Array): Float64Array {
    const places = ["x", "center", "scale"];
    const unnamed = places.filter((place) => !call.arguments.some(({ name }) => name === place));
    const given = new Map(call.arguments.map(({ name, value }) => [name ?? unnamed.shift()!, value]));
    const is = (name: string) => {
      const value = given.get(name);
      return value === undefined || (value.kind === "name" && value.name === "TRUE");
    };
    const mean = is("center") ? meanOf(x) : 0;
    const centred = x.map((value) => value - mean);
    if (call.name === "center" || !is("scale")) return centred;
    const deviation = Math.sqrt(centred.reduce((sum, value) => sum + value * value, 0) / (x.length - 1));
    if (!(deviation > 0))
      throw this.error("too-few-values", call, "all values are the same and can't be scaled", "Take it out.");
    return centred.map((value) => value / deviation);
  }

  /** A variable's values by its meaning. */
  variable(meaning: VariableMeaning, at: Stretch): VariableValues {
    switch (meaning.kind) {
      case "plain": {
        const { column } = meaning;
        if (this.column(column.name, column).kind === "category") return this.#category(column, null);
        return { kind: "number", columns: [{ ending: "", values: this.numbers(column) }] };
      }
      case "number":
        return { kind: "number", columns: [{ ending: "", values: this.numbers(meaning.of) }] };
      case "category":
        return this.#category(meaning.column, meaning.reference);
      case "polynomial": {
        const x = this.numbers(meaning.of);
        if (!meaning.raw) this.#needDifferent(x, meaning.degree + 1, at);
        const columns = (meaning.raw ? rawPolynomial : orthogonalPolynomial)(x, meaning.degree);
        return numbered(columns);
      }
      case "spline":
        return numbered(naturalSplineBasis(...this.#splineOf(meaning, at)));
    }
  }

  #splineOf(meaning: Extract<VariableMeaning, { kind: "spline" }>, at: Stretch): [Float64Array, SplineKnots] {
    const x = this.numbers(meaning.of);
    this.#needDifferent(x, meaning.degreesOfFreedom + 1, at);
    const found = knotsFor(x, meaning.degreesOfFreedom);
    const [lower, upper] = meaning.boundary ?? [found.lower, found.upper];
    const inside = meaning.boundary && !meaning.knots ? x.filter((value) => value >= lower && value <= upper) : x;
    const interior = meaning.knots
      ? Float64Array.from(meaning.knots)
      : knotsFor(inside, meaning.degreesOfFreedom).interior;
    const knots = [lower, ...interior, upper];
    if (knots.some((knot, i) => i > 0 && !(knot > knots[i - 1]!)))
      throw this.error(
        "too-few-values",
        at,
        "knots fall together or outside the boundary, since many values are the same",
        "Use a smaller df, or write the knots, as ns(x, knots = c(-1, 0, 1)).",
      );
    return [x, { lower, upper, interior }];
  }

  #needDifferent(x: Float64Array, count: number, at: Stretch): void {
    const different = new Set<number>();
    for (const value of x) if (different.add(value).size >= count) return;
    throw this.error(
      "too-few-values",
      at,
      `the column has ${different.size} different values; this curve needs ${count}`,
      "Use a smaller degree.",
    );
  }

  #category(
    column: ExpressionOf<"name">,
    reference: { readonly level: string; readonly at: Expression } | null,
  ): VariableValues {
    const found = this.levels(column.name, column);
    const ordered = orderedLevels(found);
    if (reference) {
      const at = ordered.findIndex(({ level }) => level === reference.level);
      if (at < 0)
        throw this.error(
          "level-unknown",
          reference.at,
          `no row has the level "${reference.level}" of "${column.name}"`,
          suggest(
            reference.level,
            ordered.map(({ level }) => level),
            "levels",
          ),
        );
      ordered.unshift(...ordered.splice(at, 1));
    }
    const place = new Int32Array(found.levels.length).fill(-1);
    ordered.forEach(({ code }, k) => {
      place[code] = k;
    });
    return {
      kind: "category",
      levels: ordered.map(({ level }) => level),
      codes: found.codes.map((code) => place[code]!),
    };
  }
}

/** Columns of a curve; a single one keeps the curve's name, as in R. */
function numbered(columns: readonly Float64Array[]): VariableValues {
  const alone = columns.length === 1;
  return { kind: "number", columns: columns.map((values, k) => ({ ending: alone ? "" : String(k + 1), values })) };
}
