import type { Families, FamilyRows } from "./families.js";

/** The blocks of ZᵀZ between units, scalar by scalar from both sides: scalar i has `column[e]`, `value[e]`, e from `start[i]` on, ascending. */
export interface Links {
  readonly start: Int32Array;
  readonly column: Int32Array;
  readonly value: Float64Array;
}

/** The scalars a row touches and its values there. */
class RowScalars {
  count = 0;
  readonly scalar: number[] = [];
  readonly unit: number[] = [];
  readonly z: number[] = [];
  private readonly memberships: readonly FamilyRows[];
  private readonly unitOf: Int32Array;
  private readonly rootWeight: Float64Array | null;

  constructor(memberships: readonly FamilyRows[], unitOf: Int32Array, rootWeight: Float64Array | null) {
    this.memberships = memberships;
    this.unitOf = unitOf;
    this.rootWeight = rootWeight;
  }

  read(row: number): void {
    this.count = 0;
    const root = this.rootWeight ? this.rootWeight[row]! : 1;
    for (const { start, level, weight, values, first, rest } of this.memberships) {
      const end = start ? start[row + 1]! : row + 1;
      for (let e = start ? start[row]! : row; e < end; e++) {
        const at = level[e]!;
        if (at < 0) continue;
        const share = root * (weight ? weight[e]! : 1);
        for (let k = 0; k < values.length; k++) {
          const column = values[k]!;
          const s = k === 0 ? first[at]! : rest[at]! + k;
          this.scalar[this.count] = s;
          this.unit[this.count] = this.unitOf[s]!;
          this.z[this.count++] = column ? share * column[row]! : share;
        }
      }
    }
  }
}

/** The unit of every scalar. */
export function unitOfScalar({ families, scalars }: Pick<Families, "families" | "scalars">): Int32Array {
  const out = new Int32Array(scalars);
  for (const { units, width, firstScalar, firstUnit } of families)
    for (let s = 0; s < units * width; s++) out[firstScalar + s] = firstUnit + Math.floor(s / width);
  return out;
}

/** Rows that can touch more than one unit: all of them with several families, else those with several memberships. */
function* linkingRows(rows: number, memberships: readonly FamilyRows[]): Generator<number> {
  const { start } = memberships[0]!;
  if (memberships.length > 1) for (let i = 0; i < rows; i++) yield i;
  else if (start) for (let i = 0; i < rows; i++) if (start[i + 1]! - start[i]! > 1) yield i;
}

/** ZᵀZ between units, from the rows that touch several. */
export function linksOf(rows: number, families: Families, rootWeight: Float64Array | null): Links {
  const { scalars } = families;
  const count = new Int32Array(scalars + 1);
  const found = new RowScalars(families.rows, unitOfScalar(families), rootWeight);
  for (const row of linkingRows(rows, families.rows)) {
    found.read(row);
    for (let a = 0; a < found.count; a++)
      for (let b = 0; b < a; b++)
        if (found.unit[a] !== found.unit[b]) count[Math.min(found.scalar[a]!, found.scalar[b]!) + 1]!++;
  }
  for (let s = 0; s < scalars; s++) count[s + 1]! += count[s]!;
  const pairs = count[scalars]!;
  const column = new Int32Array(pairs);
  const value = new Float64Array(pairs);
  const next = count.slice();
  for (const row of linkingRows(rows, families.rows)) {
    found.read(row);
    for (let a = 0; a < found.count; a++)
      for (let b = 0; b < a; b++) {
        if (found.unit[a] === found.unit[b]) continue;
        const [i, j] = [found.scalar[a]!, found.scalar[b]!];
        const to = next[Math.min(i, j)]!++;
        column[to] = Math.max(i, j);
        value[to] = found.z[a]! * found.z[b]!;
      }
  }
  return bothSides(compress(transpose({ start: count, column, value })));
}

