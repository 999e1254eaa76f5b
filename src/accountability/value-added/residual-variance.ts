import type { Progress, Table } from "../../kernel/index.js";
import type { MixedModelDesign, MixedModelFit, WeightedEffect } from "../../statistics/mixed-model/index.js";
import type { ValueAddedDesign } from "./design.js";
import { type FitOnSums, fitOnSums } from "./fit-on-sums.js";
import { fittedParts } from "./fitted-parts.js";
import type { ResidualVarianceRecord } from "./measure.js";
import { numbersOf } from "./pupils-used.js";
import type { MeasureSpecification } from "./specification.js";
import { tenthsOf } from "./tenths.js";

/** A fit whose residual variance depends on a covariate, and how it came about. */
export interface VaryingFit extends FitOnSums {
  readonly design: ValueAddedDesign;
  readonly record: ResidualVarianceRecord;
}

/** Rounds at most, and the relative change of the variances from which on they have settled. */
const mostRounds = 6;
const settledBelow = 1e-4;
/** Pupils of each tenth whose leverage is worked out: its mean over a tenth hardly varies, and each is a solution of the equations. */
const sampleOfTenth = 100;

/** The random effects in a row's expectation, with their coefficients. */
function effectsOfRow({ random }: MixedModelDesign, row: number): WeightedEffect[] {
  return random.flatMap(({ start, level, weight, coefficients }, term) => {
    const parts: WeightedEffect[] = [];
    for (let e = start ? start[row]! : row, end = start ? start[row + 1]! : row + 1; e < end; e++)
      if (level[e]! >= 0)
        coefficients.forEach(({ values }, coefficient) => {
          const own = (weight ? weight[e]! : 1) * (values ? values[row]! : 1);
          parts.push({ term, level: level[e]!, coefficient, weight: own });
        });
    return parts;
  });
}

/** Mean leverage of each tenth: the part of a pupil's own chance that the fit takes up, in the random effects and the coefficients. */
function leverages(
  model: MixedModelDesign,
  fit: MixedModelFit,
  tenth: Uint8Array,
  variance: Float64Array,
): Float64Array {
  const rows: number[][] = Array.from({ length: 10 }, () => []);
  tenth.forEach((k, row) => void rows[k]!.push(row));
  return Float64Array.from(rows, (own) => {
    const step = Math.max(1, Math.floor(own.length / sampleOfTenth));
    let sum = 0;
    let count = 0;
    for (let at = Math.floor(step / 2); at < own.length; at += step, count++)
      sum += fit.combine(effectsOfRow(model, own[at]!)).conditionalError ** 2 / variance[own[at]!]!;
    return Math.min(0.9, (count > 0 ? sum / count : 0) + model.fixed.length / model.rows);
  });
}

/** One variance a tenth: squared residuals over the degrees of freedom that the fit leaves them. */
function byTenths(squares: Float64Array, tenth: Uint8Array, leverage: Float64Array): Float64Array {
  const sum = new Float64Array(10);
  const freedom = new Float64Array(10);
  for (let i = 0; i < squares.length; i++) {
    sum[tenth[i]!]! += squares[i]!;
    freedom[tenth[i]!]! += 1 - leverage[tenth[i]!]!;
  }
  return Float64Array.from(tenth, (k) => sum[k]! / freedom[k]!);
}

/**
 * A variance σ² exp(2δ(x − mean)): Fisher's scoring of the gamma likelihood of squared residuals over their degrees of freedom, whose
 * equations are those of REML.
 */
function logLinear(
  squares: Float64Array,
  x: Float64Array,
  tenth: Uint8Array,
  leverage: Float64Array,
): { variance: Float64Array; exponent: number } {
  const n = x.length;
  let level = Math.log(squares.reduce((a, b) => a + b, 0) / n);
  let slope = 0;
  for (let round = 0; round < 50; round++) {
    const [score, information] = [new Float64Array(2), new Float64Array(3)];
    for (let i = 0; i < n; i++) {
      const free = 1 - leverage[tenth[i]!]!;
      const surplus = squares[i]! / Math.exp(level + slope * x[i]!) - free;
      score[0]! += surplus;
      score[1]! += surplus * x[i]!;
      information[0]! += free;
      information[1]! += free * x[i]!;
      information[2]! += free * x[i]! ** 2;
    }
    const determinant = information[0]! * information[2]! - information[1]! ** 2;
    const steps = [
      (information[2]! * score[0]! - information[1]! * score[1]!) / determinant,
      (information[0]! * score[1]! - information[1]! * score[0]!) / determinant,
    ] as const;
    level += steps[0];
    slope += steps[1];
    if (Math.abs(steps[0]) + Math.abs(steps[1]) < 1e-10) break;
  }
  return { variance: x.map((value) => Math.exp(level + slope * value)), exponent: slope / 2 };
}

