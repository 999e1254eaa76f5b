/** Squares of the field with p elements, p prime. */
function quadraticCharacter(p: number): Int8Array {
  const character = new Int8Array(p).fill(-1);
  for (let x = 1; x < p; x++) character[(x * x) % p] = 1;
  character[0] = 0;
  return character;
}

const isPrime = (n: number): boolean => {
  if (n < 2) return false;
  for (let d = 2; d * d <= n; d++) if (n % d === 0) return false;
  return true;
};

type Square = readonly Int8Array[];

const square = (n: number, entry: (i: number, j: number) => number): Square =>
  Array.from({ length: n }, (_, i) => Int8Array.from({ length: n }, (__, j) => entry(i, j)));

/** Paley's first construction, for a prime q ≡ 3 (mod 4): order q + 1. */
function paleyFirst(q: number): Square {
  const character = quadraticCharacter(q);
  return square(q + 1, (i, j) => {
    if (i === 0) return 1;
    if (j === 0) return -1;
    return i === j ? 1 : character[(i - j + q) % q]!;
  });
}

/** Paley's second construction, for a prime q ≡ 1 (mod 4): order 2(q + 1). */
function paleySecond(q: number): Square {
  const character = quadraticCharacter(q);
  const core = (i: number, j: number) =>
    i === 0 && j === 0 ? 0 : i === 0 || j === 0 ? 1 : character[(i - j + q) % q]!;
  const zero = [1, -1, -1, -1];
  const one = [1, 1, 1, -1];
  return square(2 * (q + 1), (i, j) => {
    const c = core(i >> 1, j >> 1);
    const at = (i & 1) * 2 + (j & 1);
    return c === 0 ? zero[at]! : c * one[at]!;
  });
}

/** A Hadamard matrix of exactly this order, or null where these constructions have none. */
function ofOrder(n: number): Square | null {
  if (n === 1) return square(1, () => 1);
  if (n === 2) return square(2, (i, j) => (i === 1 && j === 1 ? -1 : 1));
  if (n % 4 !== 0) return null;
  if (isPrime(n - 1)) return paleyFirst(n - 1);
  if (isPrime(n / 2 - 1) && (n / 2 - 1) % 4 === 1) return paleySecond(n / 2 - 1);
  const half = ofOrder(n / 2);
  return half ? square(n, (i, j) => half[i >> 1]![j >> 1]! * (i & j & 1 ? -1 : 1)) : null;
}

/**
 * A Hadamard matrix (entries ±1, HᵀH = n·I) of the smallest order ≥ `least` that Paley's two constructions (1933) over prime
 * fields and Sylvester's doubling reach, its first column all 1. Below 500 at most three multiples of four in a row are skipped.
 *
 * @param least ≥ 1
 * @returns rows
 */
export function hadamard(least: number): readonly Int8Array[] {
  for (let n = Math.max(1, Math.ceil(least)); ; n++) {
    const found = ofOrder(n);
    if (found) return found.map((row) => (row[0] === 1 ? row : row.map((entry) => -entry)));
  }
}
