import { isAbsolute, relative, resolve } from "node:path";
import type { SourceFile } from "./file-bytes.js";

/** A path as messages show it: from the current folder where the file is below it, in full otherwise. */
export function shownPath(path: string): string {
  const below = relative(process.cwd(), path);
  return below.startsWith("..") || isAbsolute(below) ? path : below;
}

/** The file at a path, which begins at `folder` unless it is absolute. */
export function sourceFile(path: string, folder = process.cwd()): SourceFile {
  const absolute = resolve(folder, path);
  return { path: absolute, shown: shownPath(absolute) };
}
