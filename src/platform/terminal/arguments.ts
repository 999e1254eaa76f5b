import { InvalidArgumentError } from "commander";
import type { Database } from "../database/index.js";

/** Reads an option that is a whole number within bounds. */
export function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`A whole number from ${least} to ${most} is needed.`);
    return value;
  };
}

/** What a command is told of the world. */
export interface CommandContext {
  readonly version: string;
  /** As `2026-11-23`. */
  readonly today: string;
  /** The project's folder. */
  readonly projectFolder: string;
  /** Where the embedded register and checkpoints are kept. */
  readonly home: string;
  /** Tells this build of the program from every other. */
  readonly build: string;
  /**
   * Opens the register with every part's tables, lends it to the work, and closes it. What the database refuses is said on the standard
   * error. @returns the work's exit code, or 1
   */
  readonly withRegister: (work: (database: Database) => Promise<number>) => Promise<number>;
}
