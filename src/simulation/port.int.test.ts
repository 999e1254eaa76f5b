import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBrowser } from "../../test/browser.js";
import type { RunResult } from "./engine.js";
import { makeEngland } from "./england.js";
import { compileInputs } from "./inputs/index.js";
import { type FromWorker, portVersion, type ToWorker } from "./port.js";
import { simulate } from "./run/simulate.js";

// One bundle is run by a worker thread and by a browser's worker: the thread has what the browser's scope has, after four lines.
const entry = `
import { serveWebWorker } from "./src/simulation/web-worker.js";
serveWebWorker(self);
`;
const threadScope = `
const { parentPort, MessageChannel: Channel } = require("node:worker_threads");
globalThis.self = {
  MessageChannel: Channel,
  postMessage: (message, transfer) => parentPort.postMessage(message, transfer),
  addEventListener: (_, hear) => parentPort.on("message", (data) => hear({ data })),
};
`;
const folder = mkdtempSync(join(tmpdir(), "simulation-port-"));
const options = {
  ...{ seed: 42, years: 2, share: 1 / 20, replicate: 0 },
  parts: { pupils: true, teachers: true, money: true },
} as const;
const parameters = compileInputs(2025, 2);
let code = "";

beforeAll(async () => {
  const built = await build({
    stdin: { contents: entry, resolveDir: process.cwd() },
    ...{ bundle: true, format: "iife", target: "es2022", write: false, logLevel: "error" },
  });
  code = built.outputFiles[0]!.text;
  writeFileSync(join(folder, "thread.cjs"), threadScope + code);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A worker thread and what it said, until a message that ends the talk. */
function talk(messages: readonly ToWorker[], ends: (message: FromWorker) => boolean): Promise<FromWorker[]> {
  const worker = new Worker(join(folder, "thread.cjs"));
  return new Promise<FromWorker[]>((resolve, reject) => {
    const heard: FromWorker[] = [];
    worker.on("error", reject);
    worker.on("message", (message: FromWorker) => {
      heard.push(message);
      if (ends(message)) resolve(heard);
    });
    for (const message of messages) worker.postMessage(message);
  }).finally(() => worker.terminate());
}

const load = { kind: "load", version: portVersion, census: 2024 } as const;
const resultIn = (heard: readonly FromWorker[]): RunResult | undefined =>
  heard.flatMap((message) => (message.kind === "result" ? [message.result] : []))[0];

describe("the simulation in a worker thread", () => {
  it("answers with the result that it has here, and tells how far it is", async () => {
    const heard = await talk(
      [load, { kind: "run", token: 1, parameters, ...options }],
      ({ kind }) => kind === "result",
    );
    const england = makeEngland();
    expect(heard[0]).toEqual({ kind: "loaded", version: portVersion, firstYear: 2025, dataHash: england.hash });
    expect(heard.filter(({ kind }) => kind === "progress")).toEqual(
      [1, 2].map((done) => ({ kind: "progress", token: 1, done, of: 2 })),
    );
    expect(resultIn(heard)!.hash).toBe(simulate(england, parameters, options).hash);
  });

  it("streams draws, only the series asked for, and drops an older run for a newer", async () => {
    const draws = Array.from({ length: 3 }, (_, replicate) => ({ parameters, replicate }));
    const parts = { pupils: false, teachers: true, money: false };
    const heard = await talk(
      [
        load,
        { kind: "run", token: 1, parameters, ...options },
        { kind: "draws", token: 2, draws, series: [0], ...options, parts },
      ],
      ({ kind }) => kind === "finished",
    );
    expect(heard.some((message) => message.kind === "cancelled" && message.token === 1)).toBe(true);
    expect(resultIn(heard)).toBeUndefined();
    const drawn = heard.flatMap((message) => (message.kind === "draw" ? [message] : []));
    expect(drawn.map(({ draw }) => draw)).toEqual([0, 1, 2]);
    expect(new Set(drawn.map(({ hash }) => hash)).size).toBe(3);
    expect(new Set(drawn.map(({ values }) => values.length)).size).toBe(1);
  });

  it("stops in the middle when told, and refuses with the reason what can't be run", async () => {
    const slow = { ...options, share: 1 };
    const stopped = await talk(
      [load, { kind: "run", token: 7, parameters, ...slow }, { kind: "cancel", token: 7 }],
      ({ kind }) => kind === "cancelled" || kind === "result",
    );
    expect(stopped.at(-1)).toEqual({ kind: "cancelled", token: 7 });
    const refused = await talk(
      [{ ...load, version: 99 }, load, { kind: "run", token: 1, parameters, ...options, share: 0.3 }],
      (message) => message.kind === "refused" && message.token === 1,
    );
    expect(refused[0]).toMatchObject({ kind: "refused", token: null, code: "simulation-out-of-bounds" });
    expect(refused.at(-1)).toMatchObject({ message: expect.stringContaining("a share of 0.3 can't be run") });
  });
});

// Evidence: other engine. The browser's own exponential differs from Node's in the last bit; the engine uses neither.
describe("the simulation in a browser's worker", () => {
  let server: Server;
  beforeAll(async () => {
    server = createServer((request, answer) => {
      const script = request.url === "/worker.js";
      answer.setHeader("content-type", script ? "text/javascript" : "text/html");
      answer.end(script ? code : "<!doctype html><title>A worker</title>");
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));

  it("has the hash that it has here", async () => {
    const browser = await startBrowser();
    try {
      const page = await browser.newPage();
      const address = server.address();
      if (address === null || typeof address === "string") throw new TypeError("the server has no port");
      await page.goto(`http://127.0.0.1:${address.port}/`);
      const asked = { values: [...parameters.values], names: parameters.names, years: parameters.years, options, load };
      // As text: this project has no types of a browser's Worker.
      const hash = await page.evaluate<string>(`(async ({ values, names, years, options, load }) => {
        const worker = new Worker("/worker.js");
        return new Promise((resolve, reject) => {
          worker.onerror = () => reject(new Error("the worker failed"));
          worker.onmessage = ({ data }) => {
            if (data.kind === "result") resolve(data.result.hash);
            if (data.kind === "refused") reject(new Error(data.message));
          };
          worker.postMessage(load);
          const parameters = { names, years, values: Float64Array.from(values) };
          worker.postMessage({ kind: "run", token: 1, parameters, ...options });
        });
      })(${JSON.stringify(asked)})`);
      expect(hash).toBe(simulate(makeEngland(), parameters, options).hash);
    } finally {
      await browser.close();
    }
  });
});
