/** A text in small letters without accents and marks, its words apart by one space: "St. Œdipus’ École" → "st oedipus ecole". */
export function plainWords(text: string): string {
  const small = text.toLowerCase();
  if (/^[a-z0-9]+(?: [a-z0-9]+)*$/.test(small)) return small; // most texts are plain already
  return small
    .replaceAll("œ", "oe")
    .replaceAll("æ", "ae")
    .replaceAll("ß", "ss")
    .normalize("NFKD")
    .replace(/[\u0300-\u036f'’`]/g, "")
    .replace(/[^\p{Letter}\p{Number}]+/gu, " ")
    .trim();
}
