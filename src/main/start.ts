import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command, Option } from "commander";
import { loadReviewRecord, reviewReader, saveReview } from "../accountability/quality-mark/index.js";
import type { CalibrationRow, Phase } from "../england/index.js";
import { addEnglandOptions, regionsAsked, type UsualEngland, type WhichEngland } from "../england/options.js";
import { describeProblems, writeAtomically } from "../ingest/index.js";
import { civilDate, type Problem, type Result } from "../kernel/index.js";
import { checkpointsIn } from "../platform/checkpoints/index.js";
import {
  type Database,
  DatabaseError,
  databaseLocation,
  homeFolder,
  migrate,
  openDatabase,
} from "../platform/database/index.js";
import { portIsFree } from "../platform/http/index.js";
import { onStop, terminalProgress, wholeNumber } from "../platform/terminal/index.js";
import { startThreads } from "../platform/threads/index.js";
import { lastImport, updateRegister } from "../register/index.js";
import { firstConsultation } from "./first-consultation.js";
import { registerMeasures } from "./first-measures.js";
import { statementMeanwhile } from "./first-statement.js";
import { casesAreMade, makeCases } from "./made-up-cases.js";
import { Making } from "./making.js";
import { assessmentsMeanwhile } from "./national-assessments.js";
import { describeOrder, keyOfPhase, type NationalOrder } from "./national-order.js";
import type { NationalPhase } from "./national-phase.js";
import { type NationalReview, nationalReview } from "./national-review.js";
import { saveSafeguarding } from "./national-safeguarding.js";
import type { NationalPhaseOrder } from "./national-thread.js";
import { migrationSets } from "./parts.js";
import { problemCodes } from "./problem-codes.js";
import { keepPupilSource } from "./pupil-side.js";
import { type Meanwhile, serveReview } from "./serve.js";
import { readServerSettings } from "./server-settings.js";
import { projectBuild, projectFolder, projectVersion } from "./version.js";

interface StartOptions extends WhichEngland {
  readonly port: number;
  readonly host: string;
  /** False leaves the reference assessments out. */
  readonly assessments: boolean;
  /** False leaves the first statement of sufficiency out. */
  readonly statement: boolean;
  readonly alternatives: NationalOrder["alternatives"];
}

/** The whole country; `--regions` makes less of it. */
const usual: UsualEngland = { regions: "all", cohorts: 5 };

const say = (text: string) => process.stderr.write(`${text}\n`);

function readOptions(): StartOptions {
  const { HOST } = process.env;
  const program = addEnglandOptions(new Command("npm start --"), usual)
    .description(
      "Makes a synthetic England, reviews its schools and serves the result. DATABASE_URL=postgres://… uses PostgreSQL.",
    )
    .addOption(
      new Option("--port <number>", "port to serve on").env("PORT").default(3000).argParser(wholeNumber(0, 65_535)),
    )
    .addOption(
      new Option("--alternatives <which>", "other ways of measuring to try; all fits five more models a phase")
        .choices(["all", "without-refit", "none"])
        .default("without-refit"),
    )
    .option("--no-assessments", "leave out the three cycles of reference assessments, half a minute of work")
    .option("--no-statement", "leave out the first statement of sufficiency, half a minute of work")
    .option("--host <address>", "address to serve on (or HOST); 0.0.0.0 for every network", HOST || "127.0.0.1");
  return program.parse().opts<StartOptions>();
}

/** A problem that ends the start: printed, exit code 1. */
class StartProblem extends Error {}

const fail = (problems: readonly Problem[]): never => {
  throw new StartProblem(describeProblems(problems));
};

/** What Ctrl-C ends before the program, last begun first. */
const underWay: (() => Promise<void>)[] = [];

const phases: readonly Phase[] = ["primary", "secondary"];

/** Makes the review of the order, each phase in a thread of its own, and saves it; Ctrl-C stops it at once. */
async function runReview(order: NationalOrder, database: Database, home: string): Promise<NationalReview> {
  const progress = terminalProgress();
  const [checkpoints, build] = [join(home, "checkpoints"), projectBuild()];
  const work = startThreads<Result<NationalPhase, readonly Problem[]>>(
    phases.map((phase) => {
      const lane = progress.lane(phase);
      return {
        module: new URL("./national-thread.js", import.meta.url),
        input: { order, phase, checkpoints, build } satisfies NationalPhaseOrder,
        progress: lane,
        ended: () => lane.end(),
      };
    }),
    phases.length,
  );
  underWay.push(async () => {
    progress.abandon();
    await work.stop();
  });
  const made = (await work.result).map((answer) => (answer.ok ? answer.value : fail(answer.error)));
  progress.end();
  const national = nationalReview(order, made);
  progress.stage("saving the schools in the register");
  const source = {
    name: `synthetic England, seed ${order.seed}`,
    asOf: civilDate("2025-08-31"),
    synthetic: true,
    files: [],
  };
  const updated = await updateRegister(database, national.register, source);
  if (!updated.ok) return fail(updated.error);
  progress.stage("chartering safeguarding officers");
  const chartered = await saveSafeguarding(database, national.safeguarding, new Date());
  if (!chartered.ok) return fail(chartered.error);
  progress.stage("saving the review in the register");
  await saveReview(database.queries, national.review, national.schools);
  progress.end();
  keepPupilSource(home, {
    kind: "synthetic",
    order,
    numbers: Object.assign({}, ...made.map(({ numbers }) => numbers)),
  });
  checkpointsIn(checkpoints, build).clear(phases.map((phase) => keyOfPhase(order, phase)));
  return national;
}

