import { readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Command, Option } from "commander";
import type { Result } from "../kernel/index.js";
import { onStop, terminalProgress } from "../platform/terminal/index.js";
import { startThread } from "../platform/threads/index.js";
import type { FitOrder, FitRefusal, FittedFormula } from "./fit-model.js";

interface FitOptions {
  readonly formula: string;
  readonly membership?: readonly string[];
  readonly pupil?: string;
  readonly method: "REML" | "ML";
  readonly out?: string;
  readonly json?: boolean;
}

const help = `
Examples:
  $ ./greenpaper fit pupils.csv --formula "score ~ prior + I(prior^2) + sex + (1 + prior | school)"
  $ ./greenpaper fit pupils.csv --formula "score ~ ns(prior, df = 4) + (1 | mm(school, share))" \\
      --membership shares.csv --pupil upn --out results
  $ ./greenpaper fit pupils.csv --formula "score ~ prior + (1 | mm(school + school2, w1 + w2)) + (1 | la)" --method ML

Formulas are those of lme4 and brms; src/statistics/formula/README.md says what may be written. Rows without a value in a
column of the formula are left out and counted. Weights of an mm() count as they are written. With --out it writes
model.json (estimates, errors, variances) and effects.csv (every random effect with both of its errors). It decides
nothing about a school: see the command review.`;

/** Adds `greenpaper fit`. */
export function addFitCommand(program: Command): void {
  program
    .command("fit")
    .description("Fit a mixed model, written as a formula, to a file of pupils")
    .argument("<pupils...>", "CSV or Parquet, one row a result")
    .requiredOption("-f, --formula <text>", "the model, as lme4 writes it")
    .option("-m, --membership <files...>", "a table with a row a membership, for mm(school, share)")
    .option("-p, --pupil <column>", "the column that tells pupils apart, in the pupils and in the membership")
    .addOption(new Option("--method <method>", "the criterion").choices(["REML", "ML"]).default("REML"))
    .option("-o, --out <folder>", "where to write model.json and effects.csv")
    .option("--json", "print the model (or the problems) as JSON")
    .addHelpText("after", help)
    .action(async (pupils: string[], options: FitOptions, command: Command) => {
      const { formula, membership = [], pupil = null, method, out } = options;
      if (membership.length > 0 && pupil === null)
        command.error("error: say by which column the membership names pupils, with --pupil COLUMN.", { exitCode: 2 });
      const folder = out === undefined ? null : resolve(out);
      const order: FitOrder = { files: { pupils, membership, pupil }, formula, method, folder };
      process.exitCode = await fitAndTell(order, options.json === true);
    });
}

/** Takes away what a stopped fit had begun to write. */
function removeParts(folder: string): void {
  try {
    for (const name of readdirSync(folder))
      if (name.startsWith(".") && name.includes(`.${process.pid}.`)) rmSync(join(folder, name), { force: true });
  } catch {
    // No folder, nothing begun.
  }
}

async function fitAndTell(order: FitOrder, json: boolean): Promise<number> {
  const progress = terminalProgress();
  const work = startThread<Result<FittedFormula, FitRefusal>>(
    new URL("./fit-thread.js", import.meta.url),
    order,
    progress,
  );
  const done = onStop(async () => {
    await work.stop();
    progress.abandon();
    if (order.folder !== null) removeParts(order.folder);
    process.stderr.write("\nStopped. Nothing was written; run the same command to start again.\n");
  });
  const answer = await work.result;
  done();
  progress.end();
  if (!answer.ok) {
    if (json) process.stdout.write(`${JSON.stringify({ problems: answer.error.problems })}\n`);
    process.stderr.write(`${answer.error.words}\n`);
    return 1;
  }
  process.stdout.write(json ? `${JSON.stringify(answer.value)}\n` : modelText(answer.value, order.folder));
  return answer.value.converged ? 0 : 3;
}

const count = (number: number) => number.toLocaleString("en-GB");
const figure = (value: number) => value.toPrecision(5);

/** Rows of texts with their columns below each other, figures to the right. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0]!.map((_, j) => Math.max(...rows.map((row) => row[j]!.length)));
  return rows.map(
    (row) => `  ${row.map((cell, j) => (j === 0 ? cell.padEnd(widths[j]!) : cell.padStart(widths[j]!))).join("  ")}`,
  );
}

function modelText(model: FittedFormula, folder: string | null): string {
  const { rows, method, criterion, fixedEffects, varianceComponents, levels } = model;
  const groups = new Map(levels.map(({ group, count: size }) => [group, size]));
  const lines = [
    model.formula,
    `${count(rows.used)} rows; ${[...groups].map(([group, size]) => `${count(size)} levels of ${group}`).join(", ")}`,
    `${method === "REML" ? "REML criterion" : "-2 log-likelihood"} ${criterion.toFixed(4)}`,
    ...aligned([
      ["Fixed effects", "estimate", "standard error"],
      ...fixedEffects.map((one) => [one.name, figure(one.estimate), figure(one.standardError)]),
    ]),
    ...aligned([
      ["Variances and covariances", "estimate", "standard error"],
      ...varianceComponents.map((one) => [
        one.term === "" ? one.group : `${one.group}: ${one.term}`,
        figure(one.variance),
        one.standardError === null ? "at the boundary" : figure(one.standardError),
      ]),
    ]),
    ...rows.leftOut.map((one) => `Note: ${count(one.count)} rows left out: no value in "${one.column}".`),
    ...model.notes.map((note) => `Note: ${note}`),
    ...model.warnings.map((warning) => `Warning: ${warning}`),
    ...(model.converged ? [] : [`The fit did not converge: ${model.convergence.reason}.`]),
    ...(folder === null ? [] : [`Written to ${folder}: model.json, effects.csv`]),
  ];
  return `${lines.join("\n")}\n`;
}
