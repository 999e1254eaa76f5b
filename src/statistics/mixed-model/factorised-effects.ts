import { selectedInverse } from "../linear-algebra/selected-inverse.js";
import { SparseCholesky } from "../linear-algebra/sparse-cholesky.js";
import { analyseWithin, type BlockPattern, type Symbolic } from "../linear-algebra/symbolic.js";
import { familyOfUnit } from "./coupled-units.js";
import type { EffectsSystem, Solved } from "./effects-system.js";
import { times } from "./factors.js";
import { subtractProduct, unitOfScalar } from "./links.js";
import type { Sums } from "./sums.js";

/** The units as a block pattern, and where each link's block begins in it. */
interface UnitPattern {
  readonly pattern: BlockPattern;
  readonly length: number;
  readonly blockOfLink: Int32Array;
}

function patternOf(sums: Sums, unitOf: Int32Array, family: Int32Array): UnitPattern {
  const { families, links } = sums;
  const nodes = family.length;
  const width = Int32Array.from(family, (f) => families[f]!.effects);
  const start = new Int32Array(nodes + 1);
  const column: number[] = [];
  const valueStart: number[] = [];
  let length = 0;
  const blockOfLink = new Int32Array(links.column.length);
  const slot = new Int32Array(nodes).fill(-1);
  for (let u = 0; u < nodes; u++) {
    const { width: wide, firstScalar, firstUnit } = families[family[u]!]!;
    const from = firstScalar + (u - firstUnit) * wide;
    const found: number[] = [];
    for (let s = from; s < from + wide; s++)
      for (let e = links.start[s]!; e < links.start[s + 1]!; e++) {
        const v = unitOf[links.column[e]!]!;
        if (v > u && slot[v] !== u) {
          slot[v] = u;
          found.push(v);
        }
      }
    found.sort((x, y) => x - y);
    for (const v of [u, ...found]) {
      column.push(v);
      valueStart.push(length);
      length += width[u]! * width[v]!;
    }
    start[u + 1] = column.length;
  }
  const pattern = { nodes, width, start, column: Int32Array.from(column), valueStart: Int32Array.from(valueStart) };
  const at = new Int32Array(nodes);
  for (let u = 0; u < nodes; u++) {
    for (let b = start[u]!; b < start[u + 1]!; b++) at[pattern.column[b]!] = pattern.valueStart[b]!;
    const { width: wide, firstScalar, firstUnit } = families[family[u]!]!;
    const from = firstScalar + (u - firstUnit) * wide;
    for (let s = from; s < from + wide; s++)
      for (let e = links.start[s]!; e < links.start[s + 1]!; e++) {
        const v = unitOf[links.column[e]!]!;
        if (v > u) blockOfLink[e] = at[v]!;
      }
  }
  // The links of the other side find the same block by walking both ascending lists once.
  const next = links.start.slice();
  for (let s = 0; s < sums.scalars; s++)
    for (let e = links.start[s]!; e < links.start[s + 1]!; e++) {
      const other = links.column[e]!;
      if (unitOf[other]! < unitOf[s]!) continue;
      const mirror = next[other]!++;
      blockOfLink[mirror] = blockOfLink[e]!;
    }
  return { pattern, length, blockOfLink };
}

/** The inverse on the pattern costs about this much with the factor, in multiples of the factor. */
const timesOver = 4;

/** The exact way: sparse Cholesky factorisation of M over dense fronts, a node a unit. */
export class FactorisedEffects implements EffectsSystem {
  readonly method = "factorisation";
  readonly remainder = 0;
  private readonly sums: Sums;
  private readonly unitOf: Int32Array;
  private readonly family: Int32Array;
  private readonly units: UnitPattern;
  private readonly symbolic: Symbolic;
  private readonly cholesky: SparseCholesky;
  private readonly values: Float64Array;
  private factors: readonly Float64Array[] = [];

