import { type Study, studyProblem } from "../../accountability/reference-assessments/index.js";
import { columnOf, err, ok, type Problem, type Progress, type Result, type Table } from "../../kernel/index.js";
import { collectProblems, type ProblemCollector } from "../problems.js";
import { keyInCycle, personKeys } from "./person-keys.js";
import { readPart, type StudyColumn } from "./study-files.js";
import type { ListedItem } from "./study-items.js";
import type { StudyPersons } from "./study-persons.js";

/** Bytes of a matrix of responses that are no scores. */
export const marks = { blank: 255, omitted: 254, notReached: 253, notAdministered: 252, odd: 251 } as const;

/** The highest score that a study may have. */
export const highestScore = 200;

/** Responses before the rules of missing ones: pupils × items. */
export interface RawScores {
  readonly items: readonly string[];
  readonly matrix: Uint8Array;
  /** Answers that no key has and no code is, which score nought. */
  readonly otherAnswers: ReadonlySet<string>;
  /** Where the response of a pupil to an item stands. */
  placeOf(person: number, item: number): string;
}

/** What a text in a column of responses stands for. */
export function readerOfResponses(
  study: Study,
  otherAnswers: Set<string>,
): (text: string, key: ListedItem["key"]) => number {
  const { omittedCodes, notReachedCodes, notAdministeredCodes } = study.responses.missing;
  const codes = new Map<string, number>([
    ...omittedCodes.map((code): [string, number] => [code, marks.omitted]),
    ...notReachedCodes.map((code): [string, number] => [code, marks.notReached]),
    ...notAdministeredCodes.map((code): [string, number] => [code, marks.notAdministered]),
  ]);
  return (text, key) => {
    const code = codes.get(text);
    if (code !== undefined) return code;
    if (key !== null) {
      if (!key.has(text)) otherAnswers.add(text);
      return key.get(text) ?? 0;
    }
    const value = Number(text);
    if (text.trim() === "" || !Number.isInteger(value) || value < 0 || value > highestScore) return marks.odd;
    return value;
  };
}

function reportOdd(
  { placeOf }: Pick<RawScores, "placeOf">,
  problems: ProblemCollector,
  person: number,
  item: number,
  name: string,
  text: string,
): void {
  problems.add(studyProblem("response-not-score", placeOf(person, item), `"${text}" is no score of item "${name}"`));
}

/** The matrix of a wide table: a column an item. */
export function wideScores(
  study: Study,
  { table, itemColumns, placeOf }: StudyPersons,
  listed: ReadonlyMap<string, ListedItem>,
): Result<RawScores, readonly Problem[]> {
  const otherAnswers = new Set<string>();
  const read = readerOfResponses(study, otherAnswers);
  const width = itemColumns.length;
  const matrix = new Uint8Array(table.rows * width).fill(marks.blank);
  const problems = collectProblems();
  const raw: RawScores = {
    items: itemColumns,
    ...{ matrix, otherAnswers },
    placeOf: (person, item) => placeOf(person, itemColumns[item]!),
  };
  itemColumns.forEach((name, item) => {
    const { codes, levels } = columnOf(table, name, "category");
    const key = listed.get(name)?.key ?? null;
    const meaning = Uint8Array.from(levels, (text) => read(text, key));
    const odd = meaning.includes(marks.odd);
    if (levels.length > 1 && meaning.every((value) => value === marks.odd)) {
      const first = codes.findIndex((code) => code >= 0);
      const message = `no value of the column is a score; the first is "${levels[codes[first]!]}"`;
      const remedy =
        "If it holds no responses, name it where it belongs or leave it out with `responses.exclude`; if it holds answers, name the column of right answers as `items.key`.";
      problems.add(studyProblem("response-not-score", raw.placeOf(first, item), message, remedy));
      return;
    }
    for (let person = 0; person < table.rows; person++) {
      const code = codes[person]!;
      if (code < 0) continue;
      const score = meaning[code]!;
      matrix[person * width + item] = score;
      if (odd && score === marks.odd) reportOdd(raw, problems, person, item, name, levels[code]!);
    }
  });
  return problems.count() > 0 ? err(problems.all()) : ok(raw);
}

