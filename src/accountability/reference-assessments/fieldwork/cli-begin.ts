import { resolve } from "node:path";
import type { Command } from "commander";
import { formatCsv } from "../../../ingest/index.js";
import { err, ok, type Problem, parseCivilDate } from "../../../kernel/index.js";
import { actingAs } from "../../../platform/identity/index.js";
import { runToEnd } from "../../../platform/jobs/index.js";
import type { CommandContext } from "../../../platform/terminal/index.js";
import type { BookletOrder } from "./assembly.js";
import { numberOf, operationsOn, written } from "./cli-shared.js";
import { inWords, studyInWords } from "./cli-words.js";
import { drawSampleJob, orderSample } from "./jobs.js";
import { problem } from "./problem.js";
import { createStudy, viewStudy } from "./service.js";
import { makeBooklets } from "./service-booklets.js";
import { answerForSchool, viewSchool } from "./service-schools.js";
import { loadPupils } from "./store.js";
import type { FieldStudy, Phase, SampleOrder, StudyDraft } from "./study.js";

type Written = Readonly<Record<"title" | "subject" | "phase" | "answerBy" | "opens" | "closes" | "eraseOn", string>>;

interface BeginOptions extends Written {
  readonly cycle: number;
}

/** A draft from options, or which days are none. */
function draftOf(id: string, { title, subject, phase, cycle, ...days }: BeginOptions) {
  const { answerBy, opens, closes, eraseOn } = days;
  const [first, second, third, fourth] = [answerBy, opens, closes, eraseOn].map((day) => parseCivilDate(day));
  const places = ["answer-by", "opens", "closes", "erase-on"];
  if (first?.ok && second?.ok && third?.ok && fourth?.ok) {
    const read = { answerBy: first.value, opens: second.value, closes: third.value, eraseOn: fourth.value };
    return ok<StudyDraft>({ id, title, subject, phase: phase as Phase, cycle, ...read });
  }
  const wrong = [first, second, third, fourth].flatMap((day, k): Problem[] =>
    day && !day.ok ? [problem("fieldwork-study-invalid", places[k]!, day.error, "Write it as 2027-05-04.")] : [],
  );
  return err(wrong);
}

type BookletOptions = Omit<BookletOrder, "mostCycles" | "curricula">;

interface DrawOptions extends Omit<SampleOrder, "method" | "pupilsPerSchool"> {
  readonly pupils: number;
  readonly coordinated?: boolean;
}

/** An assessment, its booklets and its sample. */
function addStudy(command: Command, context: CommandContext): void {
  const add = operationsOn(command, context);
  add<BeginOptions, FieldStudy>({
    usage: "begin <study>",
    description: "begin an assessment; the short name is as mathematics-y4-2027",
    work: async ({ database, actor, today, now, options }, id) => {
      const draft = draftOf(id, options);
      return draft.ok ? createStudy(database, actor, draft.value, today, now) : draft;
    },
    words: (study) => [studyInWords(study)],
  })
    .requiredOption("--title <words>", "what is assessed and when")
    .requiredOption("--subject <subject>", "as the bank of items writes it")
    .requiredOption("--phase <phase>", "reception, year-4, year-8 or year-12")
    .requiredOption("--cycle <year>", "the year of the sessions", numberOf)
    .requiredOption("--answer-by <day>", "the last day for schools to answer")
    .requiredOption("--opens <day>", "the first day of sessions")
    .requiredOption("--closes <day>", "the last day of sessions")
    .requiredOption("--erase-on <day>", "when what tells pupils apart is erased");
  add<BookletOptions, FieldStudy>({
    usage: "assemble <study>",
    description: "assemble its booklets from the items of the bank that are ready",
    work: async ({ database, actor, now, options }, id) => {
      const found = await viewStudy(database, actor, id);
      return found.ok ? makeBooklets(database, actor, id, orderOf(options), found.value.study.version, now) : found;
    },
    words: ({ booklets }) => [
      `${booklets!.booklets.length} booklets of ${booklets!.blocks.flatMap(({ items }) => items).length} items`,
      ...(booklets!.leftOut ?? []).map(({ item, why }) => `  ${item} is left out: ${why}`),
    ],
  })
    .option("--blocks <n>", "blocks of items", numberOf, 7)
    .option("--booklets <n>", "booklets", numberOf, 7)
    .option("--size <n>", "blocks a booklet", numberOf, 3)
    .option("--minutes <n>", "most minutes a booklet", numberOf, 40)
    .option("--least-of-each <n>", "items of each construct a booklet, at the least", numberOf, 1)
    .option("--seed <n>", "the seed", numberOf, 1);
  add<DrawOptions, { readonly schools: number; readonly inReserve: number }>({
    usage: "draw-sample <study>",
    description: "draw its schools from the register, with two replacements each",
    work: async ({ database, actor, now, options }, id) => {
      const found = await viewStudy(database, actor, id);
      if (!found.ok) return found;
      const { schools, pupils, tilt, rotation, seed, coordinated } = options;
      const method = coordinated ? "coordinated" : "systematic";
      const order: SampleOrder = { schools, pupilsPerSchool: pupils, tilt, rotation, seed, method };
      const job = await orderSample(database, actor, id, order, found.value.study.version, now);
      if (!job.ok) return job;
      const state = await runToEnd(database, job.value, [drawSampleJob]);
      if (state.state !== "succeeded")
        return err([problem("fieldwork-sample-invalid", id, state.error ?? `its job was ${state.state}`)]);
      const drawn = await viewStudy(database, actor, id);
      if (!drawn.ok) return drawn;
      const asked = drawn.value.schools.filter((school) => school.state === "invited").length;
      return ok({ schools: asked, inReserve: drawn.value.schools.length - asked });
    },
    words: ({ schools, inReserve }) => [`${schools} schools are asked, ${inReserve} are in reserve`],
  })
    .option("--schools <n>", "schools; small ones are drawn together", numberOf, 350)
    .option("--pupils <n>", "pupils a school", numberOf, 20)
    .option("--tilt <n>", "oversampling of schools with many disadvantaged pupils", numberOf, 0.5)
    .option("--coordinated", "by permanent random numbers, so that cycles share schools")
    .option("--rotation <n>", "coordinated: share of the schools that is renewed", numberOf, 0)
    .option("--seed <n>", "the same register, order and seed draw the same schools", numberOf, 1);
}

