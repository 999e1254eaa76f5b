import type { Crew, Job } from "../parallel/crew.js";
import type { MixedModelDesign } from "./design.js";
import type { Families, Family, FamilyRows } from "./families.js";
import type { Standardisation, StandardisedColumn } from "./standardise.js";

const tileRows = 256;
/** Distance between the tile's columns. A little more than a power of two: else a row's values share a few lines of the cache. */
const stride = tileRows + 8;
/** The rows are cut into this many parts, whoever sums them, and the parts are added in order: the same bits every time. */
const parts = 4;

/** What one part of the rows is summed from and into. */
interface RowSums {
  readonly rows: number;
  readonly columns: readonly StandardisedColumn[];
  readonly response: Float64Array;
  readonly centre: number;
  readonly scale: number;
  /** Square roots of the rows' weights; null for 1. */
  readonly rootWeight: Float64Array | null;
  readonly families: readonly Family[];
  readonly memberships: readonly FamilyRows[];
  /** One each a part. */
  readonly gram: readonly Float64Array[];
  readonly zx: readonly Float64Array[];
  readonly own: readonly Float64Array[];
}

/** Copies rows `from` … `to` − 1 of the standardised columns and the response into the tile, column after column. */
function fillTile(input: RowSums, from: number, to: number, tile: Float64Array): void {
  const count = to - from;
  let at = 0;
  for (const { values, centre, factor } of input.columns) {
    if (values === null) tile.fill(1, at, at + count);
    else for (let r = 0; r < count; r++) tile[at + r] = (values[from + r]! - centre) * factor;
    at += stride;
  }
  const { response: y, centre, scale, rootWeight } = input;
  const inverse = 1 / scale;
  for (let r = 0; r < count; r++) tile[at + r] = (y[from + r]! - centre) * inverse;
  if (rootWeight)
    for (let column = 0; column <= at; column += stride)
      for (let r = 0; r < count; r++) tile[column + r]! *= rootWeight[from + r]!;
}

/** Adds the tile's cross-products to the lower triangle of `gram`, two by four columns at a time. */
function addGram(tile: Float64Array, count: number, w: number, gram: Float64Array): void {
  for (let i = 0; i < w; i += 2) {
    const pair = i + 1 < w;
    const a0 = i * stride;
    const a1 = pair ? a0 + stride : a0;
    for (let j = 0; j <= i + 1 && j < w; j += 4) {
      const b0 = j * stride;
      const b1 = j + 1 < w ? b0 + stride : b0;
      const b2 = j + 2 < w ? b0 + 2 * stride : b0;
      const b3 = j + 3 < w ? b0 + 3 * stride : b0;
      let s0 = 0;
      let s1 = 0;
      let s2 = 0;
      let s3 = 0;
      let t0 = 0;
      let t1 = 0;
      let t2 = 0;
      let t3 = 0;
      for (let r = 0; r < count; r++) {
        const u = tile[a0 + r]!;
        const v = tile[a1 + r]!;
        const x0 = tile[b0 + r]!;
        const x1 = tile[b1 + r]!;
        const x2 = tile[b2 + r]!;
        const x3 = tile[b3 + r]!;
        s0 += u * x0;
        s1 += u * x1;
        s2 += u * x2;
        s3 += u * x3;
        t0 += v * x0;
        t1 += v * x1;
        t2 += v * x2;
        t3 += v * x3;
      }
      // Places above the diagonal are written too where they exist; the mirror at the end overwrites them.
      const to = i * w + j;
      const most = w - j;
      gram[to]! += s0;
      if (most > 1) gram[to + 1]! += s1;
      if (most > 2) gram[to + 2]! += s2;
      if (most > 3) gram[to + 3]! += s3;
      if (!pair) continue;
      gram[to + w]! += t0;
      if (most > 1) gram[to + w + 1]! += t1;
      if (most > 2) gram[to + w + 2]! += t2;
      if (most > 3) gram[to + w + 3]! += t3;
    }
  }
}