/** The calibration report is kept beside the embedded register: the pages show it again at the next start. */
function calibrationFile(home: string): string {
  return join(home, "calibration.json");
}

async function keptCalibration(home: string, description: string): Promise<readonly CalibrationRow[]> {
  try {
    const kept = JSON.parse(await readFile(calibrationFile(home), "utf8")) as {
      description: string;
      lines: CalibrationRow[];
    };
    return kept.description === description ? kept.lines : [];
  } catch {
    return []; // the page then says that no report came with the review
  }
}

/** The newest review where it is the one that was ordered, else a new one. */
async function reviewOrdered(
  order: NationalOrder,
  database: Database,
  home: string,
): Promise<readonly CalibrationRow[]> {
  const description = describeOrder(order);
  const before = await lastImport(database.queries);
  const ours = `synthetic England, seed ${order.seed}`;
  if (before && before.source !== ours)
    fail([
      {
        code: "register-of-another-source",
        place: database.place,
        message: `the register holds ${before.source}, not ${ours}`,
        remedy: problemCodes["register-of-another-source"].remedy,
      },
    ]);
  const newest = await reviewReader(database.queries).review();
  const record = newest ? await loadReviewRecord(database.queries, newest.id) : null;
  if (record?.inputs.some(({ name }) => name === description) && record.codeVersion === order.version) {
    say(`The review of the ${description} is in ${database.place}.`);
    return keptCalibration(home, description);
  }
  say(`Reviewing a ${description}. This is done once.`);
  const made = await runReview(order, database, home);
  await mkdir(home, { recursive: true });
  await writeAtomically(calibrationFile(home), JSON.stringify({ description, lines: made.calibration }));
  return made.calibration;
}

/** Makes the cases of the review by the product's own steps while its pages are served; a stop in the middle is taken up by the next start. */
async function casesOrdered(order: NationalOrder, database: Database): Promise<Meanwhile | null> {
  if (await casesAreMade(database)) return null;
  const progress = terminalProgress();
  const stopping = new AbortController();
  const making = new Making(stopping.signal, progress);
  return {
    words: () => making.words(),
    async work(signal) {
      signal.addEventListener("abort", () => stopping.abort());
      try {
        const made = await makeCases(database, order, new Date(), making);
        progress.end();
        making.end(made.ok ? "made" : "failed");
        say(made.ok ? "The cases and marks are made: everything is there." : describeProblems(made.error));
      } catch (error) {
        progress.abandon();
        if (signal.aborted) return;
        const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
        making.end("failed");
        say(`The cases could not all be made. Run npm start again: what was made is kept.\n${message}`);
      }
    },
  };
}

async function start(): Promise<void> {
  const options = readOptions();
  const version = projectVersion();
  const address = { host: options.host, port: options.port };
  const settings = readServerSettings(process.env, address.host);
  if (!settings.ok) return fail(settings.error);
  const taken = await portIsFree(address);
  if (!taken.ok) fail([taken.error]);
  const home = homeFolder(process.env, projectFolder);
  const location = databaseLocation(process.env, projectFolder);
  say(
    location.kind === "pglite"
      ? "Opening the embedded register (the first time takes some seconds) …"
      : "Connecting to PostgreSQL …",
  );
  const serving = onStop(async () => {
    for (const end of underWay.toReversed()) await end();
    say("\nStopped before anything was served. Run npm start again: what was saved is kept.");
  });
  const database = await openDatabase(location);
  underWay.push(() => database.close());
  try {
    await migrate(database, migrationSets);
    const order: NationalOrder = {
      seed: options.seed,
      regions: regionsAsked(options, usual),
      cohorts: options.cohorts,
      alternatives: options.alternatives,
      version,
    };
    const calibration = await reviewOrdered(order, database, home);
    const registered = await registerMeasures(database, phases, new Date());
    if (!registered.ok) fail(registered.error);
    const asked = await firstConsultation(database, new Date());
    if (!asked.ok) fail(asked.error);
    const cases = await casesOrdered(order, database);
    if (cases) say("The cases and marks are still to be made. Pages are served meanwhile, and say so.");
    const assessed = { database, order, home, build: projectBuild(), say };
    const assessments = options.assessments ? await assessmentsMeanwhile(assessed, cases) : cases;
    const meanwhile = options.statement ? await statementMeanwhile(database, say, assessments) : assessments;
    const served = await serveReview(database, version, calibration, address, settings.value, meanwhile);
    if (!served.ok) return fail([served.error]);
    serving();
    say(served.value);
  } catch (error) {
    await database.close();
    throw error;
  }
}

try {
  await start();
} catch (error) {
  if (!(error instanceof StartProblem || error instanceof DatabaseError)) throw error;
  say(error.message);
  process.exitCode = 1;
}
