/**
 * The nearest other points of each point on the unit square, nearest first.
 *
 * @param count how many neighbours; fewer than the points
 * @returns points × count, row-major
 */
export function nearestPoints(x: Float64Array, y: Float64Array, count: number): Int32Array {
  const out = new Int32Array(x.length * count);
  const distance = new Float64Array(count);
  const point = new Int32Array(count);
  for (let i = 0; i < x.length; i++) {
    distance.fill(Number.POSITIVE_INFINITY);
    for (let j = 0; j < x.length; j++) {
      const d = (x[j]! - x[i]!) ** 2 + (y[j]! - y[i]!) ** 2;
      if (d >= distance[count - 1]! || j === i) continue;
      let place = count - 1;
      for (; place > 0 && distance[place - 1]! > d; place--) {
        distance[place] = distance[place - 1]!;
        point[place] = point[place - 1]!;
      }
      distance[place] = d;
      point[place] = j;
    }
    out.set(point, i * count);
  }
  return out;
}
