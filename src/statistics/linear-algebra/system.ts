/** Precision of a system that works by approximation: to find the way, to arrive, and for the figures that are published. */
export type Precision = "coarse" | "fine" | "final";

/** A symmetric positive definite block-sparse matrix that can be given new values, solved with, and asked for its inverse. */
export interface PositiveDefiniteSystem {
  /** How it works: by factorisation, or by a convergent series around its diagonal clusters. */
  readonly method: "factorisation" | "series";
  /**
   * Takes new values, laid out as the pattern says, and answers the logarithm of the determinant.
   * @throws {NotPositiveDefiniteError} when the matrix is not positive definite.
   */
  factorise(values: Float64Array): number;
  /** M⁻¹b for several right-hand sides: b is order×width, row-major, scalars node by node; a new array. */
  solve(b: Float64Array, width: number): Float64Array;
  /** M⁻¹ at the places of the pattern's values, all of them (`complete`) or in the nodes' diagonal blocks only. */
  inverse(): { readonly values: Float64Array; readonly complete: boolean };
  /** aᵀM⁻¹a for a sparse vector; repeated places add up. */
  quadraticForm(scalars: readonly number[], values: readonly number[]): number;
  /** How precise the following factorisations are to be; an exact way does not mind. */
  refine(precision: Precision): void;
  /** Bound on the error of the last logarithm of the determinant; 0 where it is exact to rounding. */
  readonly remainder: number;
}
