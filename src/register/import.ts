import { basename } from "node:path";
import {
  fingerprint,
  type GroupLinkRow,
  readGroupLinks,
  readGroups,
  readSchoolLinks,
  readSchools,
} from "../ingest/index.js";
import { type CivilDate, err, ok, type Problem, type Progress, type Result, silent } from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import { findAuthority } from "./authorities.js";
import { later, linkKey } from "./changes.js";
import { problemCodes } from "./problem-codes.js";
import { type ImportedFile, type ImportReport, updateRegister } from "./service.js";
import type { GroupMembership, RegisterContents, School, SchoolLink } from "./types.js";

/** Files of the department to import; those that are absent leave their part of the register as it is. */
export interface RegisterFiles {
  readonly schools?: string;
  readonly groups?: string;
  readonly groupLinks?: string;
  readonly schoolLinks?: string;
}

const importedFile = async (path: string, rows: number): Promise<ImportedFile> => ({
  name: basename(path),
  sha256: await fingerprint(path),
  rows,
});

function unknownAuthorities(schools: readonly (School & { readonly place: string })[]): Problem[] {
  return schools
    .filter((school) => !findAuthority(school.authority))
    .map((school) => ({
      code: "authority-unknown",
      place: school.place,
      message: `no local authority has the code ${school.authority}`,
      remedy: problemCodes["authority-unknown"].remedy,
    }));
}

/** The file has who is in which group, so nobody in it has left. */
function toMemberships(links: readonly GroupLinkRow[]): Result<readonly GroupMembership[], readonly Problem[]> {
  const problems: Problem[] = [];
  const memberships: GroupMembership[] = [];
  for (const { urn, groupUid, joined, place } of links)
    if (joined !== null) memberships.push({ urn, groupUid, joined, left: null });
    else
      problems.push({
        code: "joined-date-missing",
        place,
        message: `the date on which school ${urn} joined group ${groupUid} is missing`,
        remedy: problemCodes["joined-date-missing"].remedy,
      });
  return problems.length > 0 ? err(problems) : ok(memberships);
}

/** The same link with two dates is one link, of the later date. */
function withoutRepeats(links: readonly SchoolLink[]): SchoolLink[] {
  const kept = new Map<string, SchoolLink>();
  for (const { urn, linkUrn, linkType, established } of links) {
    const key = linkKey({ urn, linkUrn, linkType, established });
    kept.set(key, { urn, linkUrn, linkType, established: later(established, kept.get(key)?.established ?? null) });
  }
  return [...kept.values()];
}

const nothing = async (): Promise<Result<readonly never[], readonly Problem[]>> => ok([]);

/**
 * Imports the department's files into the register: reads them all, checks them all, then saves all or nothing. Importing the same
 * files again changes nothing.
 *
 * @param asOf the day that the files describe
 * @param synthetic whether they describe made-up schools, as those of `greenpaper england` do
 * @returns what was new, changed, the same and closed; or every problem of every file
 */
export async function importRegister(
  database: Database,
  files: RegisterFiles,
  asOf: CivilDate,
  progress: Progress = silent,
  synthetic = false,
): Promise<Result<ImportReport, readonly Problem[]>> {
  progress.stage("Reading the register's files");
  const schools = await (files.schools === undefined ? nothing() : readSchools(files.schools, progress));
  const groups = await (files.groups === undefined ? nothing() : readGroups(files.groups, progress));
  const groupLinks = await (files.groupLinks === undefined ? nothing() : readGroupLinks(files.groupLinks, progress));
  const links = await (files.schoolLinks === undefined ? nothing() : readSchoolLinks(files.schoolLinks, progress));
  if (!schools.ok || !groups.ok || !groupLinks.ok || !links.ok)
    return err([schools, groups, groupLinks, links].flatMap((read) => (read.ok ? [] : read.error)));
  const memberships = toMemberships(groupLinks.value);
  const problems = [...unknownAuthorities(schools.value), ...(memberships.ok ? [] : memberships.error)];
  if (!memberships.ok || problems.length > 0) return err(problems);
  const read: readonly (readonly [path: string | undefined, rows: number])[] = [
    [files.schools, schools.value.length],
    [files.groups, groups.value.length],
    [files.groupLinks, groupLinks.value.length],
    [files.schoolLinks, links.value.length],
  ];
  const imported = read.flatMap(([path, rows]) => (path === undefined ? [] : [importedFile(path, rows)]));
  progress.stage("Saving the register");
  const contents: RegisterContents = {
    schools: schools.value,
    groups: groups.value,
    memberships: memberships.value,
    links: withoutRepeats(links.value),
  };
  const name = synthetic ? "files of a synthetic England" : "the department's register of schools";
  return updateRegister(database, contents, { name, asOf, synthetic, files: await Promise.all(imported) });
}
