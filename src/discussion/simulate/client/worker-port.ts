import type { FromWorker } from "../../../simulation/port.js";
import type { RunnerPort } from "../runner.js";

/** How often draws that come in are shown, milliseconds. */
const betweenDraws = 500;

/**
 * Starts the worker that runs the simulation.
 * @param address of its script
 * @param failed told when it can't be started
 */
export function workerPort(address: string, failed: (code: string, message: string) => void): RunnerPort {
  const worker = new Worker(address, { type: "module" });
  worker.addEventListener("error", (event) => {
    event.preventDefault();
    failed("simulation-failed", event.message || "the worker could not be started; reload the page to try again");
  });
  let shownAt = 0;
  return {
    send: (message) => worker.postMessage(message),
    listen: (hear) => worker.addEventListener("message", ({ data }: MessageEvent<FromWorker>) => hear(data)),
    isTimeToShow() {
      const now = performance.now();
      if (now - shownAt < betweenDraws) return false;
      shownAt = now;
      return true;
    },
  };
}
