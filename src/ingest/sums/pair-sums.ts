import type { SummedParts } from "../../statistics/mixed-model/index.js";

/** Gathers ZᵀZ pair by pair, by places of levels within their groups. */
export class PairSums {
  readonly #groups: readonly { readonly first: number; readonly width: number }[];
  #row: Int32Array;
  #column: Int32Array;
  #value: Float64Array;
  #length = 0;

  constructor(groups: readonly { readonly levels: number; readonly width: number }[]) {
    let first = 0;
    this.#groups = groups.map(({ levels, width }) => {
      const placed = { first, width };
      first += levels * width;
      return placed;
    });
    this.#row = new Int32Array(2 * first);
    this.#column = new Int32Array(2 * first);
    this.#value = new Float64Array(2 * first);
  }

  /** A level with itself: entries (c, d) with c ≤ d. */
  addOwn(group: number, level: number, values: ArrayLike<number>): void {
    const { first, width } = this.#groups[group]!;
    const scalar = first + level * width;
    let at = 0;
    for (let c = 0; c < width; c++) for (let d = c; d < width; d++) this.#add(scalar + c, scalar + d, values[at++]!);
  }

  /** Two different levels: entries (c, d), row-major. */
  addBlock(one: number, level: number, other: number, otherLevel: number, values: ArrayLike<number>): void {
    const [a, b] = [this.#groups[one]!, this.#groups[other]!];
    for (let c = 0; c < a.width; c++)
      for (let d = 0; d < b.width; d++)
        this.#add(a.first + level * a.width + c, b.first + otherLevel * b.width + d, values[c * b.width + d]!);
  }

  #add(i: number, j: number, value: number): void {
    if (this.#length === this.#row.length) this.#grow();
    this.#row[this.#length] = Math.min(i, j);
    this.#column[this.#length] = Math.max(i, j);
    this.#value[this.#length++] = value;
  }

  #grow(): void {
    const longer = <T extends Int32Array | Float64Array>(made: T, old: T): T => {
      made.set(old);
      return made;
    };
    const length = 2 * this.#length + 16;
    this.#row = longer(new Int32Array(length), this.#row);
    this.#column = longer(new Int32Array(length), this.#column);
    this.#value = longer(new Float64Array(length), this.#value);
  }

  /** The pairs in order of row and column, whatever order they came in. */
  finish(): SummedParts["pairs"] {
    const order = new Uint32Array(this.#length).map((_, i) => i);
    order.sort((a, b) => this.#row[a]! - this.#row[b]! || this.#column[a]! - this.#column[b]!);
    return {
      row: Int32Array.from(order, (i) => this.#row[i]!),
      column: Int32Array.from(order, (i) => this.#column[i]!),
      value: Float64Array.from(order, (i) => this.#value[i]!),
    };
  }
}
