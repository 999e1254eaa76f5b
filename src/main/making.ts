import { setTimeout as wait } from "node:timers/promises";
import type { Progress } from "../kernel/index.js";

/** How long the maker rests after each transaction, in milliseconds: a page that waits for the embedded database's one connection gets it. */
const rest = 30;

/** Work that goes on while pages are served already: it knows when to rest and when to stop, and tells readers how far it is. */
export class Making implements Progress {
  readonly #signal: AbortSignal;
  readonly #beside: Progress;
  #stage = "";
  #total: number | null = null;
  #steps = 0;
  #state: "making" | "made" | "failed" = "making";

  /**
   * @param signal ends the work after the transaction under way
   * @param beside is told the same, as the terminal
   */
  constructor(signal: AbortSignal, beside: Progress) {
    this.#signal = signal;
    this.#beside = beside;
  }

  stage(name: string, total: number | null = null): void {
    [this.#stage, this.#total, this.#steps] = [name, total, 0];
    this.#beside.stage(name, total);
  }

  done(steps: number): void {
    this.#steps += steps;
    this.#beside.done(steps);
  }

  note(text: string): void {
    this.#beside.note(text);
  }

  /** Rests between two transactions. @throws {DOMException} an AbortError when the program stops. */
  async breathe(): Promise<void> {
    this.#signal.throwIfAborted();
    await wait(rest);
    this.#signal.throwIfAborted();
  }

  /** It is over: everything is there, or not. */
  end(state: "made" | "failed"): void {
    this.#state = state;
  }

  /** What readers are told on every page; null as soon as everything is there. */
  words(): string | null {
    if (this.#state === "made") return null;
    if (this.#state === "failed") return "Its cases could not all be made: start again";
    const steps = this.#total === null ? "" : `, ${this.#steps} of ${this.#total}`;
    return `Its cases and marks are still being made (${this.#stage}${steps})`;
  }
}
