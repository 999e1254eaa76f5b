import type { MixedModelDesign, RandomTerm, SummedParts } from "../../statistics/mixed-model/index.js";
import { compareNames } from "../school-id.js";
import { PairSums } from "./pair-sums.js";

interface Scaled {
  readonly name: string;
  readonly values: Float64Array | null;
  readonly centre: number;
  readonly scale: number;
}

/** Neumaier's compensated sum. */
function sumOf(rows: number, term: (row: number) => number): number {
  let [sum, lost] = [0, 0];
  for (let i = 0; i < rows; i++) {
    const value = term(i);
    const next = sum + value;
    lost += Math.abs(sum) >= Math.abs(value) ? sum - next + value : value - next + sum;
    sum = next;
  }
  return sum + lost;
}

function scaled(name: string, values: Float64Array | null): Scaled {
  if (values === null) return { name, values, centre: 0, scale: 1 };
  const mean = sumOf(values.length, (i) => values[i]!) / values.length;
  const deviation = Math.sqrt(sumOf(values.length, (i) => (values[i]! - mean) ** 2) / values.length);
  return { name, values, centre: mean, scale: deviation };
}

/** Without a constant nothing is centred; the response is scaled by its deviation all the same. */
function scaledColumns({ fixed, response }: MixedModelDesign): Scaled[] {
  const columns = [...fixed, response].map(({ name, values }) => scaled(name, values));
  if (columns.some(({ values }) => values === null)) return columns;
  return columns.map(({ centre, scale, ...column }, i) => ({
    ...{ ...column, centre: 0, scale: i === fixed.length ? scale : Math.hypot(centre, scale) },
  }));
}

/** Rows that are standardised at once and then multiplied with each other, so that they stay in the cache. */
const tileRows = 512;

function fillTile(columns: readonly Scaled[], from: number, count: number, tile: Float64Array): void {
  columns.forEach(({ values, centre, scale }, c) => {
    const at = c * tileRows;
    if (values === null) tile.fill(1, at, at + count);
    else for (let r = 0; r < count; r++) tile[at + r] = (values[from + r]! - centre) / scale;
  });
}

function addGram(tile: Float64Array, count: number, w: number, gram: Float64Array): void {
  for (let i = 0; i < w; i++)
    for (let j = i; j < w; j++) {
      let sum = 0;
      for (let r = 0; r < count; r++) sum += tile[i * tileRows + r]! * tile[j * tileRows + r]!;
      gram[i * w + j]! += sum;
    }
}

/** Where the entries of a row of a term begin; they end where the next row's begin. */
const firstEntry = ({ start }: RandomTerm, row: number) => (start ? start[row]! : row);
const shareOf = ({ weight }: RandomTerm, entry: number) => (weight ? weight[entry]! : 1);
const factorOf = ({ coefficients }: RandomTerm, c: number, row: number) => coefficients[c]!.values?.[row] ?? 1;

function addLevels(tile: Float64Array, from: number, count: number, w: number, term: RandomTerm, into: Float64Array) {
  const width = term.coefficients.length;
  for (let r = 0; r < count; r++) {
    const end = firstEntry(term, from + r + 1);
    for (let e = firstEntry(term, from + r); e < end; e++) {
      if (term.level[e]! < 0) continue;
      for (let c = 0; c < width; c++) {
        const z = shareOf(term, e) * factorOf(term, c, from + r);
        const to = (term.level[e]! * width + c) * w;
        for (let k = 0, x = r; k < w; k++, x += tileRows) into[to + k]! += z * tile[x]!;
      }
    }
  }
}

/** ZᵀZ of each level of a term with itself. */
function addOwn(design: MixedModelDesign, t: number, pairs: PairSums): void {
  const term = design.random[t]!;
  const width = term.coefficients.length;
  const size = (width * (width + 1)) / 2;
  const own = new Float64Array(term.levels.length * size);
  for (let row = 0; row < design.rows; row++)
    for (let e = firstEntry(term, row); e < firstEntry(term, row + 1); e++) {
      if (term.level[e]! < 0) continue;
      const square = shareOf(term, e) ** 2;
      let at = term.level[e]! * size;
      for (let c = 0; c < width; c++)
        for (let d = c; d < width; d++) own[at++]! += square * factorOf(term, c, row) * factorOf(term, d, row);
    }
  for (let level = 0; level < term.levels.length; level++)
    pairs.addOwn(t, level, own.subarray(level * size, (level + 1) * size));
}

