import { invertPositiveDefinite } from "../linear-algebra/dense.js";
import type { Crew } from "../parallel/crew.js";
import type { EffectsSystem, Precision, Solved } from "./effects-system.js";
import { times } from "./factors.js";
import { type Family, numberFamilies } from "./families.js";
import { linksFromTriplets } from "./links.js";
import { SeriesEffects } from "./series-effects.js";
import type { Sums } from "./sums.js";

/** A border holds so many scalars at the most: its equations are dense. */
const widestBorder = 600;

/** The sums cut into those of the inner families and those of the border. */
interface Parted {
  /** Places of the families among all; the border's last. */
  readonly inner: readonly number[];
  readonly border: readonly number[];
  readonly sums: Sums;
  /** For every scalar its place in its part, and whether that is the border. */
  readonly place: Int32Array;
  readonly isBorder: Uint8Array;
  /** Scalars of the border, and effects. */
  readonly scalars: number;
  readonly effects: number;
  /** First scalar and effect of each border family in the border. */
  readonly firstScalar: readonly number[];
  readonly firstEffect: readonly number[];
  /** ZᵀZ between inner scalars and the border's (row inner, column border), and within the border. */
  readonly cross: { readonly row: Int32Array; readonly column: Int32Array; readonly value: Float64Array };
  readonly own: Float64Array;
}

function part(sums: Sums, border: readonly number[]): Parted {
  const inner = sums.families.map((_, f) => f).filter((f) => !border.includes(f));
  const own = numberFamilies(inner.map((f) => sums.families[f]!));
  const outer = numberFamilies(border.map((f) => sums.families[f]!));
  const place = new Int32Array(sums.scalars);
  const isBorder = new Uint8Array(sums.scalars);
  const innerOwn: Float64Array[] = [];
  const within = new Float64Array(outer.scalars * outer.scalars);
  sums.families.forEach(({ units, width, firstScalar, firstOwn }, f) => {
    const out = border.includes(f);
    const base = out ? outer.families[border.indexOf(f)]!.firstScalar : own.families[inner.indexOf(f)]!.firstScalar;
    for (let s = 0; s < units * width; s++) {
      place[firstScalar + s] = base + s;
      isBorder[firstScalar + s] = out ? 1 : 0;
    }
    const blocks = sums.own.subarray(firstOwn, firstOwn + units * width * width);
    if (!out) innerOwn.push(blocks);
    else
      blocks.forEach((value, at) => {
        const [unit, i, j] = [Math.floor(at / width ** 2), Math.floor(at / width) % width, at % width];
        within[(base + unit * width + i) * outer.scalars + base + unit * width + j] = value;
      });
  });
  const links = { row: [] as number[], column: [] as number[], value: [] as number[] };
  const cross = { row: [] as number[], column: [] as number[], value: [] as number[] };
  const { start, column, value } = sums.links;
  for (let i = 0; i < sums.scalars; i++)
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      const j = column[e]!;
      if (isBorder[i] && isBorder[j]) within[place[i]! * outer.scalars + place[j]!] = value[e]!;
      const into = isBorder[i] ? null : isBorder[j] ? cross : j > i ? links : null;
      into?.row.push(place[i]!);
      into?.column.push(place[j]!);
      into?.value.push(value[e]!);
    }
  const typed = ({ row, column: c, value: v }: typeof links) =>
    ({ row: Int32Array.from(row), column: Int32Array.from(c), value: Float64Array.from(v) }) as const;
  const inside = typed(links);
  return {
    inner,
    border,
    sums: {
      ...sums,
      families: own.families,
      scalars: own.scalars,
      effects: own.effects,
      own: joined(innerOwn),
      links: linksFromTriplets(own.scalars, inside.row, inside.column, inside.value),
    },
    place,
    isBorder,
    scalars: outer.scalars,
    effects: outer.effects,
    firstScalar: outer.families.map((family) => family.firstScalar),
    firstEffect: outer.families.map((family) => family.firstEffect),
    cross: typed(cross),
    own: within,
  };
}

function joined(blocks: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(blocks.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const block of blocks) {
    out.set(block, at);
    at += block.length;
  }
  return out;
}