  private constructor(sums: Sums, unitOf: Int32Array, family: Int32Array, units: UnitPattern, symbolic: Symbolic) {
    this.sums = sums;
    this.unitOf = unitOf;
    this.family = family;
    this.units = units;
    this.symbolic = symbolic;
    this.cholesky = new SparseCholesky(this.symbolic);
    this.values = new Float64Array(this.units.length);
  }

  /** The system, whatever it costs. */
  static of(sums: Sums): FactorisedEffects {
    return FactorisedEffects.within(sums, Number.POSITIVE_INFINITY)!;
  }

  /** The system, unless one evaluation would take more than so many multiplications: then null. */
  static within(sums: Sums, most: number): FactorisedEffects | null {
    const unitOf = unitOfScalar(sums);
    const family = familyOfUnit(sums);
    const units = patternOf(sums, unitOf, family);
    const symbolic = analyseWithin(units.pattern, most / timesOver);
    return symbolic && new FactorisedEffects(sums, unitOf, family, units, symbolic);
  }

  refine(): void {
    // Always exact to rounding.
  }

  factorise(factors: readonly Float64Array[]): number {
    this.factors = factors;
    this.fillOwn();
    this.fillLinks();
    return this.cholesky.factorise(this.values);
  }

  /** ΛᵀDΛ + I in the diagonal blocks. */
  private fillOwn(): void {
    const { sums, family, values, factors } = this;
    const { pattern } = this.units;
    values.fill(0);
    family.forEach((f, u) => {
      const { width, effects, firstOwn, firstUnit } = sums.families[f]!;
      const factor = factors[f]!;
      const own = firstOwn + (u - firstUnit) * width * width;
      const at = pattern.valueStart[pattern.start[u]!]!;
      for (let x = 0; x < effects; x++) values[at + x * effects + x] = 1;
      for (let i = 0; i < width; i++)
        for (let j = 0; j < width; j++) {
          const c = sums.own[own + i * width + j]!;
          if (c === 0) continue;
          for (let x = 0; x < effects; x++) {
            const product = factor[i * effects + x]! * c;
            if (product !== 0)
              for (let y = 0; y < effects; y++) values[at + x * effects + y]! += product * factor[j * effects + y]!;
          }
        }
    });
  }

  /** ΛᵀNΛ in the blocks between units. */
  private fillLinks(): void {
    const { sums, unitOf, family, values, factors } = this;
    const { blockOfLink } = this.units;
    const { links, families } = sums;
    for (let s = 0; s < sums.scalars; s++) {
      const u = unitOf[s]!;
      const a = families[family[u]!]!;
      const fa = factors[family[u]!]!;
      const i = (s - a.firstScalar) % a.width;
      for (let e = links.start[s]!; e < links.start[s + 1]!; e++) {
        const other = links.column[e]!;
        const v = unitOf[other]!;
        if (v < u) continue;
        const b = families[family[v]!]!;
        const fb = factors[family[v]!]!;
        const j = (other - b.firstScalar) % b.width;
        const at = blockOfLink[e]!;
        for (let x = 0; x < a.effects; x++) {
          const product = fa[i * a.effects + x]! * links.value[e]!;
          if (product !== 0)
            for (let y = 0; y < b.effects; y++) values[at + x * b.effects + y]! += product * fb[j * b.effects + y]!;
        }
      }
    }
  }

  solve(b: Float64Array, w: number): Solved {
    const { sums, symbolic } = this;
    const { place } = symbolic;
    const permuted = new Float64Array(sums.effects * w);
    sums.families.forEach(({ units, width, effects, firstScalar, firstEffect }, f) => {
      const factor = this.factors[f]!;
      for (let unit = 0; unit < units; unit++)
        for (let x = 0; x < effects; x++) {
          const to = place[firstEffect + unit * effects + x]! * w;
          for (let i = 0; i < width; i++) {
            const value = factor[i * effects + x]!;
            if (value !== 0)
              for (let c = 0, from = (firstScalar + unit * width + i) * w; c < w; c++)
                permuted[to + c]! += value * b[from + c]!;
          }
        }
    });
    this.cholesky.solveForward(permuted, w);
    this.cholesky.solveBackward(permuted, w);
    const out = new Float64Array(permuted.length);
    for (let s = 0; s < place.length; s++)
      for (let c = 0, from = place[s]! * w, to = s * w; c < w; c++) out[to + c] = permuted[from + c]!;
    const left = Float64Array.from(b);
    subtractProduct(
      sums.families,
      sums.own,
      sums.links,
      times(sums.families, this.factors, out, w, sums.scalars),
      w,
      left,
    );
    return { effects: out, left };
  }

