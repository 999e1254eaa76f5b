import { invertPositiveDefinite } from "../linear-algebra/dense.js";
import { FactorisedSystem } from "../linear-algebra/factorised-system.js";
import { SeriesSystem } from "../linear-algebra/series-system.js";
import type { PositiveDefiniteSystem } from "../linear-algebra/system.js";
import { addProductWithPattern, penalise, tracesFromDiagonal } from "./blocks.js";
import { type FactorLayout, factorsOf, identityFactors, layoutFactors, liftFromZero } from "./covariance.js";
import type { Sums } from "./sums.js";

export type Method = "REML" | "ML";

/** Up to this many random effects a factorisation costs less than a second whatever their coupling. */
const factorisedOutright = 1200;

/** The profiled criterion at one θ, its parts, and what the estimates are read from. */
export interface Evaluation {
  /** REML criterion or −2 log-likelihood, as lme4 defines them. */
  readonly criterion: number;
  readonly gradient: Float64Array;
  /** Gradients of the two parts: of the log-determinants, and of the penalised residual sum of squares r² (standardised). */
  readonly gradientOfDeterminants: Float64Array;
  readonly gradientOfSquares: Float64Array;
  /** r², standardised. */
  readonly squares: number;
  /** Λ, one matrix a term. */
  readonly factors: readonly Float64Array[];
  /** β̃ and (X̃ᵀV⁻¹X̃)⁻¹ with V relative to σ², p×p. */
  readonly coefficients: Float64Array;
  readonly inverseInformation: Float64Array;
  /** Λ M⁻¹Λᵀ Zᵀ[X̃ ỹ], q×(p+1), row-major: effects are its last column less the others times β̃. */
  readonly effects: Float64Array;
  /** Entries of M⁻¹ at the places of the pattern's values. */
  readonly inverseValues: Float64Array;
}

/** Stage 3: the profiled criterion with its exact gradient, as a function of θ. Source: Bates et al. 2015, J. Stat. Softw. 67(1), §3. */
export class Objective {
  readonly sums: Sums;
  readonly method: Method;
  readonly layout: FactorLayout;
  readonly system: PositiveDefiniteSystem;
  evaluations = 0;
  private readonly values: Float64Array;

  /** @param way how the random effects' equations are solved; left out, by what their coupling allows */
  constructor(sums: Sums, method: Method, way?: PositiveDefiniteSystem["method"]) {
    this.sums = sums;
    this.method = method;
    this.layout = layoutFactors(sums.terms);
    this.values = new Float64Array(sums.zz.length);
    this.system = this.chooseSystem(way);
  }

  /** A few levels are factorised outright; many by the series where they are weakly coupled, which it measures. */
  private chooseSystem(way: PositiveDefiniteSystem["method"] | undefined): PositiveDefiniteSystem {
    const { pattern, terms } = this.sums;
    const order = terms.reduce((sum, { levels, width }) => sum + levels.length * width, 0);
    if (way === "factorisation" || (way === undefined && order <= factorisedOutright))
      return new FactorisedSystem(pattern);
    // The coupling only grows with Λ, so the identity, far above any school's, is the hard case.
    penalise(this.sums, factorsOf(identityFactors(this.layout), this.layout, terms), this.values);
    const series = SeriesSystem.forPattern(pattern, this.values, this.sums.zz);
    if (way === "series" && !series) throw new RangeError("the levels are too strongly coupled for the series");
    return series ?? new FactorisedSystem(pattern);
  }

  /** Residual degrees of freedom of the criterion: n − p for REML, n for ML. */
  get degreesOfFreedom(): number {
    return this.sums.rows - (this.method === "REML" ? this.sums.fixed.length : 0);
  }

