import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Command } from "commander";
import { describeProblems, parseCsv, sourceFile } from "../../ingest/index.js";
import { err, ok, type Problem, parseCivilDate, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { systemActor } from "../../platform/identity/index.js";
import { runToEnd } from "../../platform/jobs/index.js";
import { type CommandContext, wholeNumber } from "../../platform/terminal/index.js";
import { regionsCsv } from "./csv.js";
import { type Counts, countsFrom } from "./drawing/england.js";
import { slotName } from "./drawing/measure.js";
import { type DrawingSettings, usualSettings } from "./drawing/settings.js";
import { drawJob } from "./jobs.js";
import { askForDrawing, measured } from "./service.js";
import { adoptGiven, adoptScenario } from "./service-adopt.js";
import { importBoundaries } from "./service-boundaries.js";
import { findSchoolPlace, loadDutyRegister } from "./store-duties.js";
import { findScenario } from "./store-scenarios.js";
import { qualityOf, signedPercent } from "./web-words.js";
import { answerables } from "./who-answers.js";

const actor = systemActor("the command line");

interface DrawOptions {
  readonly boundaries?: string;
  readonly counts?: string;
  readonly regions: number;
  readonly schoolsTolerance: number;
  readonly pupilsTolerance: number;
  readonly changeBy: DrawingSettings["changeBy"];
  readonly borderWeight: number;
  readonly seed: number;
  readonly effort: DrawingSettings["effort"];
  readonly settings?: string;
  readonly title: string;
  readonly csv?: string;
  readonly json?: boolean;
}

const help = `
Example:
  $ ./greenpaper regions draw --boundaries authorities.geojson --counts counts.csv --regions 9 --csv regions.csv

The counts are a CSV file with the columns authority, schools and pupils; without one the register is counted. Without boundaries
the borders that come with the program are used. --settings takes a JSON file with together, apart and fixed.`;

/** Prints problems; exit code 1. */
function refuse(problems: readonly Problem[], json: boolean | undefined): number {
  if (json) process.stdout.write(`${JSON.stringify({ problems })}\n`);
  process.stderr.write(`${describeProblems(problems)}\n`);
  return 1;
}

/** Adds `greenpaper regions` and `greenpaper who`. */
export function addRegionsCommand(program: Command, context: CommandContext): void {
  const regions = program
    .command("regions")
    .description("Draw regions out of whole authorities, adopt them, show them");
  const number = (text: string) => Number(text);
  regions
    .command("draw")
    .description("Draw contiguous, balanced regions with few changes, and say how good they are known to be")
    .option("--boundaries <file>", "boundaries of the authorities as GeoJSON (may be .gz); kept for maps")
    .option("--counts <file>", "schools and pupils of each authority, as CSV")
    .option("--regions <number>", "how many", wholeNumber(1, 100), usualSettings.regions)
    .option("--schools-tolerance <percent>", "how far from the average", number, usualSettings.schoolsTolerancePercent)
    .option("--pupils-tolerance <percent>", "how far from the average", number, usualSettings.pupilsTolerancePercent)
    .option("--change-by <what>", "schools or pupils", usualSettings.changeBy)
    .option(
      "--border-weight <number>",
      "percent of change that a percent of border is worth",
      number,
      usualSettings.borderWeight,
    )
    .option("--seed <number>", "same seed, same regions", wholeNumber(0, 0xffff_ffff), usualSettings.seed)
    .option("--effort <which>", "quick or thorough", usualSettings.effort)
    .option("--settings <file>", "together, apart and fixed, as JSON")
    .option("--title <text>", "what the drawing is called", "From the command line")
    .option("--csv <file>", "write the region of each authority")
    .option("--json", "print the outcome as JSON")
    .addHelpText("after", help)
    .action(async (options: DrawOptions) => {
      process.exitCode = await context.withRegister((database) => draw(database, options));
    });
  regions
    .command("adopt")
    .description("Adopt a drawing, or given regions, from a day on")
    .option("--drawing <number>", "the number of a drawing", wholeNumber(1, 2_147_483_647))
    .option("--file <file>", "given regions, as CSV: authority, region_code, region_name, office")
    .requiredOption("--from <date>", "the first day, YYYY-MM-DD, after today")
    .requiredOption("--title <text>", "what it is called")
    .requiredOption("--reasons <text>", "why")
    .action(
      async (
        options: { drawing?: number; file?: string; from: string; title: string; reasons: string },
        command: Command,
      ) => {
        if ((options.drawing === undefined) === (options.file === undefined))
          command.error("error: name either --drawing or --file.", { exitCode: 2 });
        process.exitCode = await context.withRegister((database) => adopt(database, options));
      },
    );
  regions
    .command("show")
    .description("The regions in force with their offices")
    .option("--on <date>", "the day, YYYY-MM-DD", context.today)
    .option("--json", "as JSON")
    .action(async (options: { on: string; json?: boolean }) => {
      process.exitCode = await context.withRegister((database) => show(database, options));
    });
  addWhoCommand(program, context);
}

async function countsOf(path: string): Promise<Result<ReadonlyMap<string, Counts>, readonly Problem[]>> {
  const { shown } = sourceFile(path);
  const bytes = await readBytes(path);
  if (!bytes.ok) return bytes;
  const rows = parseCsv(bytes.value, shown, ["authority", "schools", "pupils"]);
  return rows.ok ? countsFrom(rows.value, shown) : rows;
}

async function readBytes(path: string): Promise<Result<Uint8Array, readonly Problem[]>> {
  try {
    return ok(await readFile(path));
  } catch (error) {
    const message = `it can't be read (${(error as NodeJS.ErrnoException).code})`;
    return err([{ code: "file-unreadable", place: path, message, remedy: "Check the path and the permissions." }]);
  }
}

type Wishes = Pick<DrawingSettings, "together" | "apart" | "fixed">;

async function wishesOf(path: string | undefined): Promise<Result<Wishes, readonly Problem[]>> {
  const none: Wishes = { together: [], apart: [], fixed: [] };
  if (path === undefined) return ok(none);
  const bytes = await readBytes(path);
  if (!bytes.ok) return bytes;
  try {
    const given = JSON.parse(Buffer.from(bytes.value).toString("utf8")) as Partial<Wishes>;
    const texts = (list: unknown): list is string[] =>
      Array.isArray(list) && list.every((one) => typeof one === "string");
    const wishes = { ...none, ...given };
    const sound =
      [wishes.together, wishes.apart, wishes.fixed].every(Array.isArray) &&
      wishes.together.every(texts) &&
      wishes.apart.every((pair) => texts(pair) && pair.length === 2) &&
      wishes.fixed.every((one) => typeof one?.authority === "string" && typeof one.region === "string");
    if (sound) return ok({ together: wishes.together, apart: wishes.apart, fixed: wishes.fixed });
  } catch {
    // what is no JSON is answered as what has another shape
  }
  const message =
    "it must be JSON with together (lists of codes), apart (pairs of codes) and fixed (authority and region)";
  return err([{ code: "setting-out-of-range", place: path, message, remedy: "Correct the file." }]);
}

async function draw(database: Database, options: DrawOptions): Promise<number> {
  const now = new Date();
  if (options.boundaries !== undefined) {
    const bytes = await readBytes(options.boundaries);
    if (!bytes.ok) return refuse(bytes.error, options.json);
    const file = { name: basename(options.boundaries), bytes: bytes.value };
    const brought = await importBoundaries(database, actor, file, now);
    if (!brought.ok) return refuse(brought.error, options.json);
  }
  const counts = options.counts === undefined ? undefined : await countsOf(options.counts);
  if (counts && !counts.ok) return refuse(counts.error, options.json);
  const wishes = await wishesOf(options.settings);
  if (!wishes.ok) return refuse(wishes.error, options.json);
  const { regions, changeBy, borderWeight, seed, effort, title } = options;
  if (!["schools", "pupils"].includes(changeBy) || !["quick", "thorough"].includes(effort)) {
    process.stderr.write("--change-by is schools or pupils; --effort is quick or thorough.\n");
    return 2;
  }
  const settings: DrawingSettings = {
    ...{ regions, changeBy, borderWeight, seed, effort, ...wishes.value },
    ...{ schoolsTolerancePercent: options.schoolsTolerance, pupilsTolerancePercent: options.pupilsTolerance },
  };
  const asked = await askForDrawing(database, actor, { title, settings, ...(counts && { counts: counts.value }) }, now);
  if (!asked.ok) return refuse(asked.error, options.json);
  process.stderr.write("Drawing …\n");
  await runToEnd(database, asked.value.job, [drawJob]);
  const scenario = await findScenario(database.queries, asked.value.id);
  if (!scenario?.result) {
    process.stderr.write(`Drawing ${asked.value.id} failed; its job ${asked.value.job} says why.\n`);
    return 1;
  }
  const drawing = measured(scenario);
  if (options.csv !== undefined) await writeFile(options.csv, regionsCsv(drawing));
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ id: scenario.id, ...scenario.result, measure: drawing.measure, gap: drawing.gap })}\n`,
    );
  else process.stdout.write(describe(drawing));
  return scenario.state === "drawn" && drawing.measure?.broken.length === 0 ? 0 : 1;
}

function describe(drawing: ReturnType<typeof measured>): string {
  const { scenario, task, measure } = drawing;
  const lines = [`Drawing ${scenario.id}. ${qualityOf(drawing)}`];
  if (measure) {
    lines.push(
      `${measure.schoolsChanged} schools and ${measure.pupilsChanged} pupils change office, in ${measure.changed.length} authorities.`,
    );
    for (const region of measure.regions)
      lines.push(
        `${slotName(task, region.slot).padEnd(26)} ${String(region.units.length).padStart(3)} authorities ${String(region.schools).padStart(5)} schools ${signedPercent(region.schoolsPercent).padStart(7)} ${String(region.pupils).padStart(8)} pupils ${signedPercent(region.pupilsPercent).padStart(7)}`,
      );
    for (const sentence of measure.broken) lines.push(`Doesn't hold: ${sentence}.`);
  }
  const why = scenario.result?.impossible;
  for (const wish of why?.wishes ?? []) lines.push(`In the way: ${wish}.`);
  if (why?.schoolsTolerancePercent != null)
    lines.push(`The tolerance in schools must be more than ${why.schoolsTolerancePercent.toFixed(1)}%.`);
  if (why?.pupilsTolerancePercent != null)
    lines.push(`The tolerance in pupils must be more than ${why.pupilsTolerancePercent.toFixed(1)}%.`);
  return `${lines.join("\n")}\n`;
}

