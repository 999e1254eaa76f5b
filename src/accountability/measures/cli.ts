import { readFile } from "node:fs/promises";
import type { Command } from "commander";
import { Compile } from "typebox/compile";
import { parse } from "yaml";
import { civilDate, describeProblem, err, ok, type Problem, parseCivilDate, type Result } from "../../kernel/index.js";
import { systemActor } from "../../platform/identity/index.js";
import { StaleStream } from "../../platform/log/index.js";
import type { CommandContext } from "../../platform/terminal/index.js";
import { proposedFrom } from "./api-proposed.js";
import { ProposedMeasureSchema } from "./api-schemas.js";
import { judgeMeasure, ruleBehind } from "./judge.js";
import type { ProposedMeasure } from "./proposed-measure.js";
import { proposeMeasure, withdrawMeasure } from "./service.js";
import { findMeasure, loadMeasures, type RegisteredMeasure } from "./store.js";

const help = `
A measure is a YAML or JSON file:

  id: contextual-value-added-primary
  title: Contextual value added, primary
  basis: value-added            # attainment, rate, judgement
  reads: [pupil results, Key Stage 1 results, spells on roll]
  population: { kinds: [mainstream], pupils: pupils at the end of Year 6, leavesOut: "" }
  outcomes: [{ column: points, keyStage: 2, aspect: all subjects }]
  usesPriorAttainment: true
  years: 3
  weightedByTime: true
  threshold: null               # or { value: 65, unit: "% of pupils" }
  consequence: quality-mark     # system-only, published-by-school, intervention
  from: 2027-09-01

Example:
  $ ./greenpaper measures judge my-measure.yaml     # exits 1 where the rules refuse it
  $ ./greenpaper measures list --json`;

interface Json {
  readonly json?: boolean;
}

const say = (words: string) => void process.stdout.write(`${words}\n`);
const complain = (words: string): number => {
  process.stderr.write(`${words}\n`);
  return 1;
};
const refuse = (problems: readonly Problem[]) => complain(problems.map(describeProblem).join("\n"));
const actor = systemActor("command line");

/** Adds `greenpaper measures`. */
export function addMeasuresCommand(program: Command, context: CommandContext): void {
  const measures = program
    .command("measures")
    .description("The register of accountability measures (A3): judge, propose, withdraw, list")
    .addHelpText("after", help);
  measures
    .command("list")
    .description("What the register admits, refused or had withdrawn")
    .option("--json", "as JSON")
    .action(async ({ json }: Json) => {
      process.exitCode = await context.withRegister(async ({ queries }) => {
        const found = await loadMeasures(queries);
        say(
          json ? JSON.stringify(found, null, 2) : found.map(lineOf).join("\n") || "No measure has been proposed yet.",
        );
        return 0;
      });
    });
  measures
    .command("show <id>")
    .description("One measure with everything that was declared of it, as JSON")
    .action(async (id: string) => {
      process.exitCode = await context.withRegister(async ({ queries }) => {
        const found = await findMeasure(queries, id);
        if (!found) return complain(`The register has no measure called "${id}". See: ./greenpaper measures list`);
        say(JSON.stringify(found, null, 2));
        return 0;
      });
    });
  measures
    .command("judge <file>")
    .description("What the rules say of a measure; nothing is kept. Exits 1 where they refuse it")
    .option("--json", "as JSON")
    .action(async (file: string, { json }: Json) => {
      const read = await readProposed(file);
      process.exitCode = read.ok ? printJudgement(read.value, json ?? false) : refuse(read.error);
    });
  measures
    .command("propose <file>")
    .description("Have a measure judged and kept, admitted or refused")
    .action(async (file: string) => {
      const read = await readProposed(file);
      if (!read.ok) {
        process.exitCode = refuse(read.error);
        return;
      }
      process.exitCode = await context.withRegister(async (database) => {
        const known = await findMeasure(database.queries, read.value.id);
        const made = await unlessStale(proposeMeasure(database, actor, read.value, known?.version ?? 0, new Date()));
        if (!made.ok) return refuse(made.error);
        say(`${read.value.id}: ${made.value.outcome}`);
        for (const { text } of made.value.reasons) say(`  ${text}`);
        return 0;
      });
    });
  measures
    .command("withdraw <id>")
    .description("Withdraw an admitted measure")
    .requiredOption("--until <date>", "first day on which it no longer holds, YYYY-MM-DD")
    .requiredOption("--because <words>", "why; everybody can read it")
    .action(async (id: string, { until, because }: { until: string; because: string }) => {
      const day = parseCivilDate(until);
      if (!day.ok) {
        process.exitCode = complain(`--until: ${day.error}`);
        return;
      }
      process.exitCode = await context.withRegister(async (database) => {
        const expected = (await findMeasure(database.queries, id))?.version ?? 0;
        const order = { id, expected, until: civilDate(until), because };
        const made = await unlessStale(withdrawMeasure(database, actor, order, new Date()));
        if (!made.ok) return refuse(made.error);
        say(`${id}: withdrawn from ${until}`);
        return 0;
      });
    });
}

async function unlessStale<T>(work: Promise<Result<T, readonly Problem[]>>): Promise<Result<T, readonly Problem[]>> {
  try {
    return await work;
  } catch (error) {
    if (!(error instanceof StaleStream)) throw error;
    const remedy = "Look at it again, then repeat the command.";
    return err([{ code: error.code, place: error.stream, message: "somebody else has changed it meanwhile", remedy }]);
  }
}

function lineOf({ id, declarations }: RegisteredMeasure): string {
  const newest = declarations[0]!;
  const end = newest.until === null ? "" : ` until ${newest.until}`;
  return `${id}\t${newest.outcome}\tfrom ${newest.from}${end}\t${newest.proposed.title}`;
}

function printJudgement(proposed: ProposedMeasure, json: boolean): number {
  const judged = judgeMeasure(proposed);
  if (json) {
    const [reasons, notes] = judged.ok ? [[], judged.value] : [judged.error, []];
    say(JSON.stringify({ id: proposed.id, outcome: judged.ok ? "admitted" : "refused", reasons, notes }, null, 2));
  } else if (judged.ok) say([`${proposed.id}: admitted`, ...judged.value.map((note) => `  ${note}`)].join("\n"));
  else
    say(
      [
        `${proposed.id}: refused`,
        ...judged.error.map(({ code, text }) => `  ${text}\n    The rule: ${ruleBehind(code) ?? code}`),
      ].join("\n"),
    );
  return judged.ok ? 0 : 1;
}

const remedy = "See ./greenpaper measures --help for an example.";

async function readProposed(file: string): Promise<Result<ProposedMeasure, readonly Problem[]>> {
  let written: unknown;
  try {
    written = parse(await readFile(file, "utf8"));
  } catch (error) {
    const message = error instanceof Error ? error.message.split("\n")[0]! : String(error);
    return err([{ code: "measure-incomplete", place: file, message, remedy }]);
  }
  const schema = Compile(ProposedMeasureSchema);
  if (!schema.Check(written)) {
    const faults = schema.Errors(written).slice(0, 10);
    return err(
      faults.map(({ instancePath, message }) => ({
        ...{ code: "measure-incomplete", message, remedy },
        place: `${file}, ${instancePath.slice(1).replaceAll("/", ".") || "the whole"}`,
      })),
    );
  }
  const proposed = proposedFrom(written);
  return proposed.ok ? ok(proposed.value) : proposed;
}
