/** A column of the fixed part; `values: null` is the constant 1. */
export interface FixedColumn {
  readonly name: string;
  readonly values: Float64Array | null;
}

/** One coefficient that varies between the levels of a group; `values: null` is the intercept. */
export interface RandomCoefficient {
  readonly name: string;
  readonly values: Float64Array | null;
}

/**
 * A group whose levels have effects of their own, normal with mean zero and one covariance matrix for its coefficients.
 * A row belongs to one level (`start` null, `level[i]`, −1 for none), or to several with weights
 * (`start` of length rows + 1: the row's entries are `start[i]` … `start[i + 1]` − 1 of `level` and `weight`).
 */
export interface RandomTerm {
  readonly group: string;
  readonly levels: readonly string[];
  readonly start: Int32Array | null;
  readonly level: Int32Array;
  readonly weight: Float64Array | null;
  readonly coefficients: readonly RandomCoefficient[];
  /** Left out: the levels' effects are independent of each other. */
  readonly drift?: Drift;
}

/**
 * How the effects of one unit's levels hang together over time, as a school's from year to year. The term then has the intercept only.
 * `autoregressive`: a stationary series, correlation ρ^|distance in time|. `random-walk`: it begins at zero at the first time and takes an
 * independent step a unit of time; where it begins belongs to a term of the units themselves.
 */
export interface Drift {
  readonly kind: "autoregressive" | "random-walk";
  /** The unit of each level, and its time in whole units. */
  readonly unit: Int32Array;
  readonly time: Int32Array;
}

/** Stage 1: the design of a linear mixed model y = Xβ + Zb + e, as columns of equal length. */
export interface MixedModelDesign {
  readonly rows: number;
  readonly response: { readonly name: string; readonly values: Float64Array };
  readonly fixed: readonly FixedColumn[];
  readonly random: readonly RandomTerm[];
  /** Precision weights, above 0, as lme4's `weights`: the residual variance of row i is σ² ÷ weight. Left out or null: all 1. */
  readonly weights?: Float64Array | null;
}

/** Why a design can't be fitted. `names` are the columns or groups concerned, for the caller's own words. */
export interface DesignFault {
  readonly code:
    | "no-rows"
    | "too-few-rows"
    | "not-finite"
    | "constant-response"
    | "collinear-columns"
    | "one-level"
    | "as-many-levels-as-rows"
    | "no-random-term"
    | "weights-not-positive";
  readonly names: readonly string[];
  readonly message: string;
}

/** Thrown by the stages when the design has faults; every fault is listed. */
export class DesignError extends Error {
  readonly code = "design";
  readonly faults: readonly DesignFault[];

  constructor(faults: readonly DesignFault[]) {
    super(faults.map((fault) => fault.message).join("; "));
    this.faults = faults;
  }
}

function firstNotFinite(values: Float64Array): number {
  for (let i = 0; i < values.length; i++) if (!Number.isFinite(values[i]!)) return i;
  return -1;
}

function responseFaults(design: MixedModelDesign): DesignFault[] {
  const { values, name } = design.response;
  const bad = firstNotFinite(values);
  if (bad >= 0)
    return [{ code: "not-finite", names: [name], message: `${name} is not a finite number in row ${bad + 1}` }];
  if (values.every((value) => value === values[0]))
    return [
      {
        code: "constant-response",
        names: [name],
        message: `${name} is ${values[0]} in every row: there is nothing to explain`,
      },
    ];
  return [];
}

function termFaults(term: RandomTerm, rows: number): DesignFault[] {
  const used = new Uint8Array(term.levels.length);
  const alone = term.start === null && term.coefficients.length === 1 && term.coefficients[0]!.values === null;
  let count = 0;
  for (let e = 0; e < term.level.length; e++) {
    const level = term.level[e]!;
    if (level >= 0 && used[level] === 0) {
      used[level] = 1;
      count++;
    }
  }
  if (count < 2)
    return [
      {
        code: "one-level",
        names: [term.group],
        message: `${term.group} has ${count === 1 ? "one level" : "no level"} with rows: its variance can't be told`,
      },
    ];
  if (alone && count === rows)
    return [
      {
        code: "as-many-levels-as-rows",
        names: [term.group],
        message: `${term.group} has a level for every row: its variance can't be told from the residual's`,
      },
    ];
  return [];
}

/**
 * What stands against fitting the design, apart from collinear columns, which need the sums.
 * @returns an empty list when nothing does
 */
export function checkDesign(design: MixedModelDesign): DesignFault[] {
  if (design.rows === 0) return [{ code: "no-rows", names: [], message: "there are no rows to fit" }];
  if (design.random.length === 0)
    return [{ code: "no-random-term", names: [], message: "there is no group whose effects vary" }];
  const faults = responseFaults(design);
  for (const column of [...design.fixed, ...design.random.flatMap((term) => term.coefficients)]) {
    if (!column.values) continue;
    const bad = firstNotFinite(column.values);
    if (bad >= 0)
      faults.push({
        code: "not-finite",
        names: [column.name],
        message: `${column.name} is not a finite number in row ${bad + 1}`,
      });
  }
  if (design.rows <= design.fixed.length)
    faults.push({
      code: "too-few-rows",
      names: [],
      message: `${design.rows} rows can't carry ${design.fixed.length} coefficients`,
    });
  const light = design.weights ? design.weights.findIndex((weight) => !(weight > 0 && weight < Infinity)) : -1;
  if (light >= 0)
    faults.push({
      code: "weights-not-positive",
      names: [],
      message: `the weight of row ${light + 1} is ${design.weights![light]}, not a number above 0`,
    });
  for (const term of design.random) faults.push(...termFaults(term, design.rows));
  return faults;
}
