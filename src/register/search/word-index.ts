import { bestOf } from "./best-of.js";
import { nearness } from "./edits.js";
import { plainWords } from "./plain-words.js";
import type { Sliced } from "./slices.js";
import { misspeltFrom, pairsOf, type WeightedText, type WordPostings, wordPostings } from "./word-postings.js";

/** What a search found. */
export interface WordHits {
  /** How many entries were found in all. */
  readonly total: number;
  /** The best of them, the best first; of equals, the earlier in the list that the index was made of. */
  readonly best: readonly number[];
}

/** What narrows and orders a search beside its words. */
export interface SearchOptions {
  /** At most so many are wanted. */
  readonly most: number;
  readonly isWanted?: ((entry: number) => boolean) | undefined;
  /** By what the score of an entry's words is multiplied. */
  readonly factor?: (entry: number) => number;
}

/** Entries that can be found by their words. */
export interface WordIndex {
  /** Every entry that has all the words, or where none has, those with the most of them; the last word may be unfinished. */
  search(text: string, options: SearchOptions): WordHits;
}

/** How well a word of the index answers a word that was typed. */
const worth = { same: 1, beginning: 0.8, oneEdit: 0.55, twoEdits: 0.35 } as const;

/** Letters from which a word may be misspelt twice. */
const twiceFrom = 8;

/** At most so many words of the index for one that is misspelt: the nearest. */
const mostMisspellings = 40;

/** Words of the index from one place up to another that answer a typed word, with how well. */
interface Answer {
  readonly from: number;
  readonly to: number;
  readonly howWell: number;
}

