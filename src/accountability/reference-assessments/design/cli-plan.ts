import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { type CommandContext, wholeNumber } from "../../../platform/terminal/index.js";
import type { PlannedChoice, Requirement } from "../../../statistics/survey/index.js";
import { namesOf, numberWithin, oneOf, printed } from "./cli-draw.js";
import { type PlanAnswer, planFromOptions, strataColumns } from "./service-plan.js";

const help = `
A plan needs the population (--frame-units, --frame-persons and --subgroup, or --strata FILE with columns stratum, units, persons and
subgroup, a share) and assumptions: the intraclass correlation left within strata above all. It gives the precision of mean, group, gap
and their changes for each number of units and persons; with --detect, the cheapest design that finds such a change. A tilt draws strata
in proportion to persons × (1 + 9 × subgroup's share ÷ mean share)^tilt. Method and weaknesses: docs/methods/sampling-design.md.

Examples:
  $ ./greenpaper reference-assessments plan --frame-units 16700 --frame-persons 640000 --subgroup 0.25 --icc 0.1 \\
      --units 200,400,600 --persons 10,20,30
  $ ./greenpaper reference-assessments plan --strata strata.csv --icc 0.1 --units 400 --persons 10,15,20,25,30 --tilts 0,0.25,0.5,1 \\
      --spread 0.1 --detect 6 --cost-unit 500 --cost-person 25 --out plan`;

/** Reads numbers between commas, each within bounds. */
function numbersWithin(least: number, most: number): (text: string) => readonly number[] {
  const read = numberWithin(least, most);
  return (text) => {
    const values = namesOf(text).map(read);
    if (values.length === 0) throw new InvalidArgumentError("At least one number is needed.");
    return values;
  };
}

function wholesWithin(least: number, most: number): (text: string) => readonly number[] {
  const read = wholeNumber(least, most);
  return (text) => namesOf(text).map(read);
}

function columnsOf(text: string): readonly string[] {
  const names = namesOf(text);
  if (names.length !== strataColumns.length)
    throw new InvalidArgumentError(`Four names are needed, of ${strataColumns.join(", ")}.`);
  return names;
}

interface PlanOptions {
  readonly strata?: string;
  readonly columns?: readonly string[];
  readonly decimal: "." | ",";
  readonly frameUnits?: number;
  readonly framePersons?: number;
  readonly subgroup: number;
  readonly units: readonly number[];
  readonly persons: readonly number[];
  readonly tilts: readonly number[];
  readonly icc: number;
  readonly sd: number;
  readonly sdSubgroup?: number;
  readonly sdOthers?: number;
  readonly groupCorrelation: number;
  readonly spread: number | "even";
  readonly inflation: number;
  readonly unitResponse: number;
  readonly personResponse: number;
  readonly overlap: number;
  readonly unitCorrelation: number;
  readonly linkError: number;
  readonly linkErrorGap: number;
  readonly alpha: number;
  readonly power: number;
  readonly detect?: number;
  readonly figure: string;
  readonly costFixed: number;
  readonly costUnit?: number;
  readonly costPerson?: number;
  readonly mostUnits?: number;
  readonly out?: string;
  readonly json?: boolean;
}

const figureNames = ["all", "subgroup", "others", "gap"] as const;

function designLine({ unitsDrawn, personsPerUnit, tilt, cost, precision }: PlannedChoice, priced: boolean): string {
  const units = unitsDrawn.reduce((sum, n) => sum + n, 0);
  const shown = figureNames.flatMap((name) => {
    const figure = precision[name];
    return figure ? [`${name} ${figure.standardError.toFixed(2)} (${figure.smallestDetectable.toFixed(2)})`] : [];
  });
  const price = priced ? `, cost ${Math.round(cost).toLocaleString("en-GB")}` : "";
  return `  ${units} units × ${personsPerUnit}, tilt ${tilt}${price}: ${shown.join(", ")}`;
}

function inWords({ table, cheapest, strata, cautions, files }: PlanAnswer, priced: boolean, folder: string | null) {
  return [
    "Standard error (smallest detectable change) of each figure:",
    ...table.map((design) => designLine(design, priced)),
    ...(cheapest
      ? [
          "Cheapest design:",
          designLine(cheapest.best, true),
          ...strata.map(({ name }, h) => `    ${name}: ${cheapest.best.unitsDrawn[h]} units`),
          "Cheapest for each number of persons a unit:",
          ...cheapest.byPersonsPerUnit.map((design) => designLine(design, true)),
          "Cheapest for each tilt:",
          ...cheapest.byTilt.map((design) => designLine(design, true)),
        ]
      : []),
    ...cautions.map((text) => `Caution: ${text}`),
    ...(folder === null ? [] : [`Written to ${folder}: ${files.join(", ")}`]),
  ];
}

