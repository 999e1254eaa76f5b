/** Powers of ten that a double holds exactly. */
const powers = Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const exactLimit = 9_007_199_254_740_992; // 2^53
const [minus, plus, dot, zero, nine, lowerE, upperE] = [45, 43, 46, 48, 57, 101, 69];

/** A text that is no number; told apart from `NaN`, which stands for a missing value. */
export const notNumber = Symbol("not a number");

/**
 * Reads the bytes from `start` up to `end` as a decimal number: sign, digits, one decimal mark, exponent. Nothing else
 * is accepted: no thousands separator, per cent sign, hexadecimal or infinity.
 * Correctly rounded: below 2⁵³ with a power of ten to 22 the quotient or product is exact (Clinger 1990), and anything
 * longer goes through `Number`.
 *
 * @param decimal the byte of the decimal mark, 46 for a point
 */
export function parseNumber(bytes: Uint8Array, start: number, end: number, decimal = dot): number | typeof notNumber {
  let at = start;
  const sign = bytes[at];
  if (sign === minus || sign === plus) at++;
  let mantissa = 0;
  let digits = 0;
  let decimals = 0;
  for (; at < end; at++, digits++) {
    const byte = bytes[at]!;
    if (byte < zero || byte > nine) break;
    mantissa = mantissa * 10 + (byte - zero);
  }
  if (at < end && bytes[at] === decimal) {
    const first = ++at;
    for (; at < end; at++, digits++) {
      const byte = bytes[at]!;
      if (byte < zero || byte > nine) break;
      mantissa = mantissa * 10 + (byte - zero);
    }
    decimals = at - first;
  }
  if (digits === 0) return notNumber;
  if (at === end && mantissa < exactLimit && decimals <= 22) {
    const value = decimals === 0 ? mantissa : mantissa / powers[decimals]!;
    return sign === minus ? 0 - value : value;
  }
  if (at < end && !isExponent(bytes, at, end)) return notNumber;
  const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString("latin1");
  const value = Number(decimal === dot ? text : text.replace(String.fromCharCode(decimal), "."));
  return Number.isFinite(value) ? value + 0 : notNumber; // + 0 turns -0 into 0
}

function isExponent(bytes: Uint8Array, start: number, end: number): boolean {
  let at = start;
  if (bytes[at] !== lowerE && bytes[at] !== upperE) return false;
  at++;
  if (bytes[at] === minus || bytes[at] === plus) at++;
  if (at >= end) return false;
  for (; at < end; at++) if (bytes[at]! < zero || bytes[at]! > nine) return false;
  return true;
}

/** Reads a text as {@link parseNumber} does. */
export function parseNumberText(text: string, decimal = dot): number | typeof notNumber {
  const bytes = Buffer.from(text, "utf8");
  return parseNumber(bytes, 0, bytes.length, decimal);
}
