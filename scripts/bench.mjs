// npm run bench -- TASK [CASE] [--peers] [--json] [--runs N] [--timeout SECONDS] [--profile] [--blas FILE] [--seeds N]
// Installs and builds by itself, makes the benchmarks' own code ready to run beside the built product, and runs them.
import { spawnSync } from "node:child_process";
import { rmSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const project = join(dirname(fileURLToPath(import.meta.url)), "..");
const kept = join(project, ".greenpaper", "bench");
const scratch = join(kept, `run-${process.pid}`);
const code = join(scratch, "code");

const setup = spawnSync(process.execPath, [join(project, "scripts", "setup.mjs"), "--build"], {
  stdio: ["ignore", 2, 2],
});
if (setup.status !== 0) process.exit(setup.status ?? 1);

/** What is measured is the product as it is shipped: imports of src go to the files in dist, which are not bundled. */
const measureTheProduct = {
  name: "measure-the-product",
  setup(build) {
    build.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const below = relative(join(project, "src"), join(resolveDir, path));
      if (below.startsWith("..")) return undefined;
      return { path: pathToFileURL(join(project, "dist", below)).href, external: true };
    });
  },
};

process.on("exit", () => rmSync(scratch, { recursive: true, force: true }));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => process.exit(130));

const { build } = await import("esbuild");
await build({
  entryPoints: [
    "run",
    "record-usage",
    "value-added/make",
    "value-added/fit",
    "sums/make",
    "recovery/seeds",
    "recovery/assessment/run-seeds",
    "pages/serve",
    "simulation/run-country",
    "simulation/run-page",
    "simulation/run-teachers",
    "assignment/run-assignment",
    "item-response/run-item-response",
  ].map((entry) => join(project, "bench", `${entry}.ts`)),
  outdir: code,
  outbase: join(project, "bench"),
  outExtension: { ".js": ".mjs" },
  bundle: true,
  format: "esm",
  platform: "node",
  target: "node20",
  external: ["pg", "@duckdb/node-api", "autocannon", "fastify"],
  plugins: [measureTheProduct],
  logLevel: "warning",
});
const { BenchError, runBench } = await import(pathToFileURL(join(code, "run.mjs")).href);
try {
  process.exitCode = (await runBench(process.argv.slice(2), { project, code, kept, scratch })) ? 0 : 1;
} catch (error) {
  if (!(error instanceof BenchError)) throw error;
  process.stderr.write(`bench: ${error.message}\n`);
  process.exitCode = 1;
}
