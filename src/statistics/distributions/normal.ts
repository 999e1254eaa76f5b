/** 1 ÷ √(2π). */
const peak = 0.3989422804014327;

/** Density of the standard normal distribution at `z`. */
export function normalDensity(z: number): number {
  // z² loses half its digits where it is large; its leading part, with few digits, is squared exactly and apart.
  const leading = Math.fround(z);
  if (!Number.isFinite(leading)) return Number.isNaN(z) ? Number.NaN : 0;
  return peak * Math.exp(-0.5 * leading * leading) * Math.exp(-0.5 * (z - leading) * (z + leading));
}

/**
 * Probability that a standard normal variable is at most `z`, with a relative error below 1e-14 down to 1e-300.
 *
 * Near the middle by the series of Marsaglia (2004), "Evaluating the normal distribution", Journal of Statistical Software
 * 11(4), equation 1; in the tails by Laplace's continued fraction (Abramowitz and Stegun, 26.2.14). Neither has a
 * coefficient that could be mistyped.
 *
 * @param z any number; `NaN` gives `NaN`
 * @returns 0–1
 */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) return Number.NaN;
  if (z < -tail) return upperTail(-z);
  if (z > tail) return 1 - upperTail(z);
  let term = z;
  let sum = z;
  for (let k = 3; Math.abs(term) > 1e-18 * Math.abs(sum); k += 2) {
    term *= (z * z) / k;
    sum += term;
  }
  return 0.5 + sum * normalDensity(z);
}

/** From here on the continued fraction is the better way. */
const tail = 1.25;

/** Probability above `z`, for `z` in the tail. */
function upperTail(z: number): number {
  const density = normalDensity(z);
  if (density === 0) return 0;
  let fraction = z;
  // The error falls as exp(−c z √n): found by trial that this many levels give every digit.
  for (let n = Math.ceil(16 + 420 / (z * z)); n > 0; n--) fraction = z + n / fraction;
  return density / fraction;
}

/**
 * The value below which a standard normal variable lies with probability `p`: the inverse of {@link normalCdf}.
 *
 * A first guess (Abramowitz and Stegun, 26.2.23) is corrected by Halley's method, which triples the digits each time.
 *
 * @param p 0–1; 0 and 1 give −∞ and ∞
 * @throws {RangeError} when `p` is not from 0 to 1.
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`a probability is from 0 to 1, got ${p}`);
  if (p > 0.5) return -normalQuantile(1 - p);
  if (p === 0) return Number.NEGATIVE_INFINITY;
  if (p === 0.5) return 0;
  const t = Math.sqrt(-2 * Math.log(p));
  let z = -(t - (2.515517 + t * (0.802853 + t * 0.010328)) / (1 + t * (1.432788 + t * (0.189269 + t * 0.001308))));
  for (let step = 0; step < 4; step++) {
    const newton = (normalCdf(z) - p) / normalDensity(z);
    z -= newton / (1 + 0.5 * z * newton);
  }
  return z;
}
