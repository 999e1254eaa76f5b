import type { Command } from "commander";
import {
  type CivilDate,
  civilDate,
  describeProblem,
  type Problem,
  parseCivilDate,
  type Result,
} from "../../../kernel/index.js";
import type { Database } from "../../../platform/database/index.js";
import { systemActor } from "../../../platform/identity/index.js";
import { type JobId, runToEnd } from "../../../platform/jobs/index.js";
import { StaleStream } from "../../../platform/log/index.js";
import type { CommandContext } from "../../../platform/terminal/index.js";
import { markSentence } from "../marks/mark.js";
import { markOf, marksOfSchool } from "../marks/store-marks.js";
import { isDecision } from "../web-words.js";
import { readAcademicYear } from "./academic-years.js";
import { type CaseCommand, caseStates } from "./case.js";
import { stateWords } from "./change.js";
import { caseJobs } from "./jobs.js";
import {
  drawSecondReadings,
  openYear,
  publishBatch,
  readCase,
  refreshYear,
  takeStep,
  yearToWorkOn,
} from "./service.js";
import { closeWithSchools, closuresInWords } from "./store-close.js";
import { type CaseLine, nextCases } from "./store-list.js";
import { eventSentence, whoDid } from "./web-case-words.js";

interface Shared {
  readonly json?: boolean;
  readonly year?: string;
  readonly as?: string;
  readonly words?: string;
}

const say = (words: string) => void process.stdout.write(`${words}\n`);
const complain = (words: string): number => {
  process.stderr.write(`${words}\n`);
  return 1;
};
const refuse = (problems: readonly Problem[]) => complain(problems.map(describeProblem).join("\n"));

/** Who acts: the command line, or the person whose name is given, so that two people can be told apart. */
const actorOf = ({ as }: Shared) => systemActor(as ?? "command line");

const help = `
Examples:
  $ ./greenpaper cases open 2026/27
  $ ./greenpaper cases list --region E12000001 --state ready
  $ ./greenpaper cases decide 800001 awarded --as "Ada Example"
  $ ./greenpaper cases second 800001 --as "Ben Example"
  $ ./greenpaper cases draw --region E12000001
  $ ./greenpaper cases publish --region E12000001
The command line acts with every right on this machine; --as says who did it, and the second reader must be somebody else.`;

async function yearAsked(database: Database, { year }: Shared): Promise<string | null> {
  if (year !== undefined) return readAcademicYear(year);
  return (await yearToWorkOn(database.queries, {}))?.academicYear ?? null;
}

const lineText = ({ urn, name, state, proposed, decision, missing }: CaseLine) =>
  `${urn}  ${name}: ${stateWords[state]}; the rule proposes ${proposed}${decision === null ? "" : `; decided ${decision}`}` +
  `${missing.length === 0 ? "" : `; missing: ${missing.map(({ code }) => code).join(", ")}`}`;

/** Lends the register and the year to some work. */
function onYear(
  context: CommandContext,
  options: Shared,
  work: (database: Database, year: string, now: Date) => Promise<number>,
): Promise<void> {
  return context
    .withRegister(async (database) => {
      const year = await yearAsked(database, options);
      if (year === null)
        return complain("No review has been opened for that year. See: ./greenpaper cases open 2026/27");
      try {
        return await work(database, year, new Date());
      } catch (error) {
        if (error instanceof StaleStream) return complain(error.message);
        throw error;
      }
    })
    .then((code) => {
      process.exitCode = code;
    });
}

async function runJob(database: Database, job: Result<JobId, readonly Problem[]>, json: boolean): Promise<number> {
  if (!job.ok) return refuse(job.error);
  const state = await runToEnd(database, job.value, caseJobs, {
    onStep: ({ title, done, of }) => void process.stderr.write(`${title}: ${done}${of === null ? "" : ` of ${of}`}\n`),
  });
  if (state.state !== "succeeded") return complain(`${state.title}: ${state.error ?? state.state}`);
  say(json ? JSON.stringify(state) : `${state.title}: ${state.done} done`);
  return 0;
}

