import { basename } from "node:path";
import {
  censusYearInName,
  fingerprint,
  type GroupLinkRow,
  type PupilCountRow,
  readCensus,
  readGroupLinks,
  readGroups,
  readSchoolLinks,
  readSchools,
  type SchoolLinkRow,
  type SchoolRow,
  type SourceFile,
} from "../ingest/index.js";
import {
  academicYear,
  type CivilDate,
  err,
  formatAcademicYear,
  ok,
  type Problem,
  type Progress,
  type Result,
} from "../kernel/index.js";
import { findAuthority } from "./authorities.js";
import { authorityExisted, censusDay } from "./authority-years.js";
import { later, linkKey } from "./changes.js";
import type { KnownFile } from "./files-to-import.js";
import { problemCodes } from "./problem-codes.js";
import type { ImportedFile } from "./service.js";
import type { GroupMembership, PupilCount, RegisterContents, School, SchoolLink } from "./types.js";

/** What one or several files of the same day bring. */
export interface ImportPart {
  readonly asOf: CivilDate;
  readonly contents: RegisterContents;
  readonly pupilCounts: readonly PupilCount[];
  readonly files: readonly ImportedFile[];
}

function unknownAuthorities(rows: readonly { readonly authority: string; readonly place: string }[]): Problem[] {
  return rows
    .filter(({ authority }) => !findAuthority(authority))
    .map(({ authority, place }) => ({
      code: "authority-unknown",
      place,
      message: `no local authority has the code ${authority}`,
      remedy: problemCodes["authority-unknown"].remedy,
    }));
}

