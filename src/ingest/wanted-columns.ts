import { nearest, type Problem } from "../kernel/index.js";
import { problem } from "./problems.js";
import type { ColumnRequest } from "./table-request.js";

/** Places of the wanted columns in a header, or a problem for each that is not there once. */
export function locateColumns(
  header: readonly string[],
  wanted: readonly ColumnRequest[],
  place: string,
): { readonly indices: readonly number[]; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const indices = wanted.map(({ name, askedAt }) => {
    const index = header.indexOf(name);
    const asked = askedAt === null ? "" : ` (asked for in ${askedAt})`;
    if (index === -1) problems.push(missingColumn(header, name, place, asked));
    else if (header.indexOf(name, index + 1) !== -1)
      problems.push(problem("column-twice", place, `two columns are called "${name}"${asked}`));
    return index;
  });
  return { indices, problems };
}

function missingColumn(header: readonly string[], name: string, place: string, asked: string): Problem {
  const guess = nearest(name, header);
  const shown = header.slice(0, 30).map((column) => `"${column}"`);
  const more = header.length > shown.length ? ` and ${header.length - shown.length} more` : "";
  const remedy = `${guess === null ? "" : `Did you mean "${guess}"? `}The columns are ${shown.join(", ")}${more}.`;
  return problem("column-missing", place, `there is no column "${name}"${asked}`, remedy);
}
