import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type DepartmentFileKind, dayInName, isZip, kindOfFile, type SourceFile, unpackZip } from "../ingest/index.js";
import { type CivilDate, err, ok, type Problem, parseCivilDate, type Result } from "../kernel/index.js";

/** A file whose kind is known from its columns, with the day that it describes. */
export interface KnownFile {
  readonly file: SourceFile;
  readonly kind: DepartmentFileKind;
  readonly asOf: CivilDate;
}

/** Unpacks archives into a folder; other files stay where they are. */
async function unpacked(
  files: readonly SourceFile[],
  folder: string,
): Promise<Result<readonly SourceFile[], readonly Problem[]>> {
  const all: SourceFile[] = [];
  const problems: Problem[] = [];
  for (const file of files) {
    const found = (await isArchive(file)) ? await unpackZip(file, await mkdtemp(join(folder, "zip-"))) : ok([file]);
    if (found.ok) all.push(...found.value);
    else problems.push(...found.error);
  }
  return problems.length > 0 ? err(problems) : ok(all);
}

/** What can't be read at all is told by its reader, with its reason. */
const isArchive = (file: SourceFile) => isZip(file).catch(() => false);

/** The day in the file's name, or the one given. */
function dayOf(file: SourceFile, given: CivilDate): CivilDate {
  const named = dayInName(file.shown);
  const day = named === null ? null : parseCivilDate(named);
  return day?.ok ? day.value : given;
}

/**
 * Finds out what each file is about, unpacking zip archives, and does something with them; the unpacked files are gone afterwards.
 * @param asOf the day of the files whose names say none
 */
export async function withKnownFiles<T>(
  files: readonly SourceFile[],
  asOf: CivilDate,
  use: (files: readonly KnownFile[]) => Promise<Result<T, readonly Problem[]>>,
): Promise<Result<T, readonly Problem[]>> {
  const folder = await mkdtemp(join(tmpdir(), "greenpaper-files-"));
  try {
    const all = await unpacked(files, folder);
    if (!all.ok) return all;
    const known: KnownFile[] = [];
    const problems: Problem[] = [];
    for (const file of all.value) {
      const kind = await kindOfFile(file);
      if (kind.ok) known.push({ file, kind: kind.value, asOf: dayOf(file, asOf) });
      else problems.push(...kind.error);
    }
    return problems.length > 0 ? err(problems) : await use(known);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
