import type { Progress } from "../../kernel/index.js";
import { startThread, type ThreadWork } from "./thread.js";

/** A piece of work for a thread of its own. */
export interface ThreadOrder {
  readonly module: URL;
  readonly input: unknown;
  readonly progress: Progress;
  /** Told when this piece is done and others may still go on. */
  readonly ended?: () => void;
}

/**
 * Starts several pieces of work, so many at a time and the next when one ends. The answers come in the order of the pieces,
 * however long each took; the first failure stops the others.
 */
export function startThreads<Answer>(orders: readonly ThreadOrder[], atOnce: number): ThreadWork<readonly Answer[]> {
  const answers: Answer[] = [];
  const running = new Set<ThreadWork<Answer>>();
  let next = 0;
  let stopped = false;
  const stopAll = async () => {
    stopped = true;
    await Promise.all([...running].map((work) => work.stop()));
  };
  const takeTurns = async (): Promise<void> => {
    while (next < orders.length && !stopped) {
      const place = next++;
      const { module, input, progress, ended } = orders[place]!;
      const work = startThread<Answer>(module, input, progress);
      running.add(work);
      answers[place] = await work.result;
      ended?.();
      running.delete(work);
      await work.stop(); // gives the thread's memory back before the next begins
    }
  };
  const turns = Array.from({ length: Math.max(1, Math.min(atOnce, orders.length)) }, takeTurns);
  const result = Promise.all(turns).then(
    () => answers,
    async (error: unknown) => {
      await stopAll();
      throw error;
    },
  );
  return { result, stop: stopAll };
}
