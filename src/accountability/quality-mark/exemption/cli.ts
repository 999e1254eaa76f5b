import { resolve } from "node:path";
import { type Command, Option } from "commander";
import { describeProblems, readUrns } from "../../../ingest/index.js";
import { type CivilDate, valueOn } from "../../../kernel/index.js";
import { systemActor } from "../../../platform/identity/index.js";
import type { CommandContext } from "../../../platform/terminal/index.js";
import { visitPurposes } from "./parameters.js";
import { askExemptions } from "./service.js";

interface Options {
  readonly purpose: string;
  readonly list?: string;
  readonly note: string;
  readonly json?: boolean;
}

/** Adds `greenpaper exemption`. */
export function addExemptionCommand(program: Command, context: CommandContext): void {
  const purposes = valueOn(visitPurposes, context.today as CivilDate).value;
  program
    .command("exemption")
    .description("Whether a school may be visited by another external accountability; the enquiry is recorded")
    .argument("[urn...]", "URNs of schools")
    .addOption(
      new Option("--purpose <code>", "what the visit is for")
        .choices(purposes.map(({ code }) => code))
        .default("inspection"),
    )
    .option("--list <file>", "a CSV file with a column urn")
    .option("--note <words>", "your reference, shown to the school", "")
    .option("--json", "as JSON")
    .addHelpText(
      "after",
      `\nPurposes:\n${purposes.map(({ code, label, accountability }) => `  ${code.padEnd(24)}${label}${accountability ? "" : " (not accountability)"}`).join("\n")}`,
    )
    .action(async (named: string[], options: Options, command: Command) => {
      const read = options.list === undefined ? null : await readUrns(resolve(options.list));
      if (read && !read.ok) {
        process.stderr.write(`${describeProblems(read.error)}\n`);
        process.exitCode = 1;
        return;
      }
      const urns = [...named, ...(read?.ok ? read.value : [])];
      if (urns.length === 0) command.error("error: name a URN, or a list with --list.", { exitCode: 2 });
      process.exitCode = await context.withRegister(async (database) => {
        const asked = await askExemptions(database, systemActor("command line"), { urns, ...options }, new Date());
        if (!asked.ok) {
          process.stderr.write(`${describeProblems(asked.error)}\n`);
          return 1;
        }
        const unknown = asked.value.filter((answer) => !answer.ok).length;
        if (options.json)
          process.stdout.write(
            `${JSON.stringify(asked.value.map((answer, i) => (answer.ok ? answer.value : { urn: urns[i], problem: answer.error })))}\n`,
          );
        else
          asked.value.forEach((answer, i) => {
            const line = answer.ok
              ? `${answer.value.mayVisit ? "may be visited    " : "may not be visited"}  ${answer.value.name}: ${answer.value.reason}`
              : answer.error.message;
            process.stdout.write(`${urns[i]}  ${line}\n`);
          });
        return unknown > 0 ? 1 : 0;
      });
    });
}
