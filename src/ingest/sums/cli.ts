import { readFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { DatabaseError, databaseLocation } from "../../platform/database/index.js";
import { type CommandContext, terminalProgress, wholeNumber } from "../../platform/terminal/index.js";
import { FormulaError } from "../../statistics/formula/index.js";
import { findFiles } from "../file-pattern.js";
import { describeProblems } from "../problems.js";
import { sourceFile } from "../source-file.js";
import { checkWritable } from "../write-files.js";
import type { RowCounts } from "./check-rows.js";
import { fault, SumsFault } from "./engine.js";
import { makeSums, type SumsSource, type TableFiles } from "./make-sums.js";
import { parseModelFile } from "./model-file.js";
import { writeSums } from "./sums-file.js";

interface SumsOptions {
  readonly out: string;
  readonly table: readonly string[];
  readonly duckdb?: string | true;
  readonly postgres?: string | true;
  readonly threads: number;
  readonly json?: boolean;
}

const help = `
Examples:
  $ ./greenpaper sums model.yaml --postgres --out sums.json          (DATABASE_URL says where)
  $ ./greenpaper sums model.yaml --duckdb country.duckdb --out sums.json
  $ ./greenpaper sums model.yaml --duckdb --table pupils='pupils-*.parquet' --table spells=spells.csv --out sums.json
  $ ./greenpaper sums model.yaml --table pupils=pupils.csv --table spells=spells.csv --out sums.json   (this process)

The model is a formula and the tables that it speaks of, as YAML:
  formula: score ~ prior + I(prior^2) + factor(ethnicity) + (1 | mm(school, share)) + (1 | la)
  pupils: { table: census.pupils, pupil: pupil_id }
  memberships: { table: census.spells, pupil: pupil_id }

Only sums over pupils leave the database. Sums over a small school can still tell about a pupil: keep the file as you
keep the pupils. docs/sums.md describes it.`;

/** Adds `greenpaper sums`. */
export function addSumsCommand(program: Command, context: CommandContext): void {
  program
    .command("sums")
    .description("Make the sums that a fit needs where the pupils are: in DuckDB, in PostgreSQL or in this process")
    .argument("<model>", "a YAML or JSON file: formula and tables")
    .requiredOption("-o, --out <file>", "where to write the sums")
    .option("--table <name=files>", "a table of the model as CSV or Parquet files; once a table", collect, [])
    .option("--duckdb [database]", "add up in DuckDB: in this database, opened for reading only, or over the files")
    .option("--postgres [address]", "add up in PostgreSQL, at DATABASE_URL unless an address is given")
    .option("--threads <n>", "threads for one statement; more than one change the last bits", wholeNumber(1, 256), 1)
    .option("--json", "print what was done, or the problems, as JSON")
    .addHelpText("after", help)
    .action(async (model: string, options: SumsOptions, command: Command) => {
      if (options.duckdb && options.postgres) command.error("error: one engine at a time.", { exitCode: 2 });
      if (options.postgres && options.table.length > 0)
        command.error("error: --table goes with DuckDB and with this process.", { exitCode: 2 });
      if (!options.postgres && typeof options.duckdb !== "string" && options.table.length === 0)
        command.error("error: name the tables with --table, a database with --duckdb, or --postgres.", { exitCode: 2 });
      process.exitCode = await reported(options.json === true, () => sums(model, options, context));
    });
}

const collect = (value: string, before: readonly string[]) => [...before, value];

/** Runs a command's work; what is wrong with files, formula or database is told, and the exit code is 1. */
export async function reported(json: boolean, work: () => Promise<number>): Promise<number> {
  try {
    return await work();
  } catch (error) {
    const problems = error instanceof SumsFault ? error.problems : [];
    if (problems.length === 0 && !(error instanceof FormulaError) && !(error instanceof DatabaseError)) throw error;
    const told =
      problems.length > 0 ? problems : [{ code: (error as FormulaError).code, message: (error as Error).message }];
    if (json) process.stdout.write(`${JSON.stringify({ problems: told })}\n`);
    process.stderr.write(`${problems.length > 0 ? describeProblems(problems) : (error as Error).message}\n`);
    return 1;
  }
}

async function tableFiles(given: readonly string[]): Promise<TableFiles[]> {
  const tables = given.map(async (text): Promise<TableFiles> => {
    const at = text.indexOf("=");
    if (at < 1) throw fault("model-unclear", `--table ${text}`, "a name, an equals sign and files are expected");
    const paths = await findFiles(text.slice(at + 1), process.cwd());
    if (paths.length === 0) throw fault("file-missing", `--table ${text}`, "no file fits this pattern");
    return { table: text.slice(0, at), files: paths.map((path) => sourceFile(path)) };
  });
  return Promise.all(tables);
}

async function sourceOf(options: SumsOptions, context: CommandContext): Promise<SumsSource> {
  if (options.postgres) {
    const url = options.postgres === true ? process.env.DATABASE_URL : options.postgres;
    if (!url) throw fault("model-unclear", "--postgres", "there is no address", "Set DATABASE_URL.");
    return { kind: "postgresql", location: databaseLocation({ DATABASE_URL: url }, context.projectFolder) };
  }
  const files = await tableFiles(options.table);
  if (options.duckdb === undefined) return { kind: "process", files };
  return { kind: "duckdb", database: options.duckdb === true ? null : sourceFile(options.duckdb), files };
}

const count = (n: number) => n.toLocaleString("en-GB");

function countsInWords({ pupils, used, missing }: RowCounts): string {
  const lacking = missing.map((one) => `${count(one.pupils)} without "${one.column}"`).join(", ");
  return `${count(used)} of ${count(pupils)} pupils${lacking === "" ? "" : `; left out: ${lacking}`}`;
}

async function sums(path: string, options: SumsOptions, context: CommandContext): Promise<number> {
  const file = sourceFile(path);
  const out = resolve(options.out);
  const writable = await checkWritable(dirname(out));
  if (!writable.ok) throw new SumsFault([writable.error]);
  const text = await readFile(file.path, "utf8").catch(() => {
    throw fault("file-missing", file.shown, "there is no file of a model here");
  });
  const model = parseModelFile(text, file.shown);
  const progress = terminalProgress();
  try {
    const made = await makeSums(model, await sourceOf(options, context), options.threads, progress);
    await writeSums(out, made.parts, { formula: model.formula.formula.text, madeBy: made.madeBy, counts: made.counts });
    progress.end();
    const levels = made.parts.terms.map((term) => `${count(term.levels.length)} of ${term.group}`).join(", ");
    const answer = { out, madeBy: made.madeBy, counts: made.counts, pairs: made.parts.pairs.row.length };
    process.stdout.write(
      options.json
        ? `${JSON.stringify(answer)}\n`
        : `Sums made by ${made.madeBy}: ${countsInWords(made.counts)}; ${levels}\nWritten to ${options.out}\n`,
    );
    return 0;
  } catch (error) {
    progress.abandon();
    throw error;
  }
}
