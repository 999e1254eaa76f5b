import { resolve } from "node:path";
import type { Command } from "commander";
import { describeProblems } from "../ingest/index.js";
import { parseCivilDate } from "../kernel/index.js";
import { DatabaseError, databaseLocation, migrate, openDatabase } from "../platform/database/index.js";
import { type CommandContext, terminalProgress } from "../platform/terminal/index.js";
import type { ChangeCounts } from "./changes.js";
import { importRegister } from "./import.js";
import { registerMigrations } from "./index.js";

interface ImportOptions {
  readonly schools?: string;
  readonly groups?: string;
  readonly groupLinks?: string;
  readonly schoolLinks?: string;
  readonly asOf?: string;
  readonly synthetic?: boolean;
  readonly json?: boolean;
}

const help = `
Example:
  $ DATABASE_URL=postgres://localhost/register ./greenpaper import-register \\
      --schools edubasealldata.csv --groups allgroupsdata.csv --school-links links_edubasealldata.csv

All files are read and checked before anything is saved; importing the same files again changes nothing. Without
DATABASE_URL the embedded register is used; GREENPAPER_HOME says where that is. Made-up schools and real ones don't mix.`;

/** Adds `greenpaper import-register`. */
export function addImportCommand(program: Command, context: CommandContext): void {
  program
    .command("import-register")
    .description("Import the department's schools, groups and links into the register")
    .option("--schools <file>", "establishments, as CSV (may be .gz)")
    .option("--groups <file>", "groups: trusts, federations, sponsors")
    .option("--group-links <file>", "which school is in which group")
    .option("--school-links <file>", "predecessors and successors")
    .option("--as-of <date>", "the day that the files describe, YYYY-MM-DD; today unless given")
    .option(
      "--synthetic",
      "the files describe made-up schools, as those of `greenpaper england`; every page then says so",
    )
    .option("--json", "print the report, or the problems, as JSON")
    .addHelpText("after", help)
    .action(async (options: ImportOptions, command: Command) => {
      const { schools, groups, groupLinks, schoolLinks } = options;
      if (!(schools || groups || groupLinks || schoolLinks))
        command.error("error: name at least one file to import.", { exitCode: 2 });
      process.exitCode = await importFiles(options, context);
    });
}

const line = (name: string, { added, changed, unchanged, closed }: ChangeCounts) =>
  `${name}: ${added} new, ${changed} changed, ${unchanged} the same, ${closed} closed\n`;

async function importFiles(options: ImportOptions, context: CommandContext): Promise<number> {
  const asOf = parseCivilDate(options.asOf ?? context.today);
  if (!asOf.ok) {
    process.stderr.write(`--as-of: ${asOf.error}\n`);
    return 2;
  }
  const progress = terminalProgress();
  try {
    const database = await openDatabase(databaseLocation(process.env, context.projectFolder));
    try {
      await migrate(database, [registerMigrations]);
      const named = {
        schools: options.schools,
        groups: options.groups,
        groupLinks: options.groupLinks,
        schoolLinks: options.schoolLinks,
      };
      const files = Object.fromEntries(
        Object.entries(named).flatMap(([kind, path]) => (path ? [[kind, resolve(path)]] : [])),
      );
      const report = await importRegister(database, files, asOf.value, progress, options.synthetic === true);
      progress.end();
      if (!report.ok) {
        if (options.json) process.stdout.write(`${JSON.stringify({ problems: report.error })}\n`);
        process.stderr.write(`${describeProblems(report.error)}\n`);
        return 1;
      }
      const { schools, groups, memberships, links, notes } = report.value;
      if (options.json) process.stdout.write(`${JSON.stringify(report.value)}\n`);
      else {
        process.stdout.write(
          line("Schools", schools) + line("Groups", groups) + line("Memberships", memberships) + line("Links", links),
        );
        for (const note of notes) process.stdout.write(`Note: ${note}\n`);
      }
      return 0;
    } finally {
      await database.close();
    }
  } catch (error) {
    if (!(error instanceof DatabaseError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
