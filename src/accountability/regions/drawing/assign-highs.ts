import { createRequire } from "node:module";
import type { Highs, Model } from "highs";
import type { LinearAnswer, LinearModel, LinearRow, LinearSession, LinearSolver } from "./linear.js";

// Its types describe the CommonJS build, which an import in an ES module would not get.
const loadHighs: typeof import("highs")["default"] = createRequire(import.meta.url)("highs");

/** The rows as the solver wants them. */
function packed(rows: readonly LinearRow[], columns: number) {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((row, i) => {
    starts[i + 1] = starts[i]! + row.columns.length;
  });
  return {
    lower: Float64Array.from(rows, (row) => row.least),
    upper: Float64Array.from(rows, (row) => row.most),
    matrix: {
      format: "csr" as const,
      numRows: rows.length,
      numCols: columns,
      starts,
      indices: Int32Array.from(rows.flatMap((row) => row.columns)),
      values: Float64Array.from(rows.flatMap((row) => row.factors)),
    },
  };
}

const finite = (value: number) => (Number.isFinite(value) && Math.abs(value) < 1e29 ? value : null);

function answerOf(highs: Highs, model: Model, whole: boolean): LinearAnswer {
  const { optimal, infeasible, unboundedOrInfeasible } = highs.constants.modelStatus;
  const status = model.getModelStatus();
  if (status === infeasible || status === unboundedOrInfeasible)
    return { status: "infeasible", value: null, bound: null, point: null };
  const solved = status === optimal;
  // 2 is "a feasible point is known".
  const found = solved || Number(model.info.get("primal_solution_status")) === 2;
  const value = found ? model.getObjectiveValue() : null;
  return {
    status: solved ? "optimal" : "stopped",
    value,
    bound: whole ? finite(Number(model.info.get("mip_dual_bound"))) : solved ? value : null,
    point: found ? model.getSolution().colValue : null,
  };
}

function openSession(highs: Highs, { cost, least, most, rows }: LinearModel): LinearSession {
  const { lower, upper, matrix } = packed(rows, cost.length);
  const { constants } = highs;
  const model = highs.createModel({
    numCols: cost.length,
    numRows: rows.length,
    sense: constants.objectiveSense.minimize,
    ...{ colCost: cost, colLower: least, colUpper: most, rowLower: lower, rowUpper: upper, matrix },
  });
  model.options.set({ output_flag: false, random_seed: 1 });
  const allWhole = (columns: number, kind: 0 | 1) => {
    for (let column = 0; column < columns; column++) model.changeColIntegrality(column, kind);
  };
  return {
    addRows(more) {
      const { lower: from, upper: to, matrix: cells } = packed(more, cost.length);
      model.addRows({ lower: from, upper: to, matrix: cells });
    },
    setCost(next) {
      next.forEach((value, column) => void model.changeColCost(column, value));
    },
    setBounds: (column, from, to) => void model.changeColBounds(column, from, to),
    solve() {
      model.run();
      return answerOf(highs, model, false);
    },
    branch(columns, start, { nodes, seconds }) {
      allWhole(columns, constants.variableType.integer as 1);
      model.options.set({ mip_rel_gap: 1e-6, mip_max_nodes: nodes, time_limit: seconds });
      model.zeroAllClocks();
      if (start) model.setSolution({ colValue: start });
      model.run();
      const answer = answerOf(highs, model, true);
      allWhole(columns, constants.variableType.continuous as 0);
      return answer;
    },
    dispose: () => model.dispose(),
  };
}

/** The HiGHS solver, as WebAssembly in this thread: it blocks the thread while it works. */
export async function highsSolver(): Promise<LinearSolver> {
  const highs = await loadHighs();
  return { name: `HiGHS ${highs.version.string}`, open: (model) => openSession(highs, model) };
}
