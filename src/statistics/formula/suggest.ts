/** Letters to insert, delete or replace to turn one word into the other (Levenshtein). */
function distance(a: string, b: string): number {
  let before = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++)
      row.push(Math.min(before[j]! + 1, row[j - 1]! + 1, before[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    before = row;
  }
  return before[b.length]!;
}

/** "Did you mean …?" with the nearest of the known words, and which there are; at most a third of the letters may differ. */
export function suggest(word: string, known: readonly string[], what: string): string {
  let best: string | null = null;
  let least = Number.POSITIVE_INFINITY;
  if (word.length <= 100)
    for (const candidate of known) {
      if (candidate.length > 100) continue;
      const d = distance(word.toLowerCase(), candidate.toLowerCase());
      if (d < least && d <= Math.max(2, Math.max(word.length, candidate.length) / 3)) [best, least] = [candidate, d];
    }
  const shown = known.slice(0, 30).join(", ");
  const all =
    known.length === 0 ? `There are no ${what}.` : `The ${what} are ${shown}${known.length > 30 ? ", …" : ""}.`;
  return best === null ? all : `Did you mean "${best}"? ${all}`;
}
