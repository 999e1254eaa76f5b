const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const places = new Map([...alphabet].map((letter, place) => [letter, place]));

/** Bytes as base64url without padding (RFC 4648 §5). Own code: Node and browsers differ in what they have for it. */
export function encodeBase64Url(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i < bytes.length; i += 3) {
    const word = (bytes[i]! << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    const letters = Math.min(3, bytes.length - i) + 1;
    for (let k = 0; k < letters; k++) text += alphabet[(word >>> (18 - 6 * k)) & 63];
  }
  return text;
}

/** The bytes of a text in base64url; null where it holds another character, a length that none has, or bits that say nothing. */
export function decodeBase64Url(text: string): Uint8Array | null {
  if (text.length % 4 === 1) return null;
  const bytes = new Uint8Array(Math.floor((text.length * 3) / 4));
  let [word, bits, filled] = [0, 0, 0];
  for (const letter of text) {
    const place = places.get(letter);
    if (place === undefined) return null;
    word = ((word << 6) | place) & 0xffffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes[filled++] = (word >>> bits) & 0xff;
  }
  return (word & ((1 << bits) - 1)) === 0 ? bytes : null;
}
