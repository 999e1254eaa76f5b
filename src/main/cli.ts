import { Command } from "commander";
import { homeFolder } from "../platform/database/index.js";
import { dayInEngland } from "../platform/day/index.js";
import { greenpaperProgram } from "./program.js";
import { projectBuild, projectFolder, projectVersion } from "./version.js";
import { withRegister } from "./with-register.js";

const context = {
  version: projectVersion(),
  today: dayInEngland(new Date()),
  projectFolder,
  home: homeFolder(process.env, projectFolder),
  build: projectBuild(),
  withRegister,
};
// A reader such as `head` that has seen enough closes the pipe; that is no failure of ours.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit(0);
});

// What commander refuses, an option's value among it, is a wrong command: 2, as everywhere else. Help that was asked for is none.
const program = new Command("greenpaper").exitOverride(({ exitCode }) => process.exit(exitCode === 0 ? 0 : 2));
await greenpaperProgram(context, program).parseAsync();
