import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder: the one that holds `package.json`, whether this runs from `src` or from `dist`. */
export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), "..", "..");

/** The version in `package.json`. */
export function projectVersion(): string {
  return (JSON.parse(readFileSync(join(projectFolder, "package.json"), "utf8")) as { version: string }).version;
}

/** What tells this build of the program from every other: the version and the hash of its sources. */
export function projectBuild(): string {
  const stamp = join(dirname(fileURLToPath(import.meta.url)), "..", ".build-stamp");
  return `${projectVersion()} ${existsSync(stamp) ? readFileSync(stamp, "utf8") : "from source"}`;
}