  /** M⁻¹ at the places of the pattern. */
  private inverseValues(): Float64Array {
    const s = this.symbolic;
    const { pattern } = this.units;
    const inverse = selectedInverse(this.cholesky);
    const values = new Float64Array(this.units.length);
    for (let f = 0; f < s.fronts; f++)
      for (let e = s.entryStart[f]!; e < s.entryStart[f + 1]!; e++)
        values[s.entrySource[e]!] = inverse[s.factorStart[f]! + s.entryTarget[e]!]!;
    // Only the upper triangle of a diagonal block is placed; the lower mirrors it.
    for (let a = 0; a < pattern.nodes; a++) {
      const k = pattern.width[a]!;
      const at = pattern.valueStart[pattern.start[a]!]!;
      for (let i = 1; i < k; i++) for (let j = 0; j < i; j++) values[at + i * k + j] = values[at + j * k + i]!;
    }
    return values;
  }

  inverse(): { blocks: Float64Array; traces: Float64Array[] } {
    const { sums, family, unitOf, factors } = this;
    const { families, links, own } = sums;
    const { pattern, blockOfLink } = this.units;
    const values = this.inverseValues();
    const last = families.at(-1)!;
    const blocks = new Float64Array(last.firstBlock + last.units * last.effects ** 2);
    const traces = families.map(({ width, effects }) => new Float64Array(width * effects));
    family.forEach((f, u) => {
      const { width, effects, firstBlock, firstOwn, firstUnit, firstScalar } = families[f]!;
      const at = pattern.valueStart[pattern.start[u]!]!;
      const unit = u - firstUnit;
      blocks.set(values.subarray(at, at + effects * effects), firstBlock + unit * effects * effects);
      for (let i = 0; i < width; i++) {
        for (let j = 0; j < width; j++) {
          const c = own[firstOwn + unit * width * width + i * width + j]!;
          if (c !== 0) addTrace(traces[f]!, i, effects, c, factors[f]!, j, effects, values, at, false);
        }
        const s = firstScalar + unit * width + i;
        for (let e = links.start[s]!; e < links.start[s + 1]!; e++) {
          const other = links.column[e]!;
          const v = unitOf[other]!;
          const b = families[family[v]!]!;
          const j = (other - b.firstScalar) % b.width;
          addTrace(
            traces[f]!,
            i,
            effects,
            links.value[e]!,
            factors[family[v]!]!,
            j,
            b.effects,
            values,
            blockOfLink[e]!,
            v > u,
          );
        }
      }
    });
    return { blocks, traces };
  }

  quadraticForm(places: readonly number[], values: readonly number[]): number {
    return this.cholesky.quadraticForm(places, values);
  }
}

/**
 * Row i of a trace (n columns) += c Λ[j, ·] M⁻¹[v, u], where Λ is the other unit's with m columns and the block begins at `at`:
 * it is stored as (v, u), m×n, or, `turned`, as (u, v), n×m.
 */
function addTrace(
  trace: Float64Array,
  i: number,
  n: number,
  c: number,
  factor: Float64Array,
  j: number,
  m: number,
  values: Float64Array,
  at: number,
  turned: boolean,
): void {
  for (let y = 0; y < m; y++) {
    const product = c * factor[j * m + y]!;
    if (product === 0) continue;
    for (let x = 0; x < n; x++) trace[i * n + x]! += product * values[turned ? at + x * m + y : at + y * n + x]!;
  }
}
