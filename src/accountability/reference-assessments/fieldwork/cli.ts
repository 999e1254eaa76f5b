import { readFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import type { Command } from "commander";
import { checkWritable, writeTogether } from "../../../ingest/index.js";
import { err, ok, type Problem, type Result } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { dayInEngland } from "../../../platform/day/index.js";
import { actingAs, systemActor } from "../../../platform/identity/index.js";
import { runToEnd } from "../../../platform/jobs/index.js";
import type { CommandContext } from "../../../platform/terminal/index.js";
import { printed } from "../design/cli-draw.js";
import { checkInWords, inWords, itemInWords, progressInWords, studyInWords } from "./cli-words.js";
import { frameCsv, parseFrame, readDrawFile } from "./draw-file.js";
import { exportJob, orderExport } from "./jobs.js";
import { problem } from "./problem.js";
import { sampleCsv } from "./sample-file.js";
import { listStudies, viewStudy } from "./service.js";
import { checkFile, checkStudyDraw, readDraw, readDrawFrame } from "./service-draw.js";
import { eraseJob, eraseStudy, startDueErasings } from "./service-erase.js";
import { viewItem } from "./service-history.js";
import { importItems } from "./service-items.js";
import { readProgress } from "./service-progress.js";
import { importPupils } from "./service-schools.js";
import { importPaper } from "./service-sessions.js";
import { findExport, listExport } from "./store.js";

interface Options {
  readonly as?: string;
  readonly json?: boolean;
  readonly out?: string;
  readonly reason?: string;
}

const help = `
What schools and pupils do between a sample's draw and the file of responses is kept in the register; these commands read and change it by
the pages' rules. They act with every right on this machine; --as says who did it. The embedded register can be opened by one program at a
time: stop the server first, or use PostgreSQL with DATABASE_URL. A file is taken in whole or not at all, and every bad line is named.
They end with 0 when it is done, and with 1 when it is refused; --json prints the answer, or {"problems": […]}.

Examples:
  $ ./greenpaper reference-assessments fieldwork list
  $ ./greenpaper reference-assessments fieldwork progress mathematics-y4-2027 --json | jq .sessions
  $ ./greenpaper reference-assessments fieldwork draw-record mathematics-y4-2027 --out draw
  $ ./greenpaper reference-assessments fieldwork check-draw draw
  $ ./greenpaper reference-assessments fieldwork import-paper mathematics-y4-2027 answers.csv --as "Ada Example"
  $ ./greenpaper reference-assessments fieldwork export mathematics-y4-2027 --out study
  $ ./greenpaper reference-assessments run study/study.yaml --out results`;

type Work<T> = (database: Database, now: Date) => Promise<Result<T, readonly Problem[]>>;

const actorOf = ({ as }: Options) => systemActor(as ?? "command line");

/** Does something in the register and prints the answer. */
async function inRegister<T>(
  context: CommandContext,
  { json }: Options,
  work: Work<T>,
  words: (answer: T) => readonly string[],
): Promise<void> {
  process.exitCode = await context.withRegister(async (database) =>
    printed(await work(database, new Date()), json === true, (answer) => answer, words),
  );
}

/** A file of the disc, or why it can't be read. */
function fileOf(path: string): Result<{ readonly name: string; readonly bytes: Buffer }, readonly Problem[]> {
  try {
    return ok({ name: basename(path), bytes: readFileSync(path) });
  } catch (error) {
    const message = `it can't be read (${error instanceof Error ? error.message : error})`;
    return err([{ code: "file-unreadable", place: path, message, remedy: "Name a file that is there." }]);
  }
}

/** Writes files together into a folder, or says why not. @returns their names */
async function written(
  folder: string,
  files: Readonly<Record<string, string>>,
): Promise<Result<readonly string[], readonly Problem[]>> {
  const writable = await checkWritable(folder);
  if (!writable.ok) return err([writable.error]);
  await writeTogether(folder, files);
  return ok(Object.keys(files));
}

const common = (command: Command) => command.option("--as <name>", "who does it").option("--json", "as JSON");

function addReads(command: Command, context: CommandContext): void {
  common(command.command("list"))
    .description("every assessment that is run, the newest cycle first")
    .action((options: Options) =>
      inRegister(
        context,
        options,
        async (database) => ok(await listStudies(database, actorOf(options))),
        (studies) => (studies.length === 0 ? ["No assessment has been begun."] : studies.map(studyInWords)),
      ),
    );
  common(command.command("progress <study>"))
    .description("how it goes: schools' answers, sessions, attendance, arrangements; never of a school")
    .action((study: string, options: Options) =>
      inRegister(
        context,
        options,
        (database, now) => readProgress(database, actorOf(options), study, dayInEngland(now)),
        progressInWords,
      ),
    );
  common(command.command("item <item>"))
    .description("an item of the bank with its history: uses, published drift, links, decisions")
    .action((item: string, options: Options) =>
      inRegister(context, options, (database) => viewItem(database, actorOf(options), item), itemInWords),
    );
}

function addDraws(command: Command, context: CommandContext): void {
  common(command.command("draw-record <study>"))
    .description("the record of a draw, checked by drawing again: draw.json, frame.csv and sample.csv")
    .option("-o, --out <folder>", "where to write the three files")
    .action((study: string, options: Options) =>
      inRegister(
        context,
        options,
        async (database) => {
          const actor = actorOf(options);
          const [draw, frame] = [await readDraw(database, actor, study), await readDrawFrame(database, actor, study)];
          const sample = await viewStudy(database, actor, study);
          const check = await checkStudyDraw(database, actor, study);
          if (!draw.ok) return draw;
          if (!frame.ok) return frame;
          if (!sample.ok) return sample;
          if (!check.ok) return check;
          if (options.out === undefined) return ok({ draw: draw.value, check: check.value, files: [] });
          const files = await written(resolve(options.out), {
            "draw.json": `${JSON.stringify(draw.value, null, 2)}\n`,
            "frame.csv": frameCsv(frame.value),
            "sample.csv": sampleCsv(sample.value.schools),
          });
          return files.ok ? ok({ draw: draw.value, check: check.value, files: files.value }) : files;
        },
        ({ check, files }) => [...checkInWords(check), ...inWords(options.out, files)],
      ),
    );
  command
    .command("check-draw <folder>")
    .description("draw again from the draw.json and frame.csv of a folder, without a register, and compare")
    .option("--json", "as JSON")
    .action((folder: string, { json }: Options) => {
      const [draw, frame] = [fileOf(join(folder, "draw.json")), fileOf(join(folder, "frame.csv"))];
      const read = draw.ok ? readDrawFile(draw.value.bytes, draw.value.name) : draw;
      const rows = frame.ok ? parseFrame(frame.value.bytes, frame.value.name) : frame;
      const answer = !read.ok ? read : !rows.ok ? rows : ok(checkFile(read.value, rows.value));
      const code = printed(answer, json === true, (check) => check, checkInWords);
      process.exitCode = answer.ok && !answer.value.same ? 1 : code;
    });
}

function addImports(command: Command, context: CommandContext): void {
  common(command.command("import-items <file>"))
    .description("take a CSV file of items into the bank")
    .action((path: string, options: Options) =>
      inRegister(
        context,
        options,
        async (database, now) => {
          const file = fileOf(path);
          if (!file.ok) return file;
          return importItems(database, actorOf(options), file.value.bytes, file.value.name, now);
        },
        ({ added, changed, unchanged }) => [`${added} items are new, ${changed} changed, ${unchanged} as they were`],
      ),
    );
  common(command.command("import-paper <study> <file>"))
    .description("take a CSV file of answers on paper in: pupil, item, answer")
    .action((study: string, path: string, options: Options) =>
      inRegister(
        context,
        options,
        async (database, now) => {
          const file = fileOf(path);
          if (!file.ok) return file;
          return importPaper(database, actorOf(options), study, file.value.bytes, file.value.name, now);
        },
        ({ pupils, responses }) => [`${responses} answers of ${pupils} pupils are taken in`],
      ),
    );
  common(command.command("import-pupils <study> <urn> <file>"))
    .description("take a school's CSV file of what it says of its drawn pupils in")
    .action((study: string, urn: string, path: string, options: Options) =>
      inRegister(
        context,
        options,
        async (database) => {
          const file = fileOf(path);
          if (!file.ok) return file;
          const { bytes, name } = file.value;
          const pupils = await importPupils(database, actorOf(options), { study, urn }, bytes, name);
          return pupils.ok ? ok({ saved: pupils.value.length }) : pupils;
        },
        ({ saved }) => [`${saved} pupils are described`],
      ),
    );
}

/** Runs the job of an export and reads its files. */
async function exported(database: Database, options: Options, study: string) {
  const actor = actorOf(options);
  const job = await orderExport(database, actor, study);
  if (!job.ok) return job;
  const state = await runToEnd(database, job.value, [exportJob]);
  if (state.state !== "succeeded")
    return err([problem("fieldwork-not-yet", study, state.error ?? `its job was ${state.state}`)]);
  return actingAs(database, actor, async (queries) => {
    const names = (await listExport(queries, study)).map(({ name }) => name);
    const files: Record<string, string> = {};
    for (const name of names) files[name] = (await findExport(queries, study, name)) ?? "";
    return ok(files);
  });
}

function addEnds(command: Command, context: CommandContext): void {
  common(command.command("export <study>"))
    .description("write responses, items, booklets, weights and the study file that `run` reads into a folder")
    .requiredOption("-o, --out <folder>", "where to write them")
    .action((study: string, options: Options & { readonly out: string }) =>
      inRegister(
        context,
        options,
        async (database) => {
          const files = await exported(database, options, study);
          if (!files.ok) return files;
          const names = await written(resolve(options.out), files.value);
          if (!names.ok) return names;
          const cautions = (files.value["cautions.txt"] ?? "").split("\n").filter((line) => line !== "");
          return ok({ files: names.value, cautions });
        },
        ({ files, cautions }) => [...inWords(options.out, files), ...cautions.map((one) => `Caution: ${one}`)],
      ),
    );
  common(command.command("erase <study>"))
    .description("erase what tells the pupils of an assessment apart; refused while sessions run or results need it")
    .requiredOption("--reason <words>", "why it is erased now")
    .action((study: string, options: Options) =>
      inRegister(
        context,
        options,
        async (database, now) => {
          const actor = actorOf(options);
          const found = await viewStudy(database, actor, study);
          if (!found.ok) return found;
          const order = { study, reason: options.reason ?? "", expected: found.value.study.version };
          const done = await eraseStudy(database, actor, order, dayInEngland(now), now);
          return done.ok ? ok({ study, erasedAt: done.value.erasedAt }) : done;
        },
        ({ erasedAt }) => [`What told pupils apart was erased on ${String(erasedAt).slice(0, 10)}`],
      ),
    );
  common(command.command("erase-due"))
    .description(
      "erase of every assessment what its record says is to be erased by today; a running server does it by itself",
    )
    .action((options: Options) =>
      inRegister(
        context,
        options,
        async (database, now) => {
          const today = dayInEngland(now);
          const jobs = await database.queries.transaction((queries) => startDueErasings(queries, today));
          const failed: Problem[] = [];
          for (const job of jobs) {
            const state = await runToEnd(database, job, [eraseJob]);
            if (state.state !== "succeeded")
              failed.push(problem("fieldwork-not-yet", state.title, state.error ?? state.state, "Run it again."));
          }
          return failed.length > 0 ? err(failed) : ok({ erased: jobs.length });
        },
        ({ erased }) => [erased === 0 ? "Nothing is due." : `${erased} assessments: what told pupils apart is erased`],
      ),
    );
}

/** Adds `reference-assessments fieldwork`. */
export function addFieldworkCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command("fieldwork")
    .description("What schools and pupils do: progress, records of draws, paper in, files out, erasing")
    .addHelpText("after", help);
  addReads(command, context);
  addDraws(command, context);
  addImports(command, context);
  addEnds(command, context);
}