const orderOf = ({ blocks, booklets, size, minutes, leastOfEach, seed }: BookletOptions) => ({
  ...{ blocks, booklets, size, minutes, leastOfEach, seed },
});

interface AnswerOptions {
  readonly roll?: number;
  readonly on?: string;
  readonly refuses?: string;
}

/** Schools' answers, and what is printed for them. */
function addSchools(command: Command, context: CommandContext): void {
  const add = operationsOn(command, context);
  add<AnswerOptions, { readonly urn: string; readonly state: string; readonly pupils: number }>({
    usage: "answer <study> <urn>",
    description:
      "write a school's answer down: it takes part, and pupils are drawn; or it refuses, and the next is asked",
    work: async ({ database, actor, today, now, options }, study, urn) => {
      const found = await viewSchool(database, actor, study, urn);
      if (!found.ok) return found;
      const { roll = null, on = "", refuses } = options;
      const answer = { study, urn, takesPart: refuses === undefined, reason: refuses ?? "", roll, sessionOn: on };
      const order = { ...answer, expected: found.value.school.version };
      const done = await answerForSchool(database, actor, order, today, now);
      if (!done.ok) return done;
      const after = await viewSchool(database, actor, study, urn);
      return after.ok ? ok({ urn, state: done.value.state, pupils: after.value.pupils.length }) : after;
    },
    words: ({ urn, state, pupils }) => [`${urn} ${state}${pupils > 0 ? `: ${pupils} pupils are drawn` : ""}`],
  })
    .option("--roll <n>", "pupils on the list of the year group", numberOf)
    .option("--on <day>", "the day of the session")
    .option("--refuses <reason>", "why it does not take part");
  add<{ readonly out?: string }, { readonly pupils: number; readonly files: readonly string[] }>({
    usage: "tickets <study>",
    description: "the drawn pupils of every school: line of its list, code, booklet; whoever has a code can answer",
    work: async ({ database, actor, options }, study) => {
      const found = await viewStudy(database, actor, study);
      if (!found.ok) return found;
      const pupils = await actingAs(database, actor, (queries) => loadPupils(queries, study));
      if (options.out === undefined) return ok({ pupils: pupils.length, files: [] });
      const header = ["urn", "line", "code", "booklet"];
      const rows = pupils.map(({ urn, line, code, booklet }) => [urn, line, code, `b${booklet}`]);
      const files = await written(resolve(options.out), { "tickets.csv": formatCsv(header, rows) });
      return files.ok ? ok({ pupils: pupils.length, files: files.value }) : files;
    },
    words: ({ pupils, files }, { out }) => [`${pupils} pupils are drawn`, ...inWords(out, files)],
  }).option("-o, --out <folder>", "where to write tickets.csv");
}

/** Adds what comes before the sessions. */
export function addBeginnings(command: Command, context: CommandContext): void {
  addStudy(command, context);
  addSchools(command, context);
}
