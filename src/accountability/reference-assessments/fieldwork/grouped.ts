/** Values by a key, each group in the order in which its values came. */
export function grouped<T, K>(values: readonly T[], key: (value: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>();
  for (const value of values) {
    const home = groups.get(key(value));
    if (home) home.push(value);
    else groups.set(key(value), [value]);
  }
  return groups;
}
