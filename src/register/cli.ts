import { resolve } from "node:path";
import type { Command } from "commander";
import { describeProblems } from "../ingest/index.js";
import { parseCivilDate } from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import { type CommandContext, terminalProgress } from "../platform/terminal/index.js";
import type { ChangeCounts } from "./changes.js";
import { importFiles, importRegister } from "./import.js";
import type { ImportReport } from "./service.js";

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
      extract.zip census_2023.csv.gz

What each file is about is found out from its columns: schools (the register's extract, the performance tables' school
information, the school profiles' establishments), groups, which school is in which group, links between schools, and the
January census. Zip and gzip archives are unpacked. A file whose name has a day (edubasealldata20260821.csv) describes that day;
an older file fills gaps and overrules nothing. The options name files one by one instead, all of the same day.

All files are read and checked before anything is saved; importing the same files again changes nothing. Without
DATABASE_URL the embedded register is used; GREENPAPER_HOME says where that is. Cases and
marks of schools that the files close end with them. Made-up schools and real ones don't mix.`;

/** Done after each import, as with what hangs on a school's being open. @returns what it did, for people; null for nothing */
export type AfterImport = (database: Database) => Promise<string | null>;

/** Adds `greenpaper import-register`. */
export function addImportCommand(program: Command, context: CommandContext, after: AfterImport): void {
  program
    .command("import-register")
    .description("Import the department's schools, groups and links into the register")
    .argument("[files...]", "files as they were downloaded, in any order")
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
    .action(async (files: string[], options: ImportOptions, command: Command) => {
      const { schools, groups, groupLinks, schoolLinks } = options;
      const named = Boolean(schools || groups || groupLinks || schoolLinks);
      if (files.length === 0 && !named) command.error("error: name at least one file to import.", { exitCode: 2 });
      if (files.length > 0 && named)
        command.error("error: name the files alone or with options, not both.", { exitCode: 2 });
      process.exitCode = await importNamed(files, options, context, after);
    });
}

const line = (name: string, { added, changed, unchanged, closed }: ChangeCounts) =>
  `${name}: ${added} new, ${changed} changed, ${unchanged} the same, ${closed} closed\n`;

async function importNamed(
  paths: readonly string[],
  options: ImportOptions,
  context: CommandContext,
  after: AfterImport,
): Promise<number> {
  const asOf = parseCivilDate(options.asOf ?? context.today);
  if (!asOf.ok) {
    process.stderr.write(`--as-of: ${asOf.error}\n`);
    return 2;
  }
  const { schools, groups, groupLinks, schoolLinks } = options;
  const named = Object.entries({ schools, groups, groupLinks, schoolLinks });
  const files = Object.fromEntries(named.flatMap(([kind, path]) => (path ? [[kind, resolve(path)]] : [])));
  const synthetic = options.synthetic === true;
  const progress = terminalProgress();
  return context.withRegister(async (database) => {
    const all = paths.map((path) => resolve(path));
    const report =
      paths.length > 0
        ? await importFiles(database, all, asOf.value, progress, synthetic)
        : await importRegister(database, files, asOf.value, progress, synthetic);
    progress.end();
    if (!report.ok) {
      if (options.json) process.stdout.write(`${JSON.stringify({ problems: report.error })}\n`);
      process.stderr.write(`${describeProblems(report.error)}\n`);
      return 1;
    }
    const followed = await after(database);
    say({ ...report.value, notes: [...report.value.notes, ...(followed === null ? [] : [followed])] }, options);
    return 0;
  });
}

function say(report: ImportReport, { json }: ImportOptions): void {
  if (json) {
    process.stdout.write(`${JSON.stringify(report)}\n`);
    return;
  }
  const { schools, groups, memberships, links, pupilCounts, notes } = report;
  process.stdout.write(
    line("Schools", schools) +
      line("Groups", groups) +
      line("Memberships", memberships) +
      line("Links", links) +
      line("Pupils, by school and year", pupilCounts),
  );
  for (const note of notes) process.stdout.write(`Note: ${note}\n`);
}