/** ZᵀZ between the levels of two terms, or of one with itself: then every pair once, and no level with itself. */
function addPairs(design: MixedModelDesign, s: number, t: number, pairs: PairSums): void {
  const [one, other] = [design.random[s]!, design.random[t]!];
  const [ks, kt] = [one.coefficients.length, other.coefficients.length];
  const blocks = new Map<number, Float64Array>();
  const levels = other.levels.length;
  for (let row = 0; row < design.rows; row++) {
    const [end, until] = [firstEntry(one, row + 1), firstEntry(other, row + 1)];
    for (let e = firstEntry(one, row); e < end; e++)
      for (let f = firstEntry(other, row); f < until; f++) {
        const a = one.level[e]!;
        const b = other.level[f]!;
        if (a < 0 || b < 0 || (s === t && b <= a)) continue;
        const key = a * levels + b;
        let block = blocks.get(key);
        if (block === undefined) {
          block = new Float64Array(ks * kt);
          blocks.set(key, block);
        }
        const share = shareOf(one, e) * shareOf(other, f);
        for (let c = 0; c < ks; c++)
          for (let d = 0; d < kt; d++) block[c * kt + d]! += share * factorOf(one, c, row) * factorOf(other, d, row);
      }
  }
  for (const [key, block] of blocks) pairs.addBlock(s, Math.floor(key / levels), t, key % levels, block);
}

/** The term with its levels in order, without those nobody belongs to: as databases have them. */
function inOrder(term: RandomTerm): RandomTerm {
  const occurs = new Uint8Array(term.levels.length);
  term.level.forEach((level, e) => {
    if (level >= 0 && term.weight?.[e] !== 0) occurs[level] = 1;
  });
  const order = Array.from(term.levels.keys())
    .filter((level) => occurs[level] === 1)
    .sort((a, b) => compareNames(term.levels[a]!, term.levels[b]!));
  const place = new Int32Array(term.levels.length).fill(-1);
  order.forEach((level, i) => {
    place[level] = i;
  });
  return {
    ...term,
    levels: order.map((level) => term.levels[level]!),
    level: term.level.map((level) => (level < 0 ? -1 : place[level]!)),
  };
}

/**
 * The sums of a design, made in this process: the same as databases make of their tables. To fit a design that is in memory nothing of
 * this is needed; it makes sums to keep, to add to others', and to hold databases' against.
 */
export function partsOfDesign(given: MixedModelDesign): SummedParts {
  const design = { ...given, random: given.random.map(inOrder) };
  const columns = scaledColumns(design);
  const w = columns.length;
  const gram = new Float64Array(w * w);
  const tile = new Float64Array(w * tileRows);
  const levelSums = design.random.map((term) => new Float64Array(term.levels.length * term.coefficients.length * w));
  for (let from = 0; from < design.rows; from += tileRows) {
    const count = Math.min(tileRows, design.rows - from);
    fillTile(columns, from, count, tile);
    addGram(tile, count, w, gram);
    design.random.forEach((term, t) => {
      addLevels(tile, from, count, w, term, levelSums[t]!);
    });
  }
  for (let i = 0; i < w; i++) for (let j = 0; j < i; j++) gram[i * w + j] = gram[j * w + i]!;
  const pairs = new PairSums(
    design.random.map(({ levels, coefficients }) => ({ levels: levels.length, width: coefficients.length })),
  );
  for (let s = 0; s < design.random.length; s++) {
    addOwn(design, s, pairs);
    for (let t = s; t < design.random.length; t++) addPairs(design, s, t, pairs);
  }
  const named = columns.map(({ name, centre, scale, values }) => ({ name, centre, scale, constant: values === null }));
  const response = named.at(-1)!;
  return {
    rows: design.rows,
    response: { name: response.name, centre: response.centre, scale: response.scale },
    fixed: named.slice(0, -1),
    gram,
    terms: design.random.map(({ group, levels, coefficients }, t) => ({
      group,
      levels,
      coefficients: coefficients.map(({ name }) => name),
      levelSums: levelSums[t]!,
    })),
    pairs: pairs.finish(),
  };
}
