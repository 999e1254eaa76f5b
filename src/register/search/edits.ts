/**
 * How many letters apart two words are: insertions, deletions, replacements and neighbours that changed places
 * (optimal string alignment), or more than `most` where they are further apart.
 *
 * @param wholeWord false compares with the best beginning of `b`, for a word that is still being typed
 */
export function editsBetween(a: string, b: string, most: number, wholeWord = true): number {
  const [n, m] = [a.length, wholeWord ? b.length : Math.min(b.length, a.length + most)];
  if (n - m > most || (wholeWord && m - n > most)) return most + 1;
  let beforeLast = new Uint8Array(m + 1);
  let last = Uint8Array.from({ length: m + 1 }, (_, j) => j);
  for (let i = 1; i <= n; i++) {
    const row = new Uint8Array(m + 1);
    row[0] = i;
    let least = i;
    for (let j = 1; j <= m; j++) {
      const same = a.charCodeAt(i - 1) === b.charCodeAt(j - 1) ? 0 : 1;
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same);
      const swapped =
        i > 1 && j > 1 && a.charCodeAt(i - 1) === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) edits = Math.min(edits, beforeLast[j - 2]! + 1);
      row[j] = edits;
      if (edits < least) least = edits;
    }
    if (least > most) return most + 1;
    [beforeLast, last] = [last, row];
  }
  return wholeWord ? last[m]! : Math.min(...last);
}
