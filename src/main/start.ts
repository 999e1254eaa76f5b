import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { Command, Option } from "commander";
import { reviewApi } from "../accountability/quality-mark/api.js";
import {
  loadReviewRecord,
  qualityMarkMigrations,
  reviewReader,
  saveReview,
} from "../accountability/quality-mark/index.js";
import { reviewBand, reviewPages, reviewSite } from "../accountability/quality-mark/web.js";
import type { CalibrationRow } from "../england/index.js";
import { addEnglandOptions, regionsAsked, type WhichEngland } from "../england/options.js";
import { describeProblems, writeAtomically } from "../ingest/index.js";
import { civilDate, type Problem, type Result } from "../kernel/index.js";
import { type Database, DatabaseError, databaseLocation, migrate, openDatabase } from "../platform/database/index.js";
import { buildServer, listen, portIsFree, stopOnSignals } from "../platform/http/index.js";
import { onStop, terminalProgress, wholeNumber } from "../platform/terminal/index.js";
import { startThread } from "../platform/threads/index.js";
import { lastImport, registerMigrations, updateRegister } from "../register/index.js";
import { describeOrder, type NationalOrder, type NationalReview } from "./national-review.js";
import { problemCodes } from "./problem-codes.js";
import { proposals } from "./proposals.js";
import { projectFolder, projectVersion } from "./version.js";

interface StartOptions extends WhichEngland {
  readonly port: number;
  readonly host: string;
  readonly alternatives: NationalOrder["alternatives"];
}

const say = (text: string) => process.stderr.write(`${text}\n`);

function readOptions(): StartOptions {
  const { HOST } = process.env;
  const program = addEnglandOptions(new Command("npm start --"))
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

/** Runs the review of the order in a thread of its own, so that Ctrl-C stops it at once. */
async function runReview(order: NationalOrder, database: Database): Promise<NationalReview> {
  const progress = terminalProgress();
  const work = startThread<Result<NationalReview, readonly Problem[]>>(
    new URL("./national-thread.js", import.meta.url),
    order,
    progress,
  );
  underWay.push(async () => {
    progress.abandon();
    await work.stop();
  });
  const answer = await work.result;
  if (!answer.ok) return fail(answer.error);
  progress.stage("saving the review in the register");
  const { register, review, schools } = answer.value;
  const source = {
    name: `synthetic England, seed ${order.seed}`,
    asOf: civilDate("2025-08-31"),
    synthetic: true,
    files: [],
  };
  const updated = await updateRegister(database, register, source);
  if (!updated.ok) return fail(updated.error);
  await saveReview(database.queries, review, schools);
  progress.end();
  return answer.value;
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
  const made = await runReview(order, database);
  await mkdir(home, { recursive: true });
  await writeAtomically(calibrationFile(home), JSON.stringify({ description, lines: made.calibration }));
  return made.calibration;
}

async function start(): Promise<void> {
  const options = readOptions();
  const version = projectVersion();
  const address = { host: options.host, port: options.port };
  const taken = await portIsFree(address);
  if (!taken.ok) fail([taken.error]);
  const home = process.env.GREENPAPER_HOME || join(projectFolder, ".greenpaper");
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
    await migrate(database, [registerMigrations, qualityMarkMigrations]);
    const order: NationalOrder = {
      seed: options.seed,
      regions: regionsAsked(options),
      cohorts: options.cohorts,
      alternatives: options.alternatives,
      version,
    };
    const calibration = await reviewOrdered(order, database, home);
    const reader = reviewReader(database.queries);
    const site = reviewSite(version);
    const server = await buildServer({
      version,
      site,
      band: () => reviewBand(reader),
      routes: [reviewPages({ reader, site, proposals, calibration }), reviewApi({ reader })],
    });
    const listening = await listen(server, address);
    if (!listening.ok) return fail([listening.error]);
    serving();
    stopOnSignals(server, () => database.close());
    say(`Greenpaper is at ${listening.value}  (Ctrl-C stops it)`);
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
