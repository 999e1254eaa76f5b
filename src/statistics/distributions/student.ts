import { normalCdf, normalDensity, normalQuantile } from "./normal.js";

/** Lanczos's approximation (g = 7, nine terms as Godfrey computed them) of the logarithm of Γ(x), x > 0; relative error ~1e-15. */
export function logGamma(x: number): number {
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x);
  const terms = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
    12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
  ];
  let sum = terms[0]!;
  for (let k = 1; k < 9; k++) sum += terms[k]! / (x - 1 + k);
  const t = x + 6.5;
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(t) - t + Math.log(sum);
}

/** Continued fraction of the incomplete beta function by Lentz's method (Press et al., Numerical Recipes, 6.4). */
function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300;
  const away = (v: number) => (Math.abs(v) < tiny ? tiny : v);
  let c = 1;
  let d = 1 / away(1 - ((a + b) * x) / (a + 1));
  let fraction = d;
  for (let m = 1; m <= 10_000; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    d = 1 / away(1 + even * d);
    c = away(1 + even / c);
    fraction *= d * c;
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    d = 1 / away(1 + odd * d);
    c = away(1 + odd / c);
    const change = d * c;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return fraction;
}

/**
 * The regularised incomplete beta function I_x(a, b).
 * @param x 0–1
 * @param a > 0
 * @param b > 0
 */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x));
  return x < (a + 1) / (a + b + 2) ? (front * betaFraction(x, a, b)) / a : 1 - (front * betaFraction(1 - x, b, a)) / b;
}

/** Beyond so many degrees of freedom Student's t is taken through Fisher's expansion about the normal distribution. */
const many = 1e4;

/**
 * Probability that Student's t is at most `t`.
 * @param freedom degrees of freedom > 0, any real number; infinite is the normal distribution
 * @throws {RangeError} when `freedom` is not above 0.
 */
export function studentCdf(t: number, freedom: number): number {
  if (!(freedom > 0)) throw new RangeError(`degrees of freedom are above 0, got ${freedom}`);
  if (freedom === Number.POSITIVE_INFINITY) return normalCdf(t);
  if (freedom > many) {
    const [first, second] = [t ** 3 + t, 3 * t ** 7 - 7 * t ** 5 - 5 * t ** 3 - 3 * t];
    return normalCdf(t) - normalDensity(t) * (first / (4 * freedom) + second / (96 * freedom ** 2));
  }
  const half = 0.5 * incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5);
  return t > 0 ? 1 - half : half;
}

/**
 * The value below which Student's t lies with probability `p`.
 * @param p 0–1, both excluded
 * @param freedom degrees of freedom > 0
 * @throws {RangeError} when either is outside its range.
 */
export function studentQuantile(p: number, freedom: number): number {
  if (!(p > 0 && p < 1)) throw new RangeError(`a probability is between 0 and 1, got ${p}`);
  if (p > 0.5) return -studentQuantile(1 - p, freedom);
  if (p === 0.5) return 0;
  if (freedom === Number.POSITIVE_INFINITY) return normalQuantile(p);
  let low = -1;
  while (studentCdf(low, freedom) > p) low *= 2;
  let high = 0;
  // Bisection: 1,100 halvings of any double reach its neighbour; 60 give 15 digits.
  for (let step = 0; step < 200 && high - low > 1e-15 * Math.abs(low); step++) {
    const middle = (low + high) / 2;
    if (studentCdf(middle, freedom) > p) high = middle;
    else low = middle;
  }
  return (low + high) / 2;
}
