import { DesignError } from "./design.js";
import { type Families, type Folded, mostPositions, placeFamilies, scalarsOf } from "./families.js";
import { type Links, linksFromTriplets, unitOfScalar } from "./links.js";
import { type Standardisation, separate } from "./standardise.js";
import type { Sums } from "./sums.js";

/**
 * Sums of a design as any engine may make them, a database among them. Every column is centred and scaled first,
 * x̃ = (x − centre) ÷ scale and ỹ likewise, so that no digits are lost in the products.
 */
export interface SummedParts {
  readonly rows: number;
  readonly response: { readonly name: string; readonly centre: number; readonly scale: number };
  /** The constant has `constant: true`, centre 0 and scale 1. */
  readonly fixed: readonly {
    readonly name: string;
    readonly centre: number;
    readonly scale: number;
    readonly constant: boolean;
  }[];
  /** [X̃ ỹ]ᵀ[X̃ ỹ], (p+1)×(p+1), row-major, y last. */
  readonly gram: Float64Array;
  readonly terms: readonly {
    readonly group: string;
    readonly levels: readonly string[];
    /** The intercept first; slopes as they are, so bring them near their origin. */
    readonly coefficients: readonly string[];
    /** Zᵀ[X̃ ỹ], (levels × coefficients)×(p+1), row-major. */
    readonly levelSums: Float64Array;
  }[];
  /**
   * ZᵀZ: each pair of scalars once, on either side of the diagonal; scalars are numbered term after term, level after level, coefficient
   * after coefficient. What stands twice is added up.
   */
  readonly pairs: { readonly row: Int32Array; readonly column: Int32Array; readonly value: Float64Array };
}

/** Pairs as they were given, term after term: the squares on the diagonal, and the rest from both sides. */
interface GivenPairs {
  readonly square: Float64Array;
  readonly links: Links;
}

function givenPairs({ row, column, value }: SummedParts["pairs"], scalars: number): GivenPairs {
  const square = new Float64Array(scalars);
  const off: number[] = [];
  for (let e = 0; e < row.length; e++)
    if (row[e] === column[e]) square[row[e]!]! += value[e]!;
    else off.push(e);
  const pick = <T extends Int32Array | Float64Array>(from: T, out: T): T => {
    off.forEach((e, k) => {
      out[k] = from[e]!;
    });
    return out;
  };
  const n = off.length;
  return {
    square,
    links: linksFromTriplets(
      scalars,
      pick(row, new Int32Array(n)),
      pick(column, new Int32Array(n)),
      pick(value, new Float64Array(n)),
    ),
  };
}

/** Squares of what differs, relative to what there is, below this are rounding. */
const rounding = 1e-10;

/**
 * Whether a finer term lies within a coarser one with the same memberships, told by the products alone: with P the coarse level around each
 * fine one, ‖Z_coarse − Z_fine P‖² = Σ (C_jj − 2 Σ C_jf + Σ C_ff′) over the fine levels f of each coarse level j is zero only if it does.
 */
function foldFromPairs(
  parts: SummedParts,
  { square, links }: GivenPairs,
  starts: readonly number[],
  coarse: number,
  fine: number,
): Folded | null {
  const [outer, inner] = [parts.terms[coarse]!, parts.terms[fine]!];
  if (outer.coefficients.length !== 1 || inner.coefficients.length !== 1 || outer.levels.length >= inner.levels.length)
    return null;
  const [from, to] = [starts[coarse]!, starts[coarse]! + outer.levels.length];
  const { start, column, value } = links;
  const unit = Int32Array.from(inner.levels, (_, level) => {
    let [around, most] = [-1, 0];
    const f = starts[fine]! + level;
    for (let e = start[f]!; e < start[f + 1]!; e++)
      if (column[e]! >= from && column[e]! < to && value[e]! > most) [around, most] = [column[e]! - from, value[e]!];
    return around;
  });
  const left = Float64Array.from(outer.levels, (_, level) => square[from + level]!);
  inner.levels.forEach((_, level) => {
    const [f, u] = [starts[fine]! + level, unit[level]!];
    if (u < 0) return;
    left[u]! += square[f]!;
    for (let e = start[f]!; e < start[f + 1]!; e++) {
      const other = column[e]!;
      if (other === from + u) left[u]! -= 2 * value[e]!;
      else if (
        other >= starts[fine]! &&
        other < starts[fine]! + inner.levels.length &&
        unit[other - starts[fine]!] === u
      )
        left[u]! += value[e]!;
    }
  });
  const homeless = unit.some((u, level) => u < 0 && square[starts[fine]! + level]! > 0);
  if (homeless || left.some((value, j) => Math.abs(value) > rounding * square[from + j]!)) return null;
  const count = new Int32Array(outer.levels.length);
  const position = unit.map((u) => (u < 0 ? 0 : count[u]!++));
  const positions = count.reduce((most, n) => Math.max(most, n), 1);
  return positions <= mostPositions
    ? { fine, coarse, units: outer.levels.length, unit, position, positions, times: null }
    : null;
}

