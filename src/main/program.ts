import { Command } from "commander";
import { addDisadvantageCommand } from "../accountability/disadvantage/cli.js";
import { addMeasuresCommand } from "../accountability/measures/cli.js";
import { addCasesCommand } from "../accountability/quality-mark/cases/cli.js";
import { addCertificateCommand } from "../accountability/quality-mark/certificate/cli.js";
import { addReviewCommand } from "../accountability/quality-mark/cli.js";
import { addCorrectCommand } from "../accountability/quality-mark/cli-correct.js";
import { addPublishCommand } from "../accountability/quality-mark/cli-publish.js";
import { addExemptionCommand } from "../accountability/quality-mark/exemption/cli.js";
import { addSchoolAnswerCommand } from "../accountability/quality-mark/school-side/cli.js";
import { addReferenceAssessmentsCommand } from "../accountability/reference-assessments/cli.js";
import { addRegionsCommand } from "../accountability/regions/cli.js";
import { addSafeguardingCommand } from "../accountability/safeguarding/cli.js";
import { addSpecialistFrameworkCommand } from "../accountability/specialist-framework/cli.js";
import { addSimulateCommand } from "../discussion/runs/cli.js";
import { addEnglandCommand } from "../england/cli.js";
import { addSumsCommand } from "../ingest/sums/cli.js";
import { addFitSumsCommand } from "../ingest/sums/fit-cli.js";
import { addPeopleCommand } from "../platform/identity/cli.js";
import { addJobsCommand } from "../platform/jobs/cli.js";
import type { CommandContext } from "../platform/terminal/index.js";
import { addImportCommand } from "../register/cli.js";
import { addAccountsCommand } from "../structures/accounts/cli.js";
import { addSupplyCommand } from "../teachers/supply/cli.js";
import { endWithSchools } from "./after-import.js";
import { addFitCommand } from "./fit-command.js";
import { knownScopes } from "./local-people.js";
import { addProposalsCommand } from "./proposals-command.js";
import { keepFileSource, pupilSideIn } from "./pupil-side.js";
import { addServeCommand } from "./serve-command.js";
import { addVerifyCommand } from "./verify-command.js";
import { projectVersion } from "./version.js";

/**
 * The command line: every command of every part.
 * @param program where the commands are added, with what is to become of its words and its end
 */
export function greenpaperProgram(context: CommandContext, program = new Command("greenpaper")): Command {
  program
    .description("The school system of the Headteachers' Roundtable alternative green paper, as working software.")
    .version(projectVersion(), "-v, --version")
    .showHelpAfterError("(add --help for the commands and their options)")
    .showSuggestionAfterError()
    .addHelpText("after", "\nTo see the review of a synthetic England in a browser: npm start");
  addReviewCommand(program, context);
  addCorrectCommand(program, context);
  addPublishCommand(program, context, (reviews) => keepFileSource(context.home, reviews));
  addCasesCommand(program, context);
  addSchoolAnswerCommand(program, context, pupilSideIn(context.home, process.env));
  addFitCommand(program);
  addEnglandCommand(program);
  addImportCommand(program, context, ({ queries }) =>
    queries.transaction((inside) => endWithSchools(inside, new Date())),
  );
  addSumsCommand(program, context);
  addFitSumsCommand(program);
  addPeopleCommand(program, context, knownScopes);
  addAccountsCommand(program, context);
  addExemptionCommand(program, context);
  addCertificateCommand(program, context);
  addSafeguardingCommand(program, context);
  addServeCommand(program, context);
  addMeasuresCommand(program, context);
  addSpecialistFrameworkCommand(program, context);
  addReferenceAssessmentsCommand(program, context);
  addDisadvantageCommand(program, context);
  addRegionsCommand(program, context);
  addSupplyCommand(program, context);
  addSimulateCommand(program);
  addProposalsCommand(program, context);
  addVerifyCommand(program, context);
  addJobsCommand(program, context, async () => (await import("./parts.js")).jobKinds);
  return program;
}