/** Takes one step and says where the case stands. */
function step(context: CommandContext, urn: string, options: Shared, command: CaseCommand | null): Promise<void> {
  return onYear(context, options, async (database, academicYear, now) => {
    if (command === null) return complain("That is no day or decision. See --help.");
    const asked = { urn, academicYear, expected: null, command };
    const made = await takeStep(database, actorOf(options), asked, now);
    if (!made.ok) return refuse(made.error);
    say(options.json ? JSON.stringify(made.value) : `${urn}: ${stateWords[made.value.state]}`);
    return 0;
  });
}

/** Adds `greenpaper cases` and `greenpaper marks`. */
export function addCasesCommand(program: Command, context: CommandContext): void {
  const cases = program
    .command("cases")
    .description("The year's review of the Quality Mark, school by school (A2)")
    .addHelpText("after", help);
  addReading(cases, context);
  addSteps(cases, context);
  addYears(cases, context);
  addMarks(program, context);
}

const common = (command: Command) =>
  command.option("--year <year>", "the academic year, as 2025/26; the newest unless given").option("--json", "as JSON");

function addReading(cases: Command, context: CommandContext): void {
  common(cases.command("list").description("Cases in order of URN"))
    .option("--region <code>", "as E12000001")
    .option("--state <state>", `one of ${caseStates.join(", ")}`)
    .option("--proposed <decision>", "what the rule proposes")
    .option("--missing <code>", "as accounts-missing")
    .option("--limit <number>", "how many at most", Number, 100_000)
    .action(
      (options: Shared & { region?: string; state?: string; proposed?: string; missing?: string; limit: number }) =>
        onYear(context, options, async ({ queries }, academicYear) => {
          const { region, missing, proposed, limit } = options;
          const state = caseStates.find((known) => known === options.state);
          if (options.state !== undefined && !state)
            return complain(`"${options.state}" is no state: ${caseStates.join(", ")}`);
          if (proposed !== undefined && !isDecision(proposed)) return complain(`"${proposed}" is no decision.`);
          const filter = { academicYear, region, missing, proposed, state };
          const lines = await nextCases(queries, filter, "", limit);
          say(options.json ? JSON.stringify(lines) : lines.map(lineText).join("\n") || "No case is found.");
          return 0;
        }),
    );
  common(cases.command("show <urn>").description("A case with its reasons and everything that was done")).action(
    (urn: string, options: Shared) =>
      onYear(context, options, async (database, academicYear) => {
        const read = await readCase(database, actorOf(options), { urn, academicYear });
        if (!read.ok) return refuse(read.error);
        const { found, events } = read.value;
        if (options.json) say(JSON.stringify({ ...found, events }));
        else
          say(
            [
              `${found.school.name} (${urn}), review ${academicYear}: ${stateWords[found.state]}, version ${found.version}`,
              `The rule proposes ${found.proposal.decision}:`,
              ...found.proposal.reasons.map(({ text }) => `  - ${text}`),
              ...found.missing.map(({ text }) => `  Missing: ${text}`),
              ...events.map((event) => `${event.at.slice(0, 10)} ${whoDid(event)} ${eventSentence(event)}`),
            ].join("\n"),
          );
        return 0;
      }),
  );
}

function addSteps(cases: Command, context: CommandContext): void {
  const oneCase = (name: string, description: string) =>
    common(cases.command(`${name} <urn>`).description(description)).option("--as <name>", "who does it");
  oneCase("send", "Send a case to its school")
    .requiredOption("--by <day>", "the last day to answer, as 2026-12-24")
    .action((urn: string, options: Shared & { by: string }) => {
      const day = parseCivilDate(options.by);
      return step(context, urn, options, day.ok ? { kind: "send-to-school", answerBy: day.value } : null);
    });
  const decide = (name: string, kind: "decide" | "decide-appeal", description: string) =>
    common(cases.command(`${name} <urn> <decision>`).description(description))
      .option("--as <name>", "who does it")
      .option("--words <text>", "the written reason")
      .action((urn: string, decision: string, options: Shared) => {
        const { words } = options;
        if (!isDecision(decision)) return step(context, urn, options, null);
        const command: CaseCommand =
          kind === "decide" ? { kind, decision, words: words ?? null } : { kind, decision, words: words ?? "" };
        return step(context, urn, options, command);
      });
  decide(
    "decide",
    "decide",
    "Decide a case: awarded, refused, awaiting-evidence, not-enough-evidence, awaiting-framework",
  );
  decide("appeals", "decide-appeal", "Decide a school's appeal; by somebody who took no part");
  oneCase("second", "Agree to a decision as its second reader").action((urn: string, options: Shared) =>
    step(context, urn, options, { kind: "agree" }),
  );
  oneCase("finish", "Say for the school that it has finished its answer").action((urn: string, options: Shared) =>
    step(context, urn, options, { kind: "finish-answer" }),
  );
  const worded = [
    ["send-back", "Send a decision back as its second reader"],
    ["recall", "Take back a decision that is not published"],
    ["represent", "Say something for the school"],
    ["appeal", "Appeal for the school"],
    ["reopen", "Open a published case without a mark again"],
    ["restore", "Restore a suspended mark"],
    ["withdraw", "Withdraw a mark; by somebody who did not decide it"],
  ] as const;
  for (const [kind, description] of worded)
    oneCase(kind, description)
      .requiredOption("--words <text>", "the written reason")
      .action((urn: string, options: Shared) => step(context, urn, options, { kind, words: options.words ?? "" }));
}

