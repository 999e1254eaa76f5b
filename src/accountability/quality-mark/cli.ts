import { resolve } from "node:path";
import type { Command } from "commander";
import { describeProblems } from "../../ingest/index.js";
import { civilDate } from "../../kernel/index.js";
import type { CommandContext } from "../../platform/terminal/index.js";
import { runInThread } from "../../platform/threads/index.js";
import { explainReviewFile } from "./review-file-explain.js";
import type { ReviewSummary } from "./review-service.js";
import type { ReviewOrder } from "./review-thread.js";

interface ReviewOptions {
  readonly out?: string;
  readonly explain?: boolean;
  readonly json?: boolean;
}

const help = `
Examples:
  $ ./greenpaper review reviews/exam.yaml --out results/exam
  $ ./greenpaper review my-schools.yaml --out results --json | jq .decisions
  $ ./greenpaper review --explain

A review file says, in your own column names, which pupil files to read, what to measure and how to decide.
It writes model.json (the fitted model), schools.csv (every school's figure, interval and decision), explanations.csv
(the steps from raw average to figure), figures.csv (each year's figure, and the school measured in other ways), alternatives.csv (how
many decisions other choices would change), report.html (opens in a browser, no server needed)
and record.json (what it was made from).`;

/** Adds `greenpaper review`. */
export function addReviewCommand(program: Command, context: CommandContext): void {
  program
    .command("review")
    .description("Measure value added and decide the Quality Mark of every school, from your own files")
    .argument("[review-file]", "a YAML file; see --explain")
    .option("-o, --out <folder>", "where to write the model, the schools, the report and the record")
    .option("--explain", "describe every key of a review file")
    .option("--json", "print the summary (or the problems) as JSON")
    .addHelpText("after", help)
    .action(async (file: string | undefined, options: ReviewOptions, command: Command) => {
      if (options.explain) process.stdout.write(`${explainReviewFile()}\n`);
      else if (!file)
        command.error("error: name a review file, or ask for --explain. Examples stand in reviews/.", { exitCode: 2 });
      else if (!options.out) command.error("error: say where to write with --out FOLDER.", { exitCode: 2 });
      else process.exitCode = await review(resolve(file), resolve(options.out), options.json === true, context);
    });
}

function review(path: string, folder: string, json: boolean, context: CommandContext): Promise<number> {
  const order: ReviewOrder = { path, folder, today: civilDate(context.today), version: context.version };
  return runInThread<ReviewSummary>(
    new URL("./review-thread.js", import.meta.url),
    order,
    folder,
    json,
    { problems: describeProblems, answer: (summary) => summaryText(summary, folder) },
    ({ converged }) => (converged ? 0 : 3),
  );
}

function summaryText(summary: ReviewSummary, folder: string): string {
  const decisions = Object.entries(summary.decisions).map(
    ([decision, count]) => `${count} ${decision.replaceAll("-", " ")}`,
  );
  const lines = [
    summary.title,
    `${summary.n.toLocaleString("en-GB")} pupils, ${summary.schools.toLocaleString("en-GB")} schools${decisions.length > 0 ? `: ${decisions.join(", ")}` : ""}`,
    ...summary.notAdmitted.map((text) => `No decision was made. ${text}`),
    ...summary.warnings.map((warning) => `Warning: ${warning}`),
    ...summary.notes.map((note) => `Note: ${note}`),
    `Written to ${folder}: ${summary.files.join(", ")}`,
  ];
  return `${lines.join("\n")}\n`;
}
