import type { Sums } from "./sums.js";

/** The term of every node. */
function termOfNode(sums: Sums): Int32Array {
  const term = new Int32Array(sums.pattern.nodes);
  sums.terms.forEach(({ firstNode, levels }, t) => {
    term.fill(t, firstNode, firstNode + levels.length);
  });
  return term;
}

const termsOf = new WeakMap<Sums, Int32Array>();

function cachedTerms(sums: Sums): Int32Array {
  let terms = termsOf.get(sums);
  if (!terms) {
    terms = termOfNode(sums);
    termsOf.set(sums, terms);
  }
  return terms;
}

/** M = Λᵀ C Λ + I, block by block, into `values` at the places of the pattern. */
export function penalise(sums: Sums, factors: readonly Float64Array[], values: Float64Array): void {
  const { pattern, zz } = sums;
  const term = cachedTerms(sums);
  for (let a = 0; a < pattern.nodes; a++) {
    const ka = pattern.width[a]!;
    const fa = factors[term[a]!]!;
    for (let e = pattern.start[a]!; e < pattern.start[a + 1]!; e++) {
      const b = pattern.column[e]!;
      const at = pattern.valueStart[e]!;
      const kb = pattern.width[b]!;
      const fb = factors[term[b]!]!;
      if (ka === 1 && kb === 1) {
        values[at] = fa[0]! * zz[at]! * fb[0]! + (a === b ? 1 : 0);
        continue;
      }
      for (let i = 0; i < ka; i++)
        for (let j = 0; j < kb; j++) {
          let sum = a === b && i === j ? 1 : 0;
          for (let u = i; u < ka; u++)
            for (let v = j; v < kb; v++) sum += fa[u * ka + i]! * zz[at + u * kb + v]! * fb[v * kb + j]!;
          values[at + i * kb + j] = sum;
        }
    }
  }
}

/**
 * Subtracts C v from `left` (q×w) and gathers, for each term s, Σ over its levels a and all b of C_ab Λ_b (M⁻¹)_ba.
 * @param effects v = Λ M⁻¹ΛᵀB, q×w
 * @param inverseValues M⁻¹ at the places of the pattern
 * @returns one width×width matrix a term, row-major
 */
export function addProductWithPattern(
  sums: Sums,
  factors: readonly Float64Array[],
  effects: Float64Array,
  inverseValues: Float64Array,
  left: Float64Array,
  w: number,
): Float64Array[] {
  const { pattern, zz, terms } = sums;
  const term = cachedTerms(sums);
  const traces = terms.map(({ width }) => new Float64Array(width * width));
  const scalarOf = (node: number) => {
    const { firstNode, firstScalar, width } = terms[term[node]!]!;
    return firstScalar + (node - firstNode) * width;
  };
  for (let a = 0; a < pattern.nodes; a++) {
    const ka = pattern.width[a]!;
    const sa = scalarOf(a);
    for (let e = pattern.start[a]!; e < pattern.start[a + 1]!; e++) {
      const b = pattern.column[e]!;
      const at = pattern.valueStart[e]!;
      const kb = pattern.width[b]!;
      const sb = scalarOf(b);
      for (let i = 0; i < ka; i++)
        for (let j = 0; j < kb; j++) {
          const c = zz[at + i * kb + j]!;
          if (c === 0) continue;
          subtractRow(left, (sa + i) * w, effects, (sb + j) * w, c, w);
          if (a !== b) subtractRow(left, (sb + j) * w, effects, (sa + i) * w, c, w);
        }
      gatherTrace(traces[term[a]!]!, zz, at, ka, kb, factors[term[b]!]!, inverseValues, false);
      if (a !== b) gatherTrace(traces[term[b]!]!, zz, at, kb, ka, factors[term[a]!]!, inverseValues, true);
    }
  }
  return traces;
}

function subtractRow(
  to: Float64Array,
  toAt: number,
  from: Float64Array,
  fromAt: number,
  times: number,
  w: number,
): void {
  for (let c = 0; c < w; c++) to[toAt + c]! -= times * from[fromAt + c]!;
}

/** trace += C Λ Z for one block: C is k×m, Λ m×m lower, Z m×k; `transposed` reads the stored block (m×k) the other way round. */
function gatherTrace(
  trace: Float64Array,
  zz: Float64Array,
  at: number,
  k: number,
  m: number,
  factor: Float64Array,
  inverse: Float64Array,
  transposed: boolean,
): void {
  for (let i = 0; i < k; i++)
    for (let v = 0; v < m; v++) {
      let product = 0; // (C Λ)[i, v]
      for (let u = v; u < m; u++)
        product += (transposed ? zz[at + u * k + i]! : zz[at + i * m + u]!) * factor[u * m + v]!;
      if (product === 0) continue;
      for (let j = 0; j < k; j++)
        trace[i * k + j]! += product * (transposed ? inverse[at + v * k + j]! : inverse[at + j * m + v]!);
    }
}

/**
 * The same traces from the diagonal blocks of M⁻¹ alone: M M⁻¹ = I gives Σ_b C_ab Λ_b (M⁻¹)_ba = Λ_a⁻ᵀ(I − (M⁻¹)_aa).
 * No diagonal entry of Λ may be zero.
 */
export function tracesFromDiagonal(
  sums: Sums,
  factors: readonly Float64Array[],
  inverseValues: Float64Array,
): Float64Array[] {
  const { pattern, terms } = sums;
  return terms.map(({ width: k, firstNode, levels }, t) => {
    const factor = factors[t]!;
    const trace = new Float64Array(k * k);
    for (let node = firstNode; node < firstNode + levels.length; node++) {
      const at = pattern.valueStart[pattern.start[node]!]!;
      for (let i = 0; i < k; i++)
        for (let j = 0; j < k; j++) trace[i * k + j]! += (i === j ? 1 : 0) - inverseValues[at + i * k + j]!;
    }
    for (let i = k - 1; i >= 0; i--)
      for (let j = 0; j < k; j++) {
        let value = trace[i * k + j]!;
        for (let u = i + 1; u < k; u++) value -= factor[u * k + i]! * trace[u * k + j]!;
        trace[i * k + j] = value / factor[i * k + i]!;
      }
    return trace;
  });
}
