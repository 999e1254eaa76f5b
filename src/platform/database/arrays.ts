const needsQuotes = /[\s,{}"\\]|^$|^null$/i;

/**
 * PostgreSQL's array literal of values, as `{1,2,NULL,"a b"}`; arrays within are further dimensions.
 * @param write the text of one value that is not an array, or null
 */
export function writeArray(values: readonly unknown[], write: (value: unknown) => string | null): string {
  const parts = values.map((value) => {
    if (Array.isArray(value)) return writeArray(value, write);
    const text = write(value);
    if (text === null) return "NULL";
    return needsQuotes.test(text) ? `"${text.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"` : text;
  });
  return `{${parts.join(",")}}`;
}

// One element of a literal: in quotes with backslashes before quotes and backslashes, or plain; or a bracket or comma.
const token = /"((?:[^"\\]|\\.)*)"|([^{},"]+)|([{},])/gs;

/** The values of PostgreSQL's array literal; the inverse of {@link writeArray}. */
export function readArray(literal: string, read: (text: string) => unknown): unknown[] {
  const top: unknown[] = [];
  const open: unknown[][] = [top];
  for (const [, quoted, plain, mark] of literal.slice(literal.indexOf("{")).matchAll(token)) {
    const current = open.at(-1)!;
    if (mark === "{") {
      const inner: unknown[] = [];
      current.push(inner);
      open.push(inner);
    } else if (mark === "}") open.pop();
    else if (quoted !== undefined) current.push(read(quoted.replace(/\\(.)/gs, "$1")));
    else if (plain !== undefined) current.push(plain === "NULL" ? null : read(plain));
  }
  return top[0] as unknown[];
}