function foldsOf(parts: SummedParts, given: GivenPairs, starts: readonly number[]): Folded[] {
  const folded: Folded[] = [];
  const taken = new Set<number>();
  parts.terms.forEach((_, fine) => {
    for (let coarse = 0; coarse < parts.terms.length && !taken.has(fine); coarse++) {
      const fold = coarse === fine || taken.has(coarse) ? null : foldFromPairs(parts, given, starts, coarse, fine);
      if (!fold) continue;
      folded.push(fold);
      taken.add(fine).add(coarse);
    }
  });
  return folded;
}

function checkSizes(parts: SummedParts, scalars: number): void {
  const w = parts.fixed.length + 1;
  const { row, column, value } = parts.pairs;
  if (parts.gram.length !== w * w)
    throw new RangeError(`the cross-products have ${parts.gram.length} numbers, not ${w} × ${w}`);
  for (const { group, levels, coefficients, levelSums } of parts.terms)
    if (levelSums.length !== levels.length * coefficients.length * w)
      throw new RangeError(
        `the sums of ${group} have ${levelSums.length} numbers, not ${levels.length} levels × ${coefficients.length} × ${w}`,
      );
  if (row.length !== column.length || row.length !== value.length)
    throw new RangeError(`the pairs have ${row.length} rows, ${column.length} columns and ${value.length} values`);
  for (let e = 0; e < row.length; e++)
    if (!(row[e]! >= 0 && row[e]! < scalars && column[e]! >= 0 && column[e]! < scalars))
      throw new RangeError(`pair ${e} is of scalars ${row[e]} and ${column[e]}, of which there are ${scalars}`);
}

/** What of the given scalars the families keep, by its new place; −1 for a coarse term's, which are its fine term's added up. */
function scalarPlaces(parts: SummedParts, placed: Omit<Families, "rows">, folded: readonly Folded[]): Int32Array {
  const out: number[] = [];
  parts.terms.forEach(({ levels, coefficients }, t) => {
    const added = folded.some(({ coarse }) => coarse === t);
    levels.forEach((_, level) => {
      const { first, rest } = scalarsOf(placed, t, level);
      for (let k = 0; k < coefficients.length; k++) out.push(added ? -1 : k === 0 ? first : rest + k);
    });
  });
  return Int32Array.from(out);
}

function standardisationOf({ fixed, response }: SummedParts): Standardisation {
  const p = fixed.length;
  const basis = new Float64Array(p * p);
  const intercept = fixed.findIndex(({ constant }) => constant);
  let logDeterminant = 0;
  fixed.forEach(({ centre, scale }, j) => {
    basis[j * p + j] = 1 / scale;
    if (intercept >= 0 && j !== intercept) basis[intercept * p + j] = -centre / scale;
    logDeterminant -= Math.log(scale);
  });
  return {
    basis,
    logDeterminant,
    centre: response.centre,
    scale: response.scale,
    // The values are not here; only which column is the constant matters from now on.
    columns: fixed.map(({ constant }) => ({ values: constant ? null : new Float64Array(0), centre: 0, factor: 1 })),
  };
}

