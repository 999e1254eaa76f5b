import { resolve } from "node:path";
import type { Command } from "commander";
import { sourceFile } from "../source-file.js";
import { checkWritable } from "../write-files.js";
import { reported } from "./cli.js";
import { SumsFault } from "./engine.js";
import { fitSums, writeFit } from "./fit-sums.js";
import { readSums } from "./sums-file.js";

interface FitOptions {
  readonly out: string;
  readonly ml?: boolean;
  readonly json?: boolean;
}

const help = `
Example:
  $ ./greenpaper sums model.yaml --postgres --out sums.json
  $ ./greenpaper fit-sums sums.json --out results

It writes fit.json (criterion, convergence, what the sums were made of), fixed.csv, variances.csv and effects.csv (every level's
effect with both standard errors). The pupils are not needed.`;

/** Adds `greenpaper fit-sums`. */
export function addFitSumsCommand(program: Command): void {
  program
    .command("fit-sums")
    .description("Fit a model from its sums alone, wherever they were made")
    .argument("<sums>", "what greenpaper sums wrote")
    .requiredOption("-o, --out <folder>", "where to write the fit")
    .option("--ml", "by maximum likelihood instead of REML")
    .option("--json", "print the summary, or the problems, as JSON")
    .addHelpText("after", help)
    .action(async (file: string, options: FitOptions) => {
      process.exitCode = await reported(options.json === true, () => fitFile(file, options));
    });
}

async function fitFile(path: string, options: FitOptions): Promise<number> {
  const folder = resolve(options.out);
  const writable = await checkWritable(folder);
  if (!writable.ok) throw new SumsFault([writable.error]);
  const { parts, record } = await readSums(sourceFile(path));
  const fitted = fitSums(parts, options.ml ? "ML" : "REML");
  const files = await writeFit(folder, fitted, record);
  const { criterion, convergence, varianceComponents, rows } = fitted;
  if (options.json) process.stdout.write(`${JSON.stringify({ folder, files, rows, criterion, convergence })}\n`);
  else {
    const variances = varianceComponents.map(({ group, term, variance }) => `  ${group} ${term}: ${variance}`);
    const lines = [
      `${rows.toLocaleString("en-GB")} pupils, ${options.ml ? "−2 log-likelihood" : "REML criterion"} ${criterion}`,
      ...variances,
      ...convergence.warnings.map((warning) => `Warning: ${warning}`),
      `Written to ${options.out}: ${files.join(", ")}`,
    ];
    process.stdout.write(`${lines.join("\n")}\n`);
  }
  return convergence.converged ? 0 : 3;
}
