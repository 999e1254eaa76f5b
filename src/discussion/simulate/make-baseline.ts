import { makeEngland } from "../../simulation/index.js";
import { type FromWorker, serveSimulation, type ToWorker } from "../../simulation/port.js";
import { emptyScenario } from "../runs/given-scenario.js";
import { drawsAlone, Runner } from "./runner.js";
import type { RunToShow } from "./shown.js";
import { usualRun } from "./usual-run.js";

/** The country without any change, for whoever has no JavaScript. */
export interface Baseline {
  readonly run: RunToShow;
  /** Of the run at the declared numbers: the page shows the same for a scenario without changes. */
  readonly hash: string;
}

/** Runs everybody without any change, and the draws, in the way in which the page does it. @throws what the run failed with */
export function makeBaseline(): Promise<Baseline> {
  return new Promise((resolve, reject) => {
    let made: Baseline | null = null;
    let hearRun: (message: ToWorker) => void = () => {};
    let hearAnswer: (message: FromWorker) => void = () => {};
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
        ready: (dataHash) => runner.run({ ...emptyScenario(dataHash), ...usualRun }, "whole", drawsAlone),
        progress() {},
        shown: (run, _, hash) => {
          made = { run, hash };
        },
        done: () => (made ? resolve(made) : reject(new Error("nothing was run"))),
        cancelled: () => reject(new Error("the run was stopped")),
        failed: (code, message) => reject(new Error(`${code}: ${message}`)),
      },
    );
  });
}
