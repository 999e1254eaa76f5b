import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { describeProblems } from "../../../ingest/index.js";
import { type Problem, type Result, silent } from "../../../kernel/index.js";
import { type CommandContext, wholeNumber } from "../../../platform/terminal/index.js";
import type { AllocationRule } from "../../../statistics/survey/index.js";
import type { SampleOrder } from "./draw.js";
import { type DrawAnswer, drawFromFile } from "./service-draw.js";

/** Names between commas. */
export const namesOf = (text: string) =>
  text
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");

/** Reads an option that is a number within bounds. */
export function numberWithin(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (text.trim() === "" || !(value >= least && value <= most))
      throw new InvalidArgumentError(`A number from ${least} to ${most} is needed.`);
    return value;
  };
}

/** Prints an answer, or its problems to where they belong. @returns the exit code */
export function printed<Answer>(
  answer: Result<Answer, readonly Problem[]>,
  json: boolean,
  asJson: (answer: Answer) => unknown,
  inWords: (answer: Answer) => readonly string[],
): number {
  if (!answer.ok) {
    if (json) process.stdout.write(`${JSON.stringify({ problems: answer.error })}\n`);
    process.stderr.write(`${describeProblems(answer.error)}\n`);
    return 1;
  }
  process.stdout.write(json ? `${JSON.stringify(asJson(answer.value))}\n` : `${inWords(answer.value).join("\n")}\n`);
  return 0;
}

const help = `
The frame is a CSV, TSV or Parquet file with one line a unit (a school). Strata that are several columns are joined as "a / b".
sample.csv has a line for each drawn unit and each of its replacements, in the order of selection; record.json has the seed, the
frame's fingerprint and everything else that the draw can be repeated from. The same frame, options and seed draw the same sample.

Examples:
  $ ./greenpaper reference-assessments draw schools.csv --id urn --size pupils --strata region,phase --order fsm --units 400 \\
      --persons 25 --seed 2026 --out sample
  $ ./greenpaper reference-assessments draw frame.csv --id SKZ --size NSchueler --strata stratum --stratum 1=20 --stratum 2=60 \\
      --stratum 3=80 --stratum 4=50 --seed 5 --json
  $ ./greenpaper reference-assessments draw schools.csv --id urn --size pupils --units 300 --method pareto --number prn --start 0.25 --seed 1`;

function ruleOf(text: string): AllocationRule {
  if (text === "proportional" || text === "equal") return { kind: text };
  const power = Number(/^power:(.+)$/.exec(text)?.[1]);
  if (power >= 0 && power <= 1) return { kind: "power", power };
  throw new InvalidArgumentError("proportional, equal, or power:0.5 (0 to 1) is needed.");
}

function addStratum(text: string, before: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const match = /^(.*)=(\d+)$/.exec(text);
  if (!match) throw new InvalidArgumentError("NAME=UNITS is needed, as north=40.");
  return new Map(before).set(match[1]!.trim(), Number(match[2]));
}

/** A word of a list. @throws {InvalidArgumentError} for another */
export function oneOf<Word extends string>(words: readonly Word[]): (text: string) => Word {
  return (text) => {
    const found = words.find((word) => word === text);
    if (found === undefined) throw new InvalidArgumentError(`One of ${words.join(", ")} is needed.`);
    return found;
  };
}

interface DrawOptions extends Pick<SampleOrder, "seed" | "method" | "probabilities" | "replacements"> {
  readonly id: string;
  readonly size: string;
  readonly strata: string[];
  readonly order: string[];
  readonly certain?: string;
  readonly number?: string;
  readonly units?: number;
  readonly stratum: ReadonlyMap<string, number>;
  readonly allocation: AllocationRule;
  readonly persons?: number;
  readonly joinBelow?: number;
  readonly coordinate?: number;
  readonly start: number;
  readonly rotation: number;
  readonly decimal?: "." | ",";
  readonly out?: string;
  readonly json?: boolean;
}

