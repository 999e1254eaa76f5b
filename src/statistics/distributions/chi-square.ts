import { logGamma } from "./student.js";

/**
 * Probability that a χ² variable with `degrees` degrees of freedom is at least `x`: the regularised upper incomplete gamma function, by its series
 * below the mean and Lentz's continued fraction above (Press et al., Numerical Recipes, 6.2).
 *
 * @param x ≥ 0
 * @param degrees > 0, whole or not
 * @returns 0–1, relative error ~1e-13
 * @throws {RangeError} when an argument is out of range.
 */
export function chiSquareUpper(x: number, degrees: number): number {
  if (!(x >= 0) || !(degrees > 0)) throw new RangeError(`χ² of ${x} with ${degrees} degrees of freedom`);
  const a = degrees / 2;
  const half = x / 2;
  if (half === 0) return 1;
  const front = Math.exp(a * Math.log(half) - half - logGamma(a));
  if (half < a + 1) {
    let term = 1 / a;
    let sum = term;
    for (let k = 1; term > 1e-17 * sum; k++) {
      term *= half / (a + k);
      sum += term;
    }
    return Math.max(0, 1 - front * sum);
  }
  let b = half + 1 - a;
  let c = 1e300;
  let d = 1 / b;
  let fraction = d;
  for (let k = 1; k < 10_000; k++) {
    const step = -k * (k - a);
    b += 2;
    d = 1 / (step * d + b);
    c = b + step / c;
    const change = c * d;
    fraction *= change;
    if (Math.abs(change - 1) < 1e-16) break;
  }
  return front * fraction;
}
