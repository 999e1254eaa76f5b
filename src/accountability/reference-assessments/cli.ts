import { resolve } from "node:path";
import type { Command } from "commander";
import { describeProblems, explainSettings } from "../../ingest/index.js";
import { civilDate } from "../../kernel/index.js";
import type { CommandContext } from "../../platform/terminal/index.js";
import { runInThread } from "../../platform/threads/index.js";
import type { ChainStage } from "./chain/run.js";
import { addExampleCommand, addInitCommand } from "./cli-init.js";
import { addPublishCommand, addWithdrawCommand } from "./cli-publish.js";
import { addReportCommand } from "./cli-report.js";
import { answerInWords } from "./cli-words.js";
import { addBookletsCommand } from "./design/cli-booklets.js";
import { addDrawCommand } from "./design/cli-draw.js";
import { addPlanCommand } from "./design/cli-plan.js";
import { addFieldworkCommand } from "./fieldwork/cli.js";
import type { StudyAnswer, StudyOrder } from "./service.js";
import { studySchema } from "./study/schema.js";

const help = `
A study file (YAML) says in your own column names where responses, items, booklets, weights and replicates stand; everything that it
leaves out has a default, which is told with the results. See docs/study-file.md, the files in studies/, and --explain.

Examples:
  $ ./greenpaper reference-assessments init pupils.csv answers.csv --out study.yaml
  $ ./greenpaper reference-assessments run studies/timss2011-austria.yaml --out results
  $ ./greenpaper reference-assessments report results --out report.html
  $ ./greenpaper reference-assessments calibrate my-study.yaml --json | jq .results.items
  $ ./greenpaper reference-assessments conditional my-study.yaml --out conditional
  $ ./greenpaper reference-assessments --explain

It writes calibration.csv (log-likelihood, AIC, BIC), figures.csv (means, percentiles, proportions and gaps with their errors by source), trends.csv, items.csv (parameters, errors,
fit), conditional.csv and conditional-tests.csv (conditional likelihood, beside the calibration or alone), dif.csv (how they function for groups), groups.csv (ability distributions), links.csv, drift.csv, regressions.csv, held-back.csv (what disclosure control kept back, and
why), results.json (all of it) and record.json (what it was made from). Figures of schools or pupils can't be had from it.`;

const stages: readonly { readonly name: ChainStage; readonly description: string }[] = [
  {
    name: "conditional",
    description:
      "Item parameters of the Rasch and the partial credit model by conditional maximum likelihood, with their errors, the log-likelihood and Andersen's tests by score, cycle and group",
  },
  {
    name: "calibrate",
    description: "Item parameters, their errors and fit, the log-likelihood, and the groups' ability distributions",
  },
  { name: "link", description: "The same, with each cycle calibrated alone: links, linking errors and drift of items" },
  {
    name: "estimate",
    description: "Means, percentiles, proportions, gaps and trends by group, with standard errors and their parts",
  },
  { name: "run", description: "The whole study: estimates, and the trend without the items that a curriculum favours" },
];

interface StageOptions {
  readonly out?: string;
  readonly json?: boolean;
}

/** Adds `greenpaper reference-assessments`. */
export function addReferenceAssessmentsCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("reference-assessments")
    .description(
      "National Reference Assessments (A1): init, plan, draw, booklets, fieldwork, calibrate, link, estimate, report, publish, withdraw",
    )
    .option("--explain", "describe every key of a study file")
    .addHelpText("after", help)
    .action(({ explain }: { explain?: boolean }) => {
      if (explain) process.stdout.write(explainStudyFile());
      else command.help({ error: true });
    });
  addExampleCommand(command);
  addInitCommand(command);
  addPlanCommand(command, context);
  addDrawCommand(command, context);
  addBookletsCommand(command, context);
  for (const { name, description } of stages)
    command
      .command(name)
      .description(description)
      .argument("<study-file>", "a YAML file; see reference-assessments --explain")
      .option("-o, --out <folder>", "where to write the tables, results.json and record.json")
      .option("--json", "print the results (or the problems) as JSON")
      .action(async (file: string, { out, json }: StageOptions) => {
        const folder = out === undefined ? null : resolve(out);
        const { version, today } = context;
        const order: StudyOrder = { path: resolve(file), stage: name, folder, today: civilDate(today), version };
        process.exitCode = await runInThread<StudyAnswer>(
          new URL("./service-thread.js", import.meta.url),
          order,
          folder,
          json === true,
          { problems: describeProblems, answer: (answer) => answerInWords(answer, folder) },
        );
      });
  addReportCommand(command, context);
  addFieldworkCommand(command, context);
  addPublishCommand(command, context);
  addWithdrawCommand(command, context);
}

/** The text of `--explain`: each key of a study file with its kind, default, meaning and an example. */
export function explainStudyFile(): string {
  return explainSettings(studySchema, [
    "A study file is YAML: keys with values. [] stands for each entry of a list. Paths begin at the folder of the file.",
    "The files in studies/ are examples on real pupils; schemas/study.schema.json lets editors complete the keys.",
  ]);
}
