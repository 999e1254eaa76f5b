import { type Command, InvalidArgumentError } from "commander";
import { describeProblem, err, ok, type Problem, type Result } from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { filesOfDisc } from "../../../platform/http/index.js";
import { systemActor } from "../../../platform/identity/index.js";
import type { CommandContext } from "../../../platform/terminal/index.js";
import { readAcademicYear } from "../cases/academic-years.js";
import type { PupilSide } from "./pupil-side.js";
import {
  addEvidence,
  draftCorrection,
  dropDraft,
  effectOf,
  type OwnCase,
  raiseCorrection,
  readSchoolSide,
  type SchoolStep,
  type SchoolView,
  takeSchoolStep,
} from "./service.js";
import { evidenceUploads } from "./uploads.js";

interface Options {
  readonly as?: string;
  readonly json?: boolean;
  readonly document?: readonly string[];
  readonly fact?: readonly string[];
  readonly share?: readonly string[];
  readonly action?: string;
  readonly words?: string;
  readonly ground?: string;
  readonly year?: string;
}

const help = `
Examples:
  $ ./greenpaper school-answer list 800001
  $ ./greenpaper school-answer draft 800001 GP-17 left-england --fact leftOn=2026-03-27 --fact country=Spain
  $ ./greenpaper school-answer documents 800001 0123456789abcdef --document letter.pdf
  $ ./greenpaper school-answer raise 800001 0123456789abcdef --as "Ada Example"
  $ ./greenpaper school-answer represent 800001 --words "The corridor was being painted." --document photo.jpg
  $ ./greenpaper school-answer appeal 800001 --ground fact-wrong --words "The audit is of another school." --year 2024-25
The command line acts with every right on this machine; --as says who did it. A pupil's reference is hashed at once and not kept. The effect of a
draft is computed by a running server, or by ./greenpaper jobs run, where the pupil files are.`;

const complain = (problems: readonly Problem[]): number => {
  process.stderr.write(`${problems.map(describeProblem).join("\n")}\n`);
  return 1;
};
function yearOf(text: string): string {
  const year = readAcademicYear(text);
  if (year === null) throw new InvalidArgumentError("An academic year is written as 2024-25.");
  return year;
}
const caseOf = (urn: string, { year }: Options): OwnCase => ({ urn, academicYear: year });
const collect = (one: string, before: readonly string[] = []): readonly string[] => [...before, one];

/** The documents that were named, held to the limits of the page's form. */
const documentsOf = ({ document = [] }: Options, optional: boolean) =>
  filesOfDisc(document, { ...evidenceUploads, optional });

/** Texts of the form `name=value`. */
const pairs = (texts: readonly string[] = []) =>
  texts.map((text): [string, string] => {
    const at = text.indexOf("=");
    return at < 0 ? [text, ""] : [text.slice(0, at), text.slice(at + 1)];
  });

function inWords(view: SchoolView): string {
  const { found, corrections, documents } = view;
  const lines = corrections.map((one) => {
    const effect = effectOf(view, one.id)?.result ?? null;
    const change =
      effect?.before && effect.after
        ? `; value added ${effect.before.valueAdded.toFixed(2)} → ${effect.after.valueAdded.toFixed(2)}`
        : "";
    const evidence = documents.filter(({ correctionId }) => correctionId === one.id).length;
    return `${one.id}  … ${one.hint}  ${one.reason}: ${one.state}; documents: ${evidence}${change}`;
  });
  return [`${found.urn}  ${found.school.name}, ${found.academicYear}: ${found.state}`, ...lines, ""].join("\n");
}

type Work = (database: Database, now: Date) => Promise<Result<unknown, readonly Problem[]>>;

/** Does something to a school's case and says how it stands. */
async function withCase(context: CommandContext, urn: string, options: Options, work: Work | null): Promise<void> {
  process.exitCode = await context.withRegister(async (database) => {
    const now = new Date();
    const done = work === null ? ok(null) : await work(database, now);
    if (!done.ok) return complain(done.error);
    const view = await readSchoolSide(database, actorOf(options), caseOf(urn, options), now);
    if (!view.ok) return complain([view.error]);
    const { found, documents } = view.value;
    const corrections = view.value.corrections.map((one) => ({
      ...one,
      effect: effectOf(view.value, one.id)?.result ?? null,
    }));
    const answer = {
      urn,
      academicYear: found.academicYear,
      version: found.version,
      state: found.state,
      corrections,
      documents,
    };
    process.stdout.write(options.json ? `${JSON.stringify(answer)}\n` : inWords(view.value));
    return 0;
  });
}

