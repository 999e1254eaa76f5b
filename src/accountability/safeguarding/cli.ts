import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { describeProblems } from "../../ingest/index.js";
import {
  academicYearOf,
  type CivilDate,
  civilDate,
  dateInWords,
  err,
  ok,
  type Problem,
  parseCivilDate,
  type Result,
} from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { systemActor } from "../../platform/identity/index.js";
import { runToEnd } from "../../platform/jobs/index.js";
import { type CommandContext, type TerminalProgress, terminalProgress } from "../../platform/terminal/index.js";
import { regions } from "../../register/index.js";
import { addEvidenceCommands } from "./cli-evidence.js";
import { readOfficerFile, readOutcomeFile, readPlaceFile } from "./cli-files.js";
import { orderPlan, planJob } from "./jobs.js";
import { charterStatus } from "./officer.js";
import { problem } from "./problems.js";
import { changeOfficerBy, placeRegions, registerOfficers, viewOfficer } from "./service-officers.js";
import { auditOutcomes, importOutcomes } from "./service-outcomes.js";
import { adoptPlan } from "./service-plan.js";
import { standardOf, standardOn, standards } from "./standards.js";
import { listAudits } from "./store-audits.js";
import { putDesk } from "./store-escalations.js";
import { listOfficers } from "./store-officers.js";
import { findPlan, visitsOf } from "./store-plans.js";
import { visitsCsv } from "./visits-csv.js";

const cli = systemActor("command line");

interface Shown {
  readonly json?: boolean;
}

/** What a command answers: for programs, and in words. */
interface Said {
  readonly value: unknown;
  readonly words: string;
}

type Work = (database: Database, progress: TerminalProgress) => Promise<Result<Said, readonly Problem[]>>;

/** Does the work on the register and says what came of it. */
async function run(context: CommandContext, options: Shown, work: Work): Promise<void> {
  process.exitCode = await context.withRegister(async (database) => {
    const progress = terminalProgress();
    const done = await work(database, progress);
    progress.end();
    if (done.ok) process.stdout.write(options.json ? `${JSON.stringify(done.value.value)}\n` : `${done.value.words}\n`);
    else {
      if (options.json) process.stdout.write(`${JSON.stringify({ problems: done.error })}\n`);
      process.stderr.write(`${describeProblems(done.error)}\n`);
    }
    return done.ok ? 0 : 1;
  });
}

const said = (value: unknown, words: string): Result<Said, readonly Problem[]> => ok({ value, words });
const help = `
Examples:
  $ ./greenpaper safeguarding outcomes import outcomes.csv
  $ ./greenpaper safeguarding officers import officers.csv
  $ ./greenpaper safeguarding places edubasealldata.csv
  $ ./greenpaper safeguarding assign --region E12000001 --csv visits.csv --adopt
  $ ./greenpaper safeguarding evidence list 2026-27-900123-1

Files are read and checked before anything is saved; the same file again changes nothing.`;

/** Adds `greenpaper safeguarding`. */
export function addSafeguardingCommand(program: Command, context: CommandContext): void {
  const group = program
    .command("safeguarding")
    .description("The annual safeguarding audit: officers, standard, plan, audits, outcomes")
    .addHelpText("after", help);
  const perform = (options: Shown, work: Work) => run(context, options, work);
  addStandard(group, context);
  addOfficers(group, context, perform);
  addPlaces(group, context, perform);
  addAssign(group, context, perform);
  addOutcomes(group, context, perform);
  addEvidenceCommands(group, perform);
}

type Perform = (options: Shown, work: Work) => Promise<void>;

function addStandard(group: Command, context: CommandContext): void {
  group
    .command("standard")
    .description("Print the audit standard of today, or of a version")
    .option("--version <version>", `one of ${standards.map(({ version }) => version).join(", ")}`)
    .option("--json", "as JSON, with evidence and sources")
    .action((options: Shown & { readonly version?: string }, command: Command) => {
      if (options.version !== undefined && !standards.some(({ version }) => version === options.version))
        command.error(`error: there is no standard ${options.version}`, { exitCode: 2 });
      const standard =
        options.version === undefined ? standardOn(civilDate(context.today)) : standardOf(options.version);
      const lines = standard.sections.flatMap((section) => [
        `\n${section.title}`,
        ...section.requirements.map(({ id, text, decisive }) => `  ${id}${decisive ? " (decides)" : ""}: ${text}`),
      ]);
      process.stdout.write(
        options.json ? `${JSON.stringify(standard)}\n` : `Audit standard ${standard.version}\n${lines.join("\n")}\n`,
      );
    });
}