async function adopt(
  database: Database,
  options: {
    readonly drawing?: number;
    readonly file?: string;
    readonly from: string;
    readonly title: string;
    readonly reasons: string;
  },
): Promise<number> {
  const wish = { title: options.title, startsOn: options.from, reasons: options.reasons };
  const now = new Date();
  let made: Result<number, readonly Problem[]>;
  if (options.file !== undefined) {
    const bytes = await readBytes(options.file);
    if (!bytes.ok) return refuse(bytes.error, false);
    made = await adoptGiven(database, actor, { bytes: bytes.value, shown: options.file, wish }, now);
  } else {
    const scenario = await findScenario(database.queries, options.drawing!);
    made = await adoptScenario(database, actor, { id: options.drawing!, version: scenario?.version ?? 0, wish }, now);
  }
  if (!made.ok) return refuse(made.error, false);
  process.stdout.write(`Drawing ${made.value} holds from ${options.from}.\n`);
  return 0;
}

async function show(database: Database, options: { readonly on: string; readonly json?: boolean }): Promise<number> {
  const on = parseCivilDate(options.on);
  if (!on.ok) {
    process.stderr.write(`--on: ${on.error}\n`);
    return 2;
  }
  const register = await loadDutyRegister(database.queries, on.value);
  const regions = register.regions.map((region) => ({
    ...region,
    authorities: [...register.regionOf].filter(([, code]) => code === region.code).map(([authority]) => authority),
  }));
  if (options.json) process.stdout.write(`${JSON.stringify({ drawing: register.drawing, regions })}\n`);
  else
    for (const { code, name, office, authorities } of regions)
      process.stdout.write(`${code} ${name}, ${register.offices.get(office)!.name}: ${authorities.join(" ")}\n`);
  return 0;
}

function addWhoCommand(program: Command, context: CommandContext): void {
  program
    .command("who <urn>")
    .description("Who answers for each duty at a school")
    .option("--on <date>", "the day, YYYY-MM-DD", context.today)
    .option("--json", "as JSON")
    .action(async (urn: string, options: { on: string; json?: boolean }) => {
      process.exitCode = await context.withRegister(async (database) => {
        const on = parseCivilDate(options.on);
        const school = on.ok ? await findSchoolPlace(database.queries, urn, on.value) : null;
        if (!on.ok || !school) {
          process.stderr.write(on.ok ? `The register knows no school with the URN "${urn}".\n` : `--on: ${on.error}\n`);
          return on.ok ? 1 : 2;
        }
        const answers = answerables(await loadDutyRegister(database.queries, on.value), school);
        if (options.json) process.stdout.write(`${JSON.stringify({ school, answers })}\n`);
        else {
          process.stdout.write(`${school.name}\n`);
          for (const { duty, office, post, officer, contact } of answers)
            process.stdout.write(
              `- ${duty}: ${office}${post === null ? "" : `, ${post}: ${officer ?? "vacant"}`}. ${contact}\n`,
            );
        }
        return 0;
      });
    });
}
