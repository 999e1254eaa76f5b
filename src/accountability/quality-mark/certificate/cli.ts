import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import type { Command } from "commander";
import { describeProblems } from "../../../ingest/index.js";
import type { CommandContext } from "../../../platform/terminal/index.js";
import { certificatePdf } from "./report-certificate.js";
import { checkCode, currentCertificate } from "./service.js";

/** Adds `greenpaper certificate`. */
export function addCertificateCommand(program: Command, context: CommandContext): void {
  const certificate = program
    .command("certificate")
    .description("Certificates of the Quality Mark: make one, check a code");
  certificate
    .command("make")
    .description("Write the certificate of a school that holds the mark")
    .argument("<urn>", "the school")
    .requiredOption("-o, --out <file>", "where to write the PDF")
    .action(async (urn: string, { out }: { out: string }) => {
      process.exitCode = await context.withRegister(async (database) => {
        const issued = await currentCertificate(database, urn, new Date());
        if (!issued.ok) {
          process.stderr.write(`${describeProblems([issued.error])}\n`);
          return 1;
        }
        const { certificate: made, code } = issued.value;
        await writeFile(resolve(out), await certificatePdf(made, code));
        process.stdout.write(`${out}: ${made.name}, until ${made.until}, code ${code}\n`);
        return 0;
      });
    });
  certificate
    .command("verify")
    .description("Check the code of a certificate; the exit code is 0 only where the mark holds")
    .argument("<code>", "as QM-123456-2026-ABCD-EFGH-JKMN-PQRS")
    .option("--json", "as JSON")
    .action(async (code: string, { json }: { json?: boolean }) => {
      process.exitCode = await context.withRegister(async (database) => {
        const { finding, issued, on } = await checkCode(database, code, new Date());
        if (json)
          process.stdout.write(`${JSON.stringify({ finding, certificate: issued?.certificate ?? null, on })}\n`);
        else
          process.stdout.write(
            `${finding}${issued ? `: ${issued.certificate.name}, until ${issued.certificate.until}` : ""}\n`,
          );
        return finding === "holds" ? 0 : 1;
      });
    });
}
