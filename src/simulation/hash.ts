/** A hash of whole numbers and words in order: two lanes of FNV-1a (Fowler, Noll, Vo) over 32-bit words, mixed at the end. */
export class Hash {
  #a = 0x811c9dc5;
  #b = 0x1b873593;

  #word(word: number): void {
    this.#a = Math.imul(this.#a ^ word, 0x01000193);
    this.#b = Math.imul((this.#b << 13) | (this.#b >>> 19), 5) ^ Math.imul(word, 0xcc9e2d51);
  }

  /** Adds a whole number within 2⁵³; NaN has a word of its own. */
  number(value: number): this {
    if (Number.isNaN(value)) this.#word(0x7ff80000);
    else {
      this.#word(value | 0);
      this.#word(Math.floor(value / 4294967296) | 0);
    }
    return this;
  }

  /** Adds every number of a row. */
  numbers(values: ArrayLike<number>): this {
    for (let i = 0; i < values.length; i++) this.number(values[i]!);
    return this;
  }

  /** Adds numbers that needn't be whole: in thousand-millionths. */
  fractions(values: ArrayLike<number>): this {
    for (let i = 0; i < values.length; i++) this.number(Math.round(values[i]! * 1e9));
    return this;
  }

  text(words: string): this {
    for (let i = 0; i < words.length; i++) this.#word(words.charCodeAt(i));
    return this;
  }

  /** Sixteen hexadecimal digits. */
  toString(): string {
    const finished = (word: number) => {
      let h = word ^ (word >>> 16);
      h = Math.imul(h, 0x85ebca6b);
      h ^= h >>> 13;
      h = Math.imul(h, 0xc2b2ae35);
      return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, "0");
    };
    return finished(this.#a) + finished(this.#b ^ this.#a);
  }
}
