import { editsBetween } from "./edits.js";
import { plainWords } from "./plain-words.js";

/** A text of an entry and how much a hit in it counts. */
export interface WeightedText {
  readonly text: string;
  readonly weight: number;
}

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
  readonly isWanted?: (entry: number) => boolean;
  /** By what the score of an entry's words is multiplied. */
  readonly factor?: (entry: number) => number;
}

/** Entries that can be found by their words. */
export interface WordIndex {
  readonly entries: number;
  /** Every entry that has all the words, or where none has, those with the most of them; the last word may be unfinished. */
  search(text: string, options: SearchOptions): WordHits;
}

/** How well a word of the index answers a word that was typed. */
const worth = { same: 1, beginning: 0.8, oneEdit: 0.55, twoEdits: 0.35 } as const;

/** Letters from which a word may be misspelt once, and twice; words with figures never are. */
const [onceFrom, twiceFrom] = [4, 8] as const;

/** At most so many words of the index for one that is misspelt: the nearest. */
const mostMisspellings = 40;

interface Words {
  /** In order. */
  readonly words: readonly string[];
  /** Places in `postings` of each word's entries: from `starts[i]` up to `starts[i + 1]`. */
  readonly starts: Int32Array;
  readonly postings: Int32Array;
  /** The weight of the word in that entry. */
  readonly weights: Float32Array;
  /** Words by the pairs of letters in them, for misspellings. */
  readonly byPair: ReadonlyMap<string, Int32Array>;
}

function pairsOf(word: string): string[] {
  const padded = `^${word}`;
  return Array.from({ length: padded.length - 1 }, (_, i) => padded.slice(i, i + 2));
}

/** The words of every entry with the entries of every word. */
function gather(entries: readonly (readonly WeightedText[])[]): Words {
  const found = new Map<string, Map<number, number>>();
  entries.forEach((texts, entry) => {
    for (const { text, weight } of texts)
      for (const word of plainWords(text).split(" ")) {
        if (word === "") continue;
        let own = found.get(word);
        if (!own) {
          own = new Map();
          found.set(word, own);
        }
        own.set(entry, Math.max(own.get(entry) ?? 0, weight));
      }
  });
  const words = [...found.keys()].sort();
  const starts = new Int32Array(words.length + 1);
  words.forEach((word, i) => {
    starts[i + 1] = starts[i]! + found.get(word)!.size;
  });
  const postings = new Int32Array(starts[words.length]!);
  const weights = new Float32Array(postings.length);
  words.forEach((word, i) => {
    let at = starts[i]!;
    for (const [entry, weight] of found.get(word)!) {
      postings[at] = entry;
      weights[at++] = weight;
    }
  });
  const lists = new Map<string, number[]>();
  words.forEach((word, i) => {
    if (/\d/.test(word) || word.length < onceFrom - 1) return;
    for (const pair of new Set(pairsOf(word))) {
      const list = lists.get(pair);
      if (list) list.push(i);
      else lists.set(pair, [i]);
    }
  });
  return {
    words,
    starts,
    postings,
    weights,
    byPair: new Map([...lists].map(([k, list]) => [k, Int32Array.from(list)])),
  };
}

