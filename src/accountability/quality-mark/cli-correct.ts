import { resolve } from "node:path";
import type { Command } from "commander";
import { describeProblems } from "../../ingest/index.js";
import { civilDate, valueOn } from "../../kernel/index.js";
import type { CommandContext } from "../../platform/terminal/index.js";
import { runInThread } from "../../platform/threads/index.js";
import { correctionReasons } from "../value-added/index.js";
import type { CorrectOrder } from "./review-thread-correct.js";
import type { CorrectionSummary } from "./service-correct.js";

interface CorrectOptions {
  readonly out?: string;
  readonly refit?: boolean;
  readonly json?: boolean;
}

const help = (today: string) => `
Examples:
  $ ./greenpaper correct my-schools.yaml corrections.csv
  $ ./greenpaper correct my-schools.yaml corrections.csv --out results/corrected --refit

The table of corrections has the columns pupil, action, school, share and reason:
  pupil,action,school,share,reason
  P101,leave-out,,,left-england
  P207,shares,101001,0.4,dual-roll
  P207,shares,101002,0.6,dual-roll

Reasons, and what they allow:
${valueOn(correctionReasons, civilDate(today))
  .value.map(
    ({ code, label, actions, needsWords }) =>
      `  ${`${code}${needsWords ? ": words" : ""}`.padEnd(32)}${label} (${actions.join(", ")})`,
  )
  .join("\n")}

It writes corrections.csv (each school concerned before and after, with both decisions) and corrections-explained.csv (the
difference step by step). The review itself is not changed.`;

/** Adds `greenpaper correct`. */
export function addCorrectCommand(program: Command, context: CommandContext): void {
  program
    .command("correct")
    .description(
      "Measure schools again with some pupils left out or counted for other schools, and explain the difference",
    )
    .argument("<review-file>", "the review, as for `greenpaper review`")
    .argument("<corrections>", "a table of corrections, CSV or Parquet")
    .option("-o, --out <folder>", "where to write corrections.csv and corrections-explained.csv")
    .option("--refit", "measure everything anew instead of holding the ratios of the variances as published")
    .option("--json", "print the summary (or the problems) as JSON")
    .addHelpText("after", help(context.today))
    .action(async (file: string, corrections: string, options: CorrectOptions) => {
      const order: CorrectOrder = {
        path: resolve(file),
        corrections: resolve(corrections),
        folder: options.out === undefined ? null : resolve(options.out),
        refit: options.refit === true,
        today: civilDate(context.today),
      };
      const thread = new URL("./review-thread-correct.js", import.meta.url);
      process.exitCode = await runInThread<CorrectionSummary>(
        ...([thread, order, order.folder, options.json === true] as const),
        { problems: describeProblems, answer: (summary) => inWords(summary, order.folder) },
        ({ converged }) => (converged ? 0 : 3),
      );
    });
}

const pupils = (count: number) => `${count} ${count === 1 ? "pupil" : "pupils"}`;

const figure = (value: number) => value.toPrecision(4).replace("-", "−");

function schoolInWords(school: CorrectionSummary["schools"][number]): string {
  const { before, after, difference, predictionError, decisionBefore, decisionAfter } = school;
  const signed = `${difference < 0 ? "−" : "+"}${Math.abs(difference).toPrecision(3)}`;
  const inErrors = predictionError > 0 ? `, ${Math.abs(difference / predictionError).toPrecision(2)} of its error` : "";
  const decision =
    decisionBefore === null
      ? ""
      : decisionBefore === decisionAfter
        ? `; ${decisionBefore.replaceAll("-", " ")} as before`
        : `; ${decisionBefore.replaceAll("-", " ")} before, now ${decisionAfter!.replaceAll("-", " ")}`;
  return `  ${school.school}: ${figure(before)} before, ${figure(after)} now (${signed}${inErrors})${decision}`;
}

/** So many schools are written out; all are in corrections.csv. */
const written = 12;

function inWords(summary: CorrectionSummary, folder: string | null): string {
  const { schools, withoutEffect, held, files } = summary;
  const reasons = Object.entries(summary.reasons).map(([reason, count]) => `${reason} ${count}`);
  const lines = [
    summary.title,
    `${pupils(summary.leftOut)} left out, ${pupils(summary.reweighted)} with other shares; reasons: ${reasons.join(", ")}`,
    ...(withoutEffect > 0 ? [`${pupils(withoutEffect)} not in the model: that changes nothing`] : []),
    `${schools.length} ${schools.length === 1 ? "school" : "schools"} concerned, ${summary.redecided} with another decision`,
    ...schools.slice(0, written).map(schoolInWords),
    ...(schools.length > written ? [`  … and ${schools.length - written} more`] : []),
    `No other school moves by more than ${summary.largestElsewhere.toPrecision(2)} of its error.`,
    ...summary.notDecided.map((text) => `No decision was made. ${text}`),
    held
      ? "The ratios of the variances, and what is made from all pupils together, are as published (--refit measures everything anew)."
      : "Everything was measured anew.",
    ...(folder === null ? [] : [`Written to ${folder}: ${files.join(", ")}`]),
  ];
  return `${lines.join("\n")}\n`;
}
