import { type Study, type StudyJoin, studyProblem } from "../../accountability/reference-assessments/index.js";
import { type Column, err, ok, type Problem, type Progress, type Result, type Table } from "../../kernel/index.js";
import { collectProblems, type ProblemCollector, problem } from "../problems.js";
import { takeRows } from "./expand-table.js";
import { keyInCycle, personKeys } from "./person-keys.js";
import { headerOfPart, readPart, type StudyColumn } from "./study-files.js";

/** Files with a row a pupil beside the pupils' own. */
export interface JoinedFiles {
  readonly join: StudyJoin;
  readonly header: readonly string[];
  /** Whether they are the responses' own. */
  readonly responses: boolean;
}

/** The joined files of a study with their headers, those of the responses last. */
export async function joinedFiles(study: Study): Promise<Result<readonly JoinedFiles[], readonly Problem[]>> {
  const { persons, responses } = study;
  const joins = [...persons.joins, ...(responses.wide ? [responses.wide] : [])];
  const found: JoinedFiles[] = [];
  for (const join of joins) {
    if (persons.person.length === 0 || join.person.length !== persons.person.length)
      return err([
        studyProblem(
          "study-setting-needed",
          study.placeOf(join.path),
          "files of their own need `persons.person`, and `person` of as many columns, so that rows are of the same pupil",
        ),
      ]);
    const header = await headerOfPart(study, join);
    if (!header.ok) return header;
    found.push({ join, header: header.value, responses: join === responses.wide });
  }
  return ok(found);
}

/** The pupils whom rows are sought for. */
interface JoinedPersons {
  readonly table: Table;
  readonly cycles: readonly string[];
  readonly cycle: Uint16Array;
}

/** The pupils' rows by key. Pupils of two cycles with one id need a joined file that tells cycles apart. */
function rowsByKey(
  study: Study,
  { table, cycles, cycle }: JoinedPersons,
  join: StudyJoin,
): Result<ReadonlyMap<string, number>, readonly Problem[]> {
  const keyOf = personKeys(table, study.persons.person);
  const rows = new Map<string, number>();
  for (let row = 0; row < table.rows; row++) {
    const key = keyInCycle(keyOf(row), join.cycle === null ? null : cycles[cycle[row]!]!);
    if (rows.has(key))
      return err([
        studyProblem(
          "study-setting-needed",
          study.placeOf(join.path),
          `${table.placeOf(row)}: the pupil "${keyOf(row)}" is in two cycles, and the file doesn't say of which its row is`,
          "Name its column with the cycle as `cycle`.",
        ),
      ]);
    rows.set(key, row);
  }
  return ok(rows);
}

/** Where each pupil's row stands in a joined table, −1 where there is none; rows of other pupils are counted. */
function matchRows(study: Study, persons: JoinedPersons, files: JoinedFiles, rows: Table, problems: ProblemCollector) {
  const { join, responses } = files;
  const at = new Int32Array(persons.table.rows).fill(-1);
  let others = 0;
  const byKey = rowsByKey(study, persons, join);
  if (!byKey.ok) {
    for (const one of byKey.error) problems.add(one);
    return { at, others };
  }
  const keyOf = personKeys(rows, join.person);
  const cycleOf = join.cycle === null ? null : personKeys(rows, [join.cycle]);
  for (let row = 0; row < rows.rows; row++) {
    const person = byKey.value.get(keyInCycle(keyOf(row), cycleOf ? cycleOf(row) : null));
    if (person === undefined) {
      others++;
      if (responses)
        problems.add(
          studyProblem(
            "response-pupil-unknown",
            rows.placeOf(row),
            `the pupil "${keyOf(row)}" is not in the pupils' files`,
          ),
        );
    } else if (at[person]! >= 0)
      problems.add(
        problem("id-twice", rows.placeOf(row), `the pupil "${keyOf(row)}" is already on ${rows.placeOf(at[person]!)}`),
      );
    else at[person] = row;
  }
  return { at, others };
}

/** Refuses pupils without a row of columns that everybody needs. */
function reportWithoutRow(
  study: Study,
  { table }: JoinedPersons,
  rows: Table,
  at: Int32Array,
  needed: readonly StudyColumn[],
  problems: ProblemCollector,
): void {
  if (needed.length === 0) return;
  const keyOf = personKeys(table, study.persons.person);
  const names = needed.slice(0, 3).map(({ name }) => `"${name}"`);
  const shown = `${names.join(", ")}${needed.length > 3 ? ` and ${needed.length - 3} more` : ""}`;
  const remedy = "Add the pupil's row, or correct the id; ids are text, so 0123 and 123 differ.";
  at.forEach((found, row) => {
    if (found >= 0) return;
    const message = `${rows.name} has no row of the pupil "${keyOf(row)}", and ${shown} stand there`;
    problems.add(problem("value-missing", table.placeOf(row), message, remedy));
  });
}

/** Columns of joined files, a value a pupil, and in sentences what was left over. */
export interface JoinedColumns {
  readonly columns: ReadonlyMap<string, Column>;
  /** Where a pupil's value of a column stands; null where the files hold neither. */
  placeOf(row: number, column: string): string | null;
  readonly notes: readonly string[];
}

/** Reads the columns that joined files hold and puts them beside the pupils' own. @param asked by position of the files */
export async function readJoins(
  study: Study,
  persons: JoinedPersons,
  joined: readonly JoinedFiles[],
  asked: readonly (readonly StudyColumn[])[],
  progress: Progress,
): Promise<Result<JoinedColumns, readonly Problem[]>> {
  const columns = new Map<string, Column>();
  const notes: string[] = [];
  const places = new Map<string, (row: number) => string | null>();
  for (const [k, files] of joined.entries()) {
    const wanted = asked[k]!;
    if (wanted.length === 0) continue;
    const { join, responses } = files;
    const ids = [...join.person, ...(join.cycle === null ? [] : [join.cycle])];
    const read = await readPart(
      study,
      join,
      [
        ...ids.map((name): StudyColumn => ({ name, kind: "category", missing: "refuse", path: join.path })),
        ...wanted.filter(({ name }) => !ids.includes(name)),
      ],
      progress,
    );
    if (!read.ok) return read;
    const problems = collectProblems();
    const { at, others } = matchRows(study, persons, files, read.value, problems);
    const needed = wanted.filter(({ missing }) => missing === "refuse");
    if (problems.count() === 0) reportWithoutRow(study, persons, read.value, at, needed, problems);
    if (problems.count() > 0) return err(problems.all());
    const without = at.reduce((sum, row) => sum + (row < 0 ? 1 : 0), 0);
    const pupils = (n: number) => `${n.toLocaleString("en-GB")} ${n === 1 ? "pupil" : "pupils"}`;
    if (others > 0) notes.push(`${read.value.name} has rows of ${pupils(others)} who are not in the pupils' files.`);
    if (without > 0)
      notes.push(
        `${read.value.name} has no row of ${pupils(without)}: ${responses ? "they have no responses" : "their values are missing"}.`,
      );
    const placeOf = (row: number) => (at[row]! < 0 ? null : read.value.placeOf(at[row]!));
    for (const { name } of wanted) {
      columns.set(name, takeRows(read.value.columns.get(name)!, at));
      places.set(name, placeOf);
    }
  }
  return ok({ columns, notes, placeOf: (row, column) => places.get(column)?.(row) ?? null });
}
