const encoder = new TextEncoder();

/**
 * Texts as bytes, each given a number once: 0 for the first that was added, 1 for the next one that differs.
 * Open addressing over one growing block of UTF-8 bytes, so that the ids of millions of pupils stay small.
 */
export class ByteDictionary {
  /** The texts one behind the other; text `code` ends at `#ends[code]`. */
  #bytes = new Uint8Array(4096);
  #used = 0;
  #ends = new Int32Array(256);
  #hashes = new Int32Array(256);
  #count = 0;
  /** The number of the text that belongs in each place, or −1; at most half are taken. */
  #slots = new Int32Array(1024).fill(-1);
  #scratch = new Uint8Array(256);

  /** How many different texts there are. */
  get size(): number {
    return this.#count;
  }

  /** The number of the bytes from `start` up to `end` of a buffer, new or known. */
  codeOf(source: Uint8Array, start: number, end: number): number {
    const hash = hashOf(source, start, end);
    const slot = this.#slotOf(source, start, end, hash);
    const known = this.#slots[slot]!;
    if (known !== -1) return known;
    const code = this.#add(source, start, end, hash);
    this.#slots[slot] = code;
    if (this.#count * 2 > this.#slots.length) this.#growSlots();
    return code;
  }

  /** The number of a text, new or known. */
  codeOfText(text: string): number {
    const end = this.#encode(text); // before `#scratch` is read: a long text replaces it
    return this.codeOf(this.#scratch, 0, end);
  }

  /** The number of a text that was added, or −1. */
  find(text: string): number {
    const end = this.#encode(text);
    return this.#slots[this.#slotOf(this.#scratch, 0, end, hashOf(this.#scratch, 0, end))]!;
  }

  /** Every text in the order of the numbers. */
  texts(): string[] {
    const view = Buffer.from(this.#bytes.buffer, 0, this.#used);
    return Array.from({ length: this.#count }, (_, code) =>
      view.toString("utf8", this.#startOf(code), this.#ends[code]),
    );
  }

  #startOf(code: number): number {
    return code === 0 ? 0 : this.#ends[code - 1]!;
  }

  /** The slot that holds these bytes, or the free one where they belong. */
  #slotOf(source: Uint8Array, start: number, end: number, hash: number): number {
    const [slots, hashes, bytes] = [this.#slots, this.#hashes, this.#bytes];
    const mask = slots.length - 1;
    for (let slot = hash & mask; ; slot = (slot + 1) & mask) {
      const code = slots[slot]!;
      if (code === -1) return slot;
      if (hashes[code] !== hash) continue;
      const from = this.#startOf(code);
      if (this.#ends[code]! - from !== end - start) continue;
      let i = start;
      while (i < end && source[i] === bytes[from + i - start]) i++;
      if (i === end) return slot;
    }
  }

  #add(source: Uint8Array, start: number, end: number, hash: number): number {
    const used = this.#used + end - start;
    if (used > this.#bytes.length) {
      const larger = new Uint8Array(Math.max(this.#bytes.length * 2, used));
      larger.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = larger;
    }
    if (this.#count === this.#ends.length) {
      const [ends, hashes] = [new Int32Array(this.#count * 2), new Int32Array(this.#count * 2)];
      ends.set(this.#ends);
      hashes.set(this.#hashes);
      [this.#ends, this.#hashes] = [ends, hashes];
    }
    for (let from = start, to = this.#used; from < end; from++, to++) this.#bytes[to] = source[from]!;
    this.#used = used;
    this.#ends[this.#count] = used;
    this.#hashes[this.#count] = hash;
    return this.#count++;
  }

  #growSlots(): void {
    const slots = new Int32Array(this.#slots.length * 2).fill(-1);
    const mask = slots.length - 1;
    for (let code = 0; code < this.#count; code++) {
      let slot = this.#hashes[code]! & mask;
      while (slots[slot] !== -1) slot = (slot + 1) & mask;
      slots[slot] = code;
    }
    this.#slots = slots;
  }

  #encode(text: string): number {
    if (this.#scratch.length < text.length * 3) this.#scratch = new Uint8Array(text.length * 6);
    return encoder.encodeInto(text, this.#scratch).written;
  }
}

/** FNV-1a over the bytes with a final mix. */
function hashOf(bytes: Uint8Array, start: number, end: number): number {
  let h = 0x811c9dc5;
  for (let i = start; i < end; i++) h = Math.imul(h ^ bytes[i]!, 0x01000193);
  h ^= h >>> 15;
  h = Math.imul(h, 0x2c1b3c6d);
  return h ^ (h >>> 13);
}
