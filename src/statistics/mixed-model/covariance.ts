import type { Family } from "./families.js";
import type { SummedTerm } from "./sums.js";

/**
 * The parameters θ: for every term the entries of its relative covariance factor Λ, a lower triangle, column by column as lme4 orders
 * them. Here they are those of the cleared coefficients (`basis`), so that all are of order one. A drifting term has its standard
 * deviation, relative to the residual's, and an autoregressive one a second parameter r with autocorrelation tanh r.
 */
export interface FactorLayout {
  readonly length: number;
  /** For every entry of θ: its term, row and column; row and column of an autocorrelation are −1. */
  readonly term: Int32Array;
  readonly row: Int32Array;
  readonly column: Int32Array;
  /** First entry of each term. */
  readonly first: Int32Array;
}

/** Lists the entries of θ for the terms. */
export function layoutFactors(terms: readonly SummedTerm[]): FactorLayout {
  const entries: [number, number, number][] = [];
  const first = terms.map(({ width, drift }, t) => {
    const from = entries.length;
    for (let j = 0; j < width; j++) for (let i = j; i < width; i++) entries.push([t, i, j]);
    if (drift === "autoregressive") entries.push([t, -1, -1]);
    return from;
  });
  return {
    length: entries.length,
    term: Int32Array.from(entries, (e) => e[0]),
    row: Int32Array.from(entries, (e) => e[1]),
    column: Int32Array.from(entries, (e) => e[2]),
    first: Int32Array.from(first),
  };
}

/** The factors as matrices, one a term, width×width, row-major; a drifting term's is its standard deviation. */
export function factorsOf(theta: Float64Array, layout: FactorLayout, terms: readonly SummedTerm[]): Float64Array[] {
  const factors = terms.map(({ width }) => new Float64Array(width * width));
  for (let e = 0; e < layout.length; e++) {
    const [t, row] = [layout.term[e]!, layout.row[e]!];
    if (row >= 0) factors[t]![row * terms[t]!.width + layout.column[e]!] = theta[e]!;
  }
  return factors;
}

/** The autocorrelation of a drifting term at θ. */
export function autocorrelationOf(theta: Float64Array, layout: FactorLayout, t: number): number {
  return Math.tanh(theta[layout.first[t]! + 1]!);
}

/**
 * A factor of the correlations of a unit's places over time, and its derivative by r. For the autoregressive series by its
 * innovations, L[i, j] = ρ^(tᵢ − tⱼ) √(1 − ρ^2(tⱼ − tⱼ₋₁)); for the random walk by its steps, L[i, j] = √(tⱼ − tⱼ₋₁), none before the first time.
 * n×n, row-major, lower triangles.
 */
export function driftFactor(
  kind: "autoregressive" | "random-walk",
  times: Int32Array,
  rho: number,
): { readonly factor: Float64Array; readonly byR: Float64Array } {
  const n = times.length;
  const factor = new Float64Array(n * n);
  const byR = new Float64Array(n * n);
  const slope = 1 - rho * rho; // dρ/dr
  for (let j = 0; j < n; j++) {
    const gap = j > 0 ? times[j]! - times[j - 1]! : 0;
    const innovation = j > 0 ? Math.sqrt(1 - rho ** (2 * gap)) : 1;
    const innovationBy = j > 0 ? (-gap * rho ** (2 * gap - 1)) / innovation : 0;
    for (let i = j; i < n; i++) {
      const distance = times[i]! - times[j]!;
      if (kind === "random-walk") factor[i * n + j] = Math.sqrt(gap);
      else {
        const decay = rho ** distance;
        factor[i * n + j] = decay * innovation;
        const decayBy = distance > 0 ? distance * rho ** (distance - 1) : 0;
        byR[i * n + j] = slope * (decayBy * innovation + decay * innovationBy);
      }
    }
  }
  return { factor, byR };
}

/** A term's part of its family's Λ, added to `into` (width×effects of the family): `entry(row, column)` of its factor, or of a derivative. */
function embed(
  term: SummedTerm,
  { width: wide, effects }: Family,
  factor: Float64Array,
  pattern: Float64Array | null,
  into: Float64Array,
): void {
  const { place, width } = term;
  if (place.kind === "fine") {
    const n = place.positions;
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++) {
        const shape = pattern ? pattern[i * n + j]! : i === j ? 1 : 0;
        into[i * effects + place.firstEffect + j]! += factor[0]! * shape;
      }
    return;
  }
  // Where a finer term is folded in, the intercept is on each of its places, and further coefficients follow them.
  const positions = wide - width + 1;
  for (let j = 0; j < width; j++) {
    for (let i = 0; i < positions; i++) into[i * effects + j]! += factor[j]!;
    for (let k = 1; k < width; k++) into[(positions + k - 1) * effects + j]! += factor[k * width + j]!;
  }
}

/** Every family's Λ at θ, width×effects, row-major, and the derivatives: for each entry of θ that of its own family's Λ. */
export interface FamilyFactors {
  readonly factors: readonly Float64Array[];
  readonly derivatives: readonly Float64Array[];
}

/** Puts the terms' factors together into their families'. */
export function familyFactors(
  theta: Float64Array,
  layout: FactorLayout,
  terms: readonly SummedTerm[],
  families: readonly Family[],
): FamilyFactors {
  const ofTerm = factorsOf(theta, layout, terms);
  const empty = (t: number) => {
    const { width, effects } = families[terms[t]!.place.family]!;
    return new Float64Array(width * effects);
  };
  const factors = families.map(({ width, effects }) => new Float64Array(width * effects));
  const shapes = terms.map(({ drift, place }, t) =>
    drift === null
      ? null
      : driftFactor(drift, place.times!, drift === "autoregressive" ? autocorrelationOf(theta, layout, t) : 0),
  );
  terms.forEach((term, t) => {
    embed(term, families[term.place.family]!, ofTerm[t]!, shapes[t]?.factor ?? null, factors[term.place.family]!);
  });
  const derivatives = Array.from({ length: layout.length }, (_, e) => {
    const t = layout.term[e]!;
    const term = terms[t]!;
    const family = families[term.place.family]!;
    const into = empty(t);
    if (layout.row[e]! < 0) embed(term, family, ofTerm[t]!, shapes[t]!.byR, into);
    else {
      const unit = new Float64Array(term.width * term.width);
      unit[layout.row[e]! * term.width + layout.column[e]!] = 1;
      embed(term, family, unit, shapes[t]?.factor ?? null, into);
    }
    return into;
  });
  return { factors, derivatives };
}

/** The identity: variances of the effects equal to the residual's, no covariance, a half of autocorrelation. */
export function identityFactors(layout: FactorLayout): Float64Array {
  return Float64Array.from({ length: layout.length }, (_, e) =>
    layout.row[e]! < 0 ? Math.atanh(0.5) : layout.row[e] === layout.column[e] ? 1 : 0,
  );
}

/** The same covariance with every diagonal entry ≥ 0: a column of Λ may change its sign without changing Λ Λᵀ. */
export function withPositiveDiagonal(theta: Float64Array, layout: FactorLayout): Float64Array {
  const out = Float64Array.from(theta);
  for (let e = 0; e < layout.length; e++) {
    if (layout.row[e] !== layout.column[e] || layout.row[e]! < 0 || out[e]! >= 0) continue;
    for (
      let d = e;
      d < layout.length && layout.term[d] === layout.term[e] && layout.column[d] === layout.column[e];
      d++
    )
      out[d]! *= -1;
  }
  return out;
}