function addYears(cases: Command, context: CommandContext): void {
  cases
    .command("open <year>")
    .description("Open the review of a year: a case for every school of the newest measured review")
    .option("--json", "as JSON")
    .action(async (year: string, options: Shared) => {
      process.exitCode = await context.withRegister(async (database) => {
        const academicYear = readAcademicYear(year);
        if (academicYear === null) return complain(`"${year}" is no academic year, as 2026/27.`);
        const asked = { academicYear, codeVersion: context.version };
        return runJob(database, await openYear(database, actorOf(options), asked, new Date()), options.json === true);
      });
    });
  common(cases.command("refresh").description("Bring undecided cases and marks up to the newest evidence")).action(
    (options: Shared) =>
      onYear(context, options, async (database, year) =>
        runJob(database, await refreshYear(database, actorOf(options), year), options.json === true),
      ),
  );
  cases
    .command("close-closed")
    .description("End cases and marks of schools that the register has closed; import-register and refresh do it too")
    .option("--json", "as JSON")
    .action(async (options: Shared) => {
      process.exitCode = await context.withRegister(async ({ queries }) => {
        const closures = await queries.transaction((inside) => closeWithSchools(inside, new Date()));
        say(
          options.json
            ? JSON.stringify(closures)
            : (closuresInWords(closures) ?? "No case or mark has to end or to stand again."),
        );
        return 0;
      });
    });
  common(
    cases
      .command("draw")
      .description("Draw the decisions that a second person reads, once all are taken; before publishing"),
  )
    .option("--region <code>", "as E12000001; the country unless given")
    .option("--as <name>", "who does it")
    .action((options: Shared & { region?: string }) =>
      onYear(context, options, async (database, academicYear, now) => {
        const scope = { academicYear, region: options.region ?? null };
        const drawn = await drawSecondReadings(database, actorOf(options), scope, now);
        if (!drawn.ok) return refuse(drawn.error);
        say(options.json ? JSON.stringify({ drawn: drawn.value }) : `${drawn.value} drawn for second reading`);
        return 0;
      }),
    );
  common(cases.command("publish").description("Publish the decided cases of a region, or of the country"))
    .option("--region <code>", "as E12000001; the country unless given")
    .option("--as <name>", "who does it")
    .action((options: Shared & { region?: string }) =>
      onYear(context, options, async (database, academicYear, now) => {
        const scope = { academicYear, region: options.region ?? null };
        return runJob(database, await publishBatch(database, actorOf(options), scope, now), options.json === true);
      }),
    );
}

function addMarks(program: Command, context: CommandContext): void {
  program
    .command("marks <urn>")
    .description("A school's Quality Mark as it stands on a day, and those before it")
    .option("--on <day>", "as 2026-11-26; today unless given")
    .option("--json", "as JSON")
    .action(async (urn: string, options: Shared & { on?: string }) => {
      process.exitCode = await context.withRegister(async ({ queries }) => {
        const day = parseCivilDate(options.on ?? context.today);
        if (!day.ok) return complain(day.error);
        const on: CivilDate = civilDate(day.value);
        const mark = await markOf(queries, urn, on);
        if (!mark) return complain(`Nothing has been published of the school ${urn} by that day.`);
        const all = await marksOfSchool(queries, urn, on);
        say(options.json ? JSON.stringify({ ...mark, all }) : all.map(markSentence).join("\n"));
        return 0;
      });
    });
}