/** The matrix of a long table: a row a response. */
export async function longScores(
  study: Study,
  { table, cycles, cycle }: StudyPersons,
  listed: ReadonlyMap<string, ListedItem>,
  progress: Progress,
): Promise<Result<RawScores, readonly Problem[]>> {
  const long = study.responses.long!;
  if (study.persons.person.length === 0 || long.person.length !== study.persons.person.length)
    return err([
      studyProblem(
        "study-setting-needed",
        study.placeOf(["responses", "files"]),
        "responses in a table of their own need `persons.person`, and `responses.person` of as many columns",
      ),
    ]);
  const asked = [...long.person, long.item, ...(long.cycle === null ? [] : [long.cycle])];
  const columns: StudyColumn[] = [
    ...asked.map((name): StudyColumn => ({ name, kind: "category", missing: "refuse", path: ["responses"] })),
    { name: long.score, kind: "category", missing: "allow", path: ["responses", "score"] },
  ];
  const responses = await readPart(study, long, columns, progress);
  if (!responses.ok) return responses;
  return matrixOfLong(study, { table, cycles, cycle }, responses.value, listed);
}

function matrixOfLong(
  study: Study,
  persons: Pick<StudyPersons, "table" | "cycles" | "cycle">,
  responses: Table,
  listed: ReadonlyMap<string, ListedItem>,
): Result<RawScores, readonly Problem[]> {
  const long = study.responses.long!;
  const problems = collectProblems();
  const keyOfPerson = personKeys(persons.table, study.persons.person);
  const inCycle = (key: string, name: string | null) => keyInCycle(key, long.cycle === null ? null : name);
  const rowOf = new Map<string, number>();
  for (let row = 0; row < persons.table.rows; row++)
    rowOf.set(inCycle(keyOfPerson(row), persons.cycles[persons.cycle[row]!]!), row);
  const item = columnOf(responses, long.item, "category");
  const left = new Set(study.responses.exclude);
  const items = item.levels.filter((name) => !left.has(name));
  const position = new Map(items.map((name, k) => [name, k]));
  const score = columnOf(responses, long.score, "category");
  const keyOfRow = personKeys(responses, long.person);
  const cycleOfRow = long.cycle === null ? null : columnOf(responses, long.cycle, "category");
  const otherAnswers = new Set<string>();
  const read = readerOfResponses(study, otherAnswers);
  const width = items.length;
  const matrix = new Uint8Array(persons.table.rows * width).fill(marks.blank);
  for (let row = 0; row < responses.rows; row++) {
    const name = item.levels[item.codes[row]!]!;
    const at = position.get(name);
    if (at === undefined || score.codes[row]! < 0) continue;
    const person = rowOf.get(inCycle(keyOfRow(row), cycleOfRow ? cycleOfRow.levels[cycleOfRow.codes[row]!]! : null));
    if (person === undefined) {
      problems.add(
        studyProblem("response-pupil-unknown", responses.placeOf(row), "the pupil is not in the pupils' files"),
      );
      continue;
    }
    const text = score.levels[score.codes[row]!]!;
    const value = read(text, listed.get(name)?.key ?? null);
    const place = `${responses.placeOf(row)}, column "${long.score}"`;
    if (value === marks.odd)
      problems.add(studyProblem("response-not-score", place, `"${text}" is no score of item "${name}"`));
    if (matrix[person * width + at] !== marks.blank)
      problems.add(studyProblem("response-twice", place, `the pupil already has a response to item "${name}"`));
    matrix[person * width + at] = value;
  }
  if (problems.count() > 0) return err(problems.all());
  const placeOf = (person: number, k: number) => `${persons.table.placeOf(person)}, item "${items[k]}"`;
  return ok({ items, matrix, otherAnswers, placeOf });
}