function largestChange(before: Float64Array, after: Float64Array): number {
  let most = 0;
  for (let i = 0; i < after.length; i++) most = Math.max(most, Math.abs(after[i]! / before[i]! - 1));
  return most;
}

/** The smallest, middle and largest ratio of the schools' prediction errors with the variance function to those without. */
function errorRatio(before: MixedModelFit, after: MixedModelFit): ResidualVarianceRecord["errorRatio"] {
  const [old, own] = [before.randomEffects[0]!.predictionError, after.randomEffects[0]!.predictionError];
  const ratios = own.map((error, s) => error / old[s]!).sort();
  return { low: ratios[0]!, middle: ratios[ratios.length >> 1]!, high: ratios.at(-1)! };
}

/**
 * Fits the model with a residual variance that depends on a covariate: fit, variance function of the squared residuals over their
 * degrees of freedom, weights, and again until the variances stand still. Where they do, the equations of REML hold for them.
 *
 * @param one the fit with one variance
 * @returns null where the specification asks for one variance
 */
export function fitVaryingVariance(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  one: FitOnSums,
  pupils: Table,
  progress: Progress,
): VaryingFit | null {
  const { residual, method } = specification;
  if (!residual) return null;
  progress.stage("fitting the residual variance", mostRounds);
  const raw = numbersOf(pupils, residual.varies, design.used.rows);
  const known = raw.filter((value) => Number.isFinite(value));
  const mean = known.reduce((a, b) => a + b, 0) / known.length;
  const values = raw.map((value) => (Number.isFinite(value) ? value : mean));
  const centred = values.map((value) => value - mean);
  const tenth = tenthsOf(values);
  const first = one.fit;
  let [current, fitted, rounds, change, exponent] = [design, one, 0, Number.POSITIVE_INFINITY, 0];
  let variance: Float64Array = new Float64Array(values.length).fill(first.sigma ** 2);
  while (rounds < mostRounds && change >= settledBelow) {
    const { fit } = fitted;
    const parts = fittedParts(current, fit);
    const y = design.model.response.values;
    const squares = y.map((value, i) => (value - parts.expected[i]! - parts.schools[i]! - parts.groups[i]!) ** 2);
    const leverage = leverages(current.model, fit, tenth, variance);
    const next =
      residual.shape === "tenths"
        ? { variance: byTenths(squares, tenth, leverage), exponent: 0 }
        : logLinear(squares, centred, tenth, leverage);
    change = largestChange(variance, next.variance);
    variance = next.variance;
    exponent = next.exponent;
    const average = variance.reduce((a, b) => a + b, 0) / variance.length;
    const weights = variance.map((own) => average / own);
    current = { ...design, model: { ...design.model, weights } };
    fitted = fitOnSums(current.model, method);
    progress.done(1);
    rounds++;
  }
  return {
    ...fitted,
    design: current,
    record: {
      varies: residual.varies,
      shape: residual.shape,
      tenths: tenthRows(values, tenth, variance),
      exponent: residual.shape === "tenths" ? null : exponent,
      rounds,
      settled: change < settledBelow,
      parameters: residual.shape === "tenths" ? 9 : 1,
      criterionOfOne: first.criterion,
      criterion: fitted.fit.criterion,
      errorRatio: errorRatio(first, fitted.fit),
    },
  };
}

/** Mean covariate and mean variance of each tenth. */
function tenthRows(values: Float64Array, tenth: Uint8Array, variance: Float64Array): ResidualVarianceRecord["tenths"] {
  const [count, x, v] = [new Float64Array(10), new Float64Array(10), new Float64Array(10)];
  tenth.forEach((k, i) => {
    count[k]!++;
    x[k]! += values[i]!;
    v[k]! += variance[i]!;
  });
  return Array.from(count, (pupils, k) => ({ pupils, value: x[k]! / pupils, variance: v[k]! / pupils })).filter(
    ({ pupils }) => pupils > 0,
  );
}
