import { workInThread } from "../../platform/threads/index.js";
import { makeEngland } from "../../simulation/index.js";
import { runPairs, type ScenarioOrder } from "./run-pairs.js";

/** What a thread is given. */
export interface ThreadShare extends ScenarioOrder {
  readonly worker: number;
  readonly workers: number;
}

workInThread<ThreadShare>(async (share, progress) => runPairs(makeEngland(), share, share, progress));
