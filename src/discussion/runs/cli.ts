import { readFile, writeFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { type Command, InvalidArgumentError } from "commander";
import { describeProblem, nearest, type Problem } from "../../kernel/index.js";
import { onStop, terminalProgress, wholeNumber } from "../../platform/terminal/index.js";
import { CalibrationError, makeEngland } from "../../simulation/index.js";
import { type SimulationParameter, simulationParameters } from "../../simulation/parameters/index.js";
import {
  modelHorizon,
  modelVersion,
  reformFrom,
  type Scenario,
  scenarioLink,
  scenarioText,
} from "../../simulation/scenario/index.js";
import { deflateBytes } from "./compression.js";
import { parametersCsv, reportCsv } from "./csv.js";
import { type GivenScenario, type ScenarioChanges, scenarioOf } from "./given-scenario.js";
import { addHindcastCommand } from "./hindcast-command.js";
import { runScenario } from "./run-scenario.js";
import { rangeInWords, reportInWords, sourceInWords } from "./words.js";

const say = (words: string) => void process.stdout.write(`${words}\n`);
const complain = (words: string): number => {
  process.stderr.write(`${words}\n`);
  return 1;
};

const help = `
Examples:
  $ ./greenpaper simulate --set service-benefit.form=1 --set service-benefit.term=10     # from ${reformFrom}/${(reformFrom + 1) % 100} on
  $ ./greenpaper simulate --set sabbatical.year-10=0.5@2028..2032 --draws 100 --forms --drivers
  $ ./greenpaper simulate --scenario "https://…/simulate#1.…" --json
  $ ./greenpaper simulate link --set pay.uplift=0.05
  $ ./greenpaper simulate parameters leaving.under-55 --json

A scenario is a link of the simulator's page, or a JSON file of one. The result hash is that of the run at the declared
parameters: the page shows the same for the same link. Draws show what the uncertain parameters mean, --chance what luck
means, --forms what the form of people's responses means.`;

interface Changes {
  readonly scenario?: string;
  readonly set: readonly string[];
  readonly draws?: number;
  readonly parts?: number;
  readonly seed?: number;
  readonly json?: boolean;
}

interface Options extends Changes {
  readonly chance: number;
  readonly forms?: boolean;
  readonly drivers?: boolean;
  readonly threads: number;
  readonly out?: string;
}

const collect = (text: string, before: readonly string[]) => [...before, text];

/** The options by which a command is given a scenario. */
function withScenario(command: Command): Command {
  return command
    .option("-s, --scenario <link or file>", "a link of the simulator, or a scenario's JSON file")
    .option("--set <path=value>", "change a parameter; may be given again; @2027 or @2027..2030 says when", collect, [])
    .option("--draws <number>", "draws of the uncertain parameters", wholeNumber(1, 2000))
    .option("--parts <number>", "simulate one person in so many: quicker, and less sure", wholeNumber(1, 100))
    .option("--seed <number>", "same seed, same luck", wholeNumber(0, 0xffff_ffff));
}

/** Adds `greenpaper simulate`. */
export function addSimulateCommand(program: Command): void {
  const simulate = withScenario(
    program.command("simulate").description("Ten years of the school system: what a scenario does and costs"),
  )
    .option("--chance <number>", "runs with another luck", wholeNumber(0, 1000), 0)
    .option("--forms", "also run the other forms of people's responses")
    .option("--drivers", "also move each uncertain parameter alone, to see what drives the result")
    .option("--threads <number>", "at once", wholeNumber(1, 64), Math.max(1, availableParallelism() - 1))
    .option("--out <file>", "write every figure by year, as CSV")
    .option("--json", "print the report as JSON")
    .addHelpText("after", help)
    .action(async (options: Options) => {
      process.exitCode = await run(options);
    });
  withScenario(simulate.command("link"))
    .description("The link of a scenario: what stands after the # of the simulator's address")
    .option("--json", "print the scenario itself")
    .action(async (_: unknown, command: Command) => {
      process.exitCode = await link(command.optsWithGlobals<Changes>());
    });
  addHindcastCommand(simulate);
  simulate
    .command("parameters")
    .argument("[path]", "one parameter, or the beginning of several")
    .description("Every number that goes in, with its values, range and sources")
    .option("--json", "as JSON")
    .option("--csv", "as CSV")
    .action((path: string | undefined, _: unknown, command: Command) => {
      process.exitCode = listParameters(path, command.optsWithGlobals<{ json?: boolean; csv?: boolean }>());
    });
}

function refuse(problems: readonly Problem[], json: boolean | undefined): number {
  if (json) say(JSON.stringify({ problems }));
  return complain(problems.map(describeProblem).join("\n"));
}

/** What was given as a scenario: text that begins as a link does is one, all else names a file. */
async function given(text: string | undefined): Promise<GivenScenario> {
  if (text === undefined) return null;
  if (/^(?:https?:\/\/|#|\d+\.)/.test(text.trim())) return { link: text };
  try {
    return { json: await readFile(text, "utf8"), name: text };
  } catch {
    throw new InvalidArgumentError(`"${text}" is neither a link of the simulator nor a file that can be read.`);
  }
}

const changesOf = ({ set, draws, parts, seed }: Changes): ScenarioChanges => ({
  settings: set,
  ...(draws !== undefined && { draws }),
  ...(parts !== undefined && { share: 1 / parts }),
  ...(seed !== undefined && { seed }),
});

/** Reads the scenario of a command and lends it to the work. */
async function withGiven(
  options: Changes,
  work: (scenario: Scenario, notices: readonly string[]) => Promise<number>,
): Promise<number> {
  let source: GivenScenario;
  try {
    source = await given(options.scenario);
  } catch (error) {
    return complain(error instanceof Error ? error.message : String(error));
  }
  const read = await scenarioOf(source, changesOf(options), makeEngland().hash);
  return read.ok ? work(read.value.scenario, read.value.notices) : refuse(read.error, options.json);
}

function link(options: Changes): Promise<number> {
  return withGiven(options, async (scenario, notices) => {
    for (const notice of notices) complain(notice);
    say(options.json ? scenarioText(scenario) : await scenarioLink(scenario, deflateBytes));
    return 0;
  });
}

function run(options: Options): Promise<number> {
  return withGiven(options, async (scenario, notices) => {
    const progress = terminalProgress();
    const plan = { chance: options.chance, structures: options.forms === true, tornado: options.drivers === true };
    const work = runScenario({ scenario, plan }, options.threads, progress);
    const done = onStop(async () => {
      await work.stop();
      progress.abandon();
      process.stderr.write("\nStopped. Nothing was written.\n");
    });
    try {
      const { report, declared } = await work.result;
      progress.end();
      const { scenario: result } = declared;
      if (options.out !== undefined) await writeFile(options.out, reportCsv(report));
      const made = { model: modelVersion, data: scenario.dataHash, result: result.hash };
      if (options.json) say(JSON.stringify({ ...made, scenario, notices, report }));
      else {
        for (const notice of notices) say(notice);
        const { first, years } = modelHorizon;
        say(reportInWords(report, [first, reformFrom, first + years - 1]));
        say(`model ${made.model}, data ${made.data}, result ${made.result}`);
        say(`link ${await scenarioLink(scenario, deflateBytes)}`);
      }
      return 0;
    } catch (error) {
      progress.abandon();
      if (error instanceof CalibrationError || (error instanceof Error && error.name === "CalibrationError"))
        return complain(
          `The model can't meet its targets with these parameters, so there is no result. ${error.message}`,
        );
      throw error;
    } finally {
      done();
    }
  });
}

function listParameters(path: string | undefined, { json, csv }: { json?: boolean; csv?: boolean }): number {
  const found = simulationParameters.filter((one) => path === undefined || one.path.startsWith(path));
  if (found.length === 0) {
    const near = nearest(
      path ?? "",
      simulationParameters.map((one) => one.path),
    );
    return complain(`There is no parameter "${path}".${near === null ? "" : ` Did you mean "${near}"?`}`);
  }
  if (json) say(JSON.stringify(found, null, 2));
  else if (csv) process.stdout.write(parametersCsv(found));
  else say(found.map(inWords).join("\n\n"));
  return 0;
}

function inWords(parameter: SimulationParameter): string {
  const { path, label, unit, values, bounds, range, forms } = parameter;
  return [
    `${path}  ${label} (${unit})`,
    ...values.map(({ from, value }) => `  from ${from}: ${value}`),
    ...[...new Set(values.map(({ source }) => sourceInWords(source)))].map((source) => `  ${source}`),
    `  allowed: ${forms ? forms.map((form) => `${form.value} ${form.label}`).join(", ") : `${bounds.low} to ${bounds.high}`}`,
    ...(range ? [`  uncertain: ${rangeInWords(parameter)}; ${range.why}`] : []),
  ].join("\n");
}
