// Replicate weights carried across: R's `survey` reckons with this program's, and this program with its. What is left between them is arithmetic.
//
//   node scripts/reference/survey-exchange.mjs [FOLDER]
//
// Prints the largest relative difference of errors by sample and method, and writes src/statistics/survey/survey-exchange.reference.json (the made-up
// sample). Needs Rscript with `survey` and `jsonlite`; made with R 4.2.2 and survey 4.1.1. FOLDER keeps the files. The samples of R stay in the package.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const survey = join(here, "../../src/statistics/survey");
const kept = process.argv[2];
const folder = kept ?? mkdtempSync(join(tmpdir(), "survey-exchange-"));

/** Rows of numbers below a header. */
const read = (name) =>
  readFileSync(join(folder, name), "utf8")
    .trim()
    .split("\n")
    .slice(1)
    .map((line) => line.split(",").map(Number));

function r(task) {
  const ended = spawnSync("Rscript", [join(here, "survey-exchange.R"), task, folder], {
    encoding: "utf8",
    maxBuffer: 2 ** 28,
  });
  if (ended.status !== 0) throw new Error(ended.stderr);
  return ended.stdout;
}

/** The names of `reference` as they stand in survey-exchange.R. */
const samples = {
  made: ["JK1", "JKn", "JK2", "BRR", "Fay", "bootstrap"],
  nhanes: ["JKn", "JK2", "BRR", "Fay", "bootstrap"],
  apiclus1: ["JK1", "bootstrap"],
  apistrat: ["JKn", "bootstrap"],
};

try {
  const outfile = join(folder, "survey.mjs");
  const entryPoints = [join(here, "../../test/survey-exchange.ts")];
  await build({ entryPoints, bundle: true, platform: "node", format: "esm", outfile, logLevel: "error" });
  const { exchanged, furthest, givenDesign, ownDesign, sampleOf } = await import(pathToFileURL(outfile).href);
  r("samples");
  const all = {};
  for (const [name, methods] of Object.entries(samples)) {
    const sample = sampleOf(read(`${name}.csv`), name === "nhanes" ? 0.5 : null);
    for (const method of methods) {
      const own = ownDesign(sample, method);
      const { scale, rscales, weights } = own.replicates;
      const header = weights.map((_, k) => `V${k + 1}`).join(",");
      const first = Array.from(rscales, (one) => one * scale).join(",");
      const rows = Array.from(sample.weights, (weight, i) => weights.map((one) => one[i] / weight).join(","));
      writeFileSync(join(folder, `${name}.${method}.ours.csv`), [header, first, ...rows].join("\n"));
      const [scales, ...factors] = read(`${name}.${method}.theirs.csv`);
      all[`${name} ${method}`] = {
        sample,
        designs: { ours: own, theirs: givenDesign(sample, method, scales, factors) },
      };
    }
  }
  const found = JSON.parse(r("figures"));
  for (const [key, { sample, designs }] of Object.entries(all)) {
    const [name, method] = key.split(" ");
    const words = [];
    for (const whose of ["theirs", "ours"])
      for (const centre of ["full", "replicates"]) {
        const { values, errors } = exchanged(sample, { ...designs[whose], centre });
        const apart = Math.max(
          furthest(values, found[name].values),
          furthest(errors, found[name][method][whose][centre]),
        );
        words.push(`${whose}, ${centre}: ${apart.toExponential(1)}`);
      }
    const [a, b] = [found[name][method].ours.full, found[name][method].theirs.full];
    const apart = ["mean", "total"].map((one) => `${one} ${(a[one][0] / b[one][0]).toPrecision(12)}`);
    process.stdout.write(`${key}: ${words.join("; ")}; survey with ours ÷ with its own: ${apart.join(", ")}\n`);
  }
  const reference = { columns: read("made.csv"), theirs: {}, figures: found.made };
  for (const method of samples.made)
    reference.theirs[method] = read(`made.${method}.theirs.csv`).filter((_, k) => k === 0 || k % 4 === 1);
  const target = join(survey, "survey-exchange.reference.json");
  writeFileSync(target, JSON.stringify(reference));
  spawnSync("node_modules/.bin/biome", ["format", "--write", target], { stdio: "inherit" });
} finally {
  if (!kept) rmSync(folder, { recursive: true });
}
