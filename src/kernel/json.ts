/** What JSON can hold. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

function canonicalString(value: string): string {
  // Half of a surrogate pair is no character: it has no UTF-8, and so no hash that another program would get too.
  if (/\p{Surrogate}/u.test(value)) throw new RangeError("a text holds half of a surrogate pair");
  return JSON.stringify(value);
}

/**
 * The one way of writing a value that every program writes alike, for hashes: the JSON Canonicalization Scheme of RFC 8785. No blanks, names
 * sorted by their UTF-16 code units, numbers as ECMAScript writes them, texts with the fewest escapes.
 *
 * @throws {RangeError} for a number that is not finite, or half of a surrogate pair.
 */
export function canonicalJson(value: Json): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return canonicalString(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError(`${value} can't be written in JSON`);
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, member]) => `${canonicalString(name)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}