  /** @throws {NotPositiveDefiniteError} when X̃ᵀV⁻¹X̃ is not positive definite. */
  evaluate(theta: Float64Array): Evaluation {
    this.evaluations++;
    const { sums } = this;
    const p = sums.fixed.length;
    const w = p + 1;
    const factors = factorsOf(
      this.system.method === "series" ? liftFromZero(theta, this.layout) : theta,
      this.layout,
      sums.terms,
    );
    penalise(sums, factors, this.values);
    const logDetM = this.system.factorise(this.values);
    const spread = this.spread(factors, sums.zx, w); // W = Λᵀ Zᵀ[X̃ ỹ]
    const solved = this.system.solve(spread, w); // U = M⁻¹W
    const schur = Float64Array.from(sums.gram);
    subtractCrossProduct(schur, spread, solved, w);
    const inner = new Float64Array(p * p);
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) inner[i * p + j] = schur[i * w + j]!;
    const { inverse, logDeterminant } =
      p > 0 ? invertPositiveDefinite(inner, p) : { inverse: new Float64Array(0), logDeterminant: 0 };
    const coefficients = new Float64Array(p);
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) coefficients[i]! += inverse[i * p + j]! * schur[j * w + p]!;
    let squares = schur[p * w + p]!;
    for (let i = 0; i < p; i++) squares -= coefficients[i]! * schur[i * w + p]!;
    const effects = this.gatherEffects(factors, solved, w);
    const { values: inverseValues, complete } = this.system.inverse();
    const gradients = this.gradients(
      factors,
      solved,
      effects,
      { values: inverseValues, complete },
      inverse,
      coefficients,
    );
    const freedom = this.degreesOfFreedom;
    const { logDeterminant: logDetA, scale } = sums.standardisation;
    const logDetX = this.method === "REML" ? logDeterminant - 2 * logDetA : 0;
    const criterion = logDetM + logDetX + freedom * (1 + Math.log((2 * Math.PI * squares * scale * scale) / freedom));
    const gradient = gradients.determinants.map((g, e) => g + (freedom / squares) * gradients.squares[e]!);
    return {
      criterion,
      gradient,
      gradientOfDeterminants: gradients.determinants,
      gradientOfSquares: gradients.squares,
      squares,
      factors,
      coefficients,
      inverseInformation: inverse,
      effects,
      inverseValues,
    };
  }

  /** Λᵀ B, a row a random effect. */
  private spread(factors: readonly Float64Array[], b: Float64Array, w: number): Float64Array {
    return applyFactors(this.sums, factors, b, w, true);
  }

  private gatherEffects(factors: readonly Float64Array[], solved: Float64Array, w: number): Float64Array {
    return applyFactors(this.sums, factors, solved, w, false);
  }

  /**
   * With M = ΛᵀCΛ + I, U = M⁻¹ΛᵀB and E = B − CΛU: ∂ log|M| = 2 tr(∂Λᵀ C Λ M⁻¹), and the Schur complement moves by
   * −(Eᵀ∂ΛU + Uᵀ∂ΛᵀE), of which log|X̃ᵀV⁻¹X̃| takes the trace against its inverse and r² the quadratic form in (−β̃, 1).
   */
  private gradients(
    factors: readonly Float64Array[],
    solved: Float64Array,
    effects: Float64Array,
    blocks: { readonly values: Float64Array; readonly complete: boolean },
    inverse: Float64Array,
    coefficients: Float64Array,
  ): { determinants: Float64Array; squares: Float64Array } {
    const { sums, layout } = this;
    const p = sums.fixed.length;
    const w = p + 1;
    const left = Float64Array.from(sums.zx);
    const byPattern = addProductWithPattern(sums, factors, effects, blocks.values, left, w);
    const traces = blocks.complete ? byPattern : tracesFromDiagonal(sums, factors, blocks.values);
    const determinants = new Float64Array(layout.length);
    const squares = new Float64Array(layout.length);
    const weighted = new Float64Array(p);
    for (let e = 0; e < layout.length; e++) {
      const t = layout.term[e]!;
      const { width, firstScalar, levels } = sums.terms[t]!;
      const [row, column] = [layout.row[e]!, layout.column[e]!];
      let trace = traces[t]![row * width + column]!;
      let quadratic = 0;
      for (let level = 0; level < levels.length; level++) {
        const from = (firstScalar + level * width + row) * w;
        const to = (firstScalar + level * width + column) * w;
        let residual = left[from + p]!;
        let shrunk = solved[to + p]!;
        for (let c = 0; c < p; c++) {
          residual -= left[from + c]! * coefficients[c]!;
          shrunk -= solved[to + c]! * coefficients[c]!;
        }
        quadratic += residual * shrunk;
        if (this.method === "REML") {
          for (let c = 0; c < p; c++) {
            let sum = 0;
            for (let d = 0; d < p; d++) sum += inverse[c * p + d]! * left[from + d]!;
            weighted[c] = sum;
          }
          for (let c = 0; c < p; c++) trace -= weighted[c]! * solved[to + c]!;
        }
      }
      determinants[e] = 2 * trace;
      squares[e] = -2 * quadratic;
    }
    return { determinants, squares };
  }
}

/** Λ x (or Λᵀ x), level by level; `x` has `w` columns. */
function applyFactors(
  sums: Sums,
  factors: readonly Float64Array[],
  x: Float64Array,
  w: number,
  transposed: boolean,
): Float64Array {
  const out = new Float64Array(x.length);
  sums.terms.forEach(({ width, firstScalar, levels }, t) => {
    const factor = factors[t]!;
    for (let level = 0; level < levels.length; level++) {
      const base = firstScalar + level * width;
      for (let i = 0; i < width; i++)
        for (let j = 0; j < width; j++) {
          const value = transposed ? factor[j * width + i]! : factor[i * width + j]!;
          if (value === 0) continue;
          const [to, from] = [(base + i) * w, (base + j) * w];
          for (let c = 0; c < w; c++) out[to + c]! += value * x[from + c]!;
        }
    }
  });
  return out;
}

/** s −= aᵀb for two q×w matrices. */
function subtractCrossProduct(s: Float64Array, a: Float64Array, b: Float64Array, w: number): void {
  for (let at = 0; at < a.length; at += w)
    for (let i = 0; i < w; i++) {
      const value = a[at + i]!;
      if (value === 0) continue;
      const row = i * w;
      for (let j = 0; j < w; j++) s[row + j]! -= value * b[at + j]!;
    }
}
