// Runs one case in a process of its own, so that its time and its memory are its own: node fit.mjs FOLDER ANSWERS
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startCrew } from "../../src/platform/threads/index.js";
import { fitMixedModel } from "../../src/statistics/mixed-model/index.js";
import { loadColumns } from "./columns.js";
import { covariates, designOf } from "./model.js";

const [folder, answers] = process.argv.slice(2) as [string, string];
const pupils = loadColumns(folder);
const columns = covariates(pupils);

const cpu = process.cpuUsage();
const started = performance.now();
const design = designOf(pupils, columns);
const designed = performance.now();
const crew = startCrew(); // its start is within the time
const fit = fitMixedModel(design, "REML", { crew });
const ended = performance.now();
const { user, system } = process.cpuUsage(cpu);

mkdirSync(answers, { recursive: true });
fit.randomEffects.forEach(({ estimate, conditionalError, predictionError }, g) => {
  for (const [name, values] of Object.entries({ estimate, conditionalError, predictionError }))
    writeFileSync(join(answers, `${g}.${name}.f64`), values);
});
const answer = {
  seconds: (ended - started) / 1000,
  designSeconds: (designed - started) / 1000,
  cpuSeconds: (user + system) / 1e6,
  peakMegabytes: process.resourceUsage().maxRSS / 1024,
  criterion: fit.criterion,
  evaluations: fit.evaluations,
  converged: fit.convergence.converged,
  fixedEffects: fit.fixedEffects.map(({ estimate, standardError }) => ({ estimate, standardError })),
  variances: fit.varianceComponents.map(({ group, variance, standardError }) => ({ group, variance, standardError })),
};
process.stdout.write(`${JSON.stringify(answer)}\n`);
