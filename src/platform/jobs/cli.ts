import type { Command } from "commander";
import type { Json } from "../../kernel/index.js";
import { systemActor } from "../identity/index.js";
import { type CommandContext, terminalProgress, wholeNumber } from "../terminal/index.js";
import type { JobId, JobKind } from "./job.js";
import { runUntilIdle } from "./run.js";
import { jobFor, jobsFor } from "./service.js";
import type { JobState } from "./state.js";
import { linkOf, progressInWords, spanInWords, stateWords } from "./words.js";

const actor = systemActor("command line");
const say = (text: string) => void process.stdout.write(`${text}\n`);

const line = (job: JobState) =>
  `${String(job.id).padStart(5)}  ${stateWords[job.state].text.padEnd(9)}  ${progressInWords(job).padEnd(24)}  ${job.title}`;

function describeJob(job: JobState): string {
  const left = job.remainingSeconds === null ? "" : `, about ${spanInWords(job.remainingSeconds)} left`;
  const lines = [`Job ${job.id}: ${job.title}`, `${stateWords[job.state].text}: ${progressInWords(job)}${left}`];
  if (job.error !== null) lines.push(`The last try failed: ${job.error}`);
  const link = linkOf(job.result);
  if (link) lines.push(`${link.text}: ${link.href}`);
  return lines.join("\n");
}

interface ListOptions {
  readonly json?: boolean;
  readonly limit: number;
}

const help = `
Jobs run inside the server. \`run\` works through those that are due without one, as after a server was killed, and ends when none is
left. The embedded register can be opened by one program at a time: stop the server first, or use PostgreSQL with DATABASE_URL.`;

/** Adds `greenpaper jobs`. */
export function addJobsCommand(
  program: Command,
  context: CommandContext,
  kinds: () => Promise<readonly JobKind<Json>[]>,
): void {
  const jobs = program
    .command("jobs")
    .description("List the jobs, show one, or work through them")
    .addHelpText("after", help);
  jobs
    .command("list", { isDefault: true })
    .description("List the newest jobs")
    .option("--limit <number>", "how many", wholeNumber(1, 10_000), 20)
    .option("--json", "as JSON")
    .action(async ({ json, limit }: ListOptions) => {
      process.exitCode = await context.withRegister(async (database) => {
        const found = await jobsFor(database, actor, { limit });
        if (json) say(JSON.stringify(found));
        else if (found.length === 0) say("There are no jobs.");
        else for (const job of found) say(line(job));
        return 0;
      });
    });
  jobs
    .command("show <number>")
    .description("Show one job")
    .option("--json", "as JSON")
    .action(async (number: string, { json }: { readonly json?: boolean }) => {
      process.exitCode = await context.withRegister(async (database) => {
        const id = Number(number);
        const job = Number.isSafeInteger(id) && id > 0 ? await jobFor(database, actor, id as JobId) : null;
        if (!job?.ok) {
          process.stderr.write(`There is no job ${number}. \`greenpaper jobs\` lists them.\n`);
          return 1;
        }
        say(json ? JSON.stringify(job.value) : describeJob(job.value));
        return 0;
      });
    });
  jobs
    .command("run")
    .description("Work through the jobs until none is under way")
    .action(async () => {
      process.exitCode = await context.withRegister(async (database) => {
        const progress = terminalProgress();
        progress.stage("working through the jobs");
        const ended = await runUntilIdle(database, await kinds());
        progress.end();
        for (const job of ended) say(describeJob(job));
        if (ended.length === 0) say("No job was under way.");
        return ended.every(({ state }) => state === "succeeded") ? 0 : 1;
      });
    });
}