async function plan(options: PlanOptions, command: Command, { version, today }: CommandContext): Promise<void> {
  const { strata, frameUnits, framePersons, subgroup, sd, detect, costUnit, costPerson, figure: written } = options;
  if (strata === undefined && (frameUnits === undefined || framePersons === undefined))
    command.error("error: state --strata FILE, or --frame-units and --frame-persons", { exitCode: 2 });
  if (detect !== undefined && (costUnit === undefined || costPerson === undefined))
    command.error("error: --detect looks for the cheapest design: state --cost-unit and --cost-person", {
      exitCode: 2,
    });
  const figure = figureNames.find((name) => name === written);
  if (figure === undefined) command.error(`error: --figure is one of ${figureNames.join(", ")}`, { exitCode: 2 });
  const requirements: Requirement[] =
    detect === undefined || figure === undefined ? [] : [{ figure, measure: "smallestDetectable", most: detect }];
  const { icc, groupCorrelation, inflation, unitResponse, personResponse, spread, overlap, unitCorrelation } = options;
  const folder = options.out === undefined ? null : resolve(options.out);
  const answer = await planFromOptions({
    population:
      strata !== undefined
        ? resolve(strata)
        : { name: "all", units: frameUnits ?? 0, persons: framePersons ?? 0, subgroup },
    file: { columns: options.columns ?? strataColumns, decimal: options.decimal },
    problem: {
      outcome: {
        sd: { all: sd, subgroup: options.sdSubgroup ?? sd, others: options.sdOthers ?? sd },
        ...{ icc, groupCorrelation, inflation },
      },
      trend: {
        ...{ overlap, unitCorrelation, alpha: options.alpha, power: options.power },
        ...{ linkingVariance: options.linkError ** 2, linkingVarianceOfGap: options.linkErrorGap ** 2 },
      },
      ...{ unitResponse, personResponse, subgroupSpread: spread, requirements },
      cost: { fixed: options.costFixed, perUnit: costUnit ?? 0, perPerson: costPerson ?? 0 },
      ...{ personsPerUnit: options.persons, tilts: options.tilts },
      ...(options.mostUnits !== undefined && { mostUnits: options.mostUnits }),
    },
    ...{ units: options.units, folder, today, version },
  });
  const priced = costUnit !== undefined || costPerson !== undefined;
  process.exitCode = printed(
    answer,
    options.json === true,
    ({ table, cheapest, cautions }) => ({ table, cheapest, cautions }),
    (planned) => inWords(planned, priced, folder),
  );
}

/** Adds `reference-assessments plan`. */
export function addPlanCommand(parent: Command, context: CommandContext): void {
  const share = numberWithin(0, 1);
  const spreadOf = (text: string) => (text === "even" ? ("even" as const) : numberWithin(0, 0.5)(text));
  const command = parent
    .command("plan")
    .description("Precision of mean, group, gap and change before anything is drawn, and the cheapest design")
    .requiredOption("--icc <share>", "intraclass correlation left within strata, 0 to 1", share)
    .requiredOption("--units <numbers>", "numbers of units (schools), between commas", wholesWithin(2, 1_000_000))
    .requiredOption("--persons <numbers>", "persons a unit, between commas", wholesWithin(1, 10_000))
    .option("--strata <file>", "CSV of the population: stratum, units, persons, subgroup")
    .option("--columns <names>", "what the file calls these four columns, between commas", columnsOf)
    .option("--decimal <mark>", "the decimal mark of the file's numbers, . or ,", oneOf([".", ","]), ".")
    .option("--frame-units <number>", "units of the population", wholeNumber(2, 10_000_000))
    .option("--frame-persons <number>", "persons of the population", wholeNumber(1, 1_000_000_000))
    .option("--subgroup <share>", "the group's share of all persons", share, 0)
    .option("--tilts <numbers>", "degrees of oversampling, between commas; 0 is none", numbersWithin(0, 4), [0])
    .option("--sd <points>", "standard deviation of the outcome", numberWithin(1e-9, 1e9), 100)
    .option("--sd-subgroup <points>", "of the group; as --sd when left out", numberWithin(1e-9, 1e9))
    .option("--sd-others <points>", "of the others; as --sd when left out", numberWithin(1e-9, 1e9))
    .option("--group-correlation <r>", "correlation of the groups' unit effects; 0 is careful", numberWithin(-1, 1), 0)
    .option("--spread <sd>", "deviation of the group's share between units, or even", spreadOf, "even")
    .option("--inflation <factor>", "of sampling variance by measurement", numberWithin(1, 100), 1)
    .option("--unit-response <share>", "units that take part, after replacement", numberWithin(0.01, 1), 1)
    .option("--person-response <share>", "persons who take part", numberWithin(0.01, 1), 1)
    .option("--overlap <share>", "units that are in both cycles", share, 0)
    .option("--unit-correlation <r>", "correlation of a unit's effect between cycles", numberWithin(-1, 1), 0)
    .option("--link-error <points>", "standard error of the link of a mean", numberWithin(0, 1e9), 0)
    .option("--link-error-gap <points>", "standard error of the link of a gap", numberWithin(0, 1e9), 0)
    .option("--alpha <share>", "two-sided", numberWithin(1e-6, 0.5), 0.05)
    .option("--power <share>", "chance to find the smallest detectable change", numberWithin(0.05, 0.9999), 0.8)
    .option("--detect <points>", "smallest change to be found at the lowest cost", numberWithin(1e-9, 1e9))
    .option("--figure <name>", "whose change: all, subgroup, others or gap", "gap")
    .option("--cost-fixed <money>", "of the study", numberWithin(0, 1e12), 0)
    .option("--cost-unit <money>", "of a unit", numberWithin(0, 1e9))
    .option("--cost-person <money>", "of a person", numberWithin(0, 1e9))
    .option("--most-units <number>", "units at the most", wholeNumber(2, 10_000_000))
    .option("-o, --out <folder>", "where to write precision.csv, cheapest.csv and record.json")
    .option("--json", "print the plan (or the problems) as JSON")
    .addHelpText("after", help);
  command.action((options: PlanOptions) => plan(options, command, context));
}
