/** Precision of a system that works by approximation: to find the way, to arrive, and for the figures that are published. */
export type Precision = "coarse" | "fine" | "final";

/** A solution of the equations. */
export interface Solved {
  /** M⁻¹Λᵀb, effects×w. */
  readonly effects: Float64Array;
  /** What the effects leave of b: b − CΛM⁻¹Λᵀb, scalars×w. With b = ZᵀX that is ZᵀV⁻¹X. */
  readonly left: Float64Array;
}

/**
 * The equations of the random effects, M = ΛᵀCΛ + I with C = ZᵀZ: given the families' Λ it answers the determinant, solves, and tells
 * what the estimates need of the inverse. Effects stand family by family, unit by unit.
 */
export interface EffectsSystem {
  /** How it works: by factorisation, or by a convergent series around its units. */
  readonly method: "factorisation" | "series";
  /** Bound on the error of the last logarithm of the determinant; 0 where it is exact to rounding. */
  readonly remainder: number;
  /** How precise the following are to be; an exact way does not mind. */
  refine(precision: Precision): void;
  /**
   * Takes the families' Λ and answers log |M|.
   * @throws {NotPositiveDefiniteError} when M is not positive definite.
   */
  factorise(factors: readonly Float64Array[]): number;
  /** Solves for several right-hand sides: b is scalars×w, row-major. */
  solve(b: Float64Array, w: number): Solved;
  /** M⁻¹ within units (effects² each, from `firstBlock` on), and the sum over each family's units of the blocks of CΛM⁻¹, width×effects. */
  inverse(): { readonly blocks: Float64Array; readonly traces: readonly Float64Array[] };
  /** aᵀM⁻¹a for a sparse vector of effects; repeated places add up. */
  quadraticForm(places: readonly number[], values: readonly number[]): number;
}
