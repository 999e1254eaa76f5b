// One process of a case on the whole country: makes it, runs it some times over, and ends with a line of JSON.
import { compileInputs, makeEngland, type RunOptions, simulate } from "../../src/simulation/index.js";

const [kind = "whole", runsText = "1"] = process.argv.slice(2);
const runs = Number(runsText);
const years = 10;

interface Timed {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

function timed<T>(run: () => T): { readonly value: T; readonly timed: Timed } {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const value = run();
  const { user, system } = process.cpuUsage(cpu);
  return { value, timed: { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 } };
}

const made = timed(() => makeEngland());
const country = made.value;
const parameters = compileInputs(country.firstYear, years);
const whole = kind === "whole";
const options: RunOptions = {
  ...{ seed: 42, years, replicate: 0, share: kind === "tenth" ? 0.1 : 1 },
  parts: { pupils: whole, teachers: true, money: whole },
};
const empty = process.memoryUsage().rss;
const peak = () => process.resourceUsage().maxRSS / 1024;
const beside = () => peak() - empty / 1024 / 1024;
const first = timed(() => simulate(country, parameters, options));
const firstBesideMegabytes = beside();
const all = [first, ...Array.from({ length: runs - 1 }, () => timed(() => simulate(country, parameters, options)))];
const best = all.reduce((a, b) => (b.timed.cpuSeconds < a.timed.cpuSeconds ? b : a));
process.stdout.write(
  `${JSON.stringify({
    ...best.timed,
    peakMegabytes: peak(),
    besideMegabytes: beside(),
    firstBesideMegabytes,
    makingCpuSeconds: made.timed.cpuSeconds,
    firstCpuSeconds: first.timed.cpuSeconds,
    runs,
    hash: best.value.hash,
  })}\n`,
);
