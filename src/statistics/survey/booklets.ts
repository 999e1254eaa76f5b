import { type BookletBalance, balancePositions, measureBooklets } from "./booklet-balance.js";
import { type Draws, drawsOf, shuffle } from "./draws.js";
import type { Outcome } from "./fault.js";

/** A block of items. */
export interface Block {
  readonly name: string;
  readonly minutes: number;
  /** Items (or points) by content, as { number: 6, geometry: 4 }. */
  readonly content: Readonly<Record<string, number>>;
}

/** What booklets must be like. */
export interface BookletConstraints {
  readonly booklets: number;
  /** Blocks a booklet. */
  readonly size: number;
  /** Minutes a booklet. */
  readonly minutes?: { readonly least: number; readonly most: number };
  /** Items of each content a booklet. */
  readonly content?: Readonly<Record<string, { readonly least: number; readonly most: number }>>;
  /** Pairs of blocks, by name, that are never in one booklet. */
  readonly apart?: readonly (readonly [string, string])[];
}

/** Booklets with what they were made by. */
export interface BookletDesign {
  readonly booklets: readonly (readonly number[])[];
  readonly balance: BookletBalance;
  readonly record: { readonly seed: number; readonly tries: number; readonly steps: number };
}

/** Balance counts squares; a broken constraint costs more than any of them. */
const brokenCost = 50;

/** The state of a search: entries, counts that balance is read from, and the cost that a swap changes. */
class Arrangement {
  readonly entry: Int32Array;
  readonly #v: number;
  readonly #k: number;
  readonly #shared: Int32Array;
  readonly #apart: Uint8Array;
  readonly #loads: readonly { readonly of: Float64Array; readonly least: number; readonly most: number }[];

  constructor(blocks: readonly Block[], constraints: BookletConstraints, entry: Int32Array) {
    const [v, k] = [blocks.length, constraints.size];
    this.entry = entry;
    [this.#v, this.#k] = [v, k];
    this.#shared = new Int32Array(v * v);
    this.#apart = new Uint8Array(v * v);
    for (const [a, b] of constraints.apart ?? []) {
      const [i, j] = [a, b].map((name) => blocks.findIndex((block) => block.name === name)) as [number, number];
      this.#apart[i * v + j] = 1;
      this.#apart[j * v + i] = 1;
    }
    const { minutes, content = {} } = constraints;
    this.#loads = [
      ...(minutes ? [{ of: Float64Array.from(blocks, (block) => block.minutes), ...minutes }] : []),
      ...Object.entries(content).map(([name, bounds]) => ({
        of: Float64Array.from(blocks, (block) => block.content[name] ?? 0),
        ...bounds,
      })),
    ];
    for (let at = 0; at < entry.length; at++) this.#meet(at, 1);
    // Each pair was met from both sides.
    for (let x = 0; x < this.#shared.length; x++) this.#shared[x]! /= 2;
  }

  /** Adds (or takes away) the pairs that the entry makes with the others of its booklet. */
  #meet(at: number, sign: 1 | -1): void {
    const [v, k] = [this.#v, this.#k];
    const first = at - (at % k);
    const i = this.entry[at]!;
    for (let other = first; other < first + k; other++) {
      if (other === at) continue;
      const j = this.entry[other]!;
      this.#shared[i * v + j]! += sign;
      if (i !== j) this.#shared[j * v + i]! += sign;
    }
  }

  /** Cost of one pair: the squared count (the sum is fixed, so this is balance), more where they must not meet or are one block. */
  #pairCost(i: number, j: number): number {
    const n = this.#shared[i * this.#v + j]!;
    if (i === j) return n * brokenCost;
    return n * n + (this.#apart[i * this.#v + j]! ? n * brokenCost : 0);
  }

  #rowCost(i: number): number {
    let cost = 0;
    for (let j = 0; j < this.#v; j++) cost += this.#pairCost(i, j);
    return cost;
  }

  #loadCost(booklet: number): number {
    let cost = 0;
    for (const { of, least, most } of this.#loads) {
      let load = 0;
      for (let p = 0; p < this.#k; p++) load += of[this.entry[booklet * this.#k + p]!]!;
      const excess = Math.max(0, load - most, least - load);
      if (excess > 1e-9) cost += brokenCost * (1 + excess / Math.max(1, Math.abs(most)));
    }
    return cost;
  }

  /** Cost of all that two blocks and two booklets take part in; pairs between the two blocks are counted in both, alike before and after. */
  #partCost(i: number, j: number, a: number, b: number): number {
    return this.#rowCost(i) + this.#rowCost(j) - this.#pairCost(i, j) + this.#loadCost(a) + this.#loadCost(b);
  }