/**
 * A few effects that many units share, as those of authorities beside schools, as a border around the series: with M in parts inner and
 * border, H = M₁₁⁻¹M₁₂ by the series' own solutions and T = M₂₂ − M₂₁H dense,
 *
 *   log |M| = log |M₁₁| + log |T|,   M⁻¹ = [M₁₁⁻¹ + HT⁻¹Hᵀ, −HT⁻¹; −T⁻¹Hᵀ, T⁻¹].
 *
 * What is shared by many couples them strongly, so the series alone would not converge; without it, units are as weakly coupled as before.
 */
export class BorderedEffects implements EffectsSystem {
  private readonly whole: Sums;
  private readonly parted: Parted;
  private readonly series: SeriesEffects;
  /** Λ of the border, scalars × effects. */
  private readonly lambda: Float64Array;
  /** H, inner effects × border effects, and what C₁₂Λ₂ − C₁₁Λ₁H leaves, inner scalars × border effects. */
  private h: Float64Array = new Float64Array(0);
  private left: Float64Array = new Float64Array(0);
  private inverseT: Float64Array = new Float64Array(0);
  /** C₂₂Λ₂ − C₂₁Λ₁H, border scalars × border effects. */
  private rest: Float64Array = new Float64Array(0);
  private innerFactors: readonly Float64Array[] = [];

  private constructor(whole: Sums, parted: Parted, series: SeriesEffects) {
    this.whole = whole;
    this.parted = parted;
    this.series = series;
    this.lambda = new Float64Array(parted.scalars * parted.effects);
  }

  /**
   * Puts the families with the fewest scalars into the border, one after the other, until the others are weakly coupled.
   * @param largest Λ of every family at which the coupling is judged
   * @returns null where the border would become too wide
   */
  static around(sums: Sums, crew: Crew, largest: readonly Float64Array[]): BorderedEffects | null {
    const size = ({ units, width }: Family) => units * width;
    const order = sums.families.map((_, f) => f).sort((a, b) => size(sums.families[a]!) - size(sums.families[b]!));
    const border: number[] = [];
    let scalars = 0;
    for (const f of order.slice(0, -1)) {
      scalars += size(sums.families[f]!);
      if (scalars > widestBorder) return null;
      border.push(f);
      const parted = part(sums, border);
      const series = new SeriesEffects(
        parted.sums,
        crew,
        parted.inner.map((i) => largest[i]!),
      );
      if (series.radius <= SeriesEffects.largestRadius) return new BorderedEffects(sums, parted, series);
    }
    return null;
  }

  get method(): "factorisation" | "series" {
    return this.series.method;
  }

  get remainder(): number {
    return this.series.remainder;
  }

  /** Multiplications of one evaluation at the fine order. */
  get cost(): number {
    const { effects, sums } = this.parted;
    return this.series.cost * (1 + effects / (sums.fixed.length + 1)) + sums.effects * effects ** 2;
  }

  refine(precision: Precision): void {
    this.series.refine(precision);
  }

  factorise(factors: readonly Float64Array[]): number {
    const { whole, parted, series } = this;
    const { effects: n, scalars: m, cross, sums } = parted;
    this.innerFactors = parted.inner.map((f) => factors[f]!);
    let logDeterminant = series.factorise(this.innerFactors);
    this.lambda.fill(0);
    parted.border.forEach((f, k) => {
      const { units, width, effects } = whole.families[f]!;
      for (let unit = 0; unit < units; unit++)
        for (let i = 0; i < width; i++)
          for (let x = 0; x < effects; x++)
            this.lambda[(parted.firstScalar[k]! + unit * width + i) * n + parted.firstEffect[k]! + unit * effects + x] =
              factors[f]![i * effects + x]!;
    });
    // C₁₂Λ₂; a border scalar's row of Λ₂ has few entries.
    const right = new Float64Array(sums.scalars * n);
    for (let e = 0; e < cross.row.length; e++)
      for (let x = 0, to = cross.row[e]! * n, from = cross.column[e]! * n; x < n; x++)
        if (this.lambda[from + x] !== 0) right[to + x]! += cross.value[e]! * this.lambda[from + x]!;
    ({ effects: this.h, left: this.left } = series.solve(right, n));
    const spread = times(sums.families, this.innerFactors, this.h, n, sums.scalars); // Λ₁H
    this.rest = new Float64Array(m * n);
    for (let i = 0; i < m; i++)
      for (let j = 0; j < m; j++) {
        const c = parted.own[i * m + j]!;
        if (c !== 0) for (let x = 0; x < n; x++) this.rest[i * n + x]! += c * this.lambda[j * n + x]!;
      }
    for (let e = 0; e < cross.row.length; e++)
      for (let x = 0, to = cross.column[e]! * n, from = cross.row[e]! * n; x < n; x++)
        this.rest[to + x]! -= cross.value[e]! * spread[from + x]!;
    const t = new Float64Array(n * n);
    for (let i = 0; i < m; i++)
      for (let x = 0; x < n; x++) {
        const value = this.lambda[i * n + x]!;
        if (value !== 0) for (let y = 0; y < n; y++) t[x * n + y]! += value * this.rest[i * n + y]!;
      }
    for (let x = 0; x < n; x++) t[x * n + x]! += 1;
    const { inverse, logDeterminant: ofT } = invertPositiveDefinite(t, n);
    this.inverseT = inverse;
    logDeterminant += ofT;
    return logDeterminant;
  }

