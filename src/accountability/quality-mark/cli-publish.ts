import { basename, extname, join, resolve } from "node:path";
import type { Command } from "commander";
import { describeProblems } from "../../ingest/index.js";
import { civilDate, type Problem, type Result } from "../../kernel/index.js";
import { checkpointsIn } from "../../platform/checkpoints/index.js";
import {
  type Database,
  DatabaseError,
  databaseLocation,
  migrate,
  openDatabase,
} from "../../platform/database/index.js";
import { identityMigrations } from "../../platform/identity/index.js";
import {
  type CommandContext,
  onStop,
  type StageTime,
  type TerminalProgress,
  terminalProgress,
  timedStages,
} from "../../platform/terminal/index.js";
import { startThreads } from "../../platform/threads/index.js";
import { registerMigrations } from "../../register/index.js";
import { qualityMarkMigrations } from "./index.js";
import type { FilePhase, PublishedFiles } from "./review-service-phase.js";
import type { PhaseOrder } from "./review-thread-phase.js";
import { type PublicationReport, publishPhases } from "./service-publish.js";

interface PublishOptions {
  readonly json?: boolean;
}

const help = `
Examples:
  $ ./greenpaper import-register --schools edubasealldata.csv --groups allgroupsdata.csv --group-links grouplinks.csv
  $ ./greenpaper publish primary.yaml secondary.yaml
  $ ./greenpaper serve

The reviews of several phases become one annual review of the register, whole or not at all; earlier ones stay. Names, places and
trusts come from the register, so its schools have to be imported first. Two reviews are measured at a time. A run that was
stopped goes on behind the reviews that it had finished.`;

/** Remembers, on this machine alone, where the files of what was published are: heads' corrections are computed from them. */
export type KeepFiles = (reviews: Readonly<Record<string, PublishedFiles>>) => void;

/** Adds `greenpaper publish`. */
export function addPublishCommand(program: Command, context: CommandContext, keepFiles: KeepFiles): void {
  program
    .command("publish")
    .description("Measure, decide and publish reviews of your own files in the register, for the pages")
    .argument("<review-files...>", "YAML files as `greenpaper review` reads them, one a phase")
    .option("--json", "print what was published (or the problems) as JSON")
    .addHelpText("after", help)
    .action(async (files: string[], options: PublishOptions) => {
      process.exitCode = await publish(
        files.map((file) => resolve(file)),
        options.json === true,
        { ...context, keepFiles },
      );
    });
}

/** How many reviews are measured at the same time: more would ask for the memory of more. */
const atOnce = 2;

type Context = CommandContext & { readonly keepFiles: KeepFiles };

async function publish(paths: readonly string[], json: boolean, context: Context): Promise<number> {
  const progress = terminalProgress();
  const underWay: (() => Promise<void>)[] = [];
  const state = { saved: false };
  const done = onStop(async () => {
    progress.abandon();
    for (const end of underWay.toReversed()) await end();
    const words = state.saved
      ? "The review was published before the stop."
      : "Nothing was published; run the same command to go on behind the reviews that were finished.";
    process.stderr.write(`\nStopped. ${words}\n`);
  });
  try {
    const database = await openDatabase(databaseLocation(process.env, context.projectFolder));
    underWay.push(() => database.close());
    try {
      await migrate(database, [identityMigrations, registerMigrations, qualityMarkMigrations]);
      return await publishInto(database, paths, json, context, progress, underWay, state);
    } finally {
      done();
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}

async function publishInto(
  database: Database,
  paths: readonly string[],
  json: boolean,
  context: Context,
  progress: TerminalProgress,
  underWay: (() => Promise<void>)[],
  state: { saved: boolean },
): Promise<number> {
  const folder = join(context.home, "checkpoints");
  const times = timedStages();
  const name = (path: string) => (paths.length === 1 ? "" : basename(path, extname(path)));
  const orders = paths.map((path) => {
    const lane = progress.lane(name(path));
    return {
      module: new URL("./review-thread-phase.js", import.meta.url),
      input: {
        path,
        today: civilDate(context.today),
        checkpoints: folder,
        program: context.build,
      } satisfies PhaseOrder,
      progress: times.listen(name(path), lane),
      ended() {
        times.end(name(path));
        lane.end();
      },
    };
  });
  const work = startThreads<Result<FilePhase, readonly Problem[]>>(orders, atOnce);
  underWay.push(() => work.stop());
  const made = await work.result;
  progress.end();
  const problems = made.flatMap((phase) => (phase.ok ? [] : phase.error));
  const phases = made.flatMap((phase) => (phase.ok ? [phase.value] : []));
  if (problems.length > 0) return complain(problems, json);
  times.listen("", progress).stage("publishing in the register");
  const published = await publishPhases(database, phases, context.version);
  progress.end();
  if (!published.ok) return complain(published.error, json);
  state.saved = true;
  context.keepFiles(
    Object.fromEntries(
      published.value.phases.map((phase, i): [string, PublishedFiles] => [
        phase,
        { path: paths[i]!, sha256: phases[i]!.inputs.map(({ sha256 }) => sha256) },
      ]),
    ),
  );
  checkpointsIn(folder, context.build).clear(phases.map(({ key }) => key));
  process.stdout.write(
    json ? asJson(published.value, phases, times.finish()) : inWords(published.value, database.place),
  );
  return 0;
}

function complain(problems: readonly Problem[], json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify({ problems })}\n`);
  process.stderr.write(`${describeProblems(problems)}\n`);
  return 1;
}

function asJson(report: PublicationReport, phases: readonly FilePhase[], stages: readonly StageTime[]): string {
  const fromCheckpoint = phases.filter(({ kept }) => kept).map(({ place }) => basename(place));
  return `${JSON.stringify({ ...report, fromCheckpoint, stages })}\n`;
}

function inWords(report: PublicationReport, place: string): string {
  const count = (n: number) => n.toLocaleString("en-GB");
  const decisions = Object.entries(report.decisions).map(
    ([decision, schools]) => `${count(schools)} ${decision.replaceAll("-", " ")}`,
  );
  return [
    `${report.title}, ${report.academicYear}${report.synthetic ? " (made-up schools)" : ""}`,
    `${count(report.pupils)} pupils, ${count(report.schools)} schools: ${decisions.join(", ")}`,
    ...report.notes.map((note) => `Note: ${note}`),
    `Published as review ${report.review} in ${place}. See it with ./greenpaper serve`,
    "",
  ].join("\n");
}
