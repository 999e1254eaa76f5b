import { dirname, resolve } from "node:path";
import type { Command } from "commander";
import { printed } from "./design/cli-draw.js";
import { writeExample } from "./service-example.js";
import { draftStudyFile } from "./service-init.js";

const help = `
The first file has a row a pupil; others may hold weights, replicate weights or responses of the same pupils (under the same id), or say
which items there are and in which booklet. What columns are is guessed from their names and values, so the draft has to be read through.
Nothing is written over. Without --out the draft is printed.

Examples:
  $ ./greenpaper reference-assessments init pupils.csv --out study.yaml
  $ ./greenpaper reference-assessments init weights.csv answers.csv replicates.csv booklets.csv --out study.yaml
  $ ./greenpaper reference-assessments calibrate study.yaml --out results`;

/** Adds `reference-assessments init`. */
export function addInitCommand(parent: Command): void {
  parent
    .command("init")
    .description("Draft a study file from your own files")
    .argument("<files...>", "the pupils' file first, then others of the same pupils or about the items")
    .option("-o, --out <file>", "the study file to write, as study.yaml; its paths begin at its folder")
    .option("--json", "print the draft (or the problems) as JSON")
    .addHelpText("after", help)
    .action(async (paths: readonly string[], { out, json }: { readonly out?: string; readonly json?: boolean }) => {
      const file = out === undefined ? null : resolve(out);
      const folder = file === null ? process.cwd() : dirname(file);
      const answer = await draftStudyFile({ paths: paths.map((path) => resolve(path)), file, folder });
      process.exitCode = printed(
        answer,
        json === true,
        (draft) => draft,
        ({ text, found }) =>
          file === null
            ? [text.trimEnd()]
            : [
                `Found: ${found.join(", ")}`,
                `Written: ${out}. Read it through, then: ./greenpaper reference-assessments calibrate ${out}`,
              ],
      );
    });
}

/** Adds `reference-assessments example`. */
export function addExampleCommand(parent: Command): void {
  parent
    .command("example")
    .description("Write the files of a small made-up assessment, to try the commands on")
    .argument("<folder>", "where to write pupils.csv, answers.csv and booklets.csv")
    .option("--json", "print the files' names (or the problems) as JSON")
    .action(async (path: string, { json }: { readonly json?: boolean }) => {
      const answer = await writeExample(resolve(path));
      process.exitCode = printed(
        answer,
        json === true,
        (files) => ({ files }),
        (files) => [`Written to ${path}: ${files.join(", ")}. The pupils are made up.`],
      );
    });
}
