import { join, resolve } from "node:path";
import type { Command } from "commander";
import { ok } from "../../../kernel/index.js";
import type { CommandContext } from "../../../platform/terminal/index.js";
import { printed } from "../design/cli-draw.js";
import { addBeginnings } from "./cli-begin.js";
import { addEnds } from "./cli-end.js";
import { fileOf, operationsOn, written } from "./cli-shared.js";
import { checkInWords, inWords, itemInWords, progressInWords, studyInWords } from "./cli-words.js";
import { frameCsv, parseFrame, readDrawFile } from "./draw-file.js";
import { sampleCsv } from "./sample-file.js";
import { listStudies, viewStudy } from "./service.js";
import { checkFile, checkStudyDraw, readDraw, readDrawFrame } from "./service-draw.js";
import { viewItem } from "./service-history.js";
import { importItems } from "./service-items.js";
import { readProgress } from "./service-progress.js";
import { importPupils } from "./service-schools.js";
import { importPaper } from "./service-sessions.js";

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
  $ ./greenpaper reference-assessments fieldwork export mathematics-y4-2031 --with mathematics-y4-2027 --out study
  $ ./greenpaper reference-assessments run study/study.yaml --out results`;

function addReads(command: Command, context: CommandContext): void {
  const add = operationsOn(command, context);
  add({
    ...{ usage: "list", description: "every assessment that is run, the newest cycle first" },
    work: async ({ database, actor }) => ok(await listStudies(database, actor)),
    words: (studies) => (studies.length === 0 ? ["No assessment has been begun."] : studies.map(studyInWords)),
  });
  add({
    usage: "progress <study>",
    description: "how it goes: schools' answers, sessions, attendance, arrangements; never of a school",
    work: ({ database, actor, today }, study) => readProgress(database, actor, study, today),
    words: progressInWords,
  });
  add({
    usage: "item <item>",
    description: "an item of the bank with its history: uses, published drift, links, decisions",
    work: ({ database, actor }, item) => viewItem(database, actor, item),
    words: itemInWords,
  });
}

function addDraws(command: Command, context: CommandContext): void {
  operationsOn(
    command,
    context,
  )<{ readonly out?: string }, Parameters<typeof drawInWords>[0]>({
    usage: "draw-record <study>",
    description: "the record of a draw, checked by drawing again: draw.json, frame.csv and sample.csv",
    work: async ({ database, actor, options }, study) => {
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
    words: (answer, { out }) => drawInWords(answer, out),
  }).option("-o, --out <folder>", "where to write the three files");
  command
    .command("check-draw <folder>")
    .description("draw again from the draw.json and frame.csv of a folder, without a register, and compare")
    .option("--json", "as JSON")
    .action((folder: string, { json }: { readonly json?: boolean }) => {
      const [draw, frame] = [fileOf(join(folder, "draw.json")), fileOf(join(folder, "frame.csv"))];
      const read = draw.ok ? readDrawFile(draw.value.bytes, draw.value.name) : draw;
      const rows = frame.ok ? parseFrame(frame.value.bytes, frame.value.name) : frame;
      const answer = !read.ok ? read : !rows.ok ? rows : ok(checkFile(read.value, rows.value));
      const code = printed(answer, json === true, (check) => check, checkInWords);
      process.exitCode = answer.ok && !answer.value.same ? 1 : code;
    });
}

interface DrawAnswer {
  readonly draw: object;
  readonly check: Parameters<typeof checkInWords>[0];
  readonly files: readonly string[];
}

const drawInWords = ({ check, files }: DrawAnswer, out: string | undefined) => [
  ...checkInWords(check),
  ...inWords(out, files),
];

function addImports(command: Command, context: CommandContext): void {
  const add = operationsOn(command, context);
  add({
    usage: "import-items <file>",
    description: "take a CSV file of items into the bank",
    work: async ({ database, actor, now }, path) => {
      const file = fileOf(path);
      return file.ok ? importItems(database, actor, file.value.bytes, file.value.name, now) : file;
    },
    words: ({ added, changed, unchanged }) => [`${added} items are new, ${changed} changed, ${unchanged} as they were`],
  });
  add({
    usage: "import-paper <study> <file>",
    description: "take a CSV file of answers on paper in: pupil, item, answer",
    work: async ({ database, actor, now }, study, path) => {
      const file = fileOf(path);
      return file.ok ? importPaper(database, actor, study, file.value.bytes, file.value.name, now) : file;
    },
    words: ({ pupils, responses }) => [`${responses} answers of ${pupils} pupils are taken in`],
  });
  add({
    usage: "import-pupils <study> <urn> <file>",
    description: "take a school's CSV file of what it says of its drawn pupils in",
    work: async ({ database, actor }, study, urn, path) => {
      const file = fileOf(path);
      if (!file.ok) return file;
      const pupils = await importPupils(database, actor, { study, urn }, file.value.bytes, file.value.name);
      return pupils.ok ? ok({ saved: pupils.value.length }) : pupils;
    },
    words: ({ saved }) => [`${saved} pupils are described`],
  });
}

/** Adds `reference-assessments fieldwork`. */
export function addFieldworkCommand(parent: Command, context: CommandContext): void {
  const command = parent
    .command("fieldwork")
    .description("What schools and pupils do: samples, answers, sessions' progress, paper in, files out, erasing")
    .addHelpText("after", help);
  addReads(command, context);
  addBeginnings(command, context);
  addDraws(command, context);
  addImports(command, context);
  addEnds(command, context);
}
