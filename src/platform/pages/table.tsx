import { raw } from "hono/html";
import { escapeMarkup } from "../charts/index.js";

/** What a cell holds: a text or an element. (The library's type of elements allows promises; cells don't.) */
export type TableCell = string | Promise<string>;

/** One column: its heading and what it shows of a row. The first column names the row. */
export interface TableColumn<Row> {
  readonly heading: string;
  readonly numeric?: boolean;
  readonly cell: (row: Row, index: number) => TableCell;
}

export interface TableOptions<Row> {
  readonly caption: string;
  /** Hides the caption from the eye where a heading above says the same. */
  readonly captionHidden?: boolean;
  readonly columns: readonly TableColumn<Row>[];
  readonly rows: readonly Row[];
  readonly small?: boolean;
}

/** A cell's content as HTML: texts are escaped, elements are HTML already. */
function cellHtml(content: TableCell): string {
  if (content instanceof Promise) throw new TypeError("a table's cell can't be an asynchronous component");
  // An element is of type string for the compiler and an object with its own toString at run time.
  return typeof content === "string" ? escapeMarkup(content) : String(content);
}

/** A row as text: an element for each of the cells of thousands of rows would take most of a page's time. */
function rowHtml<Row>(row: Row, index: number, first: TableColumn<Row>, others: readonly TableColumn<Row>[]): string {
  const cells = others.map(
    (column) =>
      `<td class="govuk-table__cell${column.numeric ? " govuk-table__cell--numeric" : ""}">` +
      `${cellHtml(column.cell(row, index))}</td>`,
  );
  return (
    `<tr class="govuk-table__row"><th scope="row" class="govuk-table__header site-table__name">` +
    `${cellHtml(first.cell(row, index))}</th>${cells.join("")}</tr>`
  );
}

/** A table whose first column names the row; wider ones scroll within themselves on a phone. */
export function Table<Row>({ caption, captionHidden, columns, rows, small }: TableOptions<Row>) {
  const [first, ...others] = columns;
  if (!first) throw new RangeError(`the table "${caption}" has no columns`);
  const table = (
    <table class={`govuk-table${small ? " govuk-table--small-text-until-tablet site-table--small" : ""}`}>
      <caption class={`govuk-table__caption ${captionHidden ? "govuk-visually-hidden" : "govuk-table__caption--s"}`}>
        {caption}
      </caption>
      <thead class="govuk-table__head">
        <tr class="govuk-table__row">
          {columns.map((column) => (
            <th scope="col" class={`govuk-table__header${column.numeric ? " govuk-table__header--numeric" : ""}`}>
              {column.heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody class="govuk-table__body">
        {raw(rows.map((row, index) => rowHtml(row, index, first, others)).join(""))}
      </tbody>
    </table>
  );
  return columns.length <= 2 ? (
    table
  ) : (
    // A region that scrolls must be reachable with the keyboard, and so must have a name.
    <section class="site-table-scroll" aria-label={caption} tabindex={0}>
      {table}
    </section>
  );
}
