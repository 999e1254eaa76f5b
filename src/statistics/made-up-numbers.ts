/** For tests: small reproducible numbers in (−1, 1), the fractional part of a sine. */
export const noise = (k: number): number => ((((Math.sin(k * 12.9898) * 43_758.5453) % 1) + 1) % 1) * 2 - 1;

/** For tests: roughly standard normal, the sum of six of them. */
export const normal = (k: number): number =>
  [1, 2, 3, 4, 5, 6].reduce((sum, j) => sum + noise(k * 7 + j * 1000), 0) / Math.SQRT2;
