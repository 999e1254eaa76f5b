import type { FixedColumn } from "../mixed-model/index.js";
import { columnsOfTerm } from "./columns.js";
import type { Evaluator, VariableValues } from "./evaluate.js";
import type { ReadTerms } from "./model.js";

/** A column of the model with the names of the data's columns of which it is made. */
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

/** A variable's columns in a term. */
function columnsOf(name: string, values: VariableValues, full: boolean): readonly FixedColumn[] {
  if (values.kind === "number")
    return values.columns.map(({ ending, values: column }) => ({ name: name + ending, values: column }));
  const { levels, codes } = values;
  return levels.slice(full ? 0 : 1).map((level, k) => ({
    name: name + level,
    values: Float64Array.from(codes, (code) => (code === (full ? k : k + 1) ? 1 : 0)),
  }));
}

const product = (a: FixedColumn, b: FixedColumn): FixedColumn => ({
  name: `${a.name}:${b.name}`,
  values: a.values!.map((value, i) => value * b.values![i]!),
});

/** The columns of some terms, with the names and the coding of R's `model.matrix`. */
export function modelMatrix(terms: ReadTerms, evaluator: Evaluator): MadeColumn[] {
  const values = terms.variables.map(({ expression }, v) => {
    const used = terms.terms.some((term) => has(term, v));
    return used ? evaluator.variable(terms.meanings[v]!, expression) : null;
  });
  const full = fullyCoded(
    terms,
    values.map((one) => one?.kind === "category"),
  );
  const out: MadeColumn[] = terms.intercept ? [{ name: "(Intercept)", values: null, from: [] }] : [];
  terms.terms.forEach((term, t) => {
    let columns: readonly FixedColumn[] | null = null;
    terms.variables.forEach(({ name }, v) => {
      if (!has(term, v)) return;
      const own = columnsOf(name, values[v]!, has(full[t]!, v));
      columns = columns === null ? own : own.flatMap((right) => columns!.map((left) => product(left, right)));
    });
    const from = columnsOfTerm(terms, term);
    for (const column of columns ?? []) out.push({ ...(column as FixedColumn), from });
  });
  return out;
}
