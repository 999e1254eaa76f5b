import type { Table } from "../../kernel/index.js";
import type { MixedModelFit } from "../../statistics/mixed-model/index.js";
import type { ValueAddedDesign } from "./design.js";
import type { FittedParts } from "./fitted-parts.js";
import { influenceBySize, largestChanges } from "./influence.js";
import type { Diagnostics, SchoolMeasure } from "./measure.js";
import { levelsOf } from "./pupils-used.js";
import { residualSpread } from "./residual-spread.js";
import type { MeasureSpecification } from "./specification.js";
import { type GroupMeans, meansBy, someRows, tenthsOf } from "./tenths.js";

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

/**
 * Standard errors of the mean difference of observed and predicted in each tenth. Pupils of a school have its effect in common, so the
 * differences are added up school by school first; a pupil of several schools is added to the one with the largest share.
 */
function errorsBySchool(
  design: ValueAddedDesign,
  tenth: Uint8Array,
  { rows, means }: GroupMeans,
  observed: Float64Array,
  predicted: Float64Array,
): Float64Array {
  const { schools, start, school, share } = design.membership;
  const sums = new Float64Array(10 * (schools.length + 1));
  for (let i = 0; i < tenth.length; i++) {
    const k = tenth[i]!;
    let most = start ? start[i]! : i;
    for (let e = most + 1, end = start ? start[i + 1]! : i + 1; e < end; e++) if (share![e]! > share![most]!) most = e;
    const s = start && start[i] === start[i + 1] ? schools.length : school[most]!;
    sums[10 * (s < 0 ? schools.length : s) + k]! += observed[i]! - predicted[i]! - (means[1]![k]! - means[0]![k]!);
  }
  const squares = new Float64Array(10);
  for (let at = 0; at < sums.length; at++) squares[at % 10]! += sums[at]! ** 2;
  return squares.map((sum, k) => Math.sqrt(sum) / rows[k]!);
}

/** Inverse of the standard normal distribution function; passed in so that this file needs no table of its own. */
export type NormalQuantile = (probability: number) => number;

/** The checks a critic asks for, over residuals given everything (fixed part, schools, groups). */
export function diagnose(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  pupils: Table,
  parts: FittedParts,
  fit: MixedModelFit,
  schools: readonly SchoolMeasure[],
  normalQuantile: NormalQuantile,
): Diagnostics {
  const { sigma } = fit;
  const y = design.model.response.values;
  const n = y.length;
  const residual = new Float64Array(n);
  for (let i = 0; i < n; i++) residual[i] = y[i]! - parts.expected[i]! - parts.schools[i]! - parts.groups[i]!;
  const tenthOfExpected = tenthsOf(parts.expected);
  const byExpected = meansBy(tenthOfExpected, 10, parts.expected, y);
  const calibrationErrors = errorsBySchool(design, tenthOfExpected, byExpected, y, parts.expected);
  const calibration = someRows(byExpected).map(({ k, count }, place) => ({
    tenth: place + 1,
    predicted: byExpected.means[0]![k]!,
    observed: byExpected.means[1]![k]!,
    standardError: calibrationErrors[k]!,
    pupils: count,
  }));
  const firstPrior = specification.prior[0]?.column;
  const priorAt = design.model.fixed.findIndex(({ name }) => name === firstPrior);
  const prior = priorAt >= 0 ? design.model.fixed[priorAt]!.values! : parts.prior;
  const tenthOfPrior = tenthsOf(prior);
  const byPrior = firstPrior ? meansBy(tenthOfPrior, 10, prior, residual) : null;
  const residualsByPrior = byPrior
    ? someRows(byPrior).map(({ k, count }, place) => ({
        tenth: place + 1,
        prior: byPrior.means[0]![k]!,
        residual: byPrior.means[1]![k]!,
        standardError: byPrior.error[k]!,
        pupils: count,
      }))
    : [];
  // Where pupils have precision weights the model takes their residuals for differently spread: alike again once multiplied by the root.
  const { weights } = design.model;
  const alike = weights ? residual.map((r, i) => r * Math.sqrt(weights[i]!)) : residual;
  const sorted = alike.slice().sort();
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
    residualHistogram[Math.min(31, Math.max(0, Math.floor((alike[i]! / sigma + 4) * 4)))]!.pupils++;
  return {
    calibration,
    residualsByPrior,
    residualQuantiles,
    residualsByGroup: byGroup(specification, design, pupils, residual),
    residualHistogram,
    residualSpread: firstPrior ? residualSpread(design, tenthOfPrior, prior, alike) : null,
    influence: influenceBySize(schools, largestChanges(specification, design, fit, residual)),
  };
}
