/** What stands between two fields of a line. */
export type Separator = "," | ";" | "\t" | "|";

/** Every separator that is looked for, the likelier first. */
export const separators: readonly Separator[] = [",", ";", "\t", "|"];

/** The separator in words, for messages. */
export function nameOfSeparator(separator: string): string {
  return separator === "\t" ? "tab" : `"${separator}"`;
}

/** Fields of each of the first lines, when cut at this separator outside quotation marks. */
function fieldCounts(text: string, separator: Separator): number[] {
  const counts: number[] = [];
  let [quoted, fields, empty] = [false, 1, true];
  for (const character of text) {
    if (character === '"') quoted = !quoted;
    else if (!quoted && character === "\n") {
      if (!empty) counts.push(fields);
      [fields, empty] = [1, true];
      continue;
    } else if (!quoted && character === separator) fields++;
    if (character !== "\r") empty = false;
  }
  if (counts.length === 0 && !empty) counts.push(fields); // a header without a line end, or longer than the beginning
  return counts;
}

/**
 * The separator that cuts the first lines into the most fields of the same number, or null where none cuts the header.
 * @param head the beginning of the file with whole lines; the first one is the header
 */
export function detectSeparator(head: string): Separator | null {
  let best: Separator | null = null;
  let bestScore = 0;
  for (const separator of separators) {
    const counts = fieldCounts(head, separator).slice(0, 20);
    const header = counts[0] ?? 1;
    if (header === 1) continue;
    const alike = counts.filter((count) => count === header).length / counts.length;
    const score = header * alike ** 2;
    if (score > bestScore) [best, bestScore] = [separator, score];
  }
  return best;
}
