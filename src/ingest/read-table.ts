import { type Column, err, missingDay, ok, type Problem, type Result, silent, type Table } from "../kernel/index.js";
import type { FinishedColumn, OddValue } from "./column-builder.js";
import { appendDelimited } from "./delimited-table.js";
import { appendParquet, isParquet } from "./parquet-table.js";
import { collectProblems, FileFault, problem } from "./problems.js";
import { rowPlaces } from "./row-places.js";
import { nameOfFiles, type TableDraft, type TableRequest } from "./table-request.js";

/**
 * Reads columns of one or several files (CSV, TSV and other separated text, gzip of these, Parquet) into one table, all or
 * nothing: the rows in the order of the files, or every problem with its file, line, column and value.
 *
 * Notes on what was found out and what counted as missing go to `progress`.
 */
export async function readTable(request: TableRequest): Promise<Result<Table, readonly Problem[]>> {
  const draft: TableDraft = {
    request,
    progress: request.progress ?? silent,
    problems: collectProblems(),
    places: rowPlaces(),
    builders: [],
    rows: 0,
  };
  for (const file of request.files) {
    try {
      if (isParquet(file)) await appendParquet(file, draft);
      else await appendDelimited(file, draft);
    } catch (error) {
      if (!(error instanceof FileFault)) throw error;
      draft.problems.add(error.problem);
    }
  }
  const columns = finishColumns(draft);
  if (draft.problems.count() > 0) return err(draft.problems.all());
  return ok({ name: nameOfFiles(request.files), rows: draft.rows, columns, placeOf: draft.places.placeOf });
}

function finishColumns(draft: TableDraft): ReadonlyMap<string, Column> {
  const columns = new Map<string, Column>();
  const odd: { readonly column: string; readonly value: OddValue }[] = [];
  draft.builders.forEach((builder, index) => {
    const finished = builder.finish();
    const { column } = finished;
    columns.set(column.name, column);
    for (const value of finished.odd) odd.push({ column: column.name, value });
    draft.problems.addUntold(finished.oddCount - finished.odd.length);
    noteMarks(draft, finished);
    if (draft.request.columns[index]!.missing === "refuse") reportMissing(draft, finished);
  });
  odd.sort((a, b) => a.value.row - b.value.row);
  for (const { column, value } of odd) draft.problems.add(oddProblem(draft, column, value));
  return columns;
}

function oddProblem(draft: TableDraft, column: string, { code, text, row, message }: OddValue): Problem {
  const place = `${draft.places.placeOf(row)}, column "${column}"`;
  if (code === "kind-unclear") {
    const remedy = `Correct the value, add it to \`missingMarks\`, or state \`kind: category\` for "${column}".`;
    return problem(code, place, message, remedy);
  }
  const comma = code === "number-expected" && /^[-+]?\d+,\d+$/.test(text);
  return problem(code, place, message, comma ? 'If the comma is a decimal mark, state `decimal: ","`.' : undefined);
}

function noteMarks(draft: TableDraft, { column, marks }: FinishedColumn): void {
  if (marks.size === 0) return;
  const counts = [...marks].map(([mark, count]) => `"${mark}" (${count})`).join(", ");
  draft.progress.note(`${nameOfFiles(draft.request.files)}, column "${column.name}": ${counts} counted as missing`);
}

/** Reports rows without a value; those whose value is odd are reported as that. */
function reportMissing(draft: TableDraft, { column, odd, oddCount }: FinishedColumn): void {
  const oddRows = new Set(odd.map(({ row }) => row));
  // Of more odd values than are kept, nobody knows the rows.
  const end = oddCount > odd.length ? (odd.at(-1)?.row ?? 0) + 1 : draft.rows;
  const isMissing =
    column.kind === "number"
      ? (row: number) => Number.isNaN(column.values[row])
      : column.kind === "category"
        ? (row: number) => column.codes[row] === -1
        : (row: number) => column.days[row] === missingDay;
  for (let row = 0; row < end; row++)
    if (isMissing(row) && !oddRows.has(row))
      draft.problems.add(
        problem("value-missing", `${draft.places.placeOf(row)}, column "${column.name}"`, "there is no value"),
      );
}
