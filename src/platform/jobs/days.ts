import { setTimeout as wait } from "node:timers/promises";
import type { CivilDate } from "../../kernel/index.js";
import { type Database, DatabaseError, type Queries } from "../database/index.js";
import { dayInEngland } from "../day/index.js";
import type { RunOptions } from "./run.js";

/** Work that a day may bring. It is asked several times a day, by every process: what it starts twice must be the same. */
export type DayWork = (queries: Queries, today: CivilDate) => Promise<unknown>;

const hour = 3_600_000;

function complain(error: unknown): void {
  process.stderr.write(`looking for the day's work failed: ${error instanceof Error ? error.message : error}\n`);
}

/**
 * Asks for the day's work at once and then every hour, until it is told to stop; each in a transaction of its own, so that one that fails holds back no
 * other. A day on which no process ran is made up for by the next that does.
 */
export function watchDays(
  database: Database,
  works: readonly DayWork[],
  { clock = () => new Date(), pause = hour, onFailure = complain }: RunOptions = {},
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const ask = async (work: DayWork) => {
    try {
      await database.queries.transaction((queries) => work(queries, dayInEngland(clock())));
    } catch (error) {
      const over = error instanceof DatabaseError && error.code === "database-closed";
      if (!over && !stopping.signal.aborted) onFailure(error, null);
    }
  };
  const watch = async () => {
    while (!stopping.signal.aborted) {
      for (const work of works) if (!stopping.signal.aborted) await ask(work);
      await wait(pause, undefined, { signal: stopping.signal, ref: false }).catch(() => {});
    }
  };
  const ended = watch();
  return {
    stop() {
      stopping.abort();
      return ended;
    },
  };
}