function toSchools(rows: readonly SchoolRow[], asOf: CivilDate): Result<readonly School[], readonly Problem[]> {
  const problems = unknownAuthorities(rows);
  if (problems.length > 0) return err(problems);
  return ok(rows.map(({ place: _, region: _region, authorityName: _name, ...row }) => ({ ...row, describedOn: asOf })));
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
function withoutRepeats(links: readonly SchoolLinkRow[]): SchoolLink[] {
  const kept = new Map<string, SchoolLink>();
  for (const { urn, linkUrn, linkType, established, linkName } of links) {
    const key = linkKey({ urn, linkUrn, linkType });
    const before = kept.get(key);
    const date = later(established, before?.established ?? null);
    kept.set(key, { urn, linkUrn, linkType, established: date, linkName: linkName ?? before?.linkName ?? null });
  }
  return [...kept.values()];
}

/** A census's rows with their year; an authority that did not exist on its day shows that it is of another year. */
function toCounts(rows: readonly PupilCountRow[], file: SourceFile): Result<readonly PupilCount[], readonly Problem[]> {
  const year = censusYearInName(file.shown);
  if (year === null)
    return err([
      {
        code: "year-unclear",
        place: file.shown,
        message: "neither the file nor its name says of which January the census is",
        remedy: "Name it after its academic year or its January, as 2022-2023_england_census.csv or census_2023.csv.",
      },
    ]);
  const day = censusDay(year);
  const strange = rows.filter(({ authority }) => findAuthority(authority) && !authorityExisted(authority, day));
  const problems: Problem[] = [
    ...unknownAuthorities(rows),
    ...strange.map(({ authority, place }) => ({
      code: "authority-of-another-year",
      place,
      message: `authority ${authority} (${findAuthority(authority)?.name}) did not exist on the census day, ${day}`,
      remedy: problemCodes["authority-of-another-year"].remedy,
    })),
  ];
  if (problems.length > 0) return err(problems);
  const ofYear = formatAcademicYear(academicYear(year - 1));
  return ok(rows.map(({ place: _, ...row }) => ({ ...row, academicYear: ofYear })));
}

const nothing: RegisterContents = { schools: [], groups: [], memberships: [], links: [] };

/** What a file brings to the register, and how many rows it has. */
async function readFile(
  { file, kind, asOf }: KnownFile,
  progress: Progress,
): Promise<Result<{ part: Omit<ImportPart, "files" | "asOf">; rows: number }, readonly Problem[]>> {
  const brings = (contents: Partial<RegisterContents>, rows: number, pupilCounts: readonly PupilCount[] = []) =>
    ok({ part: { contents: { ...nothing, ...contents }, pupilCounts }, rows });
  if (kind === "schools") {
    const read = await readSchools(file, progress);
    const schools = read.ok ? toSchools(read.value, asOf) : read;
    return schools.ok ? brings({ schools: schools.value }, schools.value.length) : schools;
  }
  if (kind === "groups") {
    const groups = await readGroups(file, progress);
    if (!groups.ok) return groups;
    return brings({ groups: groups.value.map(({ place: _, ...group }) => group) }, groups.value.length);
  }
  if (kind === "group-links") {
    const read = await readGroupLinks(file, progress);
    const memberships = read.ok ? toMemberships(read.value) : read;
    return memberships.ok ? brings({ memberships: memberships.value }, memberships.value.length) : memberships;
  }
  if (kind === "school-links") {
    const links = await readSchoolLinks(file, progress);
    return links.ok ? brings({ links: withoutRepeats(links.value) }, links.value.length) : links;
  }
  const read = await readCensus(file, progress);
  const counts = read.ok ? toCounts(read.value, file) : read;
  return counts.ok ? brings({}, counts.value.length, counts.value) : counts;
}

const importedFile = async ({ path, shown }: SourceFile, rows: number): Promise<ImportedFile> => ({
  name: basename(shown),
  sha256: await fingerprint(path),
  rows,
});

/** What one file brings: what it is about, and its rows in the register's terms. */
export interface ReadFile extends ImportPart {
  readonly kind: KnownFile["kind"];
  /** What a person reads in messages. */
  readonly shown: string;
}

/** Reads and checks one file. */
export async function readKnown(known: KnownFile, progress: Progress): Promise<Result<ReadFile, readonly Problem[]>> {
  const read = await readFile(known, progress);
  if (!read.ok) return read;
  const { file, kind, asOf } = known;
  return ok({ ...read.value.part, kind, shown: file.shown, asOf, files: [await importedFile(file, read.value.rows)] });
}

/** What tells files apart. */
type Told = Pick<ReadFile, "shown" | "kind" | "asOf">;

/** Files of the same kind and day would overwrite each other within one import. */
function repeated(files: readonly Told[]): Problem[] {
  const seen = new Map<string, string>();
  return files.flatMap(({ shown, kind, asOf }) => {
    const key = kind === "census" ? `census ${censusYearInName(shown)}` : `${kind} ${asOf}`;
    const before = seen.get(key);
    seen.set(key, shown);
    if (before === undefined || (kind === "schools" && before !== shown)) return [];
    return [
      {
        code: "file-twice",
        place: shown,
        message: `${before} is of the same kind and day`,
        remedy: problemCodes["file-twice"].remedy,
      },
    ];
  });
}

/** By day; who is in which group comes last, since it needs every school and group. Equal ones stay as they were named. */
function inOrder(a: Told, b: Told): number {
  const links = Number(a.kind === "group-links") - Number(b.kind === "group-links");
  return links || (a.asOf < b.asOf ? -1 : a.asOf > b.asOf ? 1 : 0);
}

/** Puts together what files of the same day bring, oldest day first; refused where two would overwrite each other. */
export function partsOf(files: readonly ReadFile[]): Result<readonly ImportPart[], readonly Problem[]> {
  const problems = repeated(files);
  return problems.length > 0 ? err(problems) : ok(together(files.toSorted(inOrder)));
}

/**
 * Reads every file and puts together those of the same day, oldest day first; or every problem of every file.
 * @param files with the day of each
 */
export async function readParts(
  files: readonly KnownFile[],
  progress: Progress,
): Promise<Result<readonly ImportPart[], readonly Problem[]>> {
  const told = files.map(({ file, kind, asOf }) => ({ shown: file.shown, kind, asOf }));
  const problems: Problem[] = repeated(told);
  const read: ReadFile[] = [];
  for (const known of files) {
    const one = await readKnown(known, progress);
    if (one.ok) read.push(one.value);
    else problems.push(...one.error);
  }
  return problems.length > 0 ? err(problems) : partsOf(read);
}

/** Parts of the same day as one, unless both describe schools. */
function together(files: readonly ReadFile[]): ImportPart[] {
  const days: ImportPart[] = [];
  for (const { kind: _, shown: _name, ...part } of files) {
    const last = days.at(-1);
    const bothSchools = (last?.contents.schools.length ?? 0) > 0 && part.contents.schools.length > 0;
    if (last?.asOf !== part.asOf || bothSchools) days.push(part);
    else days[days.length - 1] = joined(last, part);
  }
  return days;
}

function joined(a: ImportPart, b: ImportPart): ImportPart {
  const both = <K extends keyof RegisterContents>(key: K) => [...a.contents[key], ...b.contents[key]];
  return {
    asOf: a.asOf,
    contents: {
      schools: both("schools") as readonly School[],
      groups: both("groups") as RegisterContents["groups"],
      memberships: both("memberships") as readonly GroupMembership[],
      links: both("links") as readonly SchoolLink[],
    },
    pupilCounts: [...a.pupilCounts, ...b.pupilCounts],
    files: [...a.files, ...b.files],
  };
}