  #exchange(x: number, y: number): void {
    const [i, j] = [this.entry[x]!, this.entry[y]!];
    this.#meet(x, -1);
    this.#meet(y, -1);
    [this.entry[x], this.entry[y]] = [j, i];
    this.#meet(x, 1);
    this.#meet(y, 1);
  }

  /** Swaps two entries of different booklets if the change in cost passes; tells the change, 0 when it was taken back. */
  trySwap(x: number, y: number, passes: (change: number) => boolean): number {
    const [i, j] = [this.entry[x]!, this.entry[y]!];
    const [a, b] = [Math.floor(x / this.#k), Math.floor(y / this.#k)];
    if (i === j || a === b) return 0;
    const before = this.#partCost(i, j, a, b);
    this.#exchange(x, y);
    const change = this.#partCost(i, j, a, b) - before;
    if (passes(change)) return change;
    this.#exchange(x, y);
    return 0;
  }

  cost(): number {
    let cost = 0;
    for (let i = 0; i < this.#v; i++) for (let j = 0; j <= i; j++) cost += this.#pairCost(i, j);
    for (let b = 0; b < this.entry.length / this.#k; b++) cost += this.#loadCost(b);
    return cost;
  }
}

/** Blocks dealt out in turn, in random order: appearances differ by one at the most. */
function dealt(v: number, { booklets, size }: BookletConstraints, draws: Draws): Int32Array {
  const order = shuffle(
    Array.from({ length: v }, (_, i) => i),
    draws,
  );
  return Int32Array.from({ length: booklets * size }, (_, at) => order[at % v]!);
}

/** One annealing from hot to cold; the best arrangement met. */
function anneal(blocks: readonly Block[], constraints: BookletConstraints, steps: number, draws: Draws) {
  const arrangement = new Arrangement(blocks, constraints, dealt(blocks.length, constraints, draws));
  const { entry } = arrangement;
  let cost = arrangement.cost();
  let best = { cost, entry: Int32Array.from(entry) };
  const [hot, cold] = [4, 0.15];
  for (let step = 0; step < steps; step++) {
    const temperature = hot * (cold / hot) ** (step / steps);
    const x = draws.below(entry.length);
    const y = draws.below(entry.length);
    cost += arrangement.trySwap(x, y, (change) => change <= 0 || draws.uniform() < Math.exp(-change / temperature));
    if (cost < best.cost - 1e-9) best = { cost, entry: Int32Array.from(entry) };
  }
  return best;
}

/** What is broken in finished booklets, in words. */
function broken(booklets: readonly (readonly number[])[], blocks: readonly Block[], constraints: BookletConstraints) {
  const found: { place: string; message: string }[] = [];
  const { minutes, content = {}, apart = [] } = constraints;
  booklets.forEach((booklet, b) => {
    const place = `booklet ${b + 1}`;
    const held = booklet.map((i) => blocks[i]!);
    const check = (what: string, load: number, { least, most }: { least: number; most: number }) => {
      if (load < least - 1e-9 || load > most + 1e-9)
        found.push({ place, message: `it has ${load} ${what}, and ${least} to ${most} are allowed` });
    };
    const repeated = held.find((block, p) => held.indexOf(block) !== p);
    if (repeated) found.push({ place, message: `block ${repeated.name} is in it twice` });
    if (minutes)
      check(
        "minutes",
        held.reduce((sum, block) => sum + block.minutes, 0),
        minutes,
      );
    for (const [name, bounds] of Object.entries(content))
      check(
        `of ${name}`,
        held.reduce((sum, block) => sum + (block.content[name] ?? 0), 0),
        bounds,
      );
    for (const [one, other] of apart)
      if (held.some(({ name }) => name === one) && held.some(({ name }) => name === other))
        found.push({ place, message: `blocks ${one} and ${other} are in it together` });
  });
  return found;
}

function faultsOf(blocks: readonly Block[], { booklets, size, apart = [] }: BookletConstraints) {
  const faults: { place: string; message: string }[] = [];
  const names = new Set(blocks.map(({ name }) => name));
  if (names.size !== blocks.length) faults.push({ place: "blocks", message: "two have the same name" });
  if (!(Number.isInteger(size) && size >= 1 && size <= blocks.length))
    faults.push({ place: "size", message: `${size} blocks a booklet of ${blocks.length}` });
  if (!(Number.isInteger(booklets) && booklets * size >= blocks.length))
    faults.push({ place: "booklets", message: `${booklets} booklets of ${size} can't hold ${blocks.length} blocks` });
  for (const pair of apart)
    for (const name of pair)
      if (!names.has(name)) faults.push({ place: "apart", message: `there is no block ${name}` });
  return faults;
}

/**
 * Assembles booklets by simulated annealing (Kirkpatrick, Gelatt and Vecchi 1983): swaps of two blocks, with a cost of squared pair counts and a
 * high price on everything that must not be; the best of several tries. Then every block is spread over the positions as evenly as whole
 * numbers allow, which is always possible ({@link balancePositions}).
 *
 * @param options.tries 4 when left out
 * @param options.steps a try; 500 × entries when left out
 * @returns the booklets with their measured balance; or what is still broken in the best that was found, by booklet
 */
export function assembleBooklets(
  blocks: readonly Block[],
  constraints: BookletConstraints,
  seed: number,
  options: { readonly tries?: number; readonly steps?: number } = {},
): Outcome<BookletDesign> {
  const refusal = (found: readonly { place: string; message: string }[]): Outcome<never> => ({
    ok: false,
    error: found.map((fault) => ({
      code: "survey-booklets-impossible",
      ...fault,
      remedy: "Loosen a bound, change the blocks, or let the search take more steps",
    })),
  });
  const wrong = faultsOf(blocks, constraints);
  if (wrong.length > 0) return refusal(wrong);
  const { tries = 4, steps = 500 * constraints.booklets * constraints.size } = options;
  let best: { cost: number; entry: Int32Array } | null = null;
  for (let t = 0; t < tries; t++) {
    const found = anneal(blocks, constraints, steps, drawsOf(seed, `booklets ${t}`));
    if (!best || found.cost < best.cost) best = found;
  }
  const { size } = constraints;
  const entries = best!.entry;
  const sets = Array.from({ length: constraints.booklets }, (_, b) =>
    Array.from(entries.subarray(b * size, (b + 1) * size)),
  );
  const booklets = balancePositions(sets, blocks.length);
  const left = broken(booklets, blocks, constraints);
  if (left.length > 0) return refusal(left);
  return {
    ok: true,
    value: { booklets, balance: measureBooklets(booklets, blocks.length), record: { seed, tries, steps } },
  };
}
