import { invertPositiveDefinite } from "../linear-algebra/dense.js";
import { alone, type Crew } from "../parallel/crew.js";
import { BorderedEffects } from "./bordered-effects.js";
import { type FactorLayout, factorsOf, familyFactors, identityFactors, layoutFactors } from "./covariance.js";
import type { EffectsSystem } from "./effects-system.js";
import { FactorisedEffects } from "./factorised-effects.js";
import { times } from "./factors.js";
import { SeriesEffects } from "./series-effects.js";
import type { Sums } from "./sums.js";

export type Method = "REML" | "ML";

/** Up to this many random effects a factorisation costs little whatever their coupling. */
const factorisedOutright = 500;

/** The profiled criterion at one θ, its parts, and what the estimates are read from. */
export interface Evaluation {
  readonly theta: Float64Array;
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
  /** M⁻¹Λᵀ Zᵀ[X̃ ỹ], effects×(p+1), row-major: the standard effects ε are its last column less the others times β̃. */
  readonly solved: Float64Array;
  /** M⁻¹ within units. */
  readonly inverseBlocks: Float64Array;
}

/** Stage 3: the profiled criterion with its exact gradient, as a function of θ. Source: Bates et al. 2015, J. Stat. Softw. 67(1), §3. */
export class Objective {
  readonly sums: Sums;
  readonly method: Method;
  readonly layout: FactorLayout;
  readonly system: EffectsSystem;
  evaluations = 0;

  /**
   * @param way how the random effects' equations are solved; left out, by what their coupling allows
   * @param crew who does the work; the figures don't depend on it
   */
  constructor(sums: Sums, method: Method, way?: EffectsSystem["method"], crew: Crew = alone) {
    this.sums = sums;
    this.method = method;
    this.layout = layoutFactors(sums.terms);
    this.system = this.chooseSystem(way, crew);
  }

  /**
   * A few linked effects are factorised outright; of many, what is weakly coupled is solved by the series, unless the factorisation is
   * cheaper even where its factor is full. Where some effects are shared by many units, they become a border around the series, unless a
   * factorisation fills in so little that it is cheaper. Unlinked units need neither.
   */
  private chooseSystem(way: EffectsSystem["method"] | undefined, crew: Crew): EffectsSystem {
    const { sums, layout } = this;
    const linked = sums.links.column.length > 0;
    if (way === "factorisation" || (way === undefined && linked && sums.effects <= factorisedOutright))
      return FactorisedEffects.of(sums);
    // The coupling only grows with Λ, so the identity, far above any school's, is the hard case.
    const { factors } = familyFactors(identityFactors(layout), layout, sums.terms, sums.families);
    const plain = new SeriesEffects(sums, crew, factors);
    if (plain.radius <= SeriesEffects.largestRadius)
      return way === "series" || plain.cost < sums.effects ** 3 ? plain : FactorisedEffects.of(sums);
    const bordered = BorderedEffects.around(sums, crew, factors);
    if (way === "series") {
      if (!bordered) throw new RangeError("the units are too strongly coupled for the series");
      return bordered;
    }
    return bordered ? (FactorisedEffects.within(sums, bordered.cost) ?? bordered) : FactorisedEffects.of(sums);
  }

  /** Residual degrees of freedom of the criterion: n − p for REML, n for ML. */
  get degreesOfFreedom(): number {
    return this.sums.rows - (this.method === "REML" ? this.sums.fixed.length : 0);
  }

