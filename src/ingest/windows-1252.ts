/**
 * Bytes 0x80–0x9F of Windows-1252 as code points; 0 where the code page has none. Source: the Unicode Consortium's CP1252.TXT.
 * Our own table, because Node's own decoder has read these bytes as Latin-1 in several releases.
 */
const high = [
  0x20ac, 0, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0, 0x017d, 0, 0,
  0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014, 0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0, 0x017e, 0x0178,
];

/** Whether the bytes can be Windows-1252: none of the five that the code page leaves empty. */
export function mayBeWindows1252(bytes: Uint8Array): boolean {
  for (const byte of bytes) if (byte >= 0x80 && byte < 0xa0 && high[byte - 0x80] === 0) return false;
  return true;
}

/**
 * Bytes that are accented letters in the DOS code pages 437 and 850 (é â ä ç ê ë ï) and marks in Windows-1252 that stand between no
 * two letters (‚ ƒ „ ‡ ˆ ‰ ‹). Those that are letters or apostrophes in both can't tell the two apart.
 */
const dosLetters = new Set([0x82, 0x83, 0x84, 0x87, 0x88, 0x89, 0x8b]);
const isLetter = (byte: number | undefined) =>
  byte !== undefined && ((byte > 64 && byte < 91) || (byte > 96 && byte < 123));

/** Where the first byte stands that is a letter in a DOS code page and no character of a word in Windows-1252; -1 for none. */
export function findDosLetter(bytes: Uint8Array): number {
  return bytes.findIndex((byte, at) => dosLetters.has(byte) && isLetter(bytes[at - 1]) && isLetter(bytes[at + 1]));
}

/** Windows-1252 as UTF-8. Bytes without a character become U+FFFD; ask {@link mayBeWindows1252} first. */
export function windows1252ToUtf8(bytes: Uint8Array): Uint8Array {
  const utf8 = new Uint8Array(bytes.length * 3);
  let at = 0;
  for (const byte of bytes) {
    if (byte < 0x80) {
      utf8[at++] = byte;
      continue;
    }
    const point = byte < 0xa0 ? high[byte - 0x80]! || 0xfffd : byte;
    if (point < 0x800) utf8[at++] = 0xc0 | (point >> 6);
    else {
      utf8[at++] = 0xe0 | (point >> 12);
      utf8[at++] = 0x80 | ((point >> 6) & 0x3f);
    }
    utf8[at++] = 0x80 | (point & 0x3f);
  }
  return utf8.subarray(0, at);
}
