import { Command, CommanderError } from "commander";
import { vi } from "vitest";
import { civilDate } from "../src/kernel/index.js";
import type { Database } from "../src/platform/database/index.js";
import type { CommandContext } from "../src/platform/terminal/index.js";

/** What a command answered. */
export interface CommandSaid {
  readonly code: number;
  readonly out: string;
  readonly error: string;
}

/**
 * Runs one command in this process, on a register that is lent to it.
 * @param add gives the program its commands
 * @param folder the project's and the home folder
 */
export async function runCommand(
  add: (program: Command, context: CommandContext) => unknown,
  database: Database,
  args: readonly string[],
  folder: string,
): Promise<CommandSaid> {
  let [out, error] = ["", ""];
  const toOut = (text: string | Uint8Array) => {
    out += String(text);
    return true;
  };
  const toError = (text: string | Uint8Array) => {
    error += String(text);
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(toOut),
    vi.spyOn(process.stderr, "write").mockImplementation(toError),
  ];
  const program = new Command("greenpaper").exitOverride().configureOutput({ writeOut: toOut, writeErr: toError });
  process.exitCode = 0;
  try {
    add(program, {
      ...{ version: "1.2.3", today: civilDate("2026-11-26"), projectFolder: folder, home: folder, build: "test" },
      withRegister: (work: (lent: Database) => Promise<number>) => work(database),
    });
    await program.parseAsync(args, { from: "user" });
    return { code: Number(process.exitCode), out, error };
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    return { code: thrown.exitCode, out, error };
  } finally {
    process.exitCode = 0;
    for (const spy of spies) spy.mockRestore();
  }
}
