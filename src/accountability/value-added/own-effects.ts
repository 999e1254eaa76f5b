import {
  autocorrelation,
  type FixedColumn,
  type MixedModelFit,
  type RandomTerm,
} from "../../statistics/mixed-model/index.js";
import type { ValueAddedDesign } from "./design.js";
import { type OwnPart, partsBySchool, publishedParts } from "./school-years.js";
import type { MeasureSpecification } from "./specification.js";

/** A pupil's row among the own effects of one of the pupil's schools: the first `count` places and values. Overwritten by the next call. */
export interface OwnRow {
  readonly places: Int32Array;
  readonly values: Float64Array;
  readonly count: number;
}

/** A school's own effects (lasting, slopes, its years) given all others, as a small system of their own. */
export interface OwnEffects {
  /** How many effects a school has. */
  readonly size: Int32Array;
  /** Posterior covariance of a school's own effects given β and other schools' effects, size×size. */
  readonly covariance: readonly Float64Array[];
  /** The published figure as weights of the own effects. */
  readonly published: readonly Float64Array[];
  /** Σ z x′ over the school's pupils, each times its precision weight, size×p, row-major. */
  readonly fixedProducts: readonly Float64Array[];
  /** The row of a pupil at the school of a membership entry. */
  readonly rowOf: (pupil: number, entry: number) => OwnRow;
}

/** Places of the levels within schools among their school's own effects. */
function placesWithin(
  design: ValueAddedDesign,
  own: readonly (readonly OwnPart[])[],
  width: number,
): Map<number, Int32Array> {
  const places = new Map(design.within.map(({ term, school }) => [term, new Int32Array(school.length).fill(-1)]));
  for (const parts of own)
    parts.forEach(({ term, level }, k) => {
      places.get(term)![level] = width + k;
    });
  return places;
}

function rowMaker(design: ValueAddedDesign, placesOfLevels: Map<number, Int32Array>): OwnEffects["rowOf"] {
  const { share } = design.membership;
  const { coefficients } = design.model.random[0]!;
  const within = [...placesOfLevels].map(([term, at]) => ({ level: design.model.random[term]!.level, at }));
  const places = new Int32Array(coefficients.length + within.length);
  const row = { places, values: new Float64Array(places.length), count: 0 };
  return (i, e) => {
    const weight = share ? share[e]! : 1;
    row.count = 0;
    for (const { values } of coefficients) {
      places[row.count] = row.count;
      row.values[row.count++] = weight * (values ? values[i]! : 1);
    }
    for (const { level, at } of within) {
      if (level[e]! < 0) continue;
      places[row.count] = at[level[e]!]!;
      row.values[row.count++] = weight;
    }
    return row;
  };
}

/** Variances and covariances of a school's own effects before any pupil is seen, size×size. */
function priorCovariance(
  design: ValueAddedDesign,
  fit: MixedModelFit,
  parts: readonly OwnPart[],
  firstTimes: readonly number[],
): Float64Array {
  const { group, coefficients } = design.model.random[0]!;
  const names = coefficients.map(({ name }) => name);
  const size = names.length + parts.length;
  const out = new Float64Array(size * size);
  const variance = (of: string, ...terms: readonly string[]) =>
    fit.varianceComponents.find((one) => one.group === of && terms.includes(one.term))!.variance;
  names.forEach((a, i) => {
    names.forEach((b, j) => {
      out[i * size + j] = i === j ? variance(group, a) : variance(group, `${a}, ${b}`, `${b}, ${a}`);
    });
  });
  parts.forEach((a, k) => {
    parts.forEach((b, l) => {
      if (a.term !== b.term) return;
      const random = design.model.random[a.term]!;
      const rho = random.drift?.kind === "autoregressive" ? variance(random.group, autocorrelation) : 0;
      out[(names.length + k) * size + names.length + l] =
        variance(random.group, "(Intercept)") * timesVariance(random, a.level, b.level, rho, firstTimes[a.term]!);
    });
  });
  return out;
}

/** The covariance of two levels of one school before any pupil is seen, as a multiple of the term's variance. A random walk begins at zero at the first time. */
export function timesVariance({ drift }: RandomTerm, a: number, b: number, rho: number, firstTime: number): number {
  if (!drift) return a === b ? 1 : 0;
  const [first, second] = [drift.time[a]!, drift.time[b]!];
  if (drift.kind === "autoregressive") return rho ** Math.abs(first - second);
  return Math.min(first, second) - firstTime;
}

