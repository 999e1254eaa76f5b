import { Command } from "commander";
import { addReviewCommand } from "../accountability/quality-mark/cli.js";
import { civilDate } from "../kernel/index.js";
import { projectVersion } from "./version.js";

const program = new Command("greenpaper")
  .description("The school system of the Headteachers' Roundtable alternative green paper, as working software.")
  .version(projectVersion(), "-v, --version")
  .showHelpAfterError("(add --help for the commands and their options)")
  .showSuggestionAfterError();

addReviewCommand(program, { version: projectVersion(), today: civilDate(new Date().toISOString().slice(0, 10)) });

await program.parseAsync();
