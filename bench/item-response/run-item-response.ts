// One process of the task: makes the responses, does the work once, and ends with a line of JSON. With a folder it keeps the matrix for other programs.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import {
  calibrate,
  itemStandardErrors,
  latentRegression,
  plausibleValues,
  type Responses,
} from "../../src/statistics/item-response/index.js";
import { backgroundRecovery } from "./background-recovery.js";
import { conditionalRecovery } from "./conditional-recovery.js";
import { backgroundOf, type MadeTest, makeTest, matrixOf, shapes } from "./make.js";
import { populationCoverage } from "./population-coverage.js";

const [name = "", folder = "", seeds = "200"] = process.argv.slice(2);
const shape = shapes[name] ?? shapes.replicates!;
const made = makeTest(shape, 42);
const { responses } = made;
const background = backgroundOf(made.ability, 42);
if (folder !== "") {
  writeFileSync(join(folder, "scores.u8"), matrixOf(responses));
  writeFileSync(join(folder, "background.f64"), background);
}

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

/** What a calibration, or anything else, has; the refusals where it has nothing. */
function valueIn<T>(
  outcome: { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: unknown },
) {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
  return outcome.value;
}

/** Calibration, latent regression and ten plausible values, as one piece of work. */
function values(design: Float64Array) {
  const { value, ...cost } = timed(() => {
    const { items, logLikelihood, converged } = calibrated(responses);
    const names = ["constant", "half", "number"];
    const fit = valueIn(latentRegression(responses, items, { design, names }));
    return {
      fit,
      logLikelihood,
      converged,
      columns: valueIn(plausibleValues(responses, items, fit, { seed: 1, count: 10 })),
    };
  });
  const { fit, columns, logLikelihood } = value;
  let [sum, squares] = [0, 0];
  for (const column of columns)
    for (const one of column) {
      sum += one;
      squares += one * one;
    }
  const n = columns.length * made.ability.length;
  return {
    ...cost,
    figures: {
      logLikelihood,
      converged: value.converged && fit.converged,
      coefficients: Array.from(fit.coefficients),
      residualSd: fit.residualSd[0]!,
      values: { mean: sum / n, sd: Math.sqrt(squares / n - (sum / n) ** 2) },
      truth: { ability: correlation(columns[0]!, made.ability) },
    },
  };
}

function main() {
  if (name === "200000x60-pv") return values(background);
  if (name === "coverage") {
    const { value, ...cost } = timed(() => populationCoverage(Number(seeds)));
    return { ...cost, figures: value };
  }
  if (name === "conditional" || name === "background") {
    const recovery = name === "conditional" ? conditionalRecovery : backgroundRecovery;
    const { value, ...cost } = timed(() => recovery(Number(seeds)));
    return { ...cost, figures: value };
  }
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