  solve(b: Float64Array, w: number): Solved {
    const { whole, parted } = this;
    const { effects: n, scalars: m, cross, sums } = parted;
    const inner = new Float64Array(sums.scalars * w);
    const outer = new Float64Array(m * w);
    for (let s = 0; s < whole.scalars; s++)
      for (let c = 0, to = parted.place[s]! * w, from = s * w, into = parted.isBorder[s] ? outer : inner; c < w; c++)
        into[to + c] = b[from + c]!;
    const { effects: x, left } = this.series.solve(inner, w);
    const spread = times(sums.families, this.innerFactors, x, w, sums.scalars);
    for (let e = 0; e < cross.row.length; e++)
      for (let c = 0, to = cross.column[e]! * w, from = cross.row[e]! * w; c < w; c++)
        outer[to + c]! -= cross.value[e]! * spread[from + c]!;
    const turned = new Float64Array(n * w);
    for (let i = 0; i < m; i++)
      for (let y = 0; y < n; y++) {
        const value = this.lambda[i * n + y]!;
        if (value !== 0) for (let c = 0; c < w; c++) turned[y * w + c]! += value * outer[i * w + c]!;
      }
    const border = new Float64Array(n * w);
    for (let i = 0; i < n; i++)
      for (let j = 0; j < n; j++)
        for (let c = 0, value = this.inverseT[i * n + j]!; c < w; c++) border[i * w + c]! += value * turned[j * w + c]!;
    for (let i = 0; i < sums.effects; i++)
      for (let j = 0; j < n; j++) {
        const value = this.h[i * n + j]!;
        if (value !== 0) for (let c = 0; c < w; c++) x[i * w + c]! -= value * border[j * w + c]!;
      }
    return { effects: this.joined(x, border, w), left: this.leftBeside(left, outer, border, w) };
  }

  /** What both parts leave of the right-hand sides, given what the inner part alone has left of them. */
  private leftBeside(inner: Float64Array, outer: Float64Array, border: Float64Array, w: number): Float64Array {
    const { whole, parted } = this;
    const n = parted.effects;
    const out = new Float64Array(whole.scalars * w);
    for (let s = 0; s < whole.scalars; s++) {
      const place = parted.place[s]!;
      const from = parted.isBorder[s] ? outer : inner;
      const spread = parted.isBorder[s] ? this.rest : this.left;
      for (let c = 0; c < w; c++) out[s * w + c] = from[place * w + c]!;
      for (let y = 0; y < n; y++) {
        const value = spread[place * n + y]!;
        if (value !== 0) for (let c = 0; c < w; c++) out[s * w + c]! -= value * border[y * w + c]!;
      }
    }
    return out;
  }