/**
 * Stage 2 from sums that were made elsewhere: what {@link sumsOf} answers for the same rows.
 * @throws {RangeError} when sizes don't fit
 * @throws {DesignError} when columns are collinear: what remains of one beside the others can't be told from products alone
 */
export function assembleSums(parts: SummedParts): Sums {
  const starts: number[] = [];
  let given = 0;
  for (const { levels, coefficients } of parts.terms) {
    starts.push(given);
    given += levels.length * coefficients.length;
  }
  checkSizes(parts, given);
  const standardisation = standardisationOf(parts);
  const columns = parts.fixed.map(({ name, constant }) => ({ name, values: constant ? null : new Float64Array(0) }));
  const { faults } = separate(standardisation, columns, parts.gram, 0);
  if (faults.length > 0) throw new DesignError(faults);
  const folded = foldsOf(parts, givenPairs(parts.pairs, given), starts);
  const sizes = parts.terms.map(({ levels, coefficients }) => ({ levels: levels.length, width: coefficients.length }));
  const placed = placeFamilies(sizes, folded);
  const place = scalarPlaces(parts, placed, folded);
  return {
    rows: parts.rows,
    fixed: parts.fixed.map(({ name }) => name),
    standardisation,
    terms: parts.terms.map(({ group, levels, coefficients }, t) => ({
      group,
      levels,
      coefficients,
      width: coefficients.length,
      place: placed.places[t]!,
      drift: null,
      basis: Float64Array.from({ length: coefficients.length ** 2 }, (_, i) =>
        i % (coefficients.length + 1) === 0 ? 1 : 0,
      ),
    })),
    families: placed.families,
    scalars: placed.scalars,
    effects: placed.effects,
    gram: Float64Array.from(parts.gram),
    zx: placeRows(parts, place, placed.scalars),
    ...placePairs(parts.pairs, place, placed),
    logWeights: 0,
  };
}

/** The sums by level at the places of their scalars. */
function placeRows({ terms, fixed }: SummedParts, place: Int32Array, scalars: number): Float64Array {
  const w = fixed.length + 1;
  const out = new Float64Array(scalars * w);
  let scalar = 0;
  for (const { levelSums } of terms)
    for (let at = 0; at < levelSums.length; at += w, scalar++) {
      const to = place[scalar]! * w;
      if (to >= 0) out.set(levelSums.subarray(at, at + w), to);
    }
  return out;
}

/** Pairs within a unit to its own block, the others to the links. */
function placePairs(
  { row, column, value }: SummedParts["pairs"],
  place: Int32Array,
  placed: Omit<Families, "rows">,
): Pick<Sums, "own" | "links"> {
  const { families, scalars } = placed;
  const last = families.at(-1)!;
  const own = new Float64Array(last.firstOwn + last.units * last.width ** 2);
  const unitOf = unitOfScalar(placed);
  const familyOf = new Int32Array(scalars);
  families.forEach(({ firstScalar, units, width }, f) => {
    familyOf.fill(f, firstScalar, firstScalar + units * width);
  });
  const linking = { row: [] as number[], column: [] as number[], value: [] as number[] };
  for (let e = 0; e < row.length; e++) {
    const [i, j] = [place[row[e]!]!, place[column[e]!]!];
    if (i < 0 || j < 0) continue;
    if (unitOf[i] !== unitOf[j]) {
      linking.row.push(i);
      linking.column.push(j);
      linking.value.push(value[e]!);
      continue;
    }
    const { firstScalar, firstOwn, width, firstUnit } = families[familyOf[i]!]!;
    const unit = unitOf[i]! - firstUnit;
    const [block, base] = [firstOwn + unit * width * width, firstScalar + unit * width];
    own[block + (i - base) * width + j - base]! += value[e]!;
    if (i !== j) own[block + (j - base) * width + i - base]! += value[e]!;
  }
  const links = linksFromTriplets(
    scalars,
    Int32Array.from(linking.row),
    Int32Array.from(linking.column),
    Float64Array.from(linking.value),
  );
  return { own, links };
}
