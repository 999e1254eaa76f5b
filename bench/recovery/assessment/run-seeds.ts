// Recovers seeds of one shape in a process of its own: node run-seeds.mjs SHAPE FIRST COUNT
import { recoverSeed } from "./recover.js";
import type { AssessmentShape } from "./shape.js";

const [given, first, count] = process.argv.slice(2) as [string, string, string];
const shape = JSON.parse(given) as AssessmentShape;
const cpu = process.cpuUsage();
const started = performance.now();
const recovered = Array.from({ length: Number(count) }, (_, k) => recoverSeed(shape, Number(first) + k));
const { user, system } = process.cpuUsage(cpu);
const answer = {
  seconds: (performance.now() - started) / 1000,
  cpuSeconds: (user + system) / 1e6,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  recovered,
};
process.stdout.write(`${JSON.stringify(answer)}\n`);