function inWords({ sample, files }: DrawAnswer, folder: string | null): string[] {
  const { draw, joined, estimatedSize, cautions } = sample;
  const drawn = draw.strata.reduce((sum, stratum) => sum + stratum.drawn, 0);
  const count = (value: number) => value.toLocaleString("en-GB", { maximumFractionDigits: 1 });
  return [
    `${count(drawn)} of ${count(draw.units)} units drawn, ${draw.method}, probabilities by ${draw.probabilities}, seed ${draw.seed}`,
    ...draw.strata.map(
      (stratum) =>
        `  ${stratum.name}: ${stratum.drawn} of ${count(stratum.units)} (size ${count(stratum.size)}), ${stratum.certain} certain`,
    ),
    ...(joined > 0 ? [`${joined} units were made of several small ones; their names are joined by +`] : []),
    `Weights × sizes add up to ${count(estimatedSize)}; the frame has ${count(draw.size)}`,
    ...cautions.map((text) => `Caution: ${text}`),
    ...(folder === null ? ["Nothing was written: add --out FOLDER"] : [`Written to ${folder}: ${files.join(", ")}`]),
  ];
}

/** Adds `reference-assessments draw`. */
export function addDrawCommand(command: Command, { version, today }: CommandContext): void {
  command
    .command("draw")
    .description("Draw a sample of units (schools) from a frame's file, with probabilities, weights and replacements")
    .argument("<frame>", "the list of units, one a line")
    .requiredOption("--id <column>", "the unit's name")
    .requiredOption("--size <column>", "measure of size, as a rule persons")
    .requiredOption("--seed <number>", "decides the draw", wholeNumber(0, 2 ** 31 - 1))
    .option("--strata <columns>", "explicit strata, between commas", namesOf, [])
    .option("--order <columns>", "implicit strata to sort by, between commas, the most important first", namesOf, [])
    .option("--certain <column>", "1 for units that are taken in any case, 0 for others")
    .option("--number <column>", "permanent random numbers, for --method pareto or sequential-poisson")
    .option("--units <number>", "units in all, shared among the strata", wholeNumber(1, 1_000_000))
    .option("--stratum <name=units>", "units of one stratum (repeat it for each)", addStratum, new Map())
    .option("--allocation <rule>", "proportional, equal or power:0.5", ruleOf, { kind: "proportional" })
    .option("--persons <number>", "persons in each unit; all when left out", wholeNumber(1, 100_000))
    .option("--replacements <number>", "replacements a unit", wholeNumber(0, 5), 2)
    .option(
      "--method <method>",
      "systematic, pareto or sequential-poisson",
      oneOf(["systematic", "pareto", "sequential-poisson"]),
      "systematic",
    )
    .option("--probabilities <by>", "size or equal", oneOf(["size", "equal"]), "size")
    .option("--join-below <size>", "join smaller units with their neighbours", numberWithin(0, 1e9))
    .option(
      "--coordinate <seed>",
      "seed of the permanent numbers that several draws share",
      wholeNumber(0, 2 ** 31 - 1),
    )
    .option(
      "--start <number>",
      "where on the circle the draw begins: k ÷ K for K draws that share no units",
      numberWithin(0, 1),
      0,
    )
    .option("--rotation <share>", "share of the sample that is renewed", numberWithin(0, 1), 0)
    .option("--decimal <mark>", "the decimal mark of the frame's numbers, . or ,", oneOf([".", ","]))
    .option("-o, --out <folder>", "where to write sample.csv and record.json")
    .option("--json", "print record and sample (or the problems) as JSON")
    .addHelpText("after", help)
    .action(async (path: string, options: DrawOptions) => {
      const { id, size, strata, order, certain, number, units, stratum, allocation, start, rotation, json } = options;
      const { seed, method, probabilities, replacements, persons, joinBelow, coordinate } = options;
      if (units === undefined && stratum.size === 0)
        command.error("error: state --units, or --stratum NAME=UNITS for each stratum", { exitCode: 2 });
      const folder = options.out === undefined ? null : resolve(options.out);
      const sample: SampleOrder = {
        ...{ seed, units: units ?? null, byStratum: stratum, rule: allocation, method, probabilities, replacements },
        ...{ persons: persons ?? null, joinBelow: joinBelow ?? null },
        coordination: method === "systematic" ? null : { seed: coordinate ?? seed, start, rotation },
      };
      const columns = { id, size, strata, order, certain: certain ?? null, number: number ?? null };
      const frame = { path: resolve(path), columns, ...(options.decimal && { decimal: options.decimal }) };
      const answer = await drawFromFile({ ...frame, sample, folder, today, version }, silent);
      process.exitCode = printed(
        answer,
        json === true,
        (drawn) => ({ record: drawn.record, sample: drawn.sample.lines }),
        (drawn) => inWords(drawn, folder),
      );
    });
}
