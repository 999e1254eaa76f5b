import { readFile } from "node:fs/promises";
import type { Static, TSchema } from "typebox";
import { Compile } from "typebox/compile";
import { parse } from "yaml";
import { describeProblem, type Problem, type Result } from "../../kernel/index.js";
import { StaleStream } from "../../platform/log/index.js";

/** Writes a line to the standard output. */
export function say(words: string): void {
  process.stdout.write(`${words}\n`);
}

/** Writes a line to the standard error. @returns exit code 1 */
export function complain(words: string): number {
  process.stderr.write(`${words}\n`);
  return 1;
}

/** Says that a change was made, or every reason why not. @returns the exit code */
export async function answer(work: Promise<Result<unknown, readonly Problem[]>>, done: string): Promise<number> {
  try {
    const made = await work;
    if (!made.ok) return complain(made.error.map(describeProblem).join("\n"));
    say(done);
    return 0;
  } catch (error) {
    if (!(error instanceof StaleStream)) throw error;
    return complain("Somebody else has changed this meanwhile. Look at it again, then repeat the command.");
  }
}

/** Reads a YAML or JSON file by a schema and works on it, or says what is wrong with it. @returns the exit code */
export async function fileOf<S extends TSchema>(
  file: string,
  schema: S,
  work: (written: Static<S>) => Promise<number>,
): Promise<number> {
  let written: unknown;
  try {
    written = parse(await readFile(file, "utf8"));
  } catch (error) {
    return complain(`${file}: ${error instanceof Error ? error.message.split("\n")[0] : error}`);
  }
  const compiled = Compile(schema);
  if (compiled.Check(written)) return work(written);
  const faults = compiled.Errors(written).slice(0, 10);
  return complain(
    faults
      .map(
        ({ instancePath, message }) =>
          `${file}, ${instancePath.slice(1).replaceAll("/", ".") || "the whole"}: ${message}`,
      )
      .join("\n"),
  );
}
