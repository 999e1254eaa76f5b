import { plainWords } from "./plain-words.js";
import type { Sliced } from "./slices.js";

/** A text of an entry and how much a hit in it counts. */
export interface WeightedText {
  readonly text: string;
  readonly weight: number;
}

/** Letters from which a word may be misspelt; words with figures never are. */
export const misspeltFrom = 4;

/** The words of all entries with the entries of every word. */
export interface WordPostings {
  /** In order. */
  readonly words: readonly string[];
  /** Places in `postings` of each word's entries: from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Int32Array;
  readonly postings: Int32Array;
  /** The weight of the word in that entry. */
  readonly weights: Float32Array;
  /** Words by the pairs of letters in them, for misspellings. */
  readonly byPair: ReadonlyMap<number, Int32Array>;
}

/** Entries or words between two stops. */
const sliceOf = 500;

/** The different pairs of neighbouring letters of a word, its beginning too, each as one number. */
export function pairsOf(word: string): ReadonlySet<number> {
  const pairs = new Set<number>();
  let before = 0;
  for (let i = 0; i < word.length; i++) {
    const letter = word.charCodeAt(i);
    pairs.add(before * 65_536 + letter);
    before = letter;
  }
  return pairs;
}

/** Every word in every entry once, with the most that it counts there; in the order in which they come. */
function* found<T>(entries: readonly T[], textsOf: (entry: T) => readonly WeightedText[]) {
  const places = new Map<string, number>();
  const [words, at, weights]: [number[], number[], number[]] = [[], [], []]; // one item for a word of an entry
  const [lastEntry, lastItem]: [number[], number[]] = [[], []]; // of each word
  // Towns, authorities and trusts come again and again.
  const placesOfText = new Map<string, readonly number[]>();
  function placesOf(text: string): readonly number[] {
    const known = placesOfText.get(text);
    if (known) return known;
    const own = plainWords(text)
      .split(" ")
      .filter((word) => word !== "")
      .map((word) => {
        const place = places.get(word) ?? places.size;
        if (place === places.size) {
          places.set(word, place);
          lastEntry.push(-1);
          lastItem.push(-1);
        }
        return place;
      });
    placesOfText.set(text, own);
    return own;
  }
  for (const [entry, own] of entries.entries()) {
    if (entry % sliceOf === 0) yield;
    for (const { text, weight } of textsOf(own))
      for (const place of placesOf(text))
        if (lastEntry[place] === entry) weights[lastItem[place]!] = Math.max(weights[lastItem[place]!]!, weight);
        else {
          lastEntry[place] = entry;
          lastItem[place] = words.length;
          words.push(place);
          at.push(entry);
          weights.push(weight);
        }
  }
  return { places, words, at, weights };
}

/** In order; bucket by bucket, so that others have their turn. */
function* sorted(words: Iterable<string>): Sliced<string[]> {
  const buckets = new Map<string, string[]>();
  for (const word of words) {
    const key = word.slice(0, 2);
    const bucket = buckets.get(key);
    if (bucket) bucket.push(word);
    else buckets.set(key, [word]);
  }
  const all: string[] = [];
  for (const key of [...buckets.keys()].sort()) {
    yield;
    for (const word of buckets.get(key)!.sort()) all.push(word);
  }
  return all;
}

function* pairLists(words: readonly string[]): Sliced<ReadonlyMap<number, Int32Array>> {
  const lists = new Map<number, number[]>();
  for (const [i, word] of words.entries()) {
    if (i % sliceOf === 0) yield;
    if (word.length < misspeltFrom - 1 || /\d/.test(word)) continue;
    for (const pair of pairsOf(word)) {
      const list = lists.get(pair);
      if (list) list.push(i);
      else lists.set(pair, [i]);
    }
  }
  return new Map([...lists].map(([pair, list]) => [pair, Int32Array.from(list)]));
}

/** Gathers the words of entries, each with its texts. */
export function* wordPostings<T>(
  entries: readonly T[],
  textsOf: (entry: T) => readonly WeightedText[],
): Sliced<WordPostings> {
  const items = yield* found(entries, textsOf);
  const words = yield* sorted(items.places.keys());
  const ranks = new Int32Array(words.length);
  words.forEach((word, rank) => {
    ranks[items.places.get(word)!] = rank;
  });
  yield;
  const starts = new Int32Array(words.length + 1);
  for (const place of items.words) starts[ranks[place]! + 1]! += 1;
  for (let i = 0; i < words.length; i++) starts[i + 1]! += starts[i]!;
  yield;
  const next = starts.slice();
  const postings = new Int32Array(items.words.length);
  const weights = new Float32Array(items.words.length);
  for (let item = 0; item < items.words.length; item++) {
    const to = next[ranks[items.words[item]!]!]!++;
    postings[to] = items.at[item]!;
    weights[to] = items.weights[item]!;
  }
  return { words, starts, postings, weights, byPair: yield* pairLists(words) };
}
