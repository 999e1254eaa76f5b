import { setImmediate as othersTurn } from "node:timers/promises";

/** Work that can be done in slices: it stops wherever others may have their turn. */
export type Sliced<T> = Generator<void, T>;

/** How long requests may wait for a slice. */
const sliceMilliseconds = 8;

/** Does the work while others have their turns in between. */
export async function inSlices<T>(work: Sliced<T>): Promise<T> {
  for (let begun = performance.now(); ; ) {
    const step = work.next();
    if (step.done) return step.value;
    if (performance.now() - begun < sliceMilliseconds) continue;
    await othersTurn();
    begun = performance.now();
  }
}

/** Does the work at once. */
export function atOnce<T>(work: Sliced<T>): T {
  for (;;) {
    const step = work.next();
    if (step.done) return step.value;
  }
}
