import { plainWords } from "../../register/index.js";

export { plainWords };

/** The words of several texts as PostgreSQL's `tsvector` reads them. */
export function searchVector(texts: readonly (string | null)[]): string {
  const words = texts.flatMap((text) => (text === null ? [] : plainWords(text).split(" ")));
  return [...new Set(words)]
    .filter((word) => word !== "")
    .map((word) => `'${word}'`)
    .join(" ");
}

/**
 * What a person typed as PostgreSQL's `tsquery`: every word must begin one of the school's words. Null where nothing is left to
 * look for.
 */
export function searchQuery(text: string): string | null {
  const words = plainWords(text)
    .split(" ")
    .filter((word) => word !== "");
  return words.length === 0 ? null : words.map((word) => `'${word}':*`).join(" & ");
}
