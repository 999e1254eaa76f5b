import { expect, it } from "vitest";
import { makeEngland } from "../../simulation/index.js";
import { type FromWorker, serveSimulation, type ToWorker } from "../../simulation/port.js";
import { emptyScenario } from "../runs/given-scenario.js";
import { drawsAlone, Runner } from "./runner.js";

it("shows a first band of the sample before everybody is run, and goes on from there", async () => {
  let hearRun: (message: ToWorker) => void = () => {};
  let hearAnswer: (message: FromWorker) => void = () => {};
  const listen = (hear: (message: ToWorker) => void) => {
    hearRun = hear;
  };
  serveSimulation({ post: (message) => hearAnswer(message), listen, pause: async () => {} }, makeEngland);
  const shown: string[] = [];
  await new Promise<void>((resolve, reject) => {
    const runner = new Runner(
      {
        send: (message) => hearRun(message),
        listen: (hear) => {
          hearAnswer = hear;
        },
        isTimeToShow: () => true,
      },
      {
        ready: (dataHash) => {
          const overrides = [{ path: "pay.uplift", from: 2027, to: null, value: 0.05 }];
          runner.run({ ...emptyScenario(dataHash), share: 0.002, draws: 7, overrides }, "whole", drawsAlone);
        },
        progress() {},
        shown: ({ draws, report }, extent) => {
          const bands = report.figures.filter(({ effect }) => effect.parameters).length;
          shown.push(`${extent}, ${draws} draws, ${bands > 0 ? "bands" : "no bands"}`);
        },
        done: resolve,
        cancelled: () => reject(new Error("the run was stopped")),
        failed: (code, message) => reject(new Error(`${code}: ${message}`)),
      },
    );
  });
  expect(shown).toEqual([
    "sample, 0 draws, no bands",
    "sample, 5 draws, bands",
    "whole, 5 draws, bands",
    "whole, 6 draws, bands",
    "whole, 7 draws, bands",
  ]);
});

it("says nothing more of a run that was stopped, whatever was on its way", () => {
  let hear: (message: FromWorker) => void = () => {};
  const sent: ToWorker[] = [];
  const told: string[] = [];
  const runner = new Runner(
    {
      send: (message) => void sent.push(message),
      listen: (given) => {
        hear = given;
      },
      isTimeToShow: () => true,
    },
    {
      ready() {},
      progress: (stage) => void told.push(stage),
      shown: () => void told.push("shown"),
      done: () => void told.push("done"),
      cancelled: () => void told.push("cancelled"),
      failed: (code) => void told.push(code),
    },
  );
  runner.run({ ...emptyScenario("0"), draws: 1 }, "whole", drawsAlone);
  hear({ kind: "progress", token: 1, done: 1, of: 10 });
  runner.cancel();
  runner.cancel(); // nothing is under way any more
  hear({ kind: "progress", token: 1, done: 2, of: 10 });
  hear({ kind: "cancelled", token: 1 });
  expect(told).toEqual(["sample", "cancelled"]);
  expect(sent.map(({ kind }) => kind)).toEqual(["load", "run", "cancel"]);
});
