/** Places of a natural cubic spline: boundary knots and interior knots, ascending. */
export interface SplineKnots {
  readonly lower: number;
  readonly upper: number;
  readonly interior: Float64Array;
}

/**
 * Knots as R's `ns(x, df)` puts them: boundaries at the range, df − 1 interior knots at equally spaced quantiles (type 7).
 * @param x the values, no `NaN`
 * @param degreesOfFreedom ≥ 1
 */
export function knotsFor(x: Float64Array, degreesOfFreedom: number): SplineKnots {
  const sorted = Float64Array.from(x).sort();
  const interior = Float64Array.from({ length: degreesOfFreedom - 1 }, (_, k) => {
    const at = ((k + 1) / degreesOfFreedom) * (sorted.length - 1);
    const below = Math.floor(at);
    const value = sorted[below]!;
    return value + (at - below) * ((sorted[below + 1] ?? value) - value);
  });
  return { lower: sorted[0]!, upper: sorted.at(-1)!, interior };
}

/** Values, first and second derivatives of the cubic B-splines at a point inside the boundaries. Cox–de Boor, de Boor 1978, ch. X. */
function bSplines(knots: Float64Array, count: number, x: number, derivative: number): Float64Array {
  // Degree 0: the last interval is closed on the right, so that the upper boundary belongs to it.
  let values = new Float64Array(knots.length - 1);
  let interval = 3;
  while (interval < count - 1 && x >= knots[interval + 1]!) interval++;
  values[interval] = 1;
  for (let degree = 1; degree <= 3; degree++) {
    const next = new Float64Array(knots.length - 1 - degree);
    const differentiate = degree > 3 - derivative;
    for (let i = 0; i < next.length; i++) {
      const leftWidth = knots[i + degree]! - knots[i]!;
      const rightWidth = knots[i + degree + 1]! - knots[i + 1]!;
      const left = leftWidth > 0 ? values[i]! / leftWidth : 0;
      const right = rightWidth > 0 ? values[i + 1]! / rightWidth : 0;
      next[i] = differentiate ? degree * (left - right) : (x - knots[i]!) * left + (knots[i + degree + 1]! - x) * right;
    }
    values = next;
  }
  return values;
}

/** Householder vectors of the QR decomposition of an n×2 matrix given as two columns, in LINPACK's convention, as R uses it. */
function reflections(first: Float64Array, second: Float64Array): Float64Array[] {
  const vectors: Float64Array[] = [];
  const columns = [Float64Array.from(first), Float64Array.from(second)];
  columns.forEach((column, k) => {
    const size = Math.hypot(...column.subarray(k)) * (column[k]! < 0 ? -1 : 1);
    const v = new Float64Array(column.length);
    for (let i = k; i < v.length; i++) v[i] = column[i]! / size;
    v[k]! += 1;
    vectors.push(v);
    if (k === 0) reflect(columns[1]!, v, 0);
  });
  return vectors;
}

function reflect(x: Float64Array, v: Float64Array, k: number): void {
  let sum = 0;
  for (let i = k; i < v.length; i++) sum += v[i]! * x[i]!;
  const times = sum / v[k]!;
  for (let i = k; i < v.length; i++) x[i]! -= times * v[i]!;
}

/**
 * The four cubic B-splines that are not zero at x, which lies between knots `interval` and `interval` + 1; into `out`.
 * De Boor's recurrence over the triangle of those splines alone (1978, ch. X).
 */
function nonZeroSplines(knots: Float64Array, interval: number, x: number, out: Float64Array): void {
  out[0] = 1;
  for (let degree = 1; degree <= 3; degree++) {
    let saved = 0;
    for (let r = 0; r < degree; r++) {
      const right = knots[interval + r + 1]! - x;
      const left = x - knots[interval + 1 - degree + r]!;
      const part = out[r]! / (right + left);
      out[r] = saved + right * part;
      saved = left * part;
    }
    out[degree] = saved;
  }
}

/**
 * Basis of the natural cubic splines with these knots: linear beyond the boundaries, no constant among its columns.
 * The same columns as R's `ns(x, knots =, Boundary.knots =)`.
 *
 * @param x any length; beyond the boundaries the basis goes on as a straight line
 * @returns interior knots + 1 columns, each as long as `x`
 */
export function naturalSplineBasis(x: Float64Array, { lower, upper, interior }: SplineKnots): Float64Array[] {
  const count = interior.length + 4;
  const knots = Float64Array.from([lower, lower, lower, lower, ...interior, upper, upper, upper, upper]);
  const withoutFirst = (values: Float64Array) => values.slice(1);
  const curvature = [lower, upper].map((end) => withoutFirst(bSplines(knots, count, end, 2)));
  const [first, second] = reflections(curvature[0]!, curvature[1]!);
  const rotate = (values: Float64Array) => {
    const out = withoutFirst(values);
    reflect(out, first!, 0);
    reflect(out, second!, 1);
    return out.subarray(2);
  };
  const ends = [lower, upper].map((end) => ({
    end,
    value: rotate(bSplines(knots, count, end, 0)),
    slope: rotate(bSplines(knots, count, end, 1)),
  }));
  const columns = Array.from({ length: count - 3 }, () => new Float64Array(x.length));
  // What each B-spline gives to each column, the first B-spline, which is left out, giving nothing.
  const weights = Array.from({ length: count }, (_, i) =>
    rotate(Float64Array.from({ length: count }, (_, j) => (i === j ? 1 : 0))),
  );
  const local = new Float64Array(4);
  for (let r = 0; r < x.length; r++) {
    const at = x[r]!;
    if (at < lower || at > upper) {
      const { end, value, slope } = at < lower ? ends[0]! : ends[1]!;
      for (let k = 0; k < columns.length; k++) columns[k]![r] = value[k]! + (at - end) * slope[k]!;
      continue;
    }
    let interval = 3;
    while (interval < count - 1 && at >= knots[interval + 1]!) interval++;
    nonZeroSplines(knots, interval, at, local);
    for (let k = 0; k < columns.length; k++) {
      let sum = 0;
      for (let i = 0; i < 4; i++) sum += local[i]! * weights[interval - 3 + i]![k]!;
      columns[k]![r] = sum;
    }
  }
  return columns;
}
