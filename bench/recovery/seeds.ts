// Simulates and refits one case in a process of its own, so that its memory is its own: node seeds.mjs SHAPE SEEDS
import type { Shape } from "./simulate.js";
import { coverageOf } from "./tally.js";

const [shape, count] = process.argv.slice(2) as [string, string];
const cpu = process.cpuUsage();
const started = performance.now();
const coverage = coverageOf(
  JSON.parse(shape) as Shape,
  Array.from({ length: Number(count) }, (_, k) => k + 1),
);
const { user, system } = process.cpuUsage(cpu);
const answer = {
  seconds: (performance.now() - started) / 1000,
  cpuSeconds: (user + system) / 1e6,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  coverage,
};
process.stdout.write(`${JSON.stringify(answer)}\n`);
