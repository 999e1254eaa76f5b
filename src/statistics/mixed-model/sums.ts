import type { BlockPattern } from "../linear-algebra/symbolic.js";
import { clearCoefficients } from "./coefficient-basis.js";
import { crossProducts, type TermSums } from "./cross-products.js";
import { DesignError, type MixedModelDesign, type RandomTerm } from "./design.js";
import { groupProducts } from "./group-products.js";
import { type Standardisation, separate, standardise } from "./standardise.js";

/** One group as the later stages know it: no rows, only its place among the sums. */
export interface SummedTerm {
  readonly group: string;
  readonly levels: readonly string[];
  readonly coefficients: readonly string[];
  /** Number of coefficients. */
  readonly width: number;
  /** Place of the term's first level among all nodes, and of its first scalar among all random effects. */
  readonly firstNode: number;
  readonly firstScalar: number;
  /** A with z̃ = z A, width×width, row-major: Λ̃ is that of the cleared columns, so that every factor is of order one. */
  readonly basis: Float64Array;
}

/**
 * Stage 2: everything the fit needs of the rows. They are read once; the optimiser never sees them again.
 * The cross-products are of the standardised columns X̃, ỹ (`standardisation`) and of Z̃, whose coefficients are cleared of each other (`basis`).
 */
export interface Sums {
  readonly rows: number;
  readonly fixed: readonly string[];
  readonly standardisation: Standardisation;
  readonly terms: readonly SummedTerm[];
  /** [X̃ ỹ]ᵀ[X̃ ỹ], (p+1)×(p+1), row-major. */
  readonly gram: Float64Array;
  /** Zᵀ[X̃ ỹ], q×(p+1), row-major. */
  readonly zx: Float64Array;
  /** ZᵀZ in blocks of a level by a level. */
  readonly pattern: BlockPattern;
  readonly zz: Float64Array;
}

function placeTerms(random: readonly RandomTerm[]): TermSums[] {
  let node = 0;
  let scalar = 0;
  return random.map((given) => {
    const { term, basis } = clearCoefficients(given);
    const width = term.coefficients.length;
    const placed: SummedTerm = {
      group: term.group,
      levels: term.levels,
      coefficients: term.coefficients.map((coefficient) => coefficient.name),
      width,
      firstNode: node,
      firstScalar: scalar,
      basis,
    };
    node += term.levels.length;
    scalar += term.levels.length * width;
    return { term, placed };
  });
}

/**
 * Reads the rows of a design into sums.
 * @throws {DesignError} when columns are collinear.
 */
export function sumsOf(design: MixedModelDesign): Sums {
  const first = standardise(design);
  if (first.faults.length > 0) throw new DesignError(first.faults);
  const termSums = placeTerms(design.random);
  let standardisation = first.standardisation;
  let products = crossProducts(design, standardisation, termSums);
  const second = separate(standardisation, design.fixed, products.gram, design.rows);
  if (second.faults.length > 0) throw new DesignError(second.faults);
  if (second.standardisation !== standardisation) {
    standardisation = second.standardisation;
    products = crossProducts(design, standardisation, termSums);
  }
  return {
    rows: design.rows,
    fixed: design.fixed.map((column) => column.name),
    standardisation,
    terms: termSums.map(({ placed }) => placed),
    ...products,
    ...groupProducts(design.rows, termSums),
  };
}
