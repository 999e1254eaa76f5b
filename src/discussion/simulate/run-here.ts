import { makeEngland } from "../../simulation/index.js";
import { type FromWorker, serveSimulation, type ToWorker } from "../../simulation/port.js";
import type { Scenario } from "../../simulation/scenario/index.js";
import { drawsAlone, Runner } from "./runner.js";
import type { RunToShow } from "./shown.js";

/** A scenario that was run as the page does it: everybody once, and the draws on some of the teachers. */
export interface RunHere {
  readonly run: RunToShow;
  /** Of the run at the declared numbers: the page and the command line show the same for the scenario. */
  readonly hash: string;
  /** Of the country that was run. */
  readonly dataHash: string;
}

/**
 * Runs scenarios one after another on this thread; what they have in common is run once.
 * @param scenarios by the hash of the country
 * @param share of teachers in the draws; a tenth, as on the page, unless given
 * @throws what a run failed with
 */
export function runHere(
  scenarios: (dataHash: string) => readonly Scenario[],
  share?: number,
): Promise<readonly RunHere[]> {
  return new Promise((resolve, reject) => {
    let waiting: readonly Scenario[] = [];
    let last: RunHere | null = null;
    const made: RunHere[] = [];
    let country = "";
    let hearRun: (message: ToWorker) => void = () => {};
    let hearAnswer: (message: FromWorker) => void = () => {};
    const next = () => {
      const [first, ...others] = waiting;
      waiting = others;
      if (first) runner.run(first, "whole", drawsAlone);
      else resolve(made);
    };
    serveSimulation(
      {
        post: (message) => hearAnswer(message),
        listen: (hear) => {
          hearRun = hear;
        },
        pause: async () => {},
      },
      makeEngland,
    );
    const runner = new Runner(
      {
        send: (message) => hearRun(message),
        listen: (hear) => {
          hearAnswer = hear;
        },
        isTimeToShow: () => false,
      },
      {
        ready: (dataHash) => {
          country = dataHash;
          waiting = scenarios(dataHash);
          next();
        },
        progress() {},
        shown: (run, _, hash) => {
          last = { run, hash, dataHash: country };
        },
        done: () => {
          if (last) made.push(last);
          next();
        },
        cancelled: () => reject(new Error("the run was stopped")),
        failed: (code, message) => reject(new Error(`${code}: ${message}`)),
      },
      share,
    );
  });
}
