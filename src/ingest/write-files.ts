import { renameSync } from "node:fs";
import { mkdir, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { err, ok, type Problem, type Result } from "../kernel/index.js";
import { problem } from "./problems.js";
import { shownPath } from "./source-file.js";

/** A value of a CSV file; null is an empty field. */
export type CsvValue = string | number | null;

/**
 * Writes a file whole or not at all: into a temporary file beside it, which then takes its name.
 * @throws {Error} of the file system; the folder must exist ({@link checkWritable}).
 */
export async function writeAtomically(path: string, text: string): Promise<void> {
  const part = join(dirname(path), `.${basename(path)}.${process.pid}.part`);
  try {
    await writeFile(part, text);
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/**
 * A value as a field of RFC 4180: quoted where it holds a separator, a quotation mark, a line end or outer spaces.
 * @throws {RangeError} for a number that is not finite: what could not be computed is left out, not written.
 */
function csvField(value: CsvValue): string {
  if (value === null) return "";
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError(`a CSV file holds finite numbers, got ${value}`);
    return String(value);
  }
  return /[",\r\n]|^\s|\s$/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

/** A table as CSV text: UTF-8, comma, line ends CR LF as RFC 4180 has them. @throws {RangeError} for a row of another length */
export function formatCsv(header: readonly string[], rows: Iterable<readonly CsvValue[]>): string {
  const lines = [header.map(csvField).join(",")];
  for (const row of rows) {
    if (row.length !== header.length)
      throw new RangeError(`row ${lines.length} has ${row.length} values and the header ${header.length}`);
    lines.push(row.map(csvField).join(","));
  }
  return `${lines.join("\r\n")}\r\n`;
}

/** A text as a spreadsheet reads it: never as a formula. */
const asText = (value: CsvValue): CsvValue =>
  typeof value === "string" && /^[=+@\t\r-]/.test(value) && !/^-?\d+(\.\d+)?$/.test(value) ? `'${value}` : value;

/** A table that people download and open in a spreadsheet: {@link formatCsv}, with texts that would be formulas marked as text. */
export function formatSheet(header: readonly string[], rows: Iterable<readonly CsvValue[]>): string {
  return formatCsv(
    header,
    Array.from(rows, (row) => row.map(asText)),
  );
}

/** Writes a CSV file whole or not at all, as {@link formatCsv} formats it. */
export async function writeCsv(
  path: string,
  header: readonly string[],
  rows: Iterable<readonly CsvValue[]>,
): Promise<void> {
  await writeAtomically(path, formatCsv(header, rows));
}

/** Writes several files under other names first and renames them at the end, so that a folder never holds half of them. */
export async function writeTogether(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  const parts = Object.keys(files).map((name) => ({
    part: join(folder, `.${name}.${process.pid}.new`),
    final: join(folder, name),
    text: files[name]!,
  }));
  try {
    for (const { part, text } of parts) await writeAtomically(part, text);
    for (const { part, final } of parts) renameSync(part, final); // at one go: a stop finds all of the old or all of the new
  } catch (error) {
    await Promise.all(parts.map(({ part }) => rm(part, { force: true })));
    throw error;
  }
}

/** Makes the folder where it is missing and tries whether files can be written there: ask before any long work. */
export async function checkWritable(folder: string): Promise<Result<null, Problem>> {
  try {
    await mkdir(folder, { recursive: true });
    const probe = join(folder, `.${process.pid}.part`);
    await writeFile(probe, "");
    await rm(probe);
    return ok(null);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    const why =
      code === "EEXIST" || code === "ENOTDIR"
        ? "there is a file where the folder should be"
        : `files can't be written here (${code})`;
    return err(problem("folder-not-writable", shownPath(folder), why));
  }
}