/** Rows become columns. Each row of the answer ascends, and what stands twice keeps the order of its source. */
function transpose({ start, column, value }: Links): Links {
  const n = start.length - 1;
  const count = new Int32Array(n + 1);
  for (const c of column) count[c + 1]!++;
  for (let i = 0; i < n; i++) count[i + 1]! += count[i]!;
  const next = count.slice();
  const out = { start: count, column: new Int32Array(column.length), value: new Float64Array(column.length) };
  for (let i = 0; i < n; i++)
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      const to = next[column[e]!]!++;
      out.column[to] = i;
      out.value[to] = value[e]!;
    }
  return out;
}

/** Adds up what stands twice side by side. */
function compress({ start, column, value }: Links): Links {
  const n = start.length - 1;
  const kept = new Int32Array(n + 1);
  let to = 0;
  for (let i = 0; i < n; i++) {
    for (let e = start[i]!; e < start[i + 1]!; e++) {
      if (to > kept[i]! && column[to - 1] === column[e]) value[to - 1]! += value[e]!;
      else {
        column[to] = column[e]!;
        value[to++] = value[e]!;
      }
    }
    kept[i + 1] = to;
  }
  return { start: kept, column: column.slice(0, to), value: value.slice(0, to) };
}

/** A triangle and its mirror in one, each row ascending. */
export function bothSides(lower: Links): Links {
  const upper = transpose(lower);
  const n = lower.start.length - 1;
  const start = new Int32Array(n + 1);
  for (let i = 0; i < n; i++) start[i + 1] = lower.start[i + 1]! + upper.start[i + 1]!;
  const column = new Int32Array(start[n]!);
  const value = new Float64Array(start[n]!);
  for (let i = 0, to = 0; i < n; i++)
    for (const { start: s, column: c, value: v } of [lower, upper])
      for (let e = s[i]!; e < s[i + 1]!; e++, to++) {
        column[to] = c[e]!;
        value[to] = v[e]!;
      }
  return { start, column, value };
}

/** Links from triplets of a triangle (either one), in any order; what stands twice is added up. */
export function linksFromTriplets(scalars: number, row: Int32Array, column: Int32Array, value: Float64Array): Links {
  const count = new Int32Array(scalars + 1);
  for (let e = 0; e < row.length; e++) count[Math.min(row[e]!, column[e]!) + 1]!++;
  for (let s = 0; s < scalars; s++) count[s + 1]! += count[s]!;
  const next = count.slice();
  const out = { start: count, column: new Int32Array(row.length), value: new Float64Array(row.length) };
  for (let e = 0; e < row.length; e++) {
    const to = next[Math.min(row[e]!, column[e]!)]!++;
    out.column[to] = Math.max(row[e]!, column[e]!);
    out.value[to] = value[e]!;
  }
  return bothSides(compress(transpose(out)));
}

/** `to` −= ZᵀZ x with `w` columns: the units' own blocks and their links. */
export function subtractProduct(
  families: Families["families"],
  own: Float64Array,
  links: Links,
  x: Float64Array,
  w: number,
  to: Float64Array,
): void {
  for (const { units, width, firstScalar, firstOwn } of families)
    for (let unit = 0; unit < units; unit++) {
      const block = firstOwn + unit * width * width;
      const base = firstScalar + unit * width;
      for (let i = 0; i < width; i++)
        for (let j = 0; j < width; j++) {
          const value = own[block + i * width + j]!;
          if (value !== 0)
            for (let c = 0, t = (base + i) * w, s = (base + j) * w; c < w; c++) to[t + c]! -= value * x[s + c]!;
        }
    }
  const { start, column, value } = links;
  for (let i = 0; i + 1 < start.length; i++)
    for (let e = start[i]!; e < start[i + 1]!; e++)
      for (let c = 0, t = i * w, s = column[e]! * w; c < w; c++) to[t + c]! -= value[e]! * x[s + c]!;
}