/** Adds the tile's rows to the sums of the scalars they belong to, and the products of their own scalars in one unit. */
function addScalars(
  input: RowSums,
  f: number,
  tile: Float64Array,
  from: number,
  count: number,
  zx: Float64Array,
  own: Float64Array,
): void {
  const { start, level, weight, values, first, rest } = input.memberships[f]!;
  const { width, firstScalar, firstOwn } = input.families[f]!;
  const { rootWeight } = input;
  const w = input.columns.length + 1;
  const scalar: number[] = [];
  const z: number[] = [];
  for (let r = 0; r < count; r++) {
    const row = from + r;
    const begin = start ? start[row]! : row;
    const end = start ? start[row + 1]! : row + 1;
    const root = rootWeight ? rootWeight[row]! : 1;
    let n = 0;
    for (let e = begin; e < end; e++) {
      const at = level[e]!;
      if (at < 0) continue;
      const share = root * (weight ? weight[e]! : 1);
      for (let k = 0; k < values.length; k++) {
        const column = values[k]!;
        const value = column ? share * column[row]! : share;
        const s = k === 0 ? first[at]! : rest[at]! + k;
        scalar[n] = s;
        z[n++] = value;
        for (let c = 0, to = s * w, x = r; c < w; c++, to++, x += stride) zx[to]! += value * tile[x]!;
      }
    }
    for (let a = 0; a < n; a++) {
      const [unit, i] = placeIn(scalar[a]! - firstScalar, width);
      const block = firstOwn + unit * width * width;
      for (let b = 0; b < n; b++) {
        const j = scalar[b]! - firstScalar - unit * width;
        if (j >= 0 && j < width) own[block + i * width + j]! += z[a]! * z[b]!;
      }
    }
  }
}

function placeIn(scalar: number, width: number): [unit: number, place: number] {
  const unit = Math.floor(scalar / width);
  return [unit, scalar - unit * width];
}

/** The same for a family of single memberships with an intercept only, which most are. */
function addSingles(
  input: RowSums,
  f: number,
  tile: Float64Array,
  from: number,
  count: number,
  zx: Float64Array,
  own: Float64Array,
): void {
  const { level, first } = input.memberships[f]!;
  const { width, firstScalar, firstOwn } = input.families[f]!;
  const { rootWeight } = input;
  const w = input.columns.length + 1;
  for (let r = 0; r < count; r++) {
    const at = level[from + r]!;
    if (at < 0) continue;
    const s = first[at]!;
    const root = rootWeight ? rootWeight[from + r]! : 1;
    for (let c = 0, to = s * w, x = r; c < w; c++, to++, x += stride) zx[to]! += root * tile[x]!;
    const local = s - firstScalar;
    const place = local % width;
    own[firstOwn + (local - place) * width + place * (width + 1)]! += root * root;
  }
}

/** One part of the rows: its share of the cross-products of columns, of scalars with columns, and of each unit's own scalars. */
export const sumRows: Job<RowSums> = {
  name: "sum-rows",
  work(input, part) {
    const w = input.columns.length + 1;
    const tile = new Float64Array(w * stride);
    const begin = Math.floor((input.rows * part) / parts);
    const end = Math.floor((input.rows * (part + 1)) / parts);
    const [gram, zx, own] = [input.gram[part]!, input.zx[part]!, input.own[part]!];
    const single = input.memberships.map(
      ({ start, weight, values }) => !start && !weight && values.length === 1 && !values[0],
    );
    for (let from = begin; from < end; from += tileRows) {
      const to = Math.min(end, from + tileRows);
      fillTile(input, from, to, tile);
      addGram(tile, to - from, w, gram);
      for (let f = 0; f < input.families.length; f++)
        (single[f] ? addSingles : addScalars)(input, f, tile, from, to - from, zx, own);
    }
  },
};

/** What the first pass over the rows answers. */
export interface CrossProducts {
  /** [X̃ ỹ]ᵀ[X̃ ỹ], w×w, row-major. */
  readonly gram: Float64Array;
  /** Zᵀ[X̃ ỹ], scalars×w. */
  readonly zx: Float64Array;
  /** The blocks of ZᵀZ within units, width² each. */
  readonly own: Float64Array;
}

/** [X̃ ỹ]ᵀ[X̃ ỹ], Zᵀ[X̃ ỹ] and the units' own blocks of ZᵀZ in one pass over the rows. */
export function crossProducts(
  design: MixedModelDesign,
  standardisation: Standardisation,
  { families, rows: memberships, scalars }: Families,
  rootWeight: Float64Array | null,
  crew: Crew,
): CrossProducts {
  const w = design.fixed.length + 1;
  const ownLength = families.reduce((sum, { units, width }) => sum + units * width * width, 0);
  const many = (length: number) => Array.from({ length: parts }, () => crew.float64(length));
  const sums = { gram: many(w * w), zx: many(scalars * w), own: many(ownLength) };
  const { columns, centre, scale } = standardisation;
  const response = design.response.values;
  crew.run(
    sumRows,
    { rows: design.rows, columns, response, centre, scale, rootWeight, families, memberships, ...sums },
    parts,
  );
  const added = ([first, ...others]: readonly Float64Array[]): Float64Array => {
    for (const other of others) for (let i = 0; i < first!.length; i++) first![i]! += other[i]!;
    return first!;
  };
  const gram = added(sums.gram);
  for (let i = 0; i < w; i++) for (let j = 0; j < i; j++) gram[j * w + i] = gram[i * w + j]!;
  return { gram, zx: added(sums.zx), own: added(sums.own) };
}
