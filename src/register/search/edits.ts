/** How far a word is from another one, and from its best beginning. */
export interface Nearness {
  /** Of the whole words; more than was asked for where they are further apart. */
  readonly whole: number;
  /** To the best beginning of the second, for a word that is still being typed. */
  readonly beginning: number;
}

/** Three rows of the table, used again and again: a search compares thousands of words. */
let rows = [new Uint8Array(64), new Uint8Array(64), new Uint8Array(64)] as const;

function rowsFor(length: number): typeof rows {
  if (rows[0].length < length)
    rows = [new Uint8Array(2 * length), new Uint8Array(2 * length), new Uint8Array(2 * length)];
  return rows;
}

/**
 * How many letters apart two words are: insertions, deletions, replacements and neighbours that changed places
 * (optimal string alignment); null where even the best beginning of `b` is more than `most` away.
 */
export function nearness(a: string, b: string, most: number): Nearness | null {
  const [n, m] = [a.length, Math.min(b.length, a.length + most)];
  const far = most + 1;
  if (n - m > most) return null;
  let [beforeLast, last, row] = rowsFor(m + 2);
  for (let j = 0; j <= m; j++) last[j] = Math.min(j, far);
  for (let i = 1; i <= n; i++) {
    // What is further from the diagonal than `most` is further apart than that.
    const [from, to] = [Math.max(1, i - most), Math.min(m, i + most)];
    row[from - 1] = from === 1 ? Math.min(i, far) : far;
    let least = row[from - 1]!;
    const letter = a.charCodeAt(i - 1);
    for (let j = from; j <= to; j++) {
      const same = letter === b.charCodeAt(j - 1) ? 0 : 1;
      let edits = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + same, far);
      const swapped = i > 1 && j > 1 && letter === b.charCodeAt(j - 2) && a.charCodeAt(i - 2) === b.charCodeAt(j - 1);
      if (swapped) edits = Math.min(edits, beforeLast[j - 2]! + 1);
      row[j] = edits;
      if (edits < least) least = edits;
    }
    if (to < m) row[to + 1] = far;
    if (least > most) return null;
    [beforeLast, last, row] = [last, row, beforeLast];
  }
  let beginning = far;
  for (let j = Math.max(0, n - most); j <= m; j++) beginning = Math.min(beginning, last[j]!);
  return beginning > most ? null : { beginning, whole: b.length <= m ? last[m]! : far };
}
