import { join } from "node:path";
import type { Command } from "commander";
import { writeAtomically } from "../ingest/index.js";
import type { CommandContext } from "../platform/terminal/index.js";
import { proposalChapters, proposals } from "./proposals.js";
import { proposalsDocument } from "./proposals-document.js";

/** Adds `greenpaper proposals`. */
export function addProposalsCommand(program: Command, context: CommandContext): void {
  program
    .command("proposals")
    .description("List the proposals of the paper with their state and their folder")
    .option("--json", "as JSON")
    .option("--write", "write PROPOSALS.md")
    .action(async ({ json, write }: { json?: boolean; write?: boolean }) => {
      if (write)
        await writeAtomically(join(context.projectFolder, "PROPOSALS.md"), proposalsDocument(proposalChapters));
      else if (json) process.stdout.write(`${JSON.stringify(proposals)}\n`);
      else
        for (const { id, title, state, folder } of proposals)
          process.stdout.write(`${id.padEnd(3)} ${state.padEnd(8)} ${title}  (${folder})\n`);
    });
}