const actorOf = ({ as }: Options) => systemActor(as ?? "command line");

/** The version of the case as it stands: the command line is one person at one machine. */
async function versionOf(
  database: Database,
  options: Options,
  urn: string,
  now: Date,
): Promise<Result<number, readonly Problem[]>> {
  const view = await readSchoolSide(database, actorOf(options), caseOf(urn, options), now);
  return view.ok ? ok(view.value.found.version) : err([view.error]);
}

function addCorrections(command: Command, context: CommandContext, side: Pick<PupilSide, "hash">): void {
  common(command.command("draft <urn> <pupil> <reason>"))
    .description("draft a correction of one pupil, by the reference in the pupil files")
    .option("--action <action>", "leave-out or shares", "leave-out")
    .option("--fact <name=value>", "a fact that the reason asks for; days as 2026-03-27", collect)
    .option("--share <urn=percent>", "a share of the pupil's time, for the action shares", collect)
    .action((urn: string, pupil: string, reason: string, options: Options) =>
      withCase(context, urn, options, async (database, now) => {
        const documents = documentsOf(options, true);
        if (!documents.ok) return documents;
        const { action = "leave-out", words = "" } = options;
        const shares = pairs(options.share).map(([school, percent]) => ({ urn: school, percent }));
        const typed = { reason, action, words, facts: Object.fromEntries(pairs(options.fact)), shares };
        const order = { ...caseOf(urn, options), reference: pupil, typed, documents: documents.value };
        return draftCorrection(database, actorOf(options), order, side, now);
      }),
    );
  common(command.command("documents <urn> <correction>"))
    .description("add documents to a draft")
    .action((urn: string, id: string, options: Options) =>
      withCase(context, urn, options, async (database, now) => {
        const documents = documentsOf(options, false);
        return documents.ok
          ? addEvidence(database, actorOf(options), { ...caseOf(urn, options), id }, documents.value, now)
          : documents;
      }),
    );
  common(command.command("raise <urn> <correction>"))
    .description("raise a draft: the region's office settles it")
    .action((urn: string, id: string, options: Options) =>
      withCase(context, urn, options, async (database, now) => {
        const version = await versionOf(database, options, urn, now);
        if (!version.ok) return version;
        return raiseCorrection(
          database,
          actorOf(options),
          { ...caseOf(urn, options), id, expected: version.value },
          now,
        );
      }),
    );
  common(command.command("withdraw <urn> <correction>"))
    .description("withdraw a draft")
    .action((urn: string, id: string, options: Options) =>
      withCase(context, urn, options, (database, now) =>
        dropDraft(database, actorOf(options), { ...caseOf(urn, options), id }, now),
      ),
    );
}

function addSteps(command: Command, context: CommandContext): void {
  const step = (name: string, words: string, make: (options: Options) => SchoolStep) =>
    common(command.command(`${name} <urn>`))
      .description(words)
      .option("--ground <ground>", "of an appeal, from the dated list of grounds")
      .action((urn: string, options: Options) =>
        withCase(context, urn, options, async (database, now) => {
          const [documents, version] = [documentsOf(options, true), await versionOf(database, options, urn, now)];
          if (!documents.ok) return documents;
          if (!version.ok) return version;
          const order = {
            ...caseOf(urn, options),
            expected: version.value,
            step: make(options),
            documents: documents.value,
          };
          return takeSchoolStep(database, actorOf(options), order, now);
        }),
      );
  step("represent", "say something to the case", ({ words = "" }) => ({ kind: "represent", words }));
  step("finish", "say that all is said", () => ({ kind: "finish-answer" }));
  step("appeal", "appeal against the decision", ({ words = "", ground = "" }) => ({ kind: "appeal", ground, words }));
}

const common = (command: Command) =>
  command
    .option("--year <year>", "the case of this year, as 2024-25; the newest unless given", yearOf)
    .option("--as <name>", "who does it")
    .option("--words <words>", "what is said")
    .option("--document <file>", "a document: PDF, PNG or JPEG of at most 5 MB", collect)
    .option("--json", "as JSON");

/** Adds `greenpaper school-answer`. */
export function addSchoolAnswerCommand(program: Command, context: CommandContext, side: Pick<PupilSide, "hash">): void {
  const command = program
    .command("school-answer")
    .description("What a school says to its own case: corrections with evidence, representations, an appeal (A2)")
    .addHelpText("after", help);
  common(command.command("list <urn>"))
    .description("the corrections and documents of the newest case")
    .action((urn: string, options: Options) => withCase(context, urn, options, null));
  addCorrections(command, context, side);
  addSteps(command, context);
}
