import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startBrowser } from "../../test/browser.js";
import { firefoxHere, openFirefox } from "../../test/firefox.js";
import type { CompiledParameters, RunResult } from "./engine.js";
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

/** A tenth of everybody over all years, with proposals whose responses go through exponentials and whose money through every account. */
const tenth = { ...options, share: 1 / 10, years: 12 };
const proposals: Readonly<Record<string, number>> = {
  "service-benefit.form": 2,
  "sabbatical.year-10": 0.5,
  "fees.remission": 1,
  "recruitment-fund.budget": 100_000_000,
  "development.entitlement": 1,
  "funding.transition": 0.5,
};
const withProposals = (): CompiledParameters => {
  const { names, years, values } = compileInputs(2025, tenth.years);
  for (const [name, value] of Object.entries(proposals)) {
    const row = names.indexOf(name) * years;
    values.fill(value, row + 2, row + years);
  }
  return { names, years, values };
};
const scenario = withProposals();
let hashHere = "";

/** What a page is told to run: numbers as text. */
const asked = { ...scenario, values: [...scenario.values], options: tenth, load };

/** A page's script that has a worker run what was asked and promises the hash. As text: this project has no types of a browser's Worker. */
const hashInBrowser = `(async ({ values, names, years, options, load }) => {
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
})(${JSON.stringify(asked)})`;

/** A page that runs it by itself and sends back what came of it. */
const page = `<!doctype html><title>A worker</title><script>
const say = (words) => fetch("/answer", { method: "POST", body: words });
if (location.pathname === "/run") ${hashInBrowser}.then(say, (error) => say("failed: " + error.message));
</script>`;

// Evidence: other engine. Chromium's own exponential differs from Node's in the last bit; the engine uses neither.
describe("the simulation in a browser's worker", () => {
  let server: Server;
  let address = "";
  /** Told when the page was asked for, and what it sent back. */
  let [opened, answered]: readonly ((words: string) => void)[] = [() => {}, () => {}];
  beforeAll(async () => {
    server = createServer(async (request, answer) => {
      const script = request.url === "/worker.js";
      answer.setHeader("content-type", script ? "text/javascript" : "text/html");
      answer.end(script ? code : page);
      if (request.url === "/run") opened?.("");
      if (request.url !== "/answer") return;
      let words = "";
      for await (const part of request) words += part;
      answered?.(words);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const at = server.address();
    if (at === null || typeof at === "string") throw new TypeError("the server has no port");
    address = `http://127.0.0.1:${at.port}`;
    hashHere = simulate(makeEngland(), scenario, tenth).hash;
  });
  afterAll(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it("has the hash that it has here, in Chromium", async () => {
    const browser = await startBrowser();
    try {
      const tab = await browser.newPage();
      await tab.goto(`${address}/`);
      expect(await tab.evaluate<string>(hashInBrowser)).toBe(hashHere);
    } finally {
      await browser.close();
    }
  });

  const missing = firefoxHere === null ? " (skipped: no Firefox on this machine)" : "";
  it.skipIf(firefoxHere === null)(`has the hash that it has here, in Firefox${missing}`, async ({ skip }) => {
    const isOpen = new Promise<string>((resolve) => {
      opened = resolve;
    });
    const hash = new Promise<string>((resolve) => {
      answered = resolve;
    });
    const firefox = openFirefox(firefoxHere ?? "", `${address}/run`);
    try {
      // A browser that asks for no page can't be used here; one that does is held to the hash.
      if ((await within(90, isOpen)) === null) skip(`${firefoxHere} opened no page in 90 seconds`);
      expect(await within(120, hash)).toBe(hashHere);
    } finally {
      await firefox.close();
    }
  });
});

/** What a promise came to; null where it hasn't in so many seconds. */
async function within(seconds: number, promise: Promise<string>): Promise<string | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), seconds * 1000);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
