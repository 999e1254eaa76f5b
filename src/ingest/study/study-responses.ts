import { type Study, type StudyItem, studyProblem } from "../../accountability/reference-assessments/index.js";
import { columnOf, err, ok, type Problem, type Result } from "../../kernel/index.js";
import { notAdministered, type Responses, responsesFromMatrix } from "../../statistics/item-response/index.js";
import { collectProblems } from "../problems.js";
import { type BookletMap, bookletKey } from "./study-booklets.js";
import type { ListedItem } from "./study-items.js";
import type { StudyPersons } from "./study-persons.js";
import { highestScore, marks, type RawScores } from "./study-scores.js";

/** What the responses say once the rules of missing ones have been applied. */
export interface ScoredResponses {
  readonly items: readonly StudyItem[];
  readonly responses: Responses;
  readonly notes: readonly string[];
}

const isScore = (value: number) => value <= highestScore;

/** Which booklet each pupil has, and the items of each. */
interface Booklets {
  readonly names: readonly string[];
  readonly lists: readonly (readonly number[])[];
  readonly of: Uint16Array;
}

function bookletsOf(
  study: Study,
  persons: StudyPersons,
  raw: RawScores,
  map: BookletMap | null,
): Result<Booklets | null, readonly Problem[]> {
  const column = study.persons.booklet;
  const missing = (message: string) =>
    err([studyProblem("study-setting-needed", study.placeOf(["persons", "booklet"]), message)]);
  if (column === null && map)
    return missing("a map of booklets needs `persons.booklet`, the pupils' column of booklets");
  if (column === null && study.responses.missing.blank === "by-booklet")
    return missing("`blank: by-booklet` needs `persons.booklet`, and a map of booklets for the order of items");
  if (column === null) return ok(null);
  const { codes, levels } = columnOf(persons.table, column, "category");
  const byCycle = map ? study.booklets!.cycle !== null : persons.cycles.length > 1;
  const names: string[] = [];
  const number = new Map<string, number>();
  const of = Uint16Array.from(codes, (code, person) => {
    const key = bookletKey(levels[code]!, byCycle ? persons.cycles[persons.cycle[person]!]! : null);
    const found = number.get(key) ?? names.length;
    if (found === names.length) {
      names.push(key);
      number.set(key, found);
    }
    return found;
  });
  if (!map) return ok({ names, of, lists: listsFromResponses(raw, of, names.length) });
  const problems = names.flatMap((name, k) =>
    map.has(name)
      ? []
      : [
          studyProblem(
            "booklet-not-in-map",
            `${persons.table.placeOf(of.indexOf(k))}, column "${column}"`,
            `the booklet "${name}" is none of the ${map.size} of the map`,
          ),
        ],
  );
  return problems.length > 0 ? err(problems) : ok({ names, of, lists: names.map((name) => map.get(name)!) });
}

/** Without a map a booklet holds what any of its pupils has a response to, in the order of the columns. */
function listsFromResponses({ items, matrix }: RawScores, of: Uint16Array, booklets: number): number[][] {
  const width = items.length;
  const has = Array.from({ length: booklets }, () => new Uint8Array(width));
  for (let person = 0; person < of.length; person++) {
    const seen = has[of[person]!]!;
    for (let k = 0; k < width; k++) {
      const value = matrix[person * width + k]!;
      if (value !== marks.blank && value !== marks.notAdministered) seen[k] = 1;
    }
  }
  return has.map((seen) => [...seen.keys()].filter((k) => seen[k] === 1));
}

/** Holds the map against the responses. */
function checkMap(study: Study, raw: RawScores, booklets: Booklets): readonly Problem[] {
  const width = raw.items.length;
  const problems = collectProblems();
  const inBooklet = booklets.lists.map((list) =>
    Uint8Array.from({ length: width }, (_, k) => (list.includes(k) ? 1 : 0)),
  );
  const seen = booklets.lists.map(() => new Uint8Array(width));
  for (let person = 0; person < booklets.of.length; person++) {
    const booklet = booklets.of[person]!;
    for (let k = 0; k < width; k++) {
      const value = raw.matrix[person * width + k]!;
      if (value === marks.blank || value === marks.notAdministered) continue;
      seen[booklet]![k] = 1;
      if (inBooklet[booklet]![k] === 0)
        problems.add(
          studyProblem(
            "response-outside-booklet",
            raw.placeOf(person, k),
            `the pupil has booklet "${booklets.names[booklet]}", and item "${raw.items[k]}" isn't in it; the response is ${isScore(value) ? value : "a code"}`,
          ),
        );
    }
  }
  if (study.responses.missing.blank === "not-administered")
    booklets.lists.forEach((list, b) => {
      for (const k of list)
        if (seen[b]![k] === 0)
          problems.add(
            studyProblem(
              "booklet-map-disagrees",
              study.placeOf(["booklets"]),
              `item "${raw.items[k]}" stands in booklet "${booklets.names[b]}", and none of its pupils has a response`,
            ),
          );
    });
  return problems.all();
}

