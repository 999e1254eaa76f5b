// One process of the task: makes the responses, does the work once, and ends with a line of JSON. With a folder it keeps the matrix for other programs.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { calibrate, itemStandardErrors, type Responses } from "../../src/statistics/item-response/index.js";
import { type MadeTest, makeTest, matrixOf, shapes } from "./make.js";

const [name = "", folder = ""] = process.argv.slice(2);
const shape = shapes[name]!;
const made = makeTest(shape, 42);
const { responses } = made;
if (folder !== "") writeFileSync(join(folder, "scores.u8"), matrixOf(responses));

function timed<T>(work: () => T): { readonly value: T; readonly seconds: number; readonly cpuSeconds: number } {
  const [started, cpu] = [performance.now(), process.cpuUsage()];
  const value = work();
  const { user, system } = process.cpuUsage(cpu);
  return { value, seconds: (performance.now() - started) / 1000, cpuSeconds: (user + system) / 1e6 };
}

function correlation(a: Float64Array, b: Float64Array): number {
  const mean = (x: Float64Array) => x.reduce((sum, one) => sum + one, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  let [ab, aa, bb] = [0, 0, 0];
  a.forEach((one, i) => {
    const other = b[i]! - mb;
    ab += (one - ma) * other;
    aa += (one - ma) ** 2;
    bb += other * other;
  });
  return ab / Math.sqrt(aa * bb);
}

/** Replicates of clusters in pairs: one of each pair is left out and the other counts twice, as in large-scale assessments' JK2 with 75 zones. */
function pairedReplicates(persons: number): Float64Array[] {
  const clusters = 150;
  return Array.from({ length: clusters / 2 }, (_, zone) =>
    Float64Array.from({ length: persons }, (_, p) => {
      const cluster = p % clusters;
      return Math.floor(cluster / 2) !== zone ? 1 : cluster % 2 === 0 ? 2 : 0;
    }),
  );
}

function calibrated(of: Responses) {
  const outcome = calibrate(of, { model: shape.model });
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

function truth({ slope, intercept }: MadeTest, found: ReturnType<typeof calibrated>) {
  const intercepts = Float64Array.from(found.items.intercepts, (one) => one[1]!);
  const slopes = shape.model === "rasch" ? {} : { slopes: correlation(found.items.slope, slope) };
  return { ...slopes, intercepts: correlation(intercepts, intercept) };
}

function main() {
  if (name !== "replicates") {
    const { value, ...cost } = timed(() => calibrated(responses));
    const { logLikelihood, iterations, converged, nodes } = value;
    return {
      ...cost,
      figures: { logLikelihood, iterations, converged, nodes: nodes.z.length, truth: truth(made, value) },
    };
  }
  const weights = pairedReplicates(responses.booklet.length);
  const { value, ...cost } = timed(() => {
    const outcome = itemStandardErrors(responses, calibrated(responses), { method: "replicates", weights, scale: 1 });
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
    return outcome.value;
  });
  const parameters = value.free.length;
  return { ...cost, figures: { replicates: weights.length, parameters, cautions: value.cautions.length } };
}

const answer = main();
const peakMegabytes = process.resourceUsage().maxRSS / 1024;
process.stdout.write(`${JSON.stringify({ ...answer, peakMegabytes })}\n`);
