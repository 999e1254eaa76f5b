import type { Table } from "../../kernel/index.js";
import type { ValueAddedDesign } from "./design.js";
import type { FittedParts } from "./fitted-parts.js";
import type { Diagnostics } from "./measure.js";
import { levelsOf } from "./pupils-used.js";
import type { MeasureSpecification } from "./specification.js";
import { meansBy, someRows, tenthsOf } from "./tenths.js";

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
      const by = meansBy(codes, levels.length, residual);
      return levels
        .map((level, code) => ({
          column,
          level,
          residual: by.means[0]![code]!,
          standardError: by.error[code]!,
          pupils: by.rows[code]!,
        }))
        .filter((line) => line.pupils >= 10);
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
  const byExpected = meansBy(tenthsOf(parts.expected), 10, parts.expected, y);
  const calibration = someRows(byExpected).map(({ k, count }, place) => ({
    tenth: place + 1,
    predicted: byExpected.means[0]![k]!,
    observed: byExpected.means[1]![k]!,
    pupils: count,
  }));
  const firstPrior = specification.prior[0]?.column;
  const priorAt = design.model.fixed.findIndex(({ name }) => name === firstPrior);
  const prior = priorAt >= 0 ? design.model.fixed[priorAt]!.values! : parts.prior;
  const byPrior = firstPrior ? meansBy(tenthsOf(prior), 10, prior, residual) : null;
  const residualsByPrior = byPrior
    ? someRows(byPrior).map(({ k, count }, place) => ({
        tenth: place + 1,
        prior: byPrior.means[0]![k]!,
        residual: byPrior.means[1]![k]!,
        standardError: byPrior.error[k]!,
        pupils: count,
      }))
    : [];
  const sorted = residual.slice().sort();
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