/** Applies the rules of missing responses to one pupil's items, in the order of presentation. */
function applyRules(study: Study, matrix: Uint8Array, from: number, order: readonly number[]): void {
  const { missing } = study.responses;
  let end = order.length;
  if (missing.blank === "by-booklet") while (end > 0 && matrix[from + order[end - 1]!] === marks.blank) end--;
  order.forEach((k, place) => {
    const at = from + k;
    let value = matrix[at]!;
    if (value === marks.blank && missing.blank !== "not-administered")
      value = missing.blank === "by-booklet" && place >= end ? marks.notReached : marks.omitted;
    if (value === marks.omitted) value = missing.omitted === "wrong" ? 0 : notAdministered;
    else if (value === marks.notReached) value = missing.notReached === "wrong" ? 0 : notAdministered;
    else if (!isScore(value)) value = notAdministered;
    matrix[at] = value;
  });
}

/** Codes that surveys use for missing answers. */
const usualCodes = new Set([6, 7, 8, 9, 66, 77, 88, 96, 97, 98, 99]);
/** So many scores below such a code that nobody has make it look like one. */
const scoresApart = 3;

/** The highest scores of an item where these look like codes of missing answers, with the next below them; null otherwise. */
function codesAmong(scored: Uint8Array): { readonly codes: readonly number[]; readonly below: number } | null {
  const found = [...scored.keys()].filter((score) => scored[score] === 1);
  const from = found.findIndex((score, k) => k > 0 && score - found[k - 1]! > scoresApart);
  const codes = from < 0 ? [] : found.slice(from);
  const are = codes.length > 0 && codes.every((score) => usualCodes.has(score));
  return are ? { codes, below: found[from - 1]! } : null;
}

interface Seen {
  /** Items × possible scores: 1 where somebody has it. */
  readonly scored: Uint8Array;
  readonly lowest: Uint8Array;
  readonly highest: Uint8Array;
  readonly taken: Uint32Array;
  readonly at: Int32Array;
}

function seenIn(matrix: Uint8Array, width: number): Seen {
  const seen: Seen = {
    scored: new Uint8Array(width * (highestScore + 1)),
    lowest: new Uint8Array(width).fill(255),
    highest: new Uint8Array(width),
    taken: new Uint32Array(width),
    at: new Int32Array(width),
  };
  for (let i = 0; i < matrix.length; i++) {
    const value = matrix[i]!;
    if (!isScore(value)) continue;
    const k = i % width;
    seen.taken[k]! += 1;
    seen.scored[k * (highestScore + 1) + value] = 1;
    if (value < seen.lowest[k]!) seen.lowest[k] = value;
    if (value >= seen.highest[k]!) {
      seen.highest[k] = value;
      seen.at[k] = (i - k) / width;
    }
  }
  return seen;
}

/** Scores that nowhere begin at nought, as 1–4, are counted from it. */
function countFromNought(matrix: Uint8Array, seen: Seen, listed: ReadonlyMap<string, ListedItem>): number {
  const lowest = seen.lowest.reduce((least, value) => Math.min(least, value), 255);
  const stated = [...listed.values()].some(({ maximum }) => maximum !== null);
  if (lowest === 0 || lowest === 255 || stated) return 0;
  for (let i = 0; i < matrix.length; i++) if (isScore(matrix[i]!)) matrix[i]! -= lowest;
  for (let k = 0; k < seen.lowest.length; k++)
    if (seen.taken[k]! > 0) {
      seen.lowest[k]! -= lowest;
      seen.highest[k]! -= lowest;
    }
  return lowest;
}

/** What is wrong with the responses to one item, the k-th. */
function faultsOf(study: Study, raw: RawScores, seen: Seen, k: number, known: ListedItem | undefined): Problem[] {
  const name = raw.items[k]!;
  const place = known?.place ?? study.placeOf(["responses"]);
  const [lowest, highest, taken] = [seen.lowest[k]!, seen.highest[k]!, seen.taken[k]!];
  const stated = known?.maximum ?? null;
  const maximum = stated ?? Math.max(1, highest);
  const faults: Problem[] = [];
  const add = (...[code, where, message]: Parameters<typeof studyProblem>) =>
    void faults.push(studyProblem(code, where, message));
  if (taken === 0) add("item-untaken", place, `nobody has a response to item "${name}"`);
  else if (lowest === highest && !known?.fixed) {
    const right = highest === maximum ? ": everybody got it right" : "";
    add("item-answered-alike", place, `all ${taken} pupils who took item "${name}" have the score ${highest}${right}`);
  }
  const wide = highestScore + 1;
  const odd = stated === null ? codesAmong(seen.scored.subarray(k * wide, (k + 1) * wide)) : null;
  if (odd)
    add(
      "item-scores-apart",
      raw.placeOf(seen.at[k]!, k),
      `item "${name}" has the score ${odd.codes.join(", ")}, and the next below is ${odd.below}`,
    );
  if (highest > maximum)
    add(
      "item-score-above-maximum",
      raw.placeOf(seen.at[k]!, k),
      `the score ${highest} of item "${name}" is above its maximum of ${maximum}`,
    );
  if (known?.model === "three-parameter" && maximum > 1)
    add("item-model-unknown", place, `item "${name}" has ${maximum} points, and 3PL is for right and wrong`);
  const guesses = (known?.model ?? study.calibration.model) === "three-parameter" && maximum === 1;
  if ((known?.guessing ?? null) !== null && !guesses)
    add("item-parameter-incomplete", place, `item "${name}" has guessing, and its model isn't 3PL`);
  return faults;
}

