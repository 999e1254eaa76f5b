const compareText = (a: string, b: string) => (a === b ? 0 : a < b ? -1 : 1);

/** By size where both are digits only; texts that are the same number, and other texts, by code unit. */
function compareParts(a: string, b: string): number {
  if (!/^\d+$/.test(a) || !/^\d+$/.test(b)) return compareText(a, b);
  const [plainA, plainB] = [a.replace(/^0+(?=\d)/, ""), b.replace(/^0+(?=\d)/, "")];
  return plainA.length - plainB.length || compareText(plainA, plainB) || compareText(a, b);
}

/**
 * Orders ids of schools as a person would: ids that are numbers first, by size, then the others by code unit. "9" comes
 * before "10" and "0123" before "123", which is another id.
 *
 * @returns negative when `a` comes first, positive when `b` does, 0 only for the same id
 */
export function compareIds(a: string, b: string): number {
  const [numberA, numberB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  return numberA === numberB ? compareParts(a, b) : numberA ? -1 : 1;
}

/** Orders names of files with the numbers in them by size: `2.csv` before `10.csv`. 0 only for the same name. */
export function compareNames(a: string, b: string): number {
  const [partsA, partsB] = [a.split(/(\d+)/), b.split(/(\d+)/)];
  for (let i = 0; i < Math.min(partsA.length, partsB.length); i++) {
    const order = compareParts(partsA[i]!, partsB[i]!);
    if (order !== 0) return order;
  }
  return partsA.length - partsB.length;
}
