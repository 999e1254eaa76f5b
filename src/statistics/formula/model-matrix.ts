import type { FixedColumn } from "../mixed-model/index.js";
import { sourcesOfTerm } from "./columns.js";
import type { Evaluator, VariableValues } from "./evaluate.js";
import type { ReadTerms } from "./model.js";

/** A column of the model with the names of the data's columns, and the caller's own functions, of which it is made. */
export interface MadeColumn extends FixedColumn {
  /** Empty for the intercept. */
  readonly from: readonly string[];
}

const has = (term: bigint, variable: number) => ((term >> BigInt(variable)) & 1n) === 1n;

/**
 * Which variables of each term stand for all their levels, and not for their differences from the first: a bit for each.
 * R's rule (`TermCode` in model.c): differences where an earlier term holds all the other variables of the term; and where
 * there is no intercept, the first category of the first term that has one shows all its levels.
 */
function fullyCoded({ intercept, terms }: ReadTerms, isCategory: readonly boolean[]): bigint[] {
  const full = terms.map((term, t) => {
    let bits = 0n;
    isCategory.forEach((category, v) => {
      if (!category || !has(term, v)) return;
      const others = term & ~(1n << BigInt(v));
      const margin = others === 0n || terms.slice(0, t).some((earlier) => (others & ~earlier) === 0n);
      if (!margin) bits |= 1n << BigInt(v);
    });
    return bits;
  });
  if (intercept) return full;
  for (let t = 0; t < terms.length; t++) {
    const first = isCategory.findIndex((category, v) => category && has(terms[t]!, v));
    if (first < 0) continue;
    full[t]! |= 1n << BigInt(first);
    break;
  }
  return full;
}

/** What a variable is as far as columns are named and counted: columns of numbers by what their names end in, or levels in order. */
export type VariableShape =
  | { readonly kind: "number"; readonly endings: readonly string[] }
  | { readonly kind: "category"; readonly levels: readonly string[] };

/** A column of the model as a product: of the variables at these places, their columns or their levels' indicators at these. */
export interface ColumnShape {
  readonly name: string;
  /** The data's columns of which it is made, and the caller's own functions as `school_mean(prior)`; empty for the intercept. */
  readonly from: readonly string[];
  /** In order of the variables; empty for the intercept. */
  readonly factors: readonly { readonly variable: number; readonly at: number }[];
}

function shapesOf(name: string, variable: number, shape: VariableShape, full: boolean): Omit<ColumnShape, "from">[] {
  const endings = shape.kind === "number" ? shape.endings : shape.levels;
  const named = endings.map((ending, at) => ({ name: name + ending, factors: [{ variable, at }] }));
  return shape.kind === "category" && !full ? named.slice(1) : named;
}

/**
 * Which columns some terms have, with the names and the coding of R's `model.matrix`.
 * @param shapes of the variables, null for those in no term
 */
export function columnShapes(terms: ReadTerms, shapes: readonly (VariableShape | null)[]): ColumnShape[] {
  const full = fullyCoded(
    terms,
    shapes.map((one) => one?.kind === "category"),
  );
  const out: ColumnShape[] = terms.intercept ? [{ name: "(Intercept)", from: [], factors: [] }] : [];
  terms.terms.forEach((term, t) => {
    let columns: Omit<ColumnShape, "from">[] | null = null;
    terms.variables.forEach(({ name }, v) => {
      if (!has(term, v)) return;
      const own = shapesOf(name, v, shapes[v]!, has(full[t]!, v));
      const product = (right: (typeof own)[number]) =>
        columns!.map((left) => ({
          name: `${left.name}:${right.name}`,
          factors: [...left.factors, ...right.factors],
        }));
      columns = columns === null ? own : own.flatMap(product);
    });
    const from = sourcesOfTerm(terms, term);
    for (const column of columns ?? []) out.push({ ...(column as Omit<ColumnShape, "from">), from });
  });
  return out;
}

function shapeOf(values: VariableValues): VariableShape {
  if (values.kind === "category") return { kind: "category", levels: values.levels };
  return { kind: "number", endings: values.columns.map(({ ending }) => ending) };
}

/** A variable's column: its numbers, or 1 where it has the level and 0 elsewhere. */
function valuesOf(values: VariableValues, at: number): Float64Array {
  if (values.kind === "number") return values.columns[at]!.values;
  const { codes } = values;
  const out = new Float64Array(codes.length);
  for (let i = 0; i < codes.length; i++) out[i] = codes[i] === at ? 1 : 0;
  return out;
}

function product(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length);
  for (let i = 0; i < a.length; i++) out[i] = a[i]! * b[i]!;
  return out;
}

/** The columns of some terms, with the names and the coding of R's `model.matrix`. */
export function modelMatrix(terms: ReadTerms, evaluator: Evaluator): MadeColumn[] {
  const values = terms.variables.map(({ expression }, v) => {
    const used = terms.terms.some((term) => has(term, v));
    return used ? evaluator.variable(terms.meanings[v]!, expression) : null;
  });
  const shapes = columnShapes(
    terms,
    values.map((one) => one && shapeOf(one)),
  );
  return shapes.map(({ name, from, factors }) => {
    const [first, ...others] = factors.map(({ variable, at }) => valuesOf(values[variable]!, at));
    if (first === undefined) return { name, from, values: null };
    return { name, from, values: others.reduce(product, first) };
  });
}