/** The first word that is not before `text`. */
export function lowerBound(words: readonly string[], text: string): number {
  let [from, to] = [0, words.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (words[middle]! < text) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Where the words that begin with `text` stand: from the first place up to the second. */
export function beginningWith(words: readonly string[], text: string): readonly [from: number, to: number] {
  return [lowerBound(words, text), lowerBound(words, `${text}\uffff`)];
}

/** A word that hardly anything has may itself be misspelt, in what was typed or in the register. */
const rareBelow = 5;

const postingsOf = ({ starts }: WordPostings, answers: readonly Answer[]) =>
  answers.reduce((sum, { from, to }) => sum + starts[to]! - starts[from]!, 0);

/** Words that answer because they are spelt like the typed one, the nearest first. */
function misspellings(index: WordPostings, typed: string, shared: Uint8Array): readonly Answer[] {
  const most = typed.length >= twiceFrom ? 2 : 1;
  const pairs = pairsOf(typed);
  const touched: number[] = [];
  for (const pair of pairs)
    for (const i of index.byPair.get(pair) ?? []) {
      if (shared[i] === 0) touched.push(i);
      shared[i]! += 1;
    }
  // An edit spoils at most three pairs (two neighbours that change places).
  const fewest = Math.max(1, pairs.size - 3 * most);
  const near: { readonly i: number; readonly edits: number; readonly whole: boolean }[] = [];
  for (const i of touched) {
    const count = shared[i]!;
    shared[i] = 0;
    const word = index.words[i]!;
    if (count < fewest || word.length < typed.length - most || word.startsWith(typed)) continue;
    const found = nearness(typed, word, most);
    if (found) near.push({ i, edits: found.beginning, whole: found.whole <= most });
  }
  near.sort((a, b) => a.edits - b.edits || Number(b.whole) - Number(a.whole) || a.i - b.i);
  return near.slice(0, mostMisspellings).map(({ i, edits, whole }) => ({
    ...{ from: i, to: i + 1 },
    howWell: (edits <= 1 ? worth.oneEdit : worth.twoEdits) * (whole ? 1 : worth.beginning),
  }));
}

/** Words of the index that answer a typed word: it, those that begin with it, and where there is none, those spelt like it. */
function answersTo(index: WordPostings, typed: string, lenient: boolean, shared: Uint8Array): readonly Answer[] {
  const [from, to] = beginningWith(index.words, typed);
  const first = index.words[from] === typed ? from + 1 : from;
  const answers = [
    { from, to: first, howWell: worth.same },
    { from: first, to, howWell: worth.beginning },
  ];
  const isSpeltRight = to > from && !(lenient && postingsOf(index, answers) < rareBelow);
  if (typed.length < misspeltFrom || /\d/.test(typed) || isSpeltRight) return answers;
  return [...answers, ...misspellings(index, typed, shared)];
}

/** Entries with how well they answer what is typed; the same places are used for every search. */
class Tally {
  readonly #index: WordPostings;
  readonly #entries: number;
  readonly #best: Float32Array;
  readonly #own: Int32Array;
  readonly #touched: Int32Array;
  readonly #shared: Uint8Array;
  readonly score: Float32Array;
  readonly hits: Uint8Array;
  #count = 0;

  constructor(index: WordPostings, entries: number) {
    this.#index = index;
    this.#entries = entries;
    this.#best = new Float32Array(entries);
    this.#own = new Int32Array(entries);
    this.#touched = new Int32Array(entries);
    this.#shared = new Uint8Array(index.words.length);
    this.score = new Float32Array(entries);
    this.hits = new Uint8Array(entries);
  }

  /** The entries that have any of the words. */
  get touched(): Int32Array {
    return this.#touched.subarray(0, this.#count);
  }

  /** Adds one typed word's answers to the entries that have them; of several, the best counts. */
  addWord(typed: string, lenient: boolean): void {
    const { starts, postings, weights } = this.#index;
    const [best, own] = [this.#best, this.#own];
    let count = 0;
    const answers = answersTo(this.#index, typed, lenient, this.#shared);
    // The rarer what was typed, the more it tells; all of its answers together, or an unfinished word would seek rare endings.
    const rarity = Math.log(1 + this.#entries / (1 + postingsOf(this.#index, answers)));
    for (const { from, to, howWell } of answers) {
      const value = howWell * rarity;
      for (let at = starts[from]!; at < starts[to]!; at++) {
        const entry = postings[at]!;
        const here = value * weights[at]!;
        if (best[entry] === 0) own[count++] = entry;
        if (here > best[entry]!) best[entry] = here;
      }
    }
    for (let k = 0; k < count; k++) {
      const entry = own[k]!;
      if (this.hits[entry] === 0) this.#touched[this.#count++] = entry;
      this.hits[entry]! += 1;
      this.score[entry]! += best[entry]!;
      best[entry] = 0;
    }
  }

  /** How many of the words the best entries have. */
  mostHits(): number {
    let most = 0;
    for (const entry of this.touched) if (this.hits[entry]! > most) most = this.hits[entry]!;
    return most;
  }

  /** Makes room for the next count. */
  forget(): void {
    for (const entry of this.touched) {
      this.hits[entry] = 0;
      this.score[entry] = 0;
    }
    this.#count = 0;
  }
}

/** Makes an index of entries, each with its texts. */
export function* wordIndex<T>(
  entries: readonly T[],
  textsOf: (entry: T) => readonly WeightedText[],
): Sliced<WordIndex> {
  const tally = new Tally(yield* wordPostings(entries, textsOf), entries.length);
  return {
    search(text, { most, isWanted, factor = () => 1 }) {
      const typed = [...new Set(plainWords(text).split(" "))].filter((word) => word !== "").slice(0, 12);
      const addUp = (lenient: boolean) => {
        tally.forget();
        for (const word of typed) tally.addWord(word, lenient);
        return tally.mostHits();
      };
      let mostHits = addUp(false);
      // No entry has all the words: one of them may be a misspelling that the register happens to have too.
      if (mostHits < typed.length && typed.length > 1) mostHits = addUp(true);
      const { hits, score, touched } = tally;
      const found = touched.filter((entry) => hits[entry] === mostHits && (!isWanted || isWanted(entry)));
      const best = bestOf(found, most, (entry) => score[entry]! * factor(entry));
      tally.forget();
      return { total: found.length, best };
    },
  };
}
