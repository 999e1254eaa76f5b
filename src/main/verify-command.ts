import type { Command } from "commander";
import { describeProblem, type Problem, type Progress } from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import { type LogReport, verifyLog } from "../platform/log/index.js";
import { type CommandContext, terminalProgress } from "../platform/terminal/index.js";

const help = `
It recomputes the hash of every event of the log and finds what was changed, taken out, moved, put in or cut off; compares the
versions of cases with their events; and recomputes what was decided from what was stored. Exit code 1 where anything is wrong.

Whoever can write to the database can cut off the newest events and set the head back. So note the head that this prints somewhere
else, and hand it over next time:
  $ ./greenpaper verify --head 5f1c…`;

interface VerifyOptions {
  readonly json?: boolean;
  readonly head?: string;
}

/** What all checks together found. */
interface Verification {
  readonly log: LogReport;
  readonly checks: readonly { readonly title: string; readonly problems: readonly Problem[] }[];
}

async function verifyAll(database: Database, progress: Progress, head: string | undefined): Promise<Verification> {
  const log = await verifyLog(database, progress, head);
  const checks: Verification["checks"][number][] = [];
  const { verifiers } = await import("./parts.js"); // so that commands without a register start without the pages
  for (const { title, verify } of verifiers) {
    progress.stage(title);
    checks.push({ title, problems: await verify(database, progress) });
  }
  return { log, checks };
}

function inWords({ log, checks }: Verification): string {
  const part = (title: string, problems: readonly Problem[], more = 0) =>
    problems.length === 0
      ? [`✓ ${title}`]
      : [
          `✗ ${title}`,
          ...problems.map((problem) => `  ${problem.code}: ${describeProblem(problem)}`),
          ...(more > 0 ? [`  and ${more.toLocaleString("en-GB")} more`] : []),
        ];
  const lines = [
    ...part(`the log's ${log.events.toLocaleString("en-GB")} events are one chain`, log.problems, log.more),
    ...checks.flatMap(({ title, problems }) => part(title, problems)),
  ];
  if (log.head) lines.push(`The head of the log is event ${log.head.number}, hash ${log.head.hash}`);
  return `${lines.join("\n")}\n`;
}

async function verify(options: VerifyOptions, context: CommandContext): Promise<number> {
  return context.withRegister(async (database) => {
    const progress = terminalProgress();
    try {
      const found = await verifyAll(database, progress, options.head?.toLowerCase());
      progress.end();
      process.stdout.write(options.json ? `${JSON.stringify(found)}\n` : inWords(found));
      const problems = [found.log, ...found.checks].flatMap((check) => check.problems);
      return problems.length === 0 ? 0 : 1;
    } finally {
      progress.abandon();
    }
  });
}

/** Adds `greenpaper verify`. */
export function addVerifyCommand(program: Command, context: CommandContext): void {
  program
    .command("verify")
    .description("Check that the log of events is whole and that what was decided follows from what was stored")
    .option("--head <hash>", "a head noted earlier: it must still be in the log")
    .option("--json", "print what was found as JSON")
    .addHelpText("after", help)
    .action(async (options: VerifyOptions, command: Command) => {
      if (options.head !== undefined && !/^[0-9a-f]{64}$/i.test(options.head))
        command.error("error: --head needs the 64 hexadecimal digits that an earlier verify printed.", { exitCode: 2 });
      process.exitCode = await verify(options, context);
    });
}
