import type { MixedModelDesign, RandomTerm } from "./design.js";
import type { Standardisation } from "./standardise.js";
import type { SummedTerm } from "./sums.js";

/** A group with its rows beside its place among the sums. */
export interface TermSums {
  readonly term: RandomTerm;
  readonly placed: SummedTerm;
}

const tileRows = 256;
/** Distance between the tile's columns. A little more than a power of two: else a row's values share a few lines of the cache. */
const stride = tileRows + 8;
/** The rows are cut into this many parts, whoever sums them, and the parts are added in order: the same bits every time. */
const parts = 4;

/** Copies rows `from` … `to` − 1 of the standardised columns and the response into the tile, column after column. */
function fillTile(
  design: MixedModelDesign,
  standardisation: Standardisation,
  from: number,
  to: number,
  tile: Float64Array,
): void {
  const count = to - from;
  let at = 0;
  for (const { values, centre, factor } of standardisation.columns) {
    if (values === null) tile.fill(1, at, at + count);
    else for (let r = 0; r < count; r++) tile[at + r] = (values[from + r]! - centre) * factor;
    at += stride;
  }
  const y = design.response.values;
  const { centre, scale } = standardisation;
  const inverse = 1 / scale;
  for (let r = 0; r < count; r++) tile[at + r] = (y[from + r]! - centre) * inverse;
}

/** Adds the tile's cross-products to the lower triangle of `gram`, four columns at a time. */
function addGram(tile: Float64Array, count: number, w: number, gram: Float64Array): void {
  for (let i = 0; i < w; i++) {
    const a = i * stride;
    let j = 0;
    for (; j + 3 <= i; j += 4) {
      const b0 = j * stride,
        b1 = b0 + stride,
        b2 = b1 + stride,
        b3 = b2 + stride;
      let t0 = 0,
        t1 = 0,
        t2 = 0,
        t3 = 0;
      for (let r = 0; r < count; r++) {
        const v = tile[a + r]!;
        t0 += v * tile[b0 + r]!;
        t1 += v * tile[b1 + r]!;
        t2 += v * tile[b2 + r]!;
        t3 += v * tile[b3 + r]!;
      }
      const to = i * w + j;
      gram[to]! += t0;
      gram[to + 1]! += t1;
      gram[to + 2]! += t2;
      gram[to + 3]! += t3;
    }
    for (; j <= i; j++) {
      const b = j * stride;
      let t = 0;
      for (let r = 0; r < count; r++) t += tile[a + r]! * tile[b + r]!;
      gram[i * w + j]! += t;
    }
  }
}

/** Adds the tile's rows to the sums of the levels they belong to. */
function addLevels(
  tile: Float64Array,
  from: number,
  count: number,
  w: number,
  { term, placed }: TermSums,
  zx: Float64Array,
): void {
  const { start, level, weight, coefficients } = term;
  const { width, firstScalar } = placed;
  for (let r = 0; r < count; r++) {
    const row = from + r;
    const first = start ? start[row]! : row;
    const end = start ? start[row + 1]! : row + 1;
    for (let e = first; e < end; e++) {
      const at = level[e]!;
      if (at < 0) continue;
      const share = weight ? weight[e]! : 1;
      for (let k = 0; k < width; k++) {
        const slope = coefficients[k]!.values;
        const z = slope ? share * slope[row]! : share;
        const to = (firstScalar + at * width + k) * w;
        for (let c = 0, x = r; c < w; c++, x += stride) zx[to + c]! += z * tile[x]!;
      }
    }
  }
}

/** [X̃ ỹ]ᵀ[X̃ ỹ] and Zᵀ[X̃ ỹ] in one pass over the rows. */
export function crossProducts(
  design: MixedModelDesign,
  standardisation: Standardisation,
  terms: readonly TermSums[],
): { readonly gram: Float64Array; readonly zx: Float64Array } {
  const w = design.fixed.length + 1;
  const last = terms.at(-1)!.placed;
  const scalars = last.firstScalar + last.levels.length * last.width;
  const gram = new Float64Array(w * w);
  const zx = new Float64Array(scalars * w);
  const tile = new Float64Array(w * stride);
  for (let part = 0; part < parts; part++) {
    const [begin, end] = [Math.floor((design.rows * part) / parts), Math.floor((design.rows * (part + 1)) / parts)];
    const partGram = new Float64Array(w * w);
    const partZx = part === 0 ? zx : new Float64Array(scalars * w);
    for (let from = begin; from < end; from += tileRows) {
      const to = Math.min(end, from + tileRows);
      fillTile(design, standardisation, from, to, tile);
      addGram(tile, to - from, w, partGram);
      for (const term of terms) addLevels(tile, from, to - from, w, term, partZx);
    }
    for (let i = 0; i < gram.length; i++) gram[i]! += partGram[i]!;
    if (part > 0) for (let i = 0; i < zx.length; i++) zx[i]! += partZx[i]!;
  }
  for (let i = 0; i < w; i++) for (let j = 0; j < i; j++) gram[j * w + i] = gram[i * w + j]!;
  return { gram, zx };
}
