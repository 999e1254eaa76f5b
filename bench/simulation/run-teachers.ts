// One process of the task: makes the teachers, runs the years some times over, and ends with a line of JSON.
import { madeUpParameters, readParameters } from "./parameters.js";
import { Teachers, type TeacherTotals } from "./teachers.js";

const [file = "", everyText = "1", runsText = "1"] = process.argv.slice(2);
const seed = 42;
const [every, runs] = [Number(everyText), Number(runsText)];
const parameters = file === "" ? madeUpParameters(seed) : readParameters(file);

interface Timed {
  readonly seconds: number;
  readonly cpuSeconds: number;
}

function once(): { readonly timed: Timed; readonly totals: TeacherTotals } {
  const teachers = new Teachers(parameters, seed, every);
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  for (let t = 0; t < parameters.T; t++) teachers.step(t);
  const { user, system } = process.cpuUsage(cpu);
  const timed = { seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 };
  return { timed, totals: teachers.totals() };
}

const all = Array.from({ length: runs }, once);
const best = all.reduce((a, b) => (b.timed.cpuSeconds < a.timed.cpuSeconds ? b : a));
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
const firstCpuSeconds = all[0]!.timed.cpuSeconds;
process.stdout.write(`${JSON.stringify({ ...best.timed, peakMegabytes, firstCpuSeconds, ...best.totals })}\n`);
