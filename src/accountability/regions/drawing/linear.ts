/** A row of a linear model: a sum of columns between two limits. */
export interface LinearRow {
  readonly least: number;
  readonly most: number;
  readonly columns: readonly number[];
  readonly factors: readonly number[];
}

/** A linear model that is to be made small; columns are from `least` to `most`. */
export interface LinearModel {
  readonly cost: Float64Array;
  readonly least: Float64Array;
  readonly most: Float64Array;
  readonly rows: readonly LinearRow[];
}

/** What came of solving. */
export interface LinearAnswer {
  readonly status: "optimal" | "infeasible" | "stopped";
  /** Of the point found; null where there is none. */
  readonly value: number | null;
  /** No point of the model is worth less; null where the solver knows none. */
  readonly bound: number | null;
  readonly point: Float64Array | null;
}

/** Where a branching stops: both are counted, so that the same task gives the same answer, but for the seconds. */
export interface BranchLimits {
  readonly nodes: number;
  /** A guard: when it strikes, the answer depends on the machine. */
  readonly seconds: number;
}

/** A model under way in a solver; dispose of it. */
export interface LinearSession {
  addRows(rows: readonly LinearRow[]): void;
  setCost(cost: Float64Array): void;
  setBounds(column: number, least: number, most: number): void;
  solve(): LinearAnswer;
  /** Solves with the first `columns` columns whole numbers, from a point where one is known. */
  branch(columns: number, start: Float64Array | null, limits: BranchLimits): LinearAnswer;
  dispose(): void;
}

/** Whoever solves linear models. */
export interface LinearSolver {
  /** As "HiGHS 1.15.1". */
  readonly name: string;
  open(model: LinearModel): LinearSession;
}
