import type { Command } from "commander";
import { civilDate, type Urn } from "../../kernel/index.js";
import { systemActor } from "../../platform/identity/index.js";
import type { CommandContext } from "../../platform/terminal/index.js";
import { dayOf } from "./api-day.js";
import { DraftSchema, ProposedFrameworkSchema, ResponseSchema } from "./api-schemas.js";
import { answer, complain, fileOf, say } from "./cli-file.js";
import type { ConsultationStep } from "./consultation.js";
import { judgeByFramework } from "./framework.js";
import { changeDraft, createConsultation, respond, stepConsultation, writeStatement } from "./service.js";
import { adoptFramework } from "./service-framework.js";
import { adoptedFramework, findConsultation, loadConsultations, loadFindings, loadFrameworks } from "./store.js";
import { findSpecialistSchool } from "./store-schools.js";

const actor = systemActor("command line");

const help = `
A consultation is a YAML or JSON file:

  title: How should special schools be judged?
  about: The group reports to the regional directors.
  opens: 2027-01-11
  closes: 2027-04-05            # twelve weeks or more
  questions:
    - { id: progress, kind: open, text: What shows that pupils make progress? }
    - { id: how-often, kind: choice, text: How often?, options: [every year, every third year] }

Example:
  $ ./greenpaper specialist-framework draft special-schools-2027 consultation.yaml
  $ ./greenpaper specialist-framework step special-schools-2027 open
  $ ./greenpaper specialist-framework show special-schools-2027 --json

Members rate on the group's page or by the interface for programs: a rating is one person's, and this command is nobody.`;

const steps: readonly ConsultationStep[] = ["open", "close", "begin-round", "end-round", "report"];

interface Json {
  readonly json?: boolean;
}

/** Adds `greenpaper specialist-framework`. */
export function addSpecialistFrameworkCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("specialist-framework")
    .description("The Expert Working Group's consultations and frameworks for special schools, PRUs and AP (A4)")
    .addHelpText("after", help);
  addReading(command, context);
  addConsulting(command, context);
  addAdopting(command, context);
}

function addReading(command: Command, context: CommandContext): void {
  command
    .command("consultations")
    .description("The consultations, the newest first")
    .option("--json", "as JSON")
    .action(async ({ json }: Json) => {
      process.exitCode = await context.withRegister(async ({ queries }) => {
        const found = await loadConsultations(queries);
        const line = ({ id, state, opens, closes, title }: (typeof found)[number]) =>
          `${id}\t${state}\t${opens} to ${closes}\t${title}`;
        say(json ? JSON.stringify(found, null, 2) : found.map(line).join("\n") || "Nothing has been asked yet.");
        return 0;
      });
    });
  command
    .command("show <id>")
    .description("One consultation, with its report when it is out, as JSON")
    .action(async (id: string) => {
      process.exitCode = await context.withRegister(async ({ queries }) => {
        const found = await findConsultation(queries, id);
        if (!found) return complain(`There is no consultation called "${id}". See: specialist-framework consultations`);
        say(JSON.stringify(found, null, 2));
        return 0;
      });
    });
  command
    .command("frameworks")
    .description("The frameworks that were adopted, the newest first, as JSON")
    .action(async () => {
      process.exitCode = await context.withRegister(async ({ queries }) => {
        say(JSON.stringify(await loadFrameworks(queries), null, 2));
        return 0;
      });
    });
  command
    .command("findings <urn>")
    .description("What was found in a specialist school, with the reasons that follow, as JSON")
    .action(async (urn: string) => {
      process.exitCode = await context.withRegister(async ({ queries }) => {
        const school = await findSpecialistSchool(queries, urn as Urn);
        if (!school)
          return complain(`No special school, pupil referral unit or alternative provider has the URN "${urn}".`);
        const framework = await adoptedFramework(queries, school.kind, civilDate(context.today));
        if (!framework)
          return complain(`${school.name} is awaiting a framework: none holds for its kind of school yet.`);
        const { findings } = await loadFindings(queries, urn, framework.version);
        const reasons = judgeByFramework(framework, findings);
        say(
          JSON.stringify(
            { ...school, framework: framework.version, findings: [...findings.values()], reasons },
            null,
            2,
          ),
        );
        return 0;
      });
    });
}

function addConsulting(command: Command, context: CommandContext): void {
  const today = civilDate(context.today);
  command
    .command("draft <id> <file>")
    .description("Write a consultation's draft, or change it")
    .action(async (id: string, file: string) => {
      process.exitCode = await fileOf(file, DraftSchema, async (written) =>
        context.withRegister(async (database) => {
          const [opens, closes] = [dayOf("opens", written.opens), dayOf("closes", written.closes)];
          if (!opens.ok) return answer(Promise.resolve(opens), "");
          if (!closes.ok) return answer(Promise.resolve(closes), "");
          const draft = { ...written, id, opens: opens.value, closes: closes.value };
          const known = await findConsultation(database.queries, id);
          const work = known
            ? changeDraft(database, actor, draft, known.version, new Date())
            : createConsultation(database, actor, draft, new Date());
          return answer(work, `${id}: the draft is kept`);
        }),
      );
    });
  command
    .command("step <id> <step>")
    .description(`Take a consultation's next step: ${steps.join(", ")}`)
    .action(async (id: string, word: string) => {
      const step = steps.find((one) => one === word);
      if (!step) {
        process.exitCode = complain(`There is no step "${word}". Choose one of: ${steps.join(", ")}.`);
        return;
      }
      process.exitCode = await context.withRegister(async (database) => {
        const expected = (await findConsultation(database.queries, id))?.version ?? 0;
        return answer(
          stepConsultation(database, actor, { id, step, expected }, today, new Date()),
          `${id}: ${step} done`,
        );
      });
    });
  command
    .command("respond <id> <file>")
    .description("Send a response, as YAML or JSON: respondent, name, answers, evidence, mayBePublished")
    .action(async (id: string, file: string) => {
      process.exitCode = await fileOf(file, ResponseSchema, (response) =>
        context.withRegister((database) =>
          answer(respond(database, actor, id, response, today, new Date()), `${id}: the response is received`),
        ),
      );
    });
  command
    .command("statement <id> <words>")
    .description("Write a statement for the group to rate")
    .option("--rests-on <numbers...>", "numbers of the responses it comes from", [])
    .action(async (id: string, words: string, { restsOn }: { restsOn: string[] }) => {
      process.exitCode = await context.withRegister(async (database) => {
        const expected = (await findConsultation(database.queries, id))?.version ?? 0;
        const order = { id, words, restsOn: restsOn.map(Number), expected };
        return answer(writeStatement(database, actor, order, new Date()), `${id}: the statement is written`);
      });
    });
}

function addAdopting(command: Command, context: CommandContext): void {
  command
    .command("adopt <file>")
    .description("Adopt a framework: title, from, kinds, criteria and the consultation it rests on, as YAML or JSON")
    .action(async (file: string) => {
      process.exitCode = await fileOf(file, ProposedFrameworkSchema, async (written) =>
        context.withRegister(async (database) => {
          const from = dayOf("from", written.from);
          if (!from.ok) return answer(Promise.resolve(from), "");
          const expected = (await loadFrameworks(database.queries))[0]?.version ?? 0;
          const work = adoptFramework(database, actor, { ...written, from: from.value }, expected, new Date());
          return answer(work, `version ${expected + 1} is adopted`);
        }),
      );
    });
}
