import type { Sums } from "../../statistics/mixed-model/index.js";
import type { SummedParts } from "./sums-contract.js";

/** TEMPORARY: replaced by the engine's own. */
export function assembleSums(parts: SummedParts): Sums {
  const p = parts.fixed.length;
  const w = p + 1;
  const basis = new Float64Array(p * p);
  const constant = parts.fixed.findIndex((c) => c.constant);
  let logDeterminant = 0;
  parts.fixed.forEach(({ centre, scale }, j) => {
    basis[j * p + j] = 1 / scale;
    if (j !== constant) basis[constant * p + j] = -centre / scale;
    logDeterminant -= Math.log(scale);
  });
  let node = 0;
  let scalar = 0;
  const terms = parts.terms.map(({ group, levels, coefficients }) => {
    const width = coefficients.length;
    const b = new Float64Array(width * width);
    for (let i = 0; i < width; i++) b[i * width + i] = 1;
    const placed = { group, levels, coefficients, width, firstNode: node, firstScalar: scalar, basis: b };
    node += levels.length;
    scalar += levels.length * width;
    return placed;
  });
  const zx = new Float64Array(scalar * w);
  terms.forEach((t, i) => {
    zx.set(parts.terms[i]!.levelSums, t.firstScalar * w);
  });
  const nodeOf = new Int32Array(scalar);
  const offset = new Int32Array(scalar);
  const width = new Int32Array(node);
  for (const t of terms)
    for (let l = 0; l < t.levels.length; l++) {
      width[t.firstNode + l] = t.width;
      for (let c = 0; c < t.width; c++) {
        nodeOf[t.firstScalar + l * t.width + c] = t.firstNode + l;
        offset[t.firstScalar + l * t.width + c] = c;
      }
    }
  const blocks = Array.from(
    { length: node },
    (_, a) => new Map<number, Float64Array>([[a, new Float64Array(width[a]! ** 2)]]),
  );
  const { row, column, value } = parts.pairs;
  for (let e = 0; e < row.length; e++) {
    const [a, b, i, j] = [nodeOf[row[e]!]!, nodeOf[column[e]!]!, offset[row[e]!]!, offset[column[e]!]!];
    const block = blocks[a]!.get(b) ?? new Float64Array(width[a]! * width[b]!);
    blocks[a]!.set(b, block);
    block[i * width[b]! + j] = value[e]!;
    if (a === b) block[j * width[b]! + i] = value[e]!;
  }
  const start = new Int32Array(node + 1);
  const columns: number[] = [];
  const valueStart: number[] = [];
  const values: number[] = [];
  blocks.forEach((map, a) => {
    for (const [b, block] of [...map].sort((x, y) => x[0] - y[0])) {
      columns.push(b);
      valueStart.push(values.length);
      for (const v of block) values.push(v);
    }
    start[a + 1] = columns.length;
  });
  return {
    rows: parts.rows,
    fixed: parts.fixed.map(({ name }) => name),
    standardisation: {
      basis,
      logDeterminant,
      centre: parts.response.centre,
      scale: parts.response.scale,
      columns: parts.fixed.map(({ centre, scale, constant: c }) => ({
        values: c ? null : new Float64Array(0),
        centre,
        factor: 1 / scale,
      })),
    },
    terms,
    gram: parts.gram,
    zx,
    pattern: { nodes: node, width, start, column: Int32Array.from(columns), valueStart: Int32Array.from(valueStart) },
    zz: Float64Array.from(values),
  };
}
