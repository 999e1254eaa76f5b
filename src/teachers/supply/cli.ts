import type { Command } from "commander";
import { civilDate, describeProblem, type Problem, parseCivilDate, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { systemActor } from "../../platform/identity/index.js";
import { runToEnd } from "../../platform/jobs/index.js";
import { StaleStream } from "../../platform/log/index.js";
import { type CommandContext, wholeNumber } from "../../platform/terminal/index.js";
import { supplyCsv, trainingCsv } from "./csv.js";
import { statementJob } from "./jobs.js";
import { compareNeed } from "./published-need.js";
import { supplyModel } from "./runs.js";
import { adoptShortageList, askForStatement, publishStatement, statementDraws } from "./service.js";
import {
  findStatement,
  listStatements,
  type MadeStatement,
  type StoredStatement,
  shortageListOn,
  shortageLists,
} from "./store.js";
import { intervalInWords, nameInWords, percentInWords, reasonWords, yearInWords } from "./web-words.js";

const actor = systemActor("command line");
const say = (words: string) => void process.stdout.write(`${words}\n`);
const complain = (words: string): number => {
  process.stderr.write(`${words}\n`);
  return 1;
};
const refuse = (problems: readonly Problem[]) => complain(problems.map(describeProblem).join("\n"));

const help = `
Examples:
  $ ./greenpaper teacher-supply state --year 2026          # simulates, and shows the statement
  $ ./greenpaper teacher-supply publish 1 --answer "…"     # with the answer to what it shows
  $ ./greenpaper teacher-supply adopt 1 --from 2027-09-01  # its shortage list, from a day on
  $ ./greenpaper teacher-supply shortage-list --json       # the list that holds today`;

interface Json {
  readonly json?: boolean;
}
const statementNumber = wholeNumber(1, 999_999_999);

/** Adds `greenpaper teacher-supply`. */
export function addSupplyCommand(program: Command, context: CommandContext): void {
  const supply = program
    .command("teacher-supply")
    .description("Enough teachers (R1): statements of sufficiency and shortage lists")
    .addHelpText("after", help);
  supply
    .command("list")
    .description("Every statement and shortage list")
    .option("--json", "as JSON")
    .action(async ({ json }: Json) => {
      process.exitCode = await context.withRegister((database) => list(database, json ?? false));
    });
  supply
    .command("show <number>")
    .description("One statement")
    .option("--json", "as JSON")
    .option("--csv <which>", "supply or training, as CSV")
    .action(async (text: string, options: Json & { csv?: string }) => {
      process.exitCode = await context.withRegister((database) => show(database, Number(text), options));
    });
  const { from, to } = supplyModel.years;
  supply
    .command("state")
    .description("Simulate, and make a statement")
    .requiredOption(
      "--year <year>",
      `the year in which the academic year begins, ${from} to ${to}`,
      wholeNumber(from, to),
    )
    .option("--draws <number>", "draws", wholeNumber(statementDraws.low, statementDraws.high), statementDraws.usual)
    .option("--seed <number>", "same seed, same statement", wholeNumber(0, 0xffff_ffff), 1)
    .option("--parts <number>", "simulate one person in so many: quicker, and less sure", wholeNumber(1, 100), 1)
    .option("--json", "as JSON")
    .action(async (options: Json & { year: number; draws: number; seed: number; parts: number }) => {
      process.exitCode = await context.withRegister(async (database) => {
        const asked = await askForStatement(database, actor, { ...options, share: 1 / options.parts }, new Date());
        if (!asked.ok) return refuse(asked.error);
        const ended = await runToEnd(database, asked.value.job, [statementJob]);
        if (ended.state !== "succeeded") return complain(ended.error ?? "The statement could not be made.");
        return show(database, asked.value.id, options);
      });
    });
  supply
    .command("publish")
    .description("Publish a statement with the answer to what it shows")
    .argument("<number>", "the statement", statementNumber)
    .requiredOption("--answer <words>", "what will be done; everybody can read it")
    .action(async (id: number, { answer }: { answer: string }) => {
      process.exitCode = await context.withRegister(async (database) => {
        const expected = (await findStatement(database.queries, id))?.version ?? 0;
        const made = await unlessStale(publishStatement(database, actor, { id, expected, answer }, new Date()));
        if (made === null) return complain("Somebody else has changed it meanwhile. Look at it again.");
        if (!made.ok) return refuse(made.error);
        say(`statement ${id}: published`);
        return 0;
      });
    });
  addListCommands(supply, context);
}

function addListCommands(supply: Command, context: CommandContext): void {
  supply
    .command("adopt")
    .description("Adopt the shortage list of a published statement from a day on")
    .argument("<number>", "the statement", statementNumber)
    .requiredOption("--from <date>", "first day on which it holds, YYYY-MM-DD")
    .action(async (statement: number, { from }: { from: string }) => {
      const day = parseCivilDate(from);
      if (!day.ok) {
        process.exitCode = complain(`--from: ${day.error}`);
        return;
      }
      process.exitCode = await context.withRegister(async (database) => {
        const [newest] = await shortageLists(database.queries);
        const order = { statement, from: day.value, expected: newest?.number ?? 0 };
        const made = await unlessStale(adoptShortageList(database, actor, order, civilDate(context.today), new Date()));
        if (made === null) return complain("Somebody else has adopted a list meanwhile. Look at it, then repeat.");
        if (!made.ok) return refuse(made.error);
        say(`shortage list ${made.value.number} from ${from}: ${made.value.subjects.join(", ") || "no subject"}`);
        return 0;
      });
    });
  supply
    .command("shortage-list")
    .description("The shortage list that holds on a day")
    .option("--on <date>", "the day, YYYY-MM-DD", context.today)
    .option("--json", "as JSON")
    .action(async ({ on, json }: Json & { on: string }) => {
      const day = parseCivilDate(on);
      if (!day.ok) {
        process.exitCode = complain(`--on: ${day.error}`);
        return;
      }
      process.exitCode = await context.withRegister(async ({ queries }) => {
        const found = await shortageListOn(queries, day.value);
        if (json) say(JSON.stringify(found));
        else say(found ? found.subjects.join("\n") : `No shortage list holds on ${on}.`);
        return 0;
      });
    });
}

async function unlessStale<T>(work: Promise<Result<T, readonly Problem[]>>) {
  try {
    return await work;
  } catch (error) {
    if (error instanceof StaleStream) return null;
    throw error;
  }
}

async function list({ queries }: Database, json: boolean): Promise<number> {
  const [statements, lists] = [await listStatements(queries), await shortageLists(queries)];
  if (json) say(JSON.stringify({ statements, lists }, null, 2));
  else {
    for (const { id, year, state } of statements) say(`statement ${id}\t${yearInWords(year)}\t${state}`);
    for (const { number, from, subjects } of lists) say(`list ${number}\tfrom ${from}\t${subjects.join(", ")}`);
    if (statements.length === 0) say("No statement has been made yet.");
  }
  return 0;
}

async function show({ queries }: Database, id: number, { json, csv }: Json & { csv?: string }): Promise<number> {
  const found = Number.isInteger(id) ? await findStatement(queries, id) : null;
  if (!found) return complain(`There is no statement ${id}. See: ./greenpaper teacher-supply list`);
  if (json) {
    say(JSON.stringify(found, null, 2));
    return 0;
  }
  if (!isMade(found)) return complain(`Statement ${id} is still being made.`);
  if (csv !== undefined && csv !== "supply" && csv !== "training")
    return complain(`--csv: "${csv}" is neither supply nor training`);
  if (csv === undefined) say(inWords(found));
  else process.stdout.write(csv === "supply" ? supplyCsv(found.content) : trainingCsv(found.content));
  return 0;
}

const isMade = (statement: StoredStatement): statement is MadeStatement => statement.content !== null;

function inWords({ id, content, state, resultHash }: MadeStatement): string {
  const [first] = content.parts[0]!.lines;
  const needs = compareNeed(content);
  return [
    `Statement ${id} of ${yearInWords(content.year)}, ${state}; ${content.draws} draws, result ${resultHash}`,
    `Posts ${intervalInWords(first!.posts)}; in post ${intervalInWords(first!.inPost)}; unfilled ${intervalInWords(first!.shortfall)}`,
    ...content.shortages.map(({ subject, short, unfilled, reasons }, k) =>
      [
        nameInWords(subject).padEnd(26),
        (short ? "short" : "").padEnd(6),
        `unfilled ${percentInWords(unfilled)}`.padEnd(34),
        `needed ${intervalInWords(needs[k]!.need)}, without posts empty today ${intervalInWords(needs[k]!.withoutEmpty)}, published ${needs[k]!.published ?? "none"}`,
        reasons.map((reason) => reasonWords[reason]).join("; "),
      ].join(" "),
    ),
  ].join("\n");
}
