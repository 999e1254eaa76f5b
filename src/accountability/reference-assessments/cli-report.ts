import { join, resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import type { CommandContext } from "../../platform/terminal/index.js";
import { printed } from "./design/cli-draw.js";
import { writeReport } from "./service-report.js";

const help = `
The folder is one that calibrate, link, estimate or run wrote (--out): results.json and record.json are read, and results that were
changed since are refused. The report is one HTML file that needs nothing else.

Example:
  $ ./greenpaper reference-assessments report results --out technical-report.html`;

interface ReportOptions {
  readonly out?: string;
  readonly synthetic?: boolean;
  readonly json?: boolean;
}

function htmlName(text: string): string {
  if (!/\.html?$/i.test(text)) throw new InvalidArgumentError("A file whose name ends in .html is needed.");
  return text;
}

/** Adds `reference-assessments report`. */
export function addReportCommand(command: Command, { version }: CommandContext): void {
  command
    .command("report")
    .description("The technical report of a study's results, as one HTML file")
    .argument("<results-folder>", "a folder that run --out wrote")
    .option("-o, --out <file>", "the file; report.html in the folder when left out", htmlName)
    .option("--synthetic", "the pupils are made up: say so in the report")
    .option("--json", "print where it was written (or the problems) as JSON")
    .addHelpText("after", help)
    .action(async (path: string, { out, synthetic, json }: ReportOptions) => {
      const folder = resolve(path);
      const file = out === undefined ? join(folder, "report.html") : resolve(out);
      const answer = await writeReport({ folder, file, synthetic: synthetic === true, version });
      process.exitCode = printed(
        answer,
        json === true,
        (report) => ({ report }),
        (report) => [`Written: ${report}`],
      );
    });
}
