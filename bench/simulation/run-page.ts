// One process of the page's runs: a worker serves the simulation, the page's own runner asks it, and a line of JSON tells when what was shown.
import { isMainThread, parentPort, Worker } from "node:worker_threads";
import { emptyScenario } from "../../src/discussion/runs/given-scenario.js";
import { drawsAlone, Runner } from "../../src/discussion/simulate/runner.js";
import { makeEngland } from "../../src/simulation/index.js";
import { type FromWorker, serveSimulation, type ToWorker } from "../../src/simulation/port.js";

const draws = Number(process.argv[2] ?? "200");
/** How often the page shows draws that come in, milliseconds. */
const betweenDraws = 500;

function serve(port: NonNullable<typeof parentPort>): void {
  serveSimulation(
    {
      post: (message, transfer) => port.postMessage(message, [...transfer]),
      listen: (hear) => port.on("message", (message: ToWorker) => hear(message)),
      pause: () => new Promise((resolve) => setImmediate(resolve)),
    },
    makeEngland,
  );
}

function ask(): void {
  const started = performance.now();
  const since = () => (performance.now() - started) / 1000;
  const cpuSeconds = () => {
    const { userCPUTime, systemCPUTime } = process.resourceUsage();
    return (userCPUTime + systemCPUTime) / 1e6;
  };
  const worker = new Worker(new URL(import.meta.url), { argv: process.argv.slice(2) });
  const seen = { sampleSeconds: 0, firstFanSeconds: 0, firstFanCpuSeconds: 0, wholeSeconds: 0, fans: 0, hash: "" };
  let shownAt = 0;
  const fail = (words: string) => {
    process.stderr.write(`${words}\n`);
    process.exit(1);
  };
  const runner = new Runner(
    {
      send: (message) => worker.postMessage(message),
      listen: (hear) => worker.on("message", (message: FromWorker) => hear(message)),
      isTimeToShow() {
        if (performance.now() - shownAt < betweenDraws) return false;
        shownAt = performance.now();
        return true;
      },
    },
    {
      // A scenario that changes something, so that every draw is a pair of runs.
      ready: (dataHash) => {
        const overrides = [{ path: "pay.uplift", from: 2027, to: null, value: 0.05 }];
        runner.run({ ...emptyScenario(dataHash), seed: 1, share: 1, draws, overrides }, "whole", drawsAlone);
      },
      progress() {},
      shown(run, extent, hash) {
        seen.sampleSeconds ||= since();
        if (run.draws > 0) {
          seen.firstFanSeconds ||= since();
          seen.firstFanCpuSeconds ||= cpuSeconds();
          seen.fans++;
        }
        if (extent === "whole") seen.wholeSeconds ||= since();
        seen.hash = hash;
      },
      done() {
        const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
        const cost = {
          seconds: since(),
          cpuSeconds: (userCPUTime + systemCPUTime) / 1e6,
          peakMegabytes: maxRSS / 1024,
        };
        process.stdout.write(`${JSON.stringify({ ...cost, draws, ...seen })}\n`);
        void worker.terminate();
      },
      cancelled: () => fail("the run was stopped"),
      failed: (code, message) => fail(`${code}: ${message}`),
    },
  );
}

if (isMainThread) ask();
else if (parentPort) serve(parentPort);
