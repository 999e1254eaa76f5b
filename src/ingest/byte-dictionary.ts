/** Texts as bytes, each given a number once: 0 for the first that was added, 1 for the next one that differs. */
export interface ByteDictionary {
  /** The number of the bytes from `start` up to `end` of a buffer, new or known. */
  codeOf(bytes: Uint8Array, start: number, end: number): number;
  /** The number of a text. */
  codeOfText(text: string): number;
  /** The number of a text that was added, or −1. */
  find(text: string): number;
  /** How many different texts there are. */
  size(): number;
  /** Every text in the order of the numbers. */
  texts(): string[];
}

const encoder = new TextEncoder();

/** Starts an empty dictionary: open addressing over one growing block of UTF-8 bytes, so that millions of ids stay small. */
export function byteDictionary(): ByteDictionary {
  let bytes = new Uint8Array(4096);
  let used = 0;
  let ends = new Int32Array(256);
  let hashes = new Int32Array(256);
  let slots = new Int32Array(1024).fill(-1);
  let count = 0;
  let scratch = new Uint8Array(256);

  const startOf = (code: number) => (code === 0 ? 0 : ends[code - 1]!);

  function grow(): void {
    slots = new Int32Array(slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let code = 0; code < count; code++) {
      let slot = hashes[code]! & mask;
      while (slots[slot] !== -1) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
  }

  function add(source: Uint8Array, start: number, end: number, hash: number): number {
    const length = end - start;
    if (used + length > bytes.length) {
      const larger = new Uint8Array(Math.max(bytes.length * 2, used + length));
      larger.set(bytes.subarray(0, used));
      bytes = larger;
    }
    if (count === ends.length) {
      const [moreEnds, moreHashes] = [new Int32Array(count * 2), new Int32Array(count * 2)];
      moreEnds.set(ends);
      moreHashes.set(hashes);
      [ends, hashes] = [moreEnds, moreHashes];
    }
    for (let i = start; i < end; i++) bytes[used++] = source[i]!;
    ends[count] = used;
    hashes[count] = hash;
    return count++;
  }

  /** The slot that holds these bytes, or the free one where they belong. */
  function slotOf(source: Uint8Array, start: number, end: number, hash: number): number {
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = slots[slot]!;
      if (code === -1) return slot;
      if (hashes[code] !== hash) continue;
      const from = startOf(code);
      if (ends[code]! - from !== end - start) continue;
      let i = start;
      while (i < end && source[i] === bytes[from + i - start]) i++;
      if (i === end) return slot;
    }
  }

  function codeOf(source: Uint8Array, start: number, end: number): number {
    const hash = hashOf(source, start, end);
    const slot = slotOf(source, start, end, hash);
    if (slots[slot] !== -1) return slots[slot]!;
    const code = add(source, start, end, hash);
    slots[slot] = code;
    if (count * 2 > slots.length) grow();
    return code;
  }

  function encode(text: string): number {
    if (scratch.length < text.length * 3) scratch = new Uint8Array(text.length * 6);
    return encoder.encodeInto(text, scratch).written;
  }

  function texts(): string[] {
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, used);
    return Array.from({ length: count }, (_, code) => view.toString("utf8", startOf(code), ends[code]));
  }

  return {
    codeOf,
    codeOfText(text) {
      const end = encode(text); // before `scratch` is read: a long text replaces it
      return codeOf(scratch, 0, end);
    },
    find(text) {
      const end = encode(text);
      return slots[slotOf(scratch, 0, end, hashOf(scratch, 0, end))]!;
    },
    size: () => count,
    texts,
  };
}

/** FNV-1a over the bytes with a final mix. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let h = 0x811c9dc5;
  for (let i = start; i < end; i++) h = Math.imul(h ^ bytes[i]!, 0x01000193);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
