import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { checkWritable, writeTogether } from "../../../ingest/index.js";
import { type CivilDate, err, ok, type Problem, type Result } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { dayInEngland } from "../../../platform/day/index.js";
import { type Actor, systemActor } from "../../../platform/identity/index.js";
import type { CommandContext } from "../../../platform/terminal/index.js";
import { printed } from "../design/cli-draw.js";

/** Options that every command has. */
export interface CommonOptions {
  readonly as?: string;
  readonly json?: boolean;
}

/** What a command works with. */
export interface Doing<Options> {
  readonly database: Database;
  readonly actor: Actor;
  readonly now: Date;
  readonly today: CivilDate;
  readonly options: Options;
}

/** A command of the fieldwork: what it is called, what it does, and its answer in words. */
export interface Operation<Options, Answer> {
  /** As `progress <study>`. */
  readonly usage: string;
  readonly description: string;
  /** @param args in the order of the usage; empty where it has fewer */
  readonly work: (
    doing: Doing<Options & CommonOptions>,
    ...args: readonly [string, string, string]
  ) => Promise<Result<Answer, readonly Problem[]>>;
  readonly words: (answer: Answer, options: Options & CommonOptions) => readonly string[];
}

/** Adds commands to one of the command line, which do their work in the register. */
export function operationsOn(command: Command, context: CommandContext) {
  /** @returns the command, for its options */
  return function add<Options, Answer>({ usage, description, work, words }: Operation<Options, Answer>): Command {
    const added = command.command(usage).description(description);
    added.option("--as <name>", "who does it").option("--json", "as JSON");
    return added.action(async (...given: readonly unknown[]) => {
      const options = added.opts<Options & CommonOptions>();
      const [first = "", second = "", third = ""] = given.slice(0, -2).map(String);
      process.exitCode = await context.withRegister(async (database) => {
        const now = new Date();
        const doing = { database, actor: systemActor(options.as ?? "command line"), now, today: dayInEngland(now) };
        const answer = await work({ ...doing, options }, first, second, third);
        return printed(
          answer,
          options.json === true,
          (value) => value,
          (value) => words(value, options),
        );
      });
    });
  };
}

/** A number as an option has it. */
export function numberOf(text: string): number {
  const number = Number(text);
  if (text.trim() === "" || !Number.isFinite(number)) throw new InvalidArgumentError("It is no number.");
  return number;
}

/** A file of the disc, or why it can't be read. */
export function fileOf(path: string): Result<{ readonly name: string; readonly bytes: Buffer }, readonly Problem[]> {
  try {
    return ok({ name: basename(path), bytes: readFileSync(path) });
  } catch (error) {
    const message = `it can't be read (${error instanceof Error ? error.message : error})`;
    return err([{ code: "file-unreadable", place: path, message, remedy: "Name a file that is there." }]);
  }
}

/** Writes files together into a folder, or says why not. @returns their names */
export async function written(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<Result<readonly string[], readonly Problem[]>> {
  const writable = await checkWritable(folder);
  if (!writable.ok) return err([writable.error]);
  await writeTogether(folder, files);
  return ok(Object.keys(files));
}
