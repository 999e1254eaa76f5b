import { readFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Command } from "commander";
import { describeProblems } from "../../ingest/index.js";
import {
  type CivilDate,
  civilDate,
  dateInWords,
  err,
  ok,
  type Problem,
  parseCivilDate,
  type Result,
} from "../../kernel/index.js";
import { systemActor } from "../../platform/identity/index.js";
import type { CommandContext } from "../../platform/terminal/index.js";
import { findRegion } from "../../register/index.js";
import { parseBody } from "./body.js";
import { type AccountsRecord, type AccountsTask, bringDocument, readAccounts, regionAccounts } from "./service.js";
import { importOpinions } from "./service-import.js";
import { isYearEnd, lastYearEnd } from "./year.js";

const help = `
Examples:
  $ ./greenpaper accounts import opinions.csv --year-end 2025-08-31
  $ ./greenpaper accounts missing --region E12000009
  $ ./greenpaper accounts show trust-90001
  $ ./greenpaper accounts document trust-90001 signed.pdf

The table has the columns trust_uid, urn, year_end, opinion, grounds, regularity, regularity_grounds, signed_on, auditor and document_sha256.
All of it is filed, or nothing: whatever is wrong is named with its line.`;

const actor = systemActor("command line");

function complain(problems: readonly Problem[], json: boolean): number {
  if (json) process.stdout.write(`${JSON.stringify({ problems })}\n`);
  process.stderr.write(`${describeProblems(problems)}\n`);
  return 1;
}

/** The year end that an option names, or the newest that has passed. */
function yearEndOf(text: string | undefined, context: CommandContext): Result<CivilDate, string> {
  if (text === undefined) return ok(lastYearEnd(civilDate(context.today)));
  const date = parseCivilDate(text);
  if (!date.ok) return date;
  return isYearEnd(date.value) ? date : err(`no year of accounts ends on ${dateInWords(date.value)}`);
}

interface Options {
  readonly yearEnd?: string;
  readonly region?: string;
  readonly json?: boolean;
}

const line = ({ body, name, state, opinion }: AccountsTask) =>
  `${body.padEnd(15)} ${state.padEnd(10)} ${(opinion ?? "").padEnd(12)} ${name}\n`;

function describe({ due, dueOn, state, filings }: AccountsRecord): string {
  const heading = `${due.name}: ${state}, due by ${dateInWords(dueOn)}, reaches ${due.schools === 1 ? "1 school" : `${due.schools} schools`}\n`;
  const versions = filings.map(
    ({ version, opinion, signedOn, auditor, filedOn, filedBy, documentKept }) =>
      `  version ${version}: ${opinion}, signed on ${signedOn} by ${auditor}; filed on ${filedOn} by ${filedBy}; document ${documentKept ? "kept" : "not here"}\n`,
  );
  return heading + versions.join("");
}

const yearEndOption = [
  "--year-end <date>",
  "the last day of the year, as 2025-08-31; the newest that has passed unless given",
] as const;

/** Does the work for the year that the options name, or says what is wrong with them. */
async function run(
  accounts: Command,
  context: CommandContext,
  options: Options,
  work: (yearEnd: CivilDate) => Promise<number>,
): Promise<void> {
  const yearEnd = yearEndOf(options.yearEnd, context);
  if (yearEnd.ok) process.exitCode = await work(yearEnd.value);
  else accounts.error(`error: --year-end: ${yearEnd.error}`, { exitCode: 2 });
}

function addTableCommands(accounts: Command, context: CommandContext): void {
  accounts
    .command("import")
    .description("File the opinions of a table, all or nothing")
    .argument("<table>", "CSV")
    .option(...yearEndOption)
    .option("--json", "print what was filed, or the problems, as JSON")
    .action((table: string, options: Options) =>
      run(accounts, context, options, (yearEnd) =>
        context.withRegister(async (database) => {
          const filed = await importOpinions(database, actor, { path: resolve(table) }, yearEnd, new Date());
          if (!filed.ok) return complain(filed.error, options.json === true);
          const { trusts, schools, notUnqualified } = filed.value;
          process.stdout.write(
            options.json
              ? `${JSON.stringify(filed.value)}\n`
              : `Filed for ${trusts} trusts and ${schools} schools; ${notUnqualified} opinions are not unqualified.\n`,
          );
          return 0;
        }),
      ),
    );
  accounts
    .command("missing")
    .description("Who has not filed, and where everybody else stands")
    .option(...yearEndOption)
    .option("--region <code>", "a region's code, as E12000009; all unless given")
    .option("--json", "as JSON, with those that have filed")
    .action((options: Options) => {
      if (options.region !== undefined && !findRegion(options.region))
        accounts.error(`error: there is no region ${options.region}`, { exitCode: 2 });
      return run(accounts, context, options, (yearEnd) =>
        context.withRegister(async (database) => {
          const found = await regionAccounts(database, actor, { yearEnd, region: options.region ?? null }, new Date());
          if (!found.ok) return complain([found.error], options.json === true);
          const missing = found.value.filter(({ filing }) => filing === null);
          if (options.json) process.stdout.write(`${JSON.stringify(found.value)}\n`);
          else
            process.stdout.write(
              `${missing.map(line).join("")}${missing.length} of ${found.value.length} have not filed to ${yearEnd}.\n`,
            );
          return 0;
        }),
      );
    });
}

function addBodyCommands(accounts: Command, context: CommandContext): void {
  accounts
    .command("show")
    .description("The accounts of a trust or school of a year, with every version")
    .argument("<body>", "trust- with a group's UID, or school- with a URN")
    .option(...yearEndOption)
    .option("--json", "as JSON")
    .action((body: string, options: Options) =>
      run(accounts, context, options, (yearEnd) => {
        const whose = parseBody(body);
        if (!whose.ok) return accounts.error(`error: ${whose.error}`, { exitCode: 2 });
        return context.withRegister(async (database) => {
          const read = await readAccounts(database, actor, { body: whose.value, yearEnd }, new Date());
          if (!read.ok) return complain([read.error], options.json === true);
          process.stdout.write(options.json ? `${JSON.stringify(read.value)}\n` : describe(read.value));
          return 0;
        });
      }),
    );
  accounts
    .command("document")
    .description("Bring the document of a filing that was made with its SHA-256")
    .argument("<body>", "trust- with a group's UID, or school- with a URN")
    .argument("<pdf>", "the signed accounts")
    .option(...yearEndOption)
    .action((body: string, pdf: string, options: Options) =>
      run(accounts, context, options, async (yearEnd) => {
        const whose = parseBody(body);
        if (!whose.ok) return accounts.error(`error: ${whose.error}`, { exitCode: 2 });
        const bytes = await readFile(resolve(pdf)).catch(() => null);
        if (bytes === null) return accounts.error(`error: ${pdf} can't be read`, { exitCode: 2 });
        return context.withRegister(async (database) => {
          const place = { body: whose.value, yearEnd };
          const kept = await bringDocument(database, actor, place, { name: basename(pdf), bytes }, new Date());
          if (!kept.ok) return complain(kept.error, false);
          process.stdout.write(`Kept with ${kept.value.id}.\n`);
          return 0;
        });
      }),
    );
}

/** Adds `greenpaper accounts`. */
export function addAccountsCommand(program: Command, context: CommandContext): void {
  const accounts = program
    .command("accounts")
    .description("Auditors' opinions on the accounts of trusts and schools: file, show, who is missing")
    .addHelpText("after", help);
  addTableCommands(accounts, context);
  addBodyCommands(accounts, context);
}
