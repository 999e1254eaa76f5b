import { loadavg } from "node:os";
import { seededRandom } from "../../src/kernel/index.js";
import { apiBase } from "../../src/platform/http/index.js";
import { type Cost, type Figures, type Line, median } from "../line.js";
import { type Running, start, stop } from "../pages/served.js";
import { highestMemory } from "../run-process.js";
import type { BenchOptions, Task } from "../task.js";
import { invented } from "./places.js";

const seed = 20_261_126;

/** A word with one letter lost, doubled, replaced or swapped with its neighbour. */
function misspelt(word: string, random: () => number): string {
  const at = 1 + Math.floor(random() * (word.length - 2));
  const [before, letter, after] = [word.slice(0, at), word[at]!, word.slice(at + 1)];
  const ways = [before + after, before + letter + letter + after, `${before}q${after}`];
  ways.push(before + after.slice(0, 1) + letter + after.slice(1));
  return ways[Math.floor(random() * ways.length)]!;
}

/** Queries of each kind, the same for every run. */
function queriesOf(size: number): Readonly<Record<string, readonly string[]>> {
  const next = seededRandom(seed).uniform;
  const some = Array.from({ length: 25 }, () => invented(3 * Math.floor((next() * size) / 3)));
  const words = [...new Set(some.flatMap(({ name }) => name.toLowerCase().split(" ")))].filter((w) => w.length > 4);
  return {
    "one letter": [..."abcdefghijklmnopqrstuvwxyz0123456789"],
    "letter by letter": some.slice(0, 8).flatMap(({ name }) => [...name].map((_, i) => name.slice(0, i + 1))),
    "misspelt word": words.map((word) => misspelt(word, next)),
    "misspelt name": some.map(({ name }) =>
      name
        .split(" ")
        .map((word) => misspelt(`${word}e`, next))
        .join(" "),
    ),
    postcode: some.flatMap(({ postcode }) => [postcode, postcode.slice(0, -2), postcode.split(" ")[0]!]),
    number: some.flatMap(({ urn }) => [urn, urn.slice(0, 3), urn.slice(0, 2)]),
    "former name": some.map(({ formerName }) => formerName.slice(0, -3)),
  };
}

interface Times extends Figures {
  readonly median: number;
  readonly worst: number;
  /** The query that took longest. */
  readonly worstQuery: string;
}

/** How long each query takes, each asked three times, of which the middle one counts. */
async function timesOf({ port }: Running, path: string, queries: readonly string[]): Promise<Times> {
  const times: { readonly query: string; readonly time: number }[] = [];
  for (const query of queries) {
    const own: number[] = [];
    for (let turn = 0; turn < 3; turn++) {
      const begun = performance.now();
      const answer = await fetch(`http://127.0.0.1:${port}${path}?text=${encodeURIComponent(query)}`);
      await answer.arrayBuffer();
      if (!answer.ok) throw new Error(`${path} answered ${answer.status} to "${query}"`);
      own.push(performance.now() - begun);
    }
    times.push({ query, time: median(own) });
  }
  const worst = times.reduce((a, b) => (b.time > a.time ? b : a));
  return { median: median(times.map(({ time }) => time)), worst: worst.time, worstQuery: worst.query };
}

async function searchTimes(size: number, options: BenchOptions): Promise<Line> {
  const load = loadavg()[0]!;
  options.say(`making a register of ${size} schools with places and former names`);
  const ours = await start("searchable", size, options);
  try {
    const begun = performance.now();
    const first = await fetch(`http://127.0.0.1:${ours.port}${apiBase}/suggestions?text=first`);
    if (!first.ok) throw new Error(`the first suggestion answered ${first.status}`);
    await first.arrayBuffer();
    const untilFirst = performance.now() - begun;
    const queries = queriesOf(size);
    const milliseconds: Record<string, Figures> = {};
    for (const path of [`${apiBase}/suggestions`, "/schools"]) {
      await timesOf(ours, path, queries.postcode!); // warms the program up
      for (const [kind, own] of Object.entries(queries))
        milliseconds[`${path === "/schools" ? "page" : "suggestions"}, ${kind}`] = await timesOf(ours, path, own);
    }
    const cost: Cost = {
      seconds: (performance.now() - begun) / 1000,
      cpuSeconds: null,
      peakMegabytes: highestMemory(ours.child.pid!),
    };
    return {
      ...{ task: "search", case: "as-you-type", runs: 1, load, ...cost },
      figures: { schools: size, millisecondsUntilFirst: untilFirst, milliseconds },
    };
  } finally {
    stop(ours);
  }
}

const country = 24_000;

/** The search for schools, with as many as England has. */
export const search: Task = {
  name: "search",
  about: "the search for schools among 24,000 on the embedded register; what one reader waits for, in milliseconds",
  cases: [
    {
      name: "as-you-type",
      about: "suggestions and pages for unfinished, misspelt and former names, postcodes and numbers, from a seed",
      parts: [{ name: "as-you-type", run: (options) => searchTimes(country, options) }],
    },
  ],
};
