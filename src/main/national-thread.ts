import type { Phase } from "../england/index.js";
import { ok, type Problem, type Result } from "../kernel/index.js";
import { checkpointsIn } from "../platform/checkpoints/index.js";
import { workInThread } from "../platform/threads/index.js";
import { keyOfPhase, type NationalOrder } from "./national-order.js";
import { makeNationalPhase, type NationalPhase } from "./national-phase.js";

/** What the thread is given. */
export interface NationalPhaseOrder {
  readonly order: NationalOrder;
  readonly phase: Phase;
  /** Folder of the checkpoints, and what tells this build of the program from others. */
  readonly checkpoints: string;
  readonly build: string;
}

workInThread<NationalPhaseOrder>(
  async ({ order, phase, checkpoints, build }, progress): Promise<Result<NationalPhase, readonly Problem[]>> => {
    const keeper = checkpointsIn(checkpoints, build);
    const key = keyOfPhase(order, phase);
    const kept = keeper.find<NationalPhase>(key, (text) => progress.note(text));
    if (kept) {
      progress.note("measured before the last stop: taken from the checkpoint");
      return ok(kept);
    }
    const made = makeNationalPhase(order, phase, progress);
    if (made.ok) keeper.keep(key, made.value);
    return made;
  },
);
