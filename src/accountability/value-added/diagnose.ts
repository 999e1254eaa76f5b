import type { Table } from "../../kernel/index.js";
import type { ValueAddedDesign } from "./design.js";
import type { FittedParts } from "./fitted-parts.js";
import type { Diagnostics } from "./measure.js";
import { levelsOf } from "./pupils-used.js";
import type { MeasureSpecification } from "./specification.js";

/** Rows in ascending order of a value, cut into ten groups of (nearly) equal size. */
function tenths(values: Float64Array): Uint32Array[] {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b);
  return Array.from({ length: 10 }, (_, k) =>
    order.subarray(Math.floor((k * order.length) / 10), Math.floor(((k + 1) * order.length) / 10)),
  );
}

function meanOver(rows: Uint32Array, values: Float64Array): number {
  let sum = 0;
  for (const row of rows) sum += values[row]!;
  return sum / rows.length;
}

function errorOver(rows: Uint32Array, values: Float64Array): number {
  const mean = meanOver(rows, values);
  let squares = 0;
  for (const row of rows) squares += (values[row]! - mean) ** 2;
  return rows.length > 1 ? Math.sqrt(squares / (rows.length - 1) / rows.length) : 0;
}

/** Mean residual of each level of the categorical context covariates; levels of fewer than ten pupils are not shown. */
function byGroup(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  pupils: Table,
  residual: Float64Array,
): Diagnostics["residualsByGroup"] {
  return specification.context
    .filter(({ kind }) => kind === "category")
    .flatMap(({ column }) => {
      const { codes, levels } = levelsOf(pupils, column, design.used.rows);
      const rows: number[][] = levels.map(() => []);
      codes.forEach((code, i) => {
        if (code >= 0) rows[code]!.push(i);
      });
      return levels
        .map((level, code) => ({ level, members: Uint32Array.from(rows[code]!) }))
        .filter(({ members }) => members.length >= 10)
        .map(({ level, members }) => ({
          column,
          level,
          residual: meanOver(members, residual),
          standardError: errorOver(members, residual),
          pupils: members.length,
        }));
    });
}

/** Inverse of the standard normal distribution function; passed in so that this file needs no table of its own. */
export type NormalQuantile = (probability: number) => number;

/** The checks a critic asks for, over residuals given everything (fixed part, schools, groups). */
export function diagnose(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  pupils: Table,
  parts: FittedParts,
  sigma: number,
  normalQuantile: NormalQuantile,
): Diagnostics {
  const y = design.model.response.values;
  const n = y.length;
  const residual = new Float64Array(n);
  for (let i = 0; i < n; i++) residual[i] = y[i]! - parts.expected[i]! - parts.schools[i]! - parts.groups[i]!;
  const calibration = tenths(parts.expected)
    .filter((rows) => rows.length > 0)
    .map((rows, k) => ({
      tenth: k + 1,
      predicted: meanOver(rows, parts.expected),
      observed: meanOver(rows, y),
      pupils: rows.length,
    }));
  const firstPrior = specification.prior[0]?.column;
  const priorAt = design.model.fixed.findIndex(({ name }) => name === firstPrior);
  const prior = priorAt >= 0 ? design.model.fixed[priorAt]!.values! : parts.prior;
  const residualsByPrior = firstPrior
    ? tenths(prior)
        .filter((rows) => rows.length > 0)
        .map((rows, k) => ({
          tenth: k + 1,
          prior: meanOver(rows, prior),
          residual: meanOver(rows, residual),
          standardError: errorOver(rows, residual),
          pupils: rows.length,
        }))
    : [];
  const sorted = Float64Array.from(residual).sort();
  const points = Math.min(99, n);
  const residualQuantiles = Array.from({ length: points }, (_, k) => {
    const probability = (k + 0.5) / points;
    return {
      theoretical: normalQuantile(probability),
      observed: sorted[Math.min(n - 1, Math.floor(probability * n))]! / sigma,
    };
  });
  const residualHistogram = Array.from({ length: 32 }, (_, k) => ({
    from: -4 + k / 4,
    to: -4 + (k + 1) / 4,
    pupils: 0,
  }));
  for (let i = 0; i < n; i++)
    residualHistogram[Math.min(31, Math.max(0, Math.floor((residual[i]! / sigma + 4) * 4)))]!.pupils++;
  return {
    calibration,
    residualsByPrior,
    residualQuantiles,
    residualsByGroup: byGroup(specification, design, pupils, residual),
    residualHistogram,
  };
}
