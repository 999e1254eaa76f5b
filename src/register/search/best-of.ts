/**
 * The `most` entries of the highest value, the best first; of equals the earlier. A heap whose top is the least of those kept, so
 * that thousands cost little.
 */
export function bestOf(entries: Int32Array, most: number, worthOf: (entry: number) => number): readonly number[] {
  const kept: number[] = [];
  const values: number[] = [];
  const isLess = (i: number, j: number) =>
    values[i]! < values[j]! || (values[i]! === values[j]! && kept[i]! > kept[j]!);
  const swap = (i: number, j: number) => {
    [kept[i], kept[j]] = [kept[j]!, kept[i]!];
    [values[i], values[j]] = [values[j]!, values[i]!];
  };
  const sink = () => {
    for (let i = 0; ; ) {
      const [left, right] = [2 * i + 1, 2 * i + 2];
      let least = i;
      if (left < kept.length && isLess(left, least)) least = left;
      if (right < kept.length && isLess(right, least)) least = right;
      if (least === i) return;
      swap(i, least);
      i = least;
    }
  };
  for (const entry of entries) {
    const value = worthOf(entry);
    if (kept.length < most) {
      kept.push(entry);
      values.push(value);
      for (let i = kept.length - 1; i > 0 && isLess(i, (i - 1) >> 1); i = (i - 1) >> 1) swap(i, (i - 1) >> 1);
    } else if (most > 0 && (value > values[0]! || (value === values[0] && entry < kept[0]!))) {
      [kept[0], values[0]] = [entry, value];
      sink();
    }
  }
  return kept
    .map((entry, i) => ({ entry, value: values[i]! }))
    .sort((a, b) => b.value - a.value || a.entry - b.entry)
    .map(({ entry }) => entry);
}