  /** Inner and border effects in the order of all. */
  private joined(inner: Float64Array, border: Float64Array, w: number): Float64Array {
    const { whole, parted } = this;
    const out = new Float64Array(whole.effects * w);
    whole.families.forEach(({ units, effects, firstEffect }, f) => {
      const k = parted.border.indexOf(f);
      const from = k >= 0 ? parted.firstEffect[k]! : parted.sums.families[parted.inner.indexOf(f)]!.firstEffect;
      out.set((k >= 0 ? border : inner).subarray(from * w, (from + units * effects) * w), firstEffect * w);
    });
    return out;
  }

  inverse(): { blocks: Float64Array; traces: Float64Array[] } {
    const { whole, parted, h, left, inverseT } = this;
    const n = parted.effects;
    const own = this.series.inverse();
    const last = whole.families.at(-1)!;
    const blocks = new Float64Array(last.firstBlock + last.units * last.effects ** 2);
    const traces = whole.families.map(({ width, effects }) => new Float64Array(width * effects));
    const turned = new Float64Array(Math.max(...whole.families.map(({ effects }) => effects)) * n); // rows of HT⁻¹
    parted.inner.forEach((f, k) => {
      const { units, width, effects, firstBlock } = whole.families[f]!;
      const inside = parted.sums.families[k]!;
      traces[f]!.set(own.traces[k]!);
      for (let unit = 0; unit < units; unit++) {
        const [effect, scalar] = [inside.firstEffect + unit * effects, inside.firstScalar + unit * width];
        turned.fill(0, 0, effects * n);
        for (let x = 0; x < effects; x++)
          for (let i = 0; i < n; i++) {
            const value = h[(effect + x) * n + i]!;
            if (value !== 0) for (let j = 0; j < n; j++) turned[x * n + j]! += value * inverseT[i * n + j]!;
          }
        for (let x = 0; x < effects; x++) {
          for (let y = 0; y < effects; y++) {
            let sum = own.blocks[inside.firstBlock + unit * effects * effects + x * effects + y]!;
            for (let j = 0; j < n; j++) sum += turned[x * n + j]! * h[(effect + y) * n + j]!;
            blocks[firstBlock + unit * effects * effects + x * effects + y] = sum;
          }
          for (let i = 0; i < width; i++) {
            let sum = 0;
            for (let j = 0; j < n; j++) sum += left[(scalar + i) * n + j]! * turned[x * n + j]!;
            traces[f]![i * effects + x]! -= sum;
          }
        }
      }
    });
    parted.border.forEach((f, k) => {
      const { units, width, effects, firstBlock } = whole.families[f]!;
      for (let unit = 0; unit < units; unit++) {
        const effect = parted.firstEffect[k]! + unit * effects;
        for (let x = 0; x < effects; x++) {
          for (let y = 0; y < effects; y++)
            blocks[firstBlock + unit * effects * effects + x * effects + y] = inverseT[(effect + x) * n + effect + y]!;
          for (let i = 0; i < width; i++) {
            let sum = 0;
            for (let j = 0; j < n; j++)
              sum += this.rest[(parted.firstScalar[k]! + unit * width + i) * n + j]! * inverseT[j * n + effect + x]!;
            traces[f]![i * effects + x]! += sum;
          }
        }
      }
    });
    return { blocks, traces };
  }

  quadraticForm(places: readonly number[], values: readonly number[]): number {
    const { whole, parted, h, inverseT } = this;
    const n = parted.effects;
    const inner: { places: number[]; values: number[] } = { places: [], values: [] };
    const border = new Float64Array(n); // Hᵀa₁ − a₂
    places.forEach((place, k) => {
      const f = whole.families.findIndex(
        ({ firstEffect, units, effects }) => place >= firstEffect && place < firstEffect + units * effects,
      );
      const local = place - whole.families[f]!.firstEffect;
      const b = parted.border.indexOf(f);
      if (b >= 0) {
        border[parted.firstEffect[b]! + local]! -= values[k]!;
        return;
      }
      const at = parted.sums.families[parted.inner.indexOf(f)]!.firstEffect + local;
      inner.places.push(at);
      inner.values.push(values[k]!);
      for (let j = 0; j < n; j++) border[j]! += values[k]! * h[at * n + j]!;
    });
    let sum = inner.places.length > 0 ? this.series.quadraticForm(inner.places, inner.values) : 0;
    for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) sum += border[i]! * inverseT[i * n + j]! * border[j]!;
    return sum;
  }
}
