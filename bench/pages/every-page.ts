import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { type Figures, type Line, median } from "../line.js";
import { highestMemory } from "../run-process.js";
import { startOnce } from "../start.js";
import type { BenchOptions } from "../task.js";
import { cpuSecondsOf, type Running, start, stop } from "./served.js";

/** The folder of a register of the whole synthetic England with its cases and assessments, made by `npm start` once. */
async function madeHome(options: BenchOptions): Promise<string> {
  const home = join(options.kept, "country");
  const whole = join(home, "whole");
  if (!existsSync(whole)) {
    options.say("making the synthetic England by npm start, with its cases and assessments: some minutes, once");
    mkdirSync(home, { recursive: true });
    await startOnce(home, options, ["The cases and marks are made", "The reference assessments are made"]);
    writeFileSync(whole, "");
  }
  return home;
}

/** Somebody who reads pages: the public has no cookie. */
interface Reader {
  readonly subject: string;
  readonly cookie: string | null;
}

/** A kind of page as one reader sees it, with some of its addresses. */
interface Kind {
  readonly route: string;
  readonly reader: Reader;
  readonly addresses: string[];
}

const headersOf = ({ cookie }: Reader): Record<string, string> => (cookie === null ? {} : { cookie });

/** Which route an address belongs to: the one with the most fixed words. */
function routeMatcher(routes: readonly string[]): (path: string) => string | null {
  const known = routes
    .map((route) => ({ route, fixed: route.split("/").filter((part) => !part.startsWith(":")).length }))
    .toSorted((a, b) => b.fixed - a.fixed)
    .map(({ route }) => ({ route, pattern: new RegExp(`^${route.replace(/:\w+/g, "[^/]+")}$`) }));
  return (path) => known.find(({ pattern }) => pattern.test(path))?.route ?? null;
}

/** Addresses of a kind that are measured, and pages that a reader opens at most while looking for kinds. */
const [addressesOfKind, opened] = [5, 250];

/** Follows the links of a reader's pages, those of kinds not yet seen first. */
async function kindsOf(port: number, reader: Reader, matching: (path: string) => string | null): Promise<Kind[]> {
  const kinds = new Map<string, Kind>();
  const seen = new Set<string>();
  const queue = ["/", "/services", "/work", "/proposals"];
  for (let pages = 0; pages < opened && queue.length > 0; pages++) {
    const next = queue.findIndex((address) => !kinds.has(matching(pathOf(address)) ?? ""));
    const [address] = queue.splice(Math.max(next, 0), 1);
    const answer = await fetch(`http://127.0.0.1:${port}${address}`, {
      headers: headersOf(reader),
      redirect: "manual",
    });
    const text = await answer.text();
    const onward = answer.headers.get("location");
    if (onward?.startsWith("/") && !seen.has(onward)) {
      seen.add(onward);
      queue.push(onward);
    }
    const route = matching(pathOf(address!));
    if (answer.status !== 200 || route === null || !answer.headers.get("content-type")?.startsWith("text/html"))
      continue;
    const kind = kinds.get(route) ?? { route, reader, addresses: [] };
    kinds.set(route, kind);
    if (kind.addresses.length < addressesOfKind) kind.addresses.push(address!);
    for (const [, link] of text.matchAll(/<a[^>]* href="(\/[^"#]*)/g)) {
      const found = link!.replaceAll("&amp;", "&");
      const of = matching(pathOf(found));
      if (of === null || seen.has(found) || found.startsWith("/sign-")) continue;
      seen.add(found);
      if ((kinds.get(of)?.addresses.length ?? 0) < addressesOfKind) queue.push(found);
    }
  }
  return [...kinds.values()];
}

const pathOf = (address: string) => address.split("?")[0]!;

/** Answers of a kind that warm the program up, and those that count. */
const [warmUp, measured] = [3, 15];

/** What one reader waits for a kind of page; a page that is kept is asked for with a query of its own, so that it is made anew. */
async function measure({ child, port }: Running, { addresses, reader }: Kind): Promise<Figures> {
  const times: number[] = [];
  let cpuBefore: number | null = null;
  for (let turn = 0; turn < warmUp + measured; turn++) {
    if (turn === warmUp) cpuBefore = cpuSecondsOf(child.pid!);
    const address = addresses[turn % addresses.length]!;
    const anew = reader.cookie === null ? `${address}${address.includes("?") ? "&" : "?"}turn=${turn}` : address;
    const begun = performance.now();
    const answer = await fetch(`http://127.0.0.1:${port}${anew}`, { headers: headersOf(reader) });
    await answer.arrayBuffer();
    if (turn >= warmUp) times.push(performance.now() - begun);
  }
  const cpuAfter = cpuSecondsOf(child.pid!);
  return {
    reader: reader.subject,
    address: addresses[0]!,
    median: median(times),
    worst: Math.max(...times),
    cpu: cpuBefore === null || cpuAfter === null ? null : (1000 * (cpuAfter - cpuBefore)) / measured,
  };
}

/** How long a reader of each role waits for each kind of page that its links lead to; the slowest first, by milliseconds at the median. */
export async function everyPage(options: BenchOptions): Promise<Line> {
  const home = await madeHome(options);
  const load = loadavg()[0]!;
  const ours = await start("made", 0, options, { GREENPAPER_HOME: home });
  try {
    const { routes, people } = ours.work!;
    const matching = routeMatcher(routes);
    const started = performance.now();
    const readers: readonly Reader[] = [{ subject: "the public", cookie: null }, ...people];
    const pages: Figures[] = [];
    const reached = new Set<string>();
    for (const reader of readers) {
      options.say(reader.subject);
      for (const kind of await kindsOf(ours.port, reader, matching)) {
        reached.add(kind.route);
        pages.push({ route: kind.route, ...(await measure(ours, kind)) });
      }
    }
    const slowest = pages.toSorted((a, b) => Number(b.median) - Number(a.median));
    return {
      ...{ task: "pages", case: "every-page", runs: 1, load },
      ...{
        seconds: (performance.now() - started) / 1000,
        cpuSeconds: null,
        peakMegabytes: highestMemory(ours.child.pid!),
      },
      figures: {
        kinds: reached.size,
        pages: pages.length,
        slowestMedian: slowest[0]?.median ?? 0,
        overFifty: slowest.filter(({ median }) => Number(median) > 50).length,
        milliseconds: slowest,
        neverReached: routes.filter((route) => !reached.has(route)).join(" "),
      },
    };
  } finally {
    stop(ours);
  }
}
