import { DesignError } from "./design.js";
import type { Family, Place } from "./families.js";
import { linksFromTriplets } from "./links.js";
import { separate } from "./standardise.js";
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

/** A family a term: nothing is folded, since it is not known which rows the pairs are of. */
function familiesOf(parts: SummedParts): { families: Family[]; places: Place[]; scalars: number } {
  const next = { scalar: 0, unit: 0, own: 0 };
  const families = parts.terms.map(({ levels, coefficients }): Family => {
    const [units, width] = [levels.length, coefficients.length];
    const family = {
      units,
      width,
      effects: width,
      firstScalar: next.scalar,
      firstEffect: next.scalar,
      firstUnit: next.unit,
      firstOwn: next.own,
      firstBlock: next.own,
    };
    next.scalar += units * width;
    next.unit += units;
    next.own += units * width * width;
    return family;
  });
  const places = families.map(
    (_, family): Place => ({
      family,
      firstEffect: 0,
      kind: "whole",
      unit: null,
      position: null,
      positions: 1,
      times: null,
    }),
  );
  return { families, places, scalars: next.scalar };
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

/**
 * Stage 2 from sums that were made elsewhere: what {@link sumsOf} answers for the same rows, but that no term is folded into another.
 * @throws {RangeError} when sizes don't fit
 * @throws {DesignError} when columns are collinear: what remains of one beside the others can't be told from products alone
 */
export function assembleSums(parts: SummedParts): Sums {
  const { families, places, scalars } = familiesOf(parts);
  checkSizes(parts, scalars);
  const p = parts.fixed.length;
  const basis = new Float64Array(p * p);
  const intercept = parts.fixed.findIndex(({ constant }) => constant);
  let logDeterminant = 0;
  parts.fixed.forEach(({ centre, scale }, j) => {
    basis[j * p + j] = 1 / scale;
    if (intercept >= 0 && j !== intercept) basis[intercept * p + j] = -centre / scale;
    logDeterminant -= Math.log(scale);
  });
  const standardisation = {
    basis,
    logDeterminant,
    centre: parts.response.centre,
    scale: parts.response.scale,
    // The values are not here; only which column is the constant matters from now on.
    columns: parts.fixed.map(({ constant }) => ({
      values: constant ? null : new Float64Array(0),
      centre: 0,
      factor: 1,
    })),
  };
  const columns = parts.fixed.map(({ name, constant }) => ({ name, values: constant ? null : new Float64Array(0) }));
  const { faults } = separate(standardisation, columns, parts.gram, 0);
  if (faults.length > 0) throw new DesignError(faults);
  return {
    rows: parts.rows,
    fixed: parts.fixed.map(({ name }) => name),
    standardisation,
    terms: parts.terms.map(({ group, levels, coefficients }, t) => ({
      group,
      levels,
      coefficients,
      width: coefficients.length,
      place: places[t]!,
      drift: null,
      basis: Float64Array.from({ length: coefficients.length ** 2 }, (_, i) =>
        i % (coefficients.length + 1) === 0 ? 1 : 0,
      ),
    })),
    families,
    scalars,
    effects: scalars,
    gram: Float64Array.from(parts.gram),
    zx: joined(parts.terms.map(({ levelSums }) => levelSums)),
    ...placePairs(parts.pairs, families, scalars),
    logWeights: 0,
  };
}

function joined(arrays: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    out.set(array, at);
    at += array.length;
  }
  return out;
}

/** Pairs within a unit to its own block, the others to the links. */
function placePairs(
  { row, column, value }: SummedParts["pairs"],
  families: readonly Family[],
  scalars: number,
): Pick<Sums, "own" | "links"> {
  const last = families.at(-1)!;
  const own = new Float64Array(last.firstOwn + last.units * last.width ** 2);
  const familyOf = new Int32Array(scalars);
  families.forEach(({ firstScalar, units, width }, f) => {
    familyOf.fill(f, firstScalar, firstScalar + units * width);
  });
  const linking: number[] = [];
  for (let e = 0; e < row.length; e++) {
    const [i, j] = [row[e]!, column[e]!];
    const { firstScalar, firstOwn, width } = families[familyOf[i]!]!;
    const unit = Math.floor((i - firstScalar) / width);
    const base = firstScalar + unit * width;
    if (j < base || j >= base + width) {
      linking.push(e);
      continue;
    }
    const block = firstOwn + unit * width * width;
    own[block + (i - base) * width + j - base]! += value[e]!;
    if (i !== j) own[block + (j - base) * width + i - base]! += value[e]!;
  }
  const pick = <T extends Int32Array | Float64Array>(from: T, out: T): T => {
    linking.forEach((e, k) => {
      out[k] = from[e]!;
    });
    return out;
  };
  const n = linking.length;
  return {
    own,
    links: linksFromTriplets(
      scalars,
      pick(row, new Int32Array(n)),
      pick(column, new Int32Array(n)),
      pick(value, new Float64Array(n)),
    ),
  };
}
