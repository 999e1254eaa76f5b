/**
 * Orders ids of schools as a person would: by number where both are digits only, with numbers before other texts, and by
 * code unit otherwise. "9" comes before "10" and "0123" after "99"; ids that are equal as numbers fall back on text.
 *
 * @returns negative when `a` comes first, positive when `b` does, 0 only for the same id
 */
export function compareIds(a: string, b: string): number {
  const [numberA, numberB] = [/^\d+$/.test(a), /^\d+$/.test(b)];
  if (numberA !== numberB) return numberA ? -1 : 1;
  if (numberA) {
    const [plainA, plainB] = [a.replace(/^0+(?=\d)/, ""), b.replace(/^0+(?=\d)/, "")];
    if (plainA.length !== plainB.length) return plainA.length - plainB.length;
    if (plainA !== plainB) return plainA < plainB ? -1 : 1;
  }
  return a === b ? 0 : a < b ? -1 : 1;
}