function addOfficers(group: Command, context: CommandContext, perform: Perform): void {
  const officers = group.command("officers").description("The register of Chartered Safeguarding Officers");
  officers
    .command("import <file>")
    .description("Enter officers from CSV: charter, name, region, base, east, north, days, from, until, subject")
    .option("--json", "print the report as JSON")
    .action((file: string, options: Shown) =>
      perform(options, async (database, progress) => {
        const read = await readOfficerFile(resolve(file), progress);
        if (!read.ok) return read;
        const done = await registerOfficers(database, cli, read.value, new Date());
        return done.ok
          ? said(done.value, `${done.value.added} officers entered, ${done.value.known} known already`)
          : done;
      }),
    );
  officers
    .command("list")
    .description("List the officers and the state of their charters")
    .option("--region <code>", "of one region")
    .option("--json", "as JSON")
    .action((options: Shown & { readonly region?: string }) =>
      perform(options, async (database) => {
        const rows = (await listOfficers(database.queries, options.region)).map(
          ({ charter, name, region, baseName, chartered, ...officer }) => ({
            ...{ charter, name, region, base: baseName, until: chartered.to },
            status: charterStatus({ chartered, suspensions: officer.suspensions }, civilDate(context.today)),
          }),
        );
        return said(
          rows,
          rows
            .map(
              ({ charter, name, region, status, until }) => `${charter}  ${status}  until ${until}  ${region}  ${name}`,
            )
            .join("\n") || "No officer is registered.",
        );
      }),
    );
  officers
    .command("renew <charter>")
    .description("Renew a charter, from the day on which it lapses or from today where it has")
    .requiredOption("--until <day>", "the day on which it lapses then, as 2029-09-01")
    .option("--json", "as JSON")
    .action((charter: string, options: Shown & { readonly until: string }) =>
      perform(options, async (database) => {
        const until = parseCivilDate(options.until);
        if (!until.ok) return err([problem("audit-day-unreadable", "--until", until.error)]);
        const view = await viewOfficer(database, cli, charter);
        if (!view.ok) return view;
        const change = { kind: "renewed", until: until.value } as const;
        const done = await changeOfficerBy(database, cli, charter, change, view.value.officer.version, new Date());
        return done.ok ? said({ charter, ...done.value.chartered }, `${charter} holds until ${options.until}`) : done;
      }),
    );
}

function addPlaces(group: Command, context: CommandContext, perform: Perform): void {
  group
    .command("places <file>")
    .description(
      "Take schools' places from CSV (URN, Easting, Northing in metres); others are placed among their neighbours",
    )
    .option("--json", "print the report as JSON")
    .action((file: string, options: Shown) =>
      perform(options, async (database, progress) => {
        const read = await readPlaceFile(resolve(file), progress);
        if (!read.ok) return read;
        const report = await placeRegions(
          database.queries,
          regions.map(({ code }) => code),
          read.value,
          civilDate(context.today),
        );
        return said(
          report,
          `${read.value.size} places read; ${report.placed} schools placed, ${report.unknown} without a place`,
        );
      }),
    );
  group
    .command("desk <authority>")
    .description("Enter the telephone numbers of a local authority's duty desks")
    .option("--social-care <number>", "children's social care")
    .option("--designated-officer <number>", "the designated officer for allegations")
    .option("--json", "print what was entered as JSON")
    .action(
      (authority: string, options: Shown & { readonly socialCare?: string; readonly designatedOfficer?: string }) =>
        perform(options, async (database) => {
          const desk = {
            authority,
            socialCare: options.socialCare ?? null,
            designatedOfficer: options.designatedOfficer ?? null,
          };
          await putDesk(database.queries, desk);
          return said(desk, `The desks of ${authority} are entered.`);
        }),
    );
}

interface AssignOptions extends Shown {
  readonly region: string;
  readonly year?: string;
  readonly away: readonly string[];
  readonly from?: string;
  readonly csv?: string;
  readonly adopt?: boolean;
}

