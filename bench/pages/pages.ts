import { writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import autocannon from "autocannon";
import { type Cost, type Figures, type Line, median, medianCost, ratioOf } from "../line.js";
import { highestMemory } from "../run-process.js";
import type { BenchOptions, Task } from "../task.js";
import { everyPage } from "./every-page.js";
import { cpuSecondsOf, type Running, start, stop } from "./served.js";

interface Load {
  readonly cost: Cost;
  readonly requestsPerSecond: number;
  readonly millisecondsP99: number;
  readonly failed: number;
}

const [connections, seconds] = [50, 5];

/** One address under load; the cost is that of a thousand answers. */
async function loadOnce({ child, port }: Running, path: string): Promise<Load> {
  const before = cpuSecondsOf(child.pid!);
  const result = await autocannon({ url: `http://127.0.0.1:${port}${path}`, connections, duration: seconds });
  const after = cpuSecondsOf(child.pid!);
  const answers = result.requests.total;
  const cpu = before === null || after === null ? null : ((after - before) / answers) * 1000;
  return {
    cost: {
      seconds: (result.duration / answers) * 1000,
      cpuSeconds: cpu,
      peakMegabytes: highestMemory(child.pid!),
    },
    requestsPerSecond: answers / result.duration,
    millisecondsP99: result.latency.p99,
    failed: result.non2xx + result.errors,
  };
}

const figuresOf = (loads: readonly Load[]): Figures => ({
  requestsPerSecond: median(loads.map((load) => load.requestsPerSecond)),
  millisecondsP99: median(loads.map((load) => load.millisecondsP99)),
  failed: loads.reduce((sum, load) => sum + load.failed, 0),
});

/** A published school's page under load, and the bare framework with the same text as a string, in turns. */
async function underLoad(size: number, options: BenchOptions): Promise<Line> {
  const load = loadavg()[0]!;
  options.say(`making a register of ${size} schools`);
  const ours = await start("product", size, options);
  const servers = [ours];
  try {
    const path = `/schools/${ours.schools[0]}`;
    const page = await (await fetch(`http://127.0.0.1:${ours.port}${path}`)).text();
    const [bytes, file] = [Buffer.byteLength(page), join(options.scratch, "page.html")];
    writeFileSync(file, page);
    const bare = options.peers ? await start("bare", bytes, options, { BENCH_PAGE: file }) : null;
    if (bare) servers.push(bare);
    const [own, other]: [Load[], Load[]] = [[], []];
    for (let run = 0; run < Math.max(3, options.runs); run++) {
      options.say(`round ${run + 1}`);
      own.push(await loadOnce(ours, path));
      if (bare) other.push(await loadOnce(bare, "/"));
    }
    const cost = medianCost(own.map((one) => one.cost));
    const theirs = bare ? medianCost(other.map((one) => one.cost)) : null;
    const figures = figuresOf(own);
    return {
      ...{ task: "pages", case: "under-load", runs: own.length, load, ...cost },
      figures: {
        schools: size,
        pageBytes: bytes,
        connections,
        ...figures,
        ...(theirs && { throughputOfBare: theirs.seconds / cost.seconds }),
      },
      ...(theirs && {
        peers: [
          {
            name: "bare Fastify",
            version: "bare Fastify, the same text as a string",
            status: "finished",
            ...theirs,
            ratio: ratioOf(theirs, cost),
            figures: figuresOf(other),
          },
        ],
      }),
    };
  } finally {
    servers.forEach(stop);
  }
}

/** A kind of page, and its addresses: with a query, so that none is kept and each is made anew, but for the last. */
const kinds: Readonly<Record<string, (urn: string, turn: number, urns: readonly string[]) => string>> = {
  country: (_, turn) => `/?turn=${turn}`,
  regions: (_, turn) => `/regions?turn=${turn}`,
  region: (_, turn) => `/regions/E12000007?turn=${turn}`,
  schools: (_, turn) => `/schools?page=${1 + (turn % 20)}`,
  search: (_, turn) => `/schools?text=${["ash", "primary", "st mary", "church", "800", "oak"][turn % 6]}`,
  school: (urn, turn) => `/schools/${urn}?turn=${turn}`,
  method: (_, turn) => `/method?turn=${turn}`,
  "method of a phase": (_, turn) => `/method/primary?turn=${turn}`,
  data: (_, turn) => `/data?turn=${turn}`,
  proposals: (_, turn) => `/proposals?turn=${turn}`,
  "interface for programs": (_, turn) => `/api?turn=${turn}`,
  "school, kept": (_, turn, urns) => `/schools/${urns[turn % 5]}`, // made while the program warms up
};

/** Answers of a kind that warm the program up, and those that count. */
const [warmUp, measured] = [10, 50];

/** How long one reader waits for each kind of page, with the register in the embedded database. */
async function serverTimes(size: number, options: BenchOptions): Promise<Line> {
  const load = loadavg()[0]!;
  options.say(`making a register of ${size} schools`);
  const ours = await start("product", size, options);
  try {
    const started = performance.now();
    const milliseconds: Record<string, Figures> = {};
    for (const [kind, addressOf] of Object.entries(kinds)) {
      const times: number[] = [];
      let cpuBefore: number | null = null;
      for (let turn = 0; turn < warmUp + measured; turn++) {
        if (turn === warmUp) cpuBefore = cpuSecondsOf(ours.child.pid!);
        const begun = performance.now();
        const urn = ours.schools[turn % ours.schools.length]!;
        const address = addressOf(urn, turn, ours.schools);
        const answer = await fetch(`http://127.0.0.1:${ours.port}${address}`);
        await answer.arrayBuffer();
        if (!answer.ok) throw new Error(`${address} answered ${answer.status}`);
        if (turn >= warmUp) times.push(performance.now() - begun);
      }
      const sorted = times.toSorted((a, b) => a - b);
      const cpuAfter = cpuSecondsOf(ours.child.pid!);
      const cpu = cpuBefore === null || cpuAfter === null ? null : (1000 * (cpuAfter - cpuBefore)) / measured;
      milliseconds[kind] = { median: median(times), p95: sorted[Math.floor(sorted.length * 0.95)]!, cpu };
    }
    const cost: Cost = {
      seconds: (performance.now() - started) / 1000,
      cpuSeconds: null,
      peakMegabytes: highestMemory(ours.child.pid!),
    };
    return {
      ...{ task: "pages", case: "server-time", runs: 1, load, ...cost },
      figures: { schools: size, milliseconds },
    };
  } finally {
    stop(ours);
  }
}

const country = 24_000;

/** The pages of the published review, with as many schools as England has. */
export const pages: Task = {
  name: "pages",
  about: "pages of 24,000 schools on the embedded register; seconds and CPU are of a thousand answers under load",
  cases: [
    {
      name: "under-load",
      about: "a published school's page, 50 connections; the peer is the bare framework with the same text",
      parts: [{ name: "under-load", run: (options) => underLoad(country, options) }],
    },
    {
      name: "server-time",
      about: "what one reader waits for each kind of page, made anew",
      parts: [{ name: "server-time", run: (options) => serverTimes(country, options) }],
    },
    {
      name: "every-page",
      about: "the same for every kind of page that a person of any role can reach, over what `npm start` makes",
      parts: [{ name: "every-page", run: everyPage }],
    },
  ],
};
