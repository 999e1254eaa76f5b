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
const options = (replicate: number): RunOptions => ({
  ...{ seed: 42, years, replicate, share: kind === "teachers" || whole ? 1 : 0.1 },
  parts: { pupils: whole, teachers: true, money: whole },
});
/** A draw moves one parameter that needs a new calibration, as draws of parameters do. */
function drawn(k: number) {
  const values = parameters.values.slice();
  const row = parameters.names.indexOf("leaving.part-time") * parameters.years;
  values.fill(0.1 + 0.002 * k, row, row + parameters.years);
  return { ...parameters, values };
}
const empty = process.memoryUsage().rss;
const all = Array.from({ length: runs }, (_, k) =>
  timed(() => simulate(country, kind === "draws" ? drawn(k) : parameters, options(kind === "draws" ? k : 0))),
);
const best = all.reduce((a, b) => (b.timed.cpuSeconds < a.timed.cpuSeconds ? b : a));
const sum = (of: keyof Timed) => all.reduce((total, one) => total + one.timed[of], 0);
const cost = kind === "draws" ? { seconds: sum("seconds"), cpuSeconds: sum("cpuSeconds") } : best.timed;
process.stdout.write(
  `${JSON.stringify({
    ...cost,
    peakMegabytes: process.resourceUsage().maxRSS / 1024,
    besideMegabytes: process.resourceUsage().maxRSS / 1024 - empty / 1024 / 1024,
    makingCpuSeconds: made.timed.cpuSeconds,
    firstCpuSeconds: all[0]!.timed.cpuSeconds,
    runs,
    firstTwentySeconds: all.slice(0, 20).reduce((total, one) => total + one.timed.seconds, 0),
    hash: best.value.hash,
  })}\n`,
);