  /** @throws {NotPositiveDefiniteError} when X̃ᵀV⁻¹X̃ is not positive definite. */
  evaluate(theta: Float64Array): Evaluation {
    this.evaluations++;
    const { sums, system, layout } = this;
    const p = sums.fixed.length;
    const w = p + 1;
    const { factors, derivatives } = familyFactors(theta, layout, sums.terms, sums.families);
    const logDetM = system.factorise(factors);
    const { effects: solved, left } = system.solve(sums.zx, w); // U = M⁻¹ΛᵀZᵀ[X̃ ỹ], and ZᵀV⁻¹[X̃ ỹ]
    const effects = times(sums.families, factors, solved, w, sums.scalars);
    const schur = Float64Array.from(sums.gram);
    subtractCrossProduct(schur, sums.zx, effects, w);
    const inner = new Float64Array(p * p);
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) inner[i * p + j] = schur[i * w + j]!;
    const { inverse, factorInverse, logDeterminant } = invertPositiveDefinite(inner, p);
    const coefficients = new Float64Array(p);
    for (let i = 0; i < p; i++) for (let j = 0; j < p; j++) coefficients[i]! += inverse[i * p + j]! * schur[j * w + p]!;
    let squares = schur[p * w + p]!;
    for (let i = 0; i < p; i++) squares -= coefficients[i]! * schur[i * w + p]!;
    const { blocks, traces } = system.inverse();
    const gradients = this.gradients(factors, derivatives, left, traces, factorInverse, coefficients);
    const freedom = this.degreesOfFreedom;
    const { logDeterminant: logDetA, scale } = sums.standardisation;
    const logDetX = this.method === "REML" ? logDeterminant - 2 * logDetA : 0;
    const criterion =
      logDetM + logDetX - sums.logWeights + freedom * (1 + Math.log((2 * Math.PI * squares * scale * scale) / freedom));
    return {
      theta,
      criterion,
      gradient: gradients.determinants.map((g, e) => g + (freedom / squares) * gradients.squares[e]!),
      gradientOfDeterminants: gradients.determinants,
      gradientOfSquares: gradients.squares,
      squares,
      factors: factorsOf(theta, layout, sums.terms),
      coefficients,
      inverseInformation: inverse,
      solved,
      inverseBlocks: blocks,
    };
  }

  /**
   * With E = Zᵀ[X̃ ỹ] − CΛU, that is ZᵀV⁻¹[X̃ ỹ]: ∂ log|M| = 2 tr(∂Λᵀ CΛM⁻¹), and [X̃ ỹ]ᵀV⁻¹[X̃ ỹ] moves by −Eᵀ(∂ΛΛᵀ + Λ∂Λᵀ)E, of which
   * log|X̃ᵀV⁻¹X̃| takes the trace against its inverse and r² the quadratic form in (−β̃, 1).
   */
  private gradients(
    factors: readonly Float64Array[],
    derivatives: readonly Float64Array[],
    left: Float64Array,
    traces: readonly Float64Array[],
    factorInverse: Float64Array,
    coefficients: Float64Array,
  ): { determinants: Float64Array; squares: Float64Array } {
    const { sums, layout } = this;
    const w = sums.fixed.length + 1;
    const sides = sums.families.map((family) =>
      outerSums(family, left, w, coefficients, this.method === "REML" ? factorInverse : null),
    );
    const determinants = new Float64Array(layout.length);
    const squares = new Float64Array(layout.length);
    for (let e = 0; e < layout.length; e++) {
      const f = sums.terms[layout.term[e]!]!.place.family;
      const { width, effects: n } = sums.families[f]!;
      const { residual, columns } = sides[f]!;
      const [by, factor] = [derivatives[e]!, factors[f]!];
      let [trace, quadratic] = [0, 0];
      for (let i = 0; i < width; i++)
        for (let j = 0; j < n; j++) {
          const moved = by[i * n + j]!;
          if (moved === 0) continue;
          trace += moved * traces[f]![i * n + j]!;
          for (let k = 0; k < width; k++) {
            const along = moved * factor[k * n + j]!;
            quadratic += along * residual[i * width + k]!;
            trace -= along * columns[i * width + k]!;
          }
        }
      determinants[e] = 2 * trace;
      squares[e] = -2 * quadratic;
    }
    return { determinants, squares };
  }
}

/**
 * Sums over a family's units of e eᵀ, e = E(−β̃, 1), and of E H Eᵀ over the columns of X̃ with H = RᵀR; width×width.
 * @param r lower triangle, p×p; null for H = 0
 */
function outerSums(
  { units, width, firstScalar }: Sums["families"][number],
  left: Float64Array,
  w: number,
  coefficients: Float64Array,
  r: Float64Array | null,
): { readonly residual: Float64Array; readonly columns: Float64Array } {
  const p = w - 1;
  const residual = new Float64Array(width * width);
  const columns = new Float64Array(width * width);
  const e = new Float64Array(width);
  const turned = new Float64Array(width * p); // R times each row
  for (let unit = 0; unit < units; unit++) {
    const base = (firstScalar + unit * width) * w;
    for (let i = 0; i < width; i++) {
      const row = base + i * w;
      let sum = left[row + p]!;
      for (let c = 0; c < p; c++) sum -= left[row + c]! * coefficients[c]!;
      e[i] = sum;
      if (!r) continue;
      for (let c = 0; c < p; c++) {
        let product = 0;
        for (let d = 0, at = c * p; d <= c; d++) product += r[at + d]! * left[row + d]!;
        turned[i * p + c] = product;
      }
    }
    for (let i = 0; i < width; i++)
      for (let j = 0; j <= i; j++) {
        residual[i * width + j]! += e[i]! * e[j]!;
        if (!r) continue;
        let sum = 0;
        for (let c = 0; c < p; c++) sum += turned[i * p + c]! * turned[j * p + c]!;
        columns[i * width + j]! += sum;
      }
  }
  for (const square of [residual, columns])
    for (let i = 0; i < width; i++) for (let j = 0; j < i; j++) square[j * width + i] = square[i * width + j]!;
  return { residual, columns };
}

/** s −= aᵀb for two matrices with w columns whose product is symmetric. */
function subtractCrossProduct(s: Float64Array, a: Float64Array, b: Float64Array, w: number): void {
  for (let at = 0; at < a.length; at += w)
    for (let i = 0; i < w; i++) {
      const value = a[at + i]!;
      if (value === 0) continue;
      for (let j = 0, row = i * w; j <= i; j++) s[row + j]! -= value * b[at + j]!;
    }
  for (let i = 0; i < w; i++) for (let j = 0; j < i; j++) s[j * w + i] = s[i * w + j]!;
}