/** The first word that is not before `text`. */
function lowerBound(words: readonly string[], text: string): number {
  let [from, to] = [0, words.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (words[middle]! < text) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** A word that hardly anything has may itself be misspelt, in what was typed or in the register. */
const rareBelow = 5;

function isRare({ starts }: Words, answers: ReadonlyMap<number, number>): boolean {
  let entries = 0;
  for (const i of answers.keys()) entries += starts[i + 1]! - starts[i]!;
  return entries < rareBelow;
}

/** Words of the index that answer a typed word, with how well. */
function answersTo(index: Words, typed: string, lenient: boolean): ReadonlyMap<number, number> {
  const { words, byPair } = index;
  const answers = new Map<number, number>();
  for (let i = lowerBound(words, typed); i < words.length && words[i]!.startsWith(typed); i++)
    answers.set(i, words[i] === typed ? worth.same : worth.beginning);
  if (typed.length < onceFrom || /\d/.test(typed) || (answers.size > 0 && !(lenient && isRare(index, answers))))
    return answers;
  const most = typed.length >= twiceFrom ? 2 : 1;
  const pairs = pairsOf(typed);
  const shared = new Map<number, number>();
  for (const pair of new Set(pairs)) for (const i of byPair.get(pair) ?? []) shared.set(i, (shared.get(i) ?? 0) + 1);
  // An edit spoils at most three pairs (two neighbours that change places).
  const fewest = Math.max(1, new Set(pairs).size - 3 * most);
  const near: { readonly i: number; readonly edits: number; readonly whole: boolean }[] = [];
  for (const [i, count] of shared) {
    if (count < fewest) continue;
    const whole = editsBetween(typed, words[i]!, most);
    const edits = whole === 0 ? 0 : Math.min(whole, editsBetween(typed, words[i]!, most, false));
    if (edits <= most && !answers.has(i)) near.push({ i, edits, whole: whole <= most });
  }
  near.sort((a, b) => a.edits - b.edits || Number(b.whole) - Number(a.whole) || a.i - b.i);
  for (const { i, edits, whole } of near.slice(0, mostMisspellings))
    answers.set(i, (edits <= 1 ? worth.oneEdit : worth.twoEdits) * (whole ? 1 : worth.beginning));
  return answers;
}

/** The `most` entries of the highest value, in order; a heap whose top is the least of those kept, so that thousands cost little. */
function bestOf(found: readonly number[], most: number, worthOf: (entry: number) => number): readonly number[] {
  const kept: { readonly entry: number; readonly value: number }[] = [];
  const isLess = (a: (typeof kept)[number], b: (typeof kept)[number]) =>
    a.value < b.value || (a.value === b.value && a.entry > b.entry);
  const swap = (i: number, j: number) => {
    [kept[i], kept[j]] = [kept[j]!, kept[i]!];
  };
  for (const entry of found) {
    const item = { entry, value: worthOf(entry) };
    if (kept.length < most) {
      kept.push(item);
      for (let i = kept.length - 1; i > 0 && isLess(kept[i]!, kept[(i - 1) >> 1]!); i = (i - 1) >> 1)
        swap(i, (i - 1) >> 1);
    } else if (most > 0 && isLess(kept[0]!, item)) {
      kept[0] = item;
      for (let i = 0; ; ) {
        const [left, right] = [2 * i + 1, 2 * i + 2];
        let least = i;
        if (left < kept.length && isLess(kept[left]!, kept[least]!)) least = left;
        if (right < kept.length && isLess(kept[right]!, kept[least]!)) least = right;
        if (least === i) break;
        swap(i, least);
        i = least;
      }
    }
  }
  return kept.sort((a, b) => (isLess(a, b) ? 1 : -1)).map(({ entry }) => entry);
}

/** Makes an index of entries, each with its texts. */
export function wordIndex(entries: readonly (readonly WeightedText[])[]): WordIndex {
  const index = gather(entries);
  const { starts, postings, weights } = index;
  const score = new Float32Array(entries.length);
  const best = new Float32Array(entries.length);
  const hits = new Uint8Array(entries.length);
  const countOf = (i: number) => starts[i + 1]! - starts[i]!;

  /** Adds one typed word's answers to the entries that have them; of several, the best counts. */
  function addWord(typed: string, touched: number[], lenient: boolean): void {
    const own: number[] = [];
    const answers = answersTo(index, typed, lenient);
    // The rarer what was typed, the more it tells; all of its answers together, or an unfinished word would seek rare endings.
    const rarity = Math.log(1 + entries.length / [...answers.keys()].reduce((sum, i) => sum + countOf(i), 1));
    for (const [i, howWell] of answers) {
      const value = howWell * rarity;
      for (let at = starts[i]!; at < starts[i + 1]!; at++) {
        const entry = postings[at]!;
        const here = value * weights[at]!;
        if (best[entry] === 0) own.push(entry);
        if (here > best[entry]!) best[entry] = here;
      }
    }
    for (const entry of own) {
      if (hits[entry] === 0) touched.push(entry);
      hits[entry]! += 1;
      score[entry]! += best[entry]!;
      best[entry] = 0;
    }
  }

  /** Makes room for the next count. */
  function forget(touched: number[]): void {
    for (const entry of touched) {
      hits[entry] = 0;
      score[entry] = 0;
    }
    touched.length = 0;
  }

  return {
    entries: entries.length,
    search(text, { most: wanted, isWanted = () => true, factor = () => 1 }) {
      const typed = [...new Set(plainWords(text).split(" "))].filter((word) => word !== "").slice(0, 12);
      const touched: number[] = [];
      const addUp = (lenient: boolean) => {
        forget(touched);
        for (const word of typed) addWord(word, touched, lenient);
        return touched.reduce((sum, entry) => Math.max(sum, hits[entry]!), 0);
      };
      let mostHits = addUp(false);
      // No entry has all the words: one of them may be a misspelling that the register happens to have too.
      if (mostHits < typed.length && typed.length > 1) mostHits = addUp(true);
      const found = touched.filter((entry) => hits[entry] === mostHits && isWanted(entry));
      const best = bestOf(found, wanted, (entry) => score[entry]! * factor(entry));
      forget(touched);
      return { total: found.length, best };
    },
  };
}
