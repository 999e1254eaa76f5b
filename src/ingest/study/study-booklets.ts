import { type Study, studyProblem } from "../../accountability/reference-assessments/index.js";
import { columnOf, err, ok, type Problem, type Progress, type Result, type Table } from "../../kernel/index.js";
import { columnsThatFit, headerOfPart, readPart, type StudyColumn } from "./study-files.js";

/** The booklets of a study: name → positions of items in order of presentation. */
export type BookletMap = ReadonlyMap<string, readonly number[]>;

/** The key of a booklet where booklets differ from cycle to cycle. */
export const bookletKey = (booklet: string, cycle: string | null) =>
  cycle === null ? booklet : `${booklet} of ${cycle}`;

/** A row of the map: the booklets that an item stands in, with its place in each. */
type PlacesOf = (row: number) => readonly (readonly [booklet: string, place: number])[];

const textOf = (table: Table, name: string, row: number) => {
  const { codes, levels } = columnOf(table, name, "category");
  return levels[codes[row]!]!;
};

/** A map with a column that names the booklets: places are the order of rows. */
const placesInRows =
  (table: Table, column: string): PlacesOf =>
  (row) =>
    textOf(table, column, row)
      .split(/[\s;,]+/)
      .filter((one) => one !== "")
      .map((booklet) => [booklet, row] as const);

/** A map with a column a booklet: 0 or nothing is not in it; ones everywhere leave the order of rows. */
const placesInColumns =
  (table: Table, columns: readonly string[]): PlacesOf =>
  (row) =>
    columns.flatMap((booklet) => {
      const place = columnOf(table, booklet, "number").values[row]!;
      return place > 0 ? [[booklet, place] as const] : [];
    });

/** The columns of booklets that a map has; a pattern that fits none is a problem. */
async function bookletColumns(study: Study): Promise<Result<readonly string[], readonly Problem[]>> {
  const { booklets } = study;
  if (!booklets || booklets.booklet !== null) return ok([]);
  const header = await headerOfPart(study, booklets);
  if (!header.ok) return header;
  const found = booklets.columns.map((pattern) => ({ pattern, columns: columnsThatFit(pattern, header.value) }));
  const problems = found.flatMap(({ pattern, columns }) =>
    columns.length > 0
      ? []
      : [
          studyProblem(
            "study-columns-missing",
            study.placeOf(["booklets", "columns"]),
            `no column of the map fits "${pattern}"; they are ${header.value.slice(0, 12).join(", ")}`,
          ),
        ],
  );
  return problems.length > 0
    ? err(problems)
    : ok([...new Set(found.flatMap(({ columns }) => columns))].filter((name) => name !== booklets.item));
}

/**
 * Reads the map of booklets; null where the study has none.
 * @param items the names of the items that have responses
 */
export async function readBooklets(
  study: Study,
  items: readonly string[],
  progress: Progress,
): Promise<Result<BookletMap | null, readonly Problem[]>> {
  const { booklets } = study;
  if (!booklets) return ok(null);
  const columns = await bookletColumns(study);
  if (!columns.ok) return columns;
  const asked = [booklets.item, booklets.booklet, booklets.cycle].filter((name) => name !== null);
  const read = await readPart(
    study,
    booklets,
    [
      ...asked.map((name): StudyColumn => ({ name, kind: "category", missing: "refuse", path: ["booklets"] })),
      ...columns.value.map(
        (name): StudyColumn => ({ name, kind: "number", missing: "allow", path: ["booklets", "columns"] }),
      ),
    ],
    progress,
  );
  if (!read.ok) return read;
  const table = read.value;
  const placesOf =
    booklets.booklet === null ? placesInColumns(table, columns.value) : placesInRows(table, booklets.booklet);
  const position = new Map(items.map((name, k) => [name, k]));
  const left = new Set(study.responses.exclude);
  const problems: Problem[] = [];
  const map = new Map<string, { readonly item: number; readonly place: number }[]>();
  for (let row = 0; row < table.rows; row++) {
    const name = textOf(table, booklets.item, row);
    if (left.has(name)) continue;
    const item = position.get(name);
    if (item === undefined) {
      const place = `${table.placeOf(row)}, column "${booklets.item}"`;
      problems.push(studyProblem("booklet-map-item", place, `there are no responses to "${name}"`));
      continue;
    }
    const cycle = booklets.cycle === null ? null : textOf(table, booklets.cycle, row);
    for (const [booklet, place] of placesOf(row)) {
      const key = bookletKey(booklet, cycle);
      const list = map.get(key) ?? [];
      if (!list.some((one) => one.item === item)) list.push({ item, place });
      map.set(key, list);
    }
  }
  if (problems.length > 0) return err(problems);
  // A stable sort: equal places keep the order of rows.
  return ok(
    new Map([...map].map(([key, list]) => [key, list.sort((a, b) => a.place - b.place).map(({ item }) => item)])),
  );
}
