import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { compareNames } from "./school-id.js";

/** Whether a path holds the signs of a pattern. */
const isPattern = (part: string) => /[*?]/.test(part);

/** A part of a path as an expression: `*` is any characters, `?` one; a name that begins with a dot has to be spelt out. */
function expressionOf(part: string): RegExp {
  const body = part
    .replace(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", "[^/]*")
    .replaceAll("?", "[^/]");
  return new RegExp(`^${part.startsWith(".") ? "" : "(?!\\.)"}${body}$`);
}

/** Files and folders in a folder, folders last; none where it can't be read. */
async function entriesOf(folder: string): Promise<{ name: string; isFolder: boolean }[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.map((entry) => ({ name: entry.name, isFolder: entry.isDirectory() }));
  } catch {
    return [];
  }
}

async function matches(folder: string, parts: readonly string[]): Promise<string[]> {
  const [part, ...rest] = parts;
  if (part === undefined) return [];
  const last = rest.length === 0;
  if (part === "**") {
    const here = last ? [] : await matches(folder, rest);
    const folders = (await entriesOf(folder)).filter(({ name, isFolder }) => isFolder && !name.startsWith("."));
    const below = await Promise.all(folders.map(({ name }) => matches(join(folder, name), parts)));
    return [...here, ...below.flat()];
  }
  if (!isPattern(part)) {
    const path = join(folder, part);
    if (!last) return matches(path, rest);
    const found = await stat(path).catch(() => null);
    return found?.isFile() ? [path] : [];
  }
  const expression = expressionOf(part);
  const fitting = (await entriesOf(folder)).filter(({ name, isFolder }) => isFolder !== last && expression.test(name));
  if (last) return fitting.map(({ name }) => join(folder, name));
  return (await Promise.all(fitting.map(({ name }) => matches(join(folder, name), rest)))).flat();
}

/**
 * The paths that a pattern stands for: `*` and `?` within a name, `**` for any number of folders; a plain path stands for
 * itself, whether or not there is such a file. A file whose name really holds such a sign is found by its plain path first.
 *
 * @param folder where a relative pattern begins
 * @returns absolute paths, numbers in names in order of size (`2.csv` before `10.csv`)
 */
export async function findFiles(pattern: string, folder: string): Promise<string[]> {
  const absolute = resolve(folder, pattern);
  if (!isPattern(pattern) || (await stat(absolute).catch(() => null))?.isFile()) return [absolute];
  const parts = absolute.split(/[\\/]/);
  const root = `${parts[0] ?? ""}/`;
  return (await matches(root, parts.slice(1))).sort(compareNames);
}
