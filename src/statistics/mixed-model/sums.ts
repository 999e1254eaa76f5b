import { alone, type Crew } from "../parallel/crew.js";
import { clearCoefficients } from "./coefficient-basis.js";
import { crossProducts } from "./cross-products.js";
import { DesignError, type Drift, type MixedModelDesign } from "./design.js";
import { type Family, formFamilies, type Place } from "./families.js";
import { type Links, linksOf } from "./links.js";
import { type Standardisation, separate, standardise } from "./standardise.js";

/** One group as the later stages know it: no rows, only its place among the sums. */
export interface SummedTerm {
  readonly group: string;
  readonly levels: readonly string[];
  readonly coefficients: readonly string[];
  /** Number of coefficients. */
  readonly width: number;
  readonly place: Place;
  readonly drift: Drift["kind"] | null;
  /** A with z̃ = z A, width×width, row-major: Λ̃ is that of the cleared columns, so that every factor is of order one. */
  readonly basis: Float64Array;
}

/**
 * Stage 2: everything the fit needs of the rows. They are read once; the optimiser never sees them again.
 * The cross-products are of the standardised columns X̃, ỹ (`standardisation`) and of Z̃, whose coefficients are cleared of each other
 * (`basis`). Scalars stand family by family, unit by unit.
 */
export interface Sums {
  readonly rows: number;
  readonly fixed: readonly string[];
  readonly standardisation: Standardisation;
  readonly terms: readonly SummedTerm[];
  readonly families: readonly Family[];
  readonly scalars: number;
  readonly effects: number;
  /** [X̃ ỹ]ᵀ[X̃ ỹ], (p+1)×(p+1), row-major. */
  readonly gram: Float64Array;
  /** Zᵀ[X̃ ỹ], scalars×(p+1), row-major. */
  readonly zx: Float64Array;
  /** ZᵀZ: each unit's own block (width², row-major), and between units. */
  readonly own: Float64Array;
  readonly links: Links;
  /** Σ log weight over the rows; 0 without weights. */
  readonly logWeights: number;
}

/**
 * Reads the rows of a design into sums.
 * @param crew who does the reading; the figures don't depend on it
 * @throws {DesignError} when columns are collinear.
 */
export function sumsOf(design: MixedModelDesign, crew: Crew = alone): Sums {
  const first = standardise(design, crew);
  if (first.faults.length > 0) throw new DesignError(first.faults);
  const cleared = design.random.map(clearCoefficients);
  const families = formFamilies(cleared.map(({ term }) => term));
  const weights = design.weights ?? null;
  const rootWeight = weights ? weights.map(Math.sqrt) : null;
  let standardisation = first.standardisation;
  let products = crossProducts(design, standardisation, families, rootWeight, crew);
  const second = separate(standardisation, design.fixed, products.gram, design.rows);
  if (second.faults.length > 0) throw new DesignError(second.faults);
  if (second.standardisation !== standardisation) {
    standardisation = second.standardisation;
    products = crossProducts(design, standardisation, families, rootWeight, crew);
  }
  return {
    rows: design.rows,
    fixed: design.fixed.map((column) => column.name),
    standardisation,
    terms: cleared.map(({ term, basis }, t) => ({
      group: term.group,
      levels: term.levels,
      coefficients: term.coefficients.map((coefficient) => coefficient.name),
      width: term.coefficients.length,
      place: families.places[t]!,
      drift: term.drift?.kind ?? null,
      basis,
    })),
    families: families.families,
    scalars: families.scalars,
    effects: families.effects,
    ...products,
    links: linksOf(design.rows, families, rootWeight),
    logWeights: weights ? weights.reduce((sum, weight) => sum + Math.log(weight), 0) : 0,
  };
}

/** Σz² over the rows of a term's level, its first coefficient's, and where that level's first scalars stand (several where a finer term is folded in). */
export function levelScalars(
  { terms, families }: Sums,
  t: number,
  level: number,
): { readonly from: number; readonly count: number } {
  const { place, width } = terms[t]!;
  const { firstScalar, width: wide } = families[place.family]!;
  if (place.kind === "fine")
    return {
      from: firstScalar + place.unit![level]! * wide + place.position![level]!,
      count: place.unit![level]! < 0 ? 0 : 1,
    };
  return { from: firstScalar + level * wide, count: wide - width + 1 };
}

/** Σz² of one scalar. */
export function squareOf({ families, own }: Sums, f: number, scalar: number): number {
  const { firstScalar, firstOwn, width } = families[f]!;
  const local = scalar - firstScalar;
  const place = local % width;
  return own[firstOwn + (local - place) * width + place * (width + 1)]!;
}