function addAssign(group: Command, context: CommandContext, perform: Perform): void {
  group
    .command("assign")
    .description("Assign a region's audits of the year: least travel, even loads, the gap to the best shown")
    .requiredOption("--region <code>", "the region, as E12000001")
    .option("--year <year>", "the calendar year in which the academic year begins")
    .option(
      "--away <charter>",
      "an officer who can't be sent (again for others)",
      (one: string, all: readonly string[]) => [...all, one],
      [],
    )
    .option("--from <plan>", "the plan that is changed as little as possible")
    .option("--csv <file>", "write the visits as CSV")
    .option("--adopt", "put the plan in force")
    .option("--json", "print the figures as JSON")
    .action((options: AssignOptions) =>
      perform(options, async (database) => {
        const year = options.year === undefined ? academicYearOf(civilDate(context.today)) : Number(options.year);
        const away = options.away.map((charter) => ({ charter, from: civilDate(context.today) }));
        const job = await orderPlan(
          database,
          cli,
          { region: options.region, year, away, from: options.from === undefined ? null : Number(options.from) },
          new Date(),
        );
        if (!job.ok) return job;
        const state = await runToEnd(database, job.value, [planJob]);
        const made = state.result as { readonly plan?: number } | null;
        if (made?.plan === undefined)
          return err([
            {
              code: "assignment-impossible",
              place: `region ${options.region}`,
              message: state.error ?? "no plan was made",
              remedy: "",
            },
          ]);
        const plan = (await findPlan(database.queries, made.plan))!;
        if (options.csv) await writeFile(resolve(options.csv), visitsCsv(await visitsOf(database.queries, plan.id)));
        const adopted = options.adopt ? await adoptPlan(database, cli, plan.id, new Date()) : null;
        if (adopted && !adopted.ok) return adopted;
        const { schools, officers, kilometres, gap, cost, greedyCost } = plan.figures;
        const words = `Plan ${plan.id}: ${schools} schools, ${officers} officers, ${Math.round(kilometres)} km; at most ${(100 * gap).toFixed(3)}% above the best, ${(100 * (1 - cost / greedyCost)).toFixed(1)}% less than the greedy way.${adopted ? " It is in force." : ""}`;
        return said({ plan: plan.id, ...plan.figures }, words);
      }),
    );
  group
    .command("audits")
    .description("List audits with their state and outcome; never what was found")
    .option("--region <code>", "of a region")
    .option("--urn <urn>", "of a school")
    .option("--json", "as JSON")
    .action((options: Shown & { readonly region?: string; readonly urn?: string }) =>
      perform(options, async (database) => {
        const { region, urn } = options;
        const audits = await listAudits(database.queries, {
          ...(region ? { region } : {}),
          ...(urn ? { urn } : {}),
          limit: 100_000,
        });
        const rows = audits.map(({ id, school, officer, state, plannedOn, signedOn, outcome }) => ({
          id,
          school,
          officer,
          state,
          plannedOn,
          signedOn,
          outcome,
        }));
        return said(
          rows,
          rows
            .map(
              (row) =>
                `${row.id}  ${row.state}  ${row.outcome ?? ""}  ${row.signedOn ?? row.plannedOn ?? ""}  ${row.school}`,
            )
            .join("\n") || "There is no audit.",
        );
      }),
    );
}

function addOutcomes(group: Command, context: CommandContext, perform: Perform): void {
  const outcomes = group.command("outcomes").description("Outcomes of audits: what the Quality Mark reads");
  outcomes
    .command("import <file>")
    .description("Import outcomes of audits done elsewhere from CSV: urn, outcome, date")
    .option("--json", "print the report, or the problems, as JSON")
    .action((file: string, options: Shown) =>
      perform(options, async (database, progress) => {
        const read = await readOutcomeFile(resolve(file), progress);
        if (!read.ok) return read;
        const done = await importOutcomes(database, cli, read.value, file, new Date());
        return done.ok
          ? said(done.value, `${done.value.added} outcomes imported, ${done.value.unchanged} known already`)
          : done;
      }),
    );
  outcomes
    .command("list")
    .description("List the outcome that counts for each school on a day")
    .option("--on <date>", "the day; today unless given")
    .option("--json", "as JSON")
    .action((options: Shown & { readonly on?: string }, command: Command) => {
      const on = options.on === undefined ? ok<CivilDate>(civilDate(context.today)) : parseCivilDate(options.on);
      if (!on.ok) return command.error(`error: ${on.error}`, { exitCode: 2 });
      return perform(options, async (database) => {
        const rows = [...(await auditOutcomes(database.queries, on.value))].map(([urn, signed]) => ({
          urn,
          ...signed,
        }));
        return said(
          rows,
          rows.map(({ urn, outcome, on: day }) => `${urn}  ${outcome}  ${dateInWords(day)}`).join("\n") ||
            "No outcome counts on that day.",
        );
      });
    });
}
