/**
 * Draws from a multivariate normal distribution by the Cholesky factor of its covariance, made once. A direction without variance stays at the
 * centre, so a covariance that is only semi-definite will do.
 *
 * @param covariance n × n, symmetric
 * @returns a draw, given a standard normal for each k < n
 */
export function multivariateNormal(
  centre: Float64Array,
  covariance: Float64Array,
): (normal: (k: number) => number) => Float64Array {
  const n = centre.length;
  const l = new Float64Array(n * n);
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      let sum = covariance[i * n + j]!;
      for (let k = 0; k < j; k++) sum -= l[i * n + k]! * l[j * n + k]!;
      if (i === j) l[i * n + i] = sum > 1e-12 * covariance[i * n + i]! ? Math.sqrt(sum) : 0;
      else l[i * n + j] = l[j * n + j]! > 0 ? sum / l[j * n + j]! : 0;
    }
  return (normal) => {
    const out = Float64Array.from(centre);
    for (let k = 0; k < n; k++) {
      const z = normal(k);
      for (let i = k; i < n; i++) out[i]! += l[i * n + k]! * z;
    }
    return out;
  };
}
