import { stat } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { civilDate, type Problem, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { systemActor } from "../../platform/identity/index.js";
import { type CommandContext, onStop, terminalProgress } from "../../platform/terminal/index.js";
import { startThread } from "../../platform/threads/index.js";
import { printed } from "./design/cli-draw.js";
import type { StudyAnswer, StudyOrder } from "./service.js";
import { assessmentName, placeOfPhase, publishStudy } from "./service-publish.js";
import { type ReadResults, readResults } from "./service-report.js";
import { withdrawPublication } from "./service-withdraw.js";
import type { Publication } from "./store.js";

const help = `
A folder is one that estimate or run wrote (--out): its results have to be those that its record was written with. A study file is run first, as run
does. Either is refused where the calibration did not converge or is not identified, where disclosure control held everything back, and where an
earlier publication stands and no reason is given. Earlier publications stay; pages show the newest and say why it followed.

Examples:
  $ ./greenpaper reference-assessments publish results --phase "Year 4"
  $ ./greenpaper reference-assessments publish my-study.yaml --phase "Year 4" --reason "A question was marked wrongly."`;

interface PublishOptions {
  readonly phase: string;
  readonly subject?: string;
  readonly as?: string;
  readonly reason?: string;
  readonly synthetic?: boolean;
  readonly json?: boolean;
}

/** The results of a folder, or of a study that is run for it. */
async function resultsOf(path: string, context: CommandContext): Promise<Result<ReadResults, readonly Problem[]>> {
  const folder = await stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
  if (folder) return readResults(path, context.version);
  const progress = terminalProgress();
  const { version, today } = context;
  const order: StudyOrder = { path, stage: "run", folder: null, today: civilDate(today), version };
  const work = startThread<Result<StudyAnswer, readonly Problem[]>>(
    new URL("./service-thread.js", import.meta.url),
    order,
    progress,
  );
  const done = onStop(async () => {
    await work.stop();
    progress.abandon();
    process.stderr.write("\nStopped. Nothing was published; run the same command to start again.\n");
  });
  const answer = await work.result;
  done();
  progress.end();
  return answer;
}

/** Publishes results in a register. */
async function publishIn(
  database: Database,
  read: ReadResults,
  { phase, subject = read.results.subject ?? "", as, reason = "", synthetic = false }: PublishOptions,
): Promise<Result<Publication, readonly Problem[]>> {
  const heading = { phase, subject, synthetic, reason, place: placeOfPhase(phase) };
  const assessment = as ?? assessmentName(phase, subject);
  return publishStudy(
    database,
    systemActor("reference-assessments publish"),
    { ...heading, assessment },
    read,
    new Date(),
  );
}

/** Adds `reference-assessments publish`. */
export function addPublishCommand(command: Command, context: CommandContext): void {
  command
    .command("publish")
    .description("Publish a study's results in the register, for the pages")
    .argument("<results-folder-or-study-file>", "a folder that run --out wrote, or a YAML file")
    .requiredOption("--phase <name>", 'whose assessment it is, as "Year 4"')
    .option("--subject <name>", "the subject; the study's own when left out")
    .option("--as <name>", "the name in addresses; made of phase and subject when left out")
    .option("--reason <sentence>", "why it follows an earlier publication")
    .option("--synthetic", "the pupils are made up: every page says so")
    .option("--json", "print what was published (or the problems) as JSON")
    .addHelpText("after", help)
    .action(async (path: string, options: PublishOptions) => {
      const read = await resultsOf(resolve(path), context);
      const json = options.json === true;
      const inWords = ({ assessment, number, publishedAt }: Publication, place: string) => [
        `Published as publication ${number} of ${assessment} on ${publishedAt.slice(0, 10)} in ${place}.`,
        `See /reference-assessments/${assessment} with ./greenpaper serve`,
      ];
      if (!read.ok) {
        process.exitCode = printed(
          read,
          json,
          () => null,
          () => [],
        );
        return;
      }
      process.exitCode = await context.withRegister(async (database) =>
        printed(
          await publishIn(database, read.value, options),
          json,
          ({ record: _, results: __, ...entry }) => entry,
          (publication) => inWords(publication, database.place),
        ),
      );
    });
}

/** Adds `reference-assessments withdraw`. */
export function addWithdrawCommand(command: Command, context: CommandContext): void {
  command
    .command("withdraw")
    .description("Take the newest publication of an assessment back: the reason stands in the place of its figures")
    .argument("<assessment>", "its name in addresses, as year-4-mathematics")
    .requiredOption("--reason <sentence>", "what is wrong with it; shown to everybody")
    .option("--json", "print what was withdrawn (or the problems) as JSON")
    .action(async (assessment: string, { reason, json }: { readonly reason: string; readonly json?: boolean }) => {
      const actor = systemActor("reference-assessments withdraw");
      process.exitCode = await context.withRegister(async (database) =>
        printed(
          await withdrawPublication(database, actor, { assessment, reason, expected: null }, new Date()),
          json === true,
          ({ record: _, results: __, ...entry }) => entry,
          ({ number, withdrawal }) => [`Publication ${number} of ${assessment} is withdrawn: ${withdrawal}`],
        ),
      );
    });
}
