import { silent } from "../../kernel/index.js";
import { startThread, type ThreadWork } from "../../platform/threads/index.js";
import { readBaseline } from "./baseline-file.js";
import type { Baseline } from "./make-baseline.js";

/** How long a request waits for what is being made, milliseconds. */
const patience = 5000;

/** The baseline: made when the product was built; a server that runs from source makes it on a thread when it is first asked for. */
export class KeptBaseline {
  #made: Promise<Baseline> | null = null;
  #work: ThreadWork<Baseline> | null = null;

  /** Ends what is being made, as when the server closes. */
  async stop(): Promise<void> {
    await this.#work?.stop();
  }

  #begin(): Promise<Baseline> {
    if (!import.meta.url.endsWith(".ts")) return readBaseline();
    this.#work = startThread<Baseline>(new URL("./baseline-thread.js", import.meta.url), null, silent);
    return this.#work.result;
  }

  /** The baseline; null where it isn't made yet: it soon will be. @throws what the run failed with; the next request tries again */
  async get(): Promise<Baseline | null> {
    this.#made ??= this.#begin().catch((error: unknown) => {
      this.#made = null;
      throw error;
    });
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((resolve) => {
      timer = setTimeout(() => resolve(null), patience);
    });
    try {
      return await Promise.race([this.#made, late]);
    } finally {
      clearTimeout(timer);
    }
  }
}
