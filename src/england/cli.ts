import { rmSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { checkWritable, describeProblems } from "../ingest/index.js";
import { onStop, terminalProgress } from "../platform/terminal/index.js";
import { startThread } from "../platform/threads/index.js";
import { defaultRegions } from "./make-england.js";
import { addEnglandOptions, regionsAsked, type UsualEngland, type WhichEngland } from "./options.js";
import { partFolder } from "./write.js";
import type { EnglandOrder, WrittenEngland } from "./write-thread.js";

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

/** Two regions: files of the whole country are half a gigabyte and more. */
const usual: UsualEngland = { regions: defaultRegions, cohorts: 3 };

/** Adds `greenpaper england`. */
export function addEnglandCommand(program: Command): void {
  const command = program
    .command("england")
    .description("Make a synthetic England as files: pupils, spells, schools, evidence and review files")
    .requiredOption("-o, --out <folder>", "where to write")
    .option("--json", "print what was made, and how it compares with the real England, as JSON")
    .addHelpText("after", help);
  addEnglandOptions(command, usual).action(async (options: EnglandCommandOptions) => {
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
  const order: EnglandOrder = {
    folder,
    seed: options.seed,
    regions: regionsAsked(options, usual),
    cohorts: options.cohorts,
  };
  const work = startThread<WrittenEngland>(new URL("./write-thread.js", import.meta.url), order, progress);
  const done = onStop(async () => {
    await work.stop();
    progress.abandon();
    rmSync(partFolder(folder), { recursive: true, force: true });
    process.stderr.write("\nStopped. Nothing was written; run the same command to start again.\n");
  });
  const { files, schools, pupils, calibration } = await work.result;
  done();
  progress.end();
  if (options.json) process.stdout.write(`${JSON.stringify({ folder, files, schools, pupils, calibration })}\n`);
  else {
    const count = (number: number) => number.toLocaleString("en-GB");
    process.stdout.write(`A synthetic England: ${count(schools)} schools, ${count(pupils)} pupils\n`);
    process.stdout.write(`Written to ${folder}: ${files.join(", ")}\n`);
  }
  return 0;
}
