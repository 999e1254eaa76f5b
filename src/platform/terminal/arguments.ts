import { InvalidArgumentError } from "commander";

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
}
