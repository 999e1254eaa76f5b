import { writeFile } from "node:fs/promises";
import { basename, resolve } from "node:path";
import type { Command } from "commander";
import { dateInWords, err, ok, type Problem, type Result } from "../../kernel/index.js";
import type { Database } from "../../platform/database/index.js";
import { dayInEngland } from "../../platform/day/index.js";
import { filesOfDisc } from "../../platform/http/index.js";
import { systemActor } from "../../platform/identity/index.js";
import { auditNumber } from "./audit.js";
import { evidenceUploads } from "./evidence-files.js";
import { problem } from "./problems.js";
import { erasureDay } from "./retention.js";
import { type AuditView, viewAudit } from "./service-audits.js";
import { addEvidence, readEvidence, removeEvidence } from "./service-evidence.js";
import type { ListedEvidence } from "./store-evidence.js";

/** What a command answers: for programs, and in words. */
interface Said {
  readonly value: unknown;
  readonly words: string;
}

interface Options {
  readonly json?: boolean;
  readonly as?: string;
}

/** Does something in the register and says what came of it. */
type Perform = (
  options: { readonly json?: boolean },
  work: (database: Database) => Promise<Result<Said, readonly Problem[]>>,
) => Promise<void>;

const help = `
Audits are named as "greenpaper safeguarding audits" lists them, requirements as "greenpaper safeguarding standard" does, files by the id that "list" shows.
The command line acts as the officer of the audit; --as says who did it. Files are added and taken out until the audit is signed: PDF, PNG or JPEG, at most
5 MB each and 5 at once, all of them or none. Cover the names of children first, and leave DBS certificates in the school. Some time after the signature files are
erased (see /safeguarding/standard#numbers): "list" says when, and "get" then refuses.

Examples:
  $ ./greenpaper safeguarding audits --urn 900123
  $ ./greenpaper safeguarding evidence add 2026-27-900123-1 recruitment.record scan.pdf photo.jpg --as "Ada Example"
  $ ./greenpaper safeguarding evidence list 2026-27-900123-1
  $ ./greenpaper safeguarding evidence get 0123456789abcdef --out scan.pdf`;

const moment = (at: string) => dateInWords(dayInEngland(new Date(at)));

/** A file of evidence on one line. */
export function fileInWords({ id, requirement, name, size, addedAt, erasedAt }: ListedEvidence): string {
  const erased = erasedAt === null ? "" : `, erased on ${moment(erasedAt)}`;
  return `${id}  ${requirement}  ${name}, ${size.toLocaleString("en-GB")} bytes, added on ${moment(addedAt)}${erased}`;
}

function listed({ audit, about, files, fileMonths }: AuditView): Said {
  const eraseOn = audit.signedOn === null ? null : erasureDay(audit.signedOn, fileMonths);
  const heading = `Audit ${auditNumber(audit.id)} of ${about.school.name}: ${files.length} ${files.length === 1 ? "file" : "files"}`;
  const kept = files.some(({ erasedAt }) => erasedAt === null);
  const until =
    eraseOn === null || !kept
      ? []
      : [`Kept until ${dateInWords(eraseOn)}, and longer while something open needs them.`];
  return {
    value: { audit: audit.id, state: audit.state, eraseOn, files },
    words: [heading, ...files.map(fileInWords), ...until].join("\n"),
  };
}

/** Adds `greenpaper safeguarding evidence`: files of evidence listed, added, fetched and taken out by the pages' rules. */
export function addEvidenceCommands(group: Command, perform: Perform): void {
  const evidence = group
    .command("evidence")
    .description("Files of evidence of an audit: list, add, get, remove")
    .addHelpText("after", help);
  const actorOf = ({ as }: Options) => systemActor(as ?? "command line");
  const command = (usage: string, description: string) =>
    evidence.command(usage).description(description).option("--json", "as JSON");
  const list = async (database: Database, options: Options, audit: string) => {
    const view = await viewAudit(database, actorOf(options), audit, new Date());
    return view.ok ? ok(listed(view.value)) : view;
  };
  command("list <audit>", "list an audit's files with their hashes, and until when they are kept").action(
    (audit: string, options: Options) => perform(options, (database) => list(database, options, audit)),
  );
  command("add <audit> <requirement> <files...>", "add files to a requirement of a begun audit, all or none")
    .option("--as <name>", "who does it")
    .action((audit: string, requirement: string, paths: readonly string[], options: Options) =>
      perform(options, async (database) => {
        const files = filesOfDisc(paths, evidenceUploads);
        if (!files.ok) return files;
        const sent = { requirement, files: files.value };
        const added = await addEvidence(database, actorOf(options), audit, sent, new Date());
        return added.ok ? list(database, options, audit) : added;
      }),
    );
  command("remove <audit> <file>", "take a file out of a begun audit; its hash stays in the log")
    .option("--as <name>", "who does it")
    .action((audit: string, file: string, options: Options) =>
      perform(options, async (database) => {
        const removed = await removeEvidence(database, actorOf(options), audit, file, new Date());
        return removed.ok ? list(database, options, audit) : removed;
      }),
    );
  command("get <file>", "write a file to the disc; it replaces nothing that is there")
    .option("-o, --out <path>", "where to write it; under its own name here unless given")
    .action((file: string, options: Options & { readonly out?: string }) =>
      perform(options, async (database) => {
        const found = await readEvidence(database, actorOf(options), file);
        if (!found.ok) return found;
        const { bytes, name, sha256, type } = found.value;
        const path = resolve(options.out ?? basename(name));
        const written = await writeNew(path, bytes);
        return written.ok
          ? ok({ value: { file, path, name, type, sha256 }, words: `${path}, SHA-256 ${sha256}` })
          : written;
      }),
    );
}

async function writeNew(path: string, bytes: Buffer): Promise<Result<null, readonly Problem[]>> {
  try {
    await writeFile(path, bytes, { flag: "wx" });
    return ok(null);
  } catch (error) {
    const message = `it can't be written (${error instanceof Error ? error.message : error})`;
    return err([problem("evidence-not-written", path, message)]);
  }
}
