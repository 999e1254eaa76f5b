import { basename } from "node:path";
import type { Command } from "commander";
import { describeProblems, readAttainment } from "../../ingest/index.js";
import { civilDate, valueOn } from "../../kernel/index.js";
import { actingAs, systemActor } from "../../platform/identity/index.js";
import { type CommandContext, terminalProgress } from "../../platform/terminal/index.js";
import { attainmentMeasures, gapOfYear } from "./attainment.js";
import { monthsPerDeviation } from "./parameters.js";
import { loadAttainment, saveAttainment } from "./store.js";

const help = `
Examples:
  $ ./greenpaper disadvantage import lait_la_measures.csv.gz l23_attainment_2022_la.csv.gz
  $ ./greenpaper disadvantage list --json

Reads England's figures of the department's Local Authority Interactive Tool (Reception, Key Stage 2, Attainment 8) and of Level 3 by
19. The page /disadvantage shows them beside the gap of the National Reference Assessments.`;

/** Adds `greenpaper disadvantage`. */
export function addDisadvantageCommand(program: Command, context: CommandContext): void {
  const command = program
    .command("disadvantage")
    .description("The disadvantage gap (A9): import published attainment, list the gaps by year")
    .addHelpText("after", help);
  command
    .command("import <files...>")
    .description("Import attainment by disadvantage from the department's files into the register")
    .action(async (files: string[]) => {
      const progress = terminalProgress();
      const found = await Promise.all(
        files.map(async (file) => ({ file, read: await readAttainment(file, progress) })),
      );
      progress.end();
      const problems = found.flatMap(({ read }) => (read.ok ? [] : read.error));
      if (problems.length > 0) {
        process.stderr.write(`${describeProblems(problems)}\n`);
        process.exitCode = 1;
        return;
      }
      const importedAt = new Date().toISOString();
      const years = found.flatMap(({ file, read }) =>
        read.ok ? read.value.map((year) => ({ ...year, source: basename(file), importedAt })) : [],
      );
      process.exitCode = await context.withRegister(async (database) => {
        await actingAs(database, systemActor("command line"), (queries) => saveAttainment(queries, years));
        process.stdout.write(
          `${years.length} years of ${new Set(years.map(({ measure }) => measure)).size} measures are in the register.\n`,
        );
        return 0;
      });
    });
  command
    .command("list")
    .description("The gaps by measure and year")
    .option("--json", "as JSON")
    .action(async ({ json }: { json?: boolean }) => {
      const months = valueOn(monthsPerDeviation, civilDate(context.today)).value;
      process.exitCode = await context.withRegister(async ({ queries }) => {
        const years = await loadAttainment(queries);
        const gaps = attainmentMeasures.flatMap((measure) =>
          years.filter((year) => year.measure === measure.id).map((year) => gapOfYear(year, measure, months)),
        );
        const line = (gap: (typeof gaps)[number]) =>
          `${gap.measure} ${gap.year}: gap ${gap.gap.toFixed(1)}, index ${gap.rankIndex?.toFixed(2) ?? "not known"}, months ${gap.months?.toFixed(1) ?? "not known"}`;
        process.stdout.write(
          json ? `${JSON.stringify(gaps, null, 2)}\n` : `${gaps.map(line).join("\n") || "Nothing was imported yet."}\n`,
        );
        return 0;
      });
    });
}
