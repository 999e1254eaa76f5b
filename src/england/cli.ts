import { resolve } from "node:path";
import type { Command } from "commander";
import { checkWritable, describeProblems } from "../ingest/index.js";
import { terminalProgress } from "../platform/terminal/index.js";
import { calibrationReport } from "./calibration.js";
import { makeEngland } from "./make-england.js";
import { addEnglandOptions, regionsAsked, type WhichEngland } from "./options.js";
import { writeEngland } from "./write.js";

interface EnglandCommandOptions extends WhichEngland {
  readonly out: string;
  readonly json?: boolean;
}

const help = `
Examples:
  $ ./greenpaper england --out england --regions "North East" --cohorts 1
  $ ./greenpaper review england/review-primary.yaml --out results/primary

It writes pupils, spells on roll, schools, trusts, safeguarding audits and accounts opinions as CSV, a review file for
each phase, and the truth that the pupils were made with. Everything is invented; authorities and regions are real.`;

/** Adds `greenpaper england`. */
export function addEnglandCommand(program: Command): void {
  const command = program
    .command("england")
    .description("Make a synthetic England as files: pupils, spells, schools, evidence and review files")
    .requiredOption("-o, --out <folder>", "where to write")
    .option("--json", "print what was made, and how it compares with the real England, as JSON")
    .addHelpText("after", help);
  addEnglandOptions(command).action(async (options: EnglandCommandOptions) => {
    process.exitCode = await make(options);
  });
}

async function make(options: EnglandCommandOptions): Promise<number> {
  const folder = resolve(options.out);
  const writable = await checkWritable(folder);
  if (!writable.ok) {
    process.stderr.write(`${describeProblems([writable.error])}\n`);
    return 1;
  }
  const progress = terminalProgress();
  progress.stage("making a synthetic England");
  const england = makeEngland({ seed: options.seed, regions: regionsAsked(options), cohorts: options.cohorts });
  progress.stage("writing the files");
  const files = await writeEngland(england, folder, progress);
  progress.end();
  const pupils = england.phases.reduce((sum, phase) => sum + phase.pupils.rows, 0);
  if (options.json)
    process.stdout.write(
      `${JSON.stringify({ folder, files, schools: england.schools.length, pupils, calibration: calibrationReport(england) })}\n`,
    );
  else {
    process.stdout.write(
      `A synthetic England: ${england.schools.length.toLocaleString("en-GB")} schools, ${pupils.toLocaleString("en-GB")} pupils\n`,
    );
    process.stdout.write(`Written to ${folder}: ${files.join(", ")}\n`);
  }
  return 0;
}
