import { type Study, studyProblem } from "../../accountability/reference-assessments/index.js";
import { columnOf, err, ok, type Problem, type Progress, type Result } from "../../kernel/index.js";
import { readPart, type StudyColumn } from "./study-files.js";

/** The booklets of a study: name → positions of items in order of presentation. */
export type BookletMap = ReadonlyMap<string, readonly number[]>;

/** The key of a booklet where booklets differ from cycle to cycle. */
export const bookletKey = (booklet: string, cycle: string | null) =>
  cycle === null ? booklet : `${booklet} of ${cycle}`;

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
  const asked = [booklets.item, booklets.booklet, ...(booklets.cycle === null ? [] : [booklets.cycle])];
  const columns = asked.map((name): StudyColumn => ({ name, kind: "category", missing: "refuse", path: ["booklets"] }));
  const read = await readPart(study, booklets, columns, progress);
  if (!read.ok) return read;
  const table = read.value;
  const position = new Map(items.map((name, k) => [name, k]));
  const left = new Set(study.responses.exclude);
  const problems: Problem[] = [];
  const map = new Map<string, number[]>();
  const text = (name: string, row: number) => {
    const { codes, levels } = columnOf(table, name, "category");
    return levels[codes[row]!]!;
  };
  for (let row = 0; row < table.rows; row++) {
    const name = text(booklets.item, row);
    if (left.has(name)) continue;
    const item = position.get(name);
    if (item === undefined) {
      problems.push(
        studyProblem(
          "booklet-map-item",
          `${table.placeOf(row)}, column "${booklets.item}"`,
          `there are no responses to "${name}"`,
        ),
      );
      continue;
    }
    const cycle = booklets.cycle === null ? null : text(booklets.cycle, row);
    for (const booklet of text(booklets.booklet, row)
      .split(/[\s;,]+/)
      .filter((one) => one !== "")) {
      const key = bookletKey(booklet, cycle);
      const list = map.get(key) ?? [];
      if (!list.includes(item)) list.push(item);
      map.set(key, list);
    }
  }
  return problems.length > 0 ? err(problems) : ok(map);
}