/** (I + G S/σ²)⁻¹ G by Gauss's elimination; G may be singular, as at a variance of zero. */
function posterior(prior: Float64Array, products: Float64Array, size: number, residual: number): Float64Array {
  const left = new Float64Array(size * size);
  const right = Float64Array.from(prior);
  for (let i = 0; i < size; i++)
    for (let j = 0; j < size; j++) {
      let sum = i === j ? 1 : 0;
      for (let k = 0; k < size; k++) sum += (prior[i * size + k]! * products[k * size + j]!) / residual;
      left[i * size + j] = sum;
    }
  for (let k = 0; k < size; k++) {
    let best = k;
    for (let i = k + 1; i < size; i++) if (Math.abs(left[i * size + k]!) > Math.abs(left[best * size + k]!)) best = i;
    for (let j = 0; j < size && best !== k; j++)
      for (const m of [left, right]) {
        const held = m[k * size + j]!;
        m[k * size + j] = m[best * size + j]!;
        m[best * size + j] = held;
      }
    const pivot = left[k * size + k]!;
    for (let i = 0; i < size; i++) {
      const times = left[i * size + k]! / pivot;
      if (i === k || times === 0) continue;
      for (let j = 0; j < size; j++) {
        left[i * size + j]! -= times * left[k * size + j]!;
        right[i * size + j]! -= times * right[k * size + j]!;
      }
    }
  }
  for (let i = 0; i < size; i++) for (let j = 0; j < size; j++) right[i * size + j]! /= left[i * size + i]!;
  return right;
}

/** Visits every pupil's entries of the membership in order. */
export function forEachEntry(
  { membership: { start, school }, model }: ValueAddedDesign,
  visit: (pupil: number, entry: number, school: number) => void,
): void {
  for (let i = 0; i < model.rows; i++)
    for (let e = start ? start[i]! : i, end = start ? start[i + 1]! : i + 1; e < end; e++)
      if (school[e]! >= 0) visit(i, e, school[e]!);
}

/**
 * Sets up every school's own effects at the fitted variances, in one pass over the pupils' memberships.
 * @param fixed the columns whose products with the effects are wanted
 */
export function ownEffects(
  specification: MeasureSpecification,
  design: ValueAddedDesign,
  fit: MixedModelFit,
  fixed: readonly FixedColumn[],
): OwnEffects {
  const own = partsBySchool(design);
  const width = design.model.random[0]!.coefficients.length;
  const rowOf = rowMaker(design, placesWithin(design, own, width));
  const size = Int32Array.from(own, (parts) => width + parts.length);
  const products = own.map((_, s) => new Float64Array(size[s]! ** 2));
  const p = fixed.length;
  const precision = design.model.weights;
  const fixedProducts = own.map((_, s) => new Float64Array(size[s]! * p));
  forEachEntry(design, (i, e, s) => {
    const { places, values, count } = rowOf(i, e);
    const [m, zx] = [products[s]!, fixedProducts[s]!];
    for (let a = 0; a < count; a++) {
      const value = values[a]! * (precision?.[i] ?? 1);
      for (let b = 0; b < count; b++) m[places[a]! * size[s]! + places[b]!]! += value * values[b]!;
      for (let c = 0, at = places[a]! * p; c < p; c++) zx[at + c]! += value * (fixed[c]!.values?.[i] ?? 1);
    }
  });
  const residual = fit.sigma ** 2;
  const firstTimes = design.model.random.map(({ drift }) =>
    drift ? drift.time.reduce((least, time) => Math.min(least, time)) : 0,
  );
  return {
    size,
    rowOf,
    fixedProducts,
    covariance: own.map((parts, s) =>
      posterior(priorCovariance(design, fit, parts, firstTimes), products[s]!, size[s]!, residual),
    ),
    published: own.map((parts, s) => {
      const weights = new Float64Array(size[s]!);
      for (const part of publishedParts(specification, design, s, parts)) {
        const at = parts.findIndex(({ term, level }) => term === part.term && level === part.level);
        weights[part.term === 0 ? part.coefficient : width + at]! += part.weight;
      }
      return weights;
    }),
  };
}