function itemsOf(
  study: Study,
  raw: RawScores,
  seen: Seen,
  listed: ReadonlyMap<string, ListedItem>,
): Result<readonly StudyItem[], readonly Problem[]> {
  const problems = raw.items.flatMap((name, k) => faultsOf(study, raw, seen, k, listed.get(name)));
  if (problems.length > 0) return err(problems);
  return ok(
    raw.items.map((name, k): StudyItem => {
      const known = listed.get(name);
      const maximum = known?.maximum ?? Math.max(1, seen.highest[k]!);
      const several = maximum > 1 && (known?.model === "rasch" || known?.model === "two-parameter");
      const form = known?.model === "rasch" ? "partial-credit" : "generalised-partial-credit";
      return {
        name,
        maximum,
        model: several ? form : (known?.model ?? null),
        construct: known?.construct ?? null,
        stimulus: known?.stimulus ?? null,
        curricula: known?.curricula ?? [],
        fixed: known?.fixed ?? null,
        guessing: known?.guessing ?? null,
      };
    }),
  );
}

function fromBooklets(items: readonly StudyItem[], matrix: Uint8Array, { lists, of }: Booklets): Responses {
  const width = items.length;
  const booklets = lists.map((list) => Uint16Array.from(list));
  const starts = new Uint32Array(of.length + 1);
  of.forEach((booklet, person) => {
    starts[person + 1] = starts[person]! + booklets[booklet]!.length;
  });
  const scores = new Uint8Array(starts[of.length]!);
  let at = 0;
  of.forEach((booklet, person) => {
    for (const k of booklets[booklet]!) scores[at++] = matrix[person * width + k]!;
  });
  return { items, booklets, booklet: of, starts, scores, weights: null, group: null, groups: ["all"] };
}

/** Applies the map of booklets and the rules of missing responses, and checks items and responses against each other. */
export function scoreResponses(
  study: Study,
  persons: StudyPersons,
  raw: RawScores,
  map: BookletMap | null,
  listed: ReadonlyMap<string, ListedItem>,
): Result<ScoredResponses, readonly Problem[]> {
  const booklets = bookletsOf(study, persons, raw, map);
  if (!booklets.ok) return booklets;
  if (booklets.value && map) {
    const problems = checkMap(study, raw, booklets.value);
    if (problems.length > 0) return err(problems);
  }
  const width = raw.items.length;
  const every = raw.items.map((_, k) => k);
  for (let person = 0; person < persons.table.rows; person++)
    applyRules(
      study,
      raw.matrix,
      person * width,
      booklets.value ? booklets.value.lists[booklets.value.of[person]!]! : every,
    );
  const seen = seenIn(raw.matrix, width);
  const shift = countFromNought(raw.matrix, seen, listed);
  const items = itemsOf(study, raw, seen, listed);
  if (!items.ok) return items;
  const notes = shift === 0 ? [] : [`No score is below ${shift}: scores are counted from ${shift} as nought.`];
  const others = [...raw.otherAnswers].sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  if (others.length > 0)
    notes.push(
      `Answers that are in no key of their item score nought: ${others.slice(0, 12).join(", ")}${others.length > 12 ? " …" : ""}. Codes of missing answers belong to \`responses.codes\`.`,
    );
  const without = [...listed.keys()].filter((name) => !raw.items.includes(name));
  if (without.length > 0)
    notes.push(
      `${without.length} items of the items table have no responses here: ${without.slice(0, 6).join(", ")}${without.length > 6 ? " …" : ""}.`,
    );
  if (booklets.value)
    return ok({ items: items.value, responses: fromBooklets(items.value, raw.matrix, booklets.value), notes });
  const responses = responsesFromMatrix(items.value, raw.matrix);
  return responses.ok ? ok({ items: items.value, responses: responses.value, notes }) : err(responses.error);
}
