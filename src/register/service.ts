import { type CivilDate, dateInWords, err, ok, type Problem, type Result, type Urn } from "../kernel/index.js";
import type { Database, Queries } from "../platform/database/index.js";
import {
  type ChangeCounts,
  type Changes,
  compareRows,
  endedMemberships,
  endedWithGroup,
  later,
  linkKey,
  membershipKey,
  mergeSchools,
  newerDescription,
  olderDescription,
} from "./changes.js";
import { problemCodes } from "./problem-codes.js";
import { followSuccessors, isOpen, type Succession, successorsOf } from "./school-links.js";
import {
  beginImport,
  type FormerName,
  lastImport,
  loadFamily,
  loadPupilCounts,
  loadRegister,
  type NewestDays,
  newestDays,
  type RegisterChanges,
  saveChanges,
} from "./store.js";
import type { Group, GroupMembership, PupilCount, RegisterContents, School, SchoolLink } from "./types.js";

/** Where rows come from. */
export interface RegisterSource {
  /** In words, as "the department's register of schools". */
  readonly name: string;
  /** The day that the rows describe; memberships that are no longer there end on it. */
  readonly asOf: CivilDate;
  /** Whether the schools are made up. */
  readonly synthetic: boolean;
  readonly files: readonly ImportedFile[];
}

/** A file as the register remembers it. */
export interface ImportedFile {
  readonly name: string;
  readonly sha256: string;
  readonly rows: number;
}

/** What an import did. */
export interface ImportReport {
  readonly schools: ChangeCounts;
  readonly groups: ChangeCounts;
  readonly memberships: ChangeCounts;
  readonly links: ChangeCounts;
  /** Pupils of schools, by school and year. */
  readonly pupilCounts: ChangeCounts;
  /** Sentences on what was left out and why, with counts. */
  readonly notes: readonly string[];
}

type ContentChanges = Pick<RegisterChanges, "schools" | "groups" | "memberships" | "links">;

/** A file of memberships that is older than what is known says nothing of who has left since: what it alone has, ended by then. */
function olderMemberships(
  known: RegisterContents,
  present: readonly GroupMembership[],
  newest: CivilDate,
): GroupMembership[] {
  const keys = new Set(known.memberships.map(membershipKey));
  return present.map((m) => (m.left === null && !keys.has(membershipKey(m)) ? { ...m, left: newest } : m));
}

const isOlder = (asOf: CivilDate, newest: CivilDate | null): newest is CivilDate => newest !== null && asOf < newest;

function compareWithKnown(
  known: RegisterContents,
  incoming: RegisterContents,
  asOf: CivilDate,
  newest: NewestDays,
): ContentChanges {
  const hasClosed = (row: { status: string }) => row.status === "closed";
  const olderGroups = isOlder(asOf, newest.groups);
  const inOrder = olderGroups ? [...incoming.groups, ...known.groups] : [...known.groups, ...incoming.groups];
  const groups = new Map(inOrder.map((group) => [group.uid, group]));
  const covered = new Set(incoming.memberships.map((m) => groups.get(m.groupUid)?.type));
  const isCovered = (m: GroupMembership) => covered.has(groups.get(m.groupUid)?.type);
  const present = incoming.memberships.map((m) => endedWithGroup(m, groups.get(m.groupUid)?.closed ?? null));
  const late = isOlder(asOf, newest.memberships);
  const ended = late
    ? olderMemberships(known, present, newest.memberships)
    : [...present, ...endedMemberships(known.memberships, present, isCovered, asOf)];
  return {
    schools: compareRows<School>(known.schools, incoming.schools, {
      keyOf: (school) => school.urn,
      merge: mergeSchools,
      isClosed: hasClosed,
      aside: "describedOn",
    }),
    groups: compareRows<Group>(known.groups, incoming.groups, {
      keyOf: (group) => group.uid,
      merge: olderGroups ? olderDescription : newerDescription,
      isClosed: hasClosed,
    }),
    memberships: compareRows(known.memberships, ended, {
      keyOf: membershipKey,
      merge: (before, given) => (late ? before : given),
      isClosed: (m) => m.left !== null,
    }),
    links: compareRows<SchoolLink>(known.links, incoming.links, {
      keyOf: linkKey,
      merge: (before, newer) => ({
        ...newer,
        established: later(newer.established, before.established),
        linkName: newer.linkName ?? before.linkName,
      }),
      isClosed: () => false,
    }),
  };
}

function mixedRegister(synthetic: boolean): Problem {
  return {
    code: "register-mixed",
    place: "the register",
    message: synthetic
      ? "it holds real schools, and made-up ones must not stand among them"
      : "it holds made-up schools, and real ones must not stand among them",
    remedy: problemCodes["register-mixed"].remedy,
  };
}

/** Memberships that the register can hold: of schools and groups that it describes. The others are counted. */
function describedMemberships(
  known: RegisterContents,
  incoming: RegisterContents,
): { readonly memberships: readonly GroupMembership[]; readonly notes: readonly string[] } {
  const urns = new Set([...known.schools, ...incoming.schools].map((school) => school.urn));
  const uids = new Set([...known.groups, ...incoming.groups].map((group) => group.uid));
  const noSchool = incoming.memberships.filter((m) => !urns.has(m.urn));
  const noGroup = incoming.memberships.filter((m) => urns.has(m.urn) && !uids.has(m.groupUid));
  const memberships = incoming.memberships.filter((m) => urns.has(m.urn) && uids.has(m.groupUid));
  const notes: string[] = [];
  if (noSchool.length > 0)
    notes.push(`memberships left out because the register doesn't describe the school: ${noSchool.length}`);
  if (noGroup.length > 0)
    notes.push(`memberships left out because the register doesn't describe the group: ${noGroup.length}`);
  return { memberships, notes };
}

/** Rows of which something newer is known: an older file fills gaps in them and changes nothing else. */
function overruled(
  known: RegisterContents,
  { schools, groups, memberships }: RegisterContents,
  asOf: CivilDate,
  newest: NewestDays,
): string[] {
  const days = new Map(known.schools.map(({ urn, describedOn }) => [urn, describedOn]));
  const newer = schools.filter(({ urn }) => (days.get(urn) ?? asOf) > asOf).length;
  const counts = [
    [newer, "schools"],
    [isOlder(asOf, newest.groups) ? groups.length : 0, "groups"],
    [isOlder(asOf, newest.memberships) ? memberships.length : 0, "memberships"],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(
      ([count, what]) =>
        `${what} of which a newer file has been imported, so that this one of ${dateInWords(asOf)} only fills gaps: ${count}`,
    );
}

/** What the published files contradict themselves in; kept as published. */
function contradictions({ schools, groups }: RegisterContents): string[] {
  const backwards = (row: { opened: CivilDate | null; closed: CivilDate | null }) =>
    row.opened !== null && row.closed !== null && row.closed < row.opened;
  const counts = [
    [schools.filter(backwards).length, "schools"],
    [groups.filter(backwards).length, "groups"],
  ] as const;
  return counts
    .filter(([count]) => count > 0)
    .map(([count, what]) => `${what} that close before they open, kept as published: ${count}`);
}

/** Names that an import replaces; the old one stays as a former name. */
function formerNames(known: readonly School[], changed: readonly School[], asOf: CivilDate): FormerName[] {
  const nameOf = new Map(known.map((school) => [school.urn, school.name]));
  return changed.flatMap(({ urn, name }) => {
    const before = nameOf.get(urn);
    return before === undefined || before === name ? [] : [{ urn, name: before, until: asOf }];
  });
}

/** The counts of the years that an import has, against those known. */
async function compareCounts(queries: Queries, incoming: readonly PupilCount[]): Promise<Changes<PupilCount>> {
  const years = [...new Set(incoming.map(({ academicYear }) => academicYear))];
  return compareRows(await loadPupilCounts(queries, years), incoming, {
    keyOf: ({ urn, academicYear }) => `${urn} ${academicYear}`,
    merge: (_, newer) => newer,
    isClosed: () => false,
  });
}

/** What an import brings: a register's contents, and pupils where it has a census. */
export type IncomingContents = RegisterContents & { readonly pupilCounts?: readonly PupilCount[] };

/**
 * Brings the register up to date with schools, groups, memberships, links and pupils within the caller's transaction. The same rows
 * a second time change nothing.
 *
 * @returns what was new, changed and the same; refused where made-up schools would stand among real ones
 */
export async function updateRegisterIn(
  queries: Queries,
  contents: IncomingContents,
  source: RegisterSource,
): Promise<Result<ImportReport, readonly Problem[]>> {
  await beginImport(queries);
  const before = await lastImport(queries);
  if (before && before.synthetic !== source.synthetic) return err([mixedRegister(source.synthetic)]);
  const known = await loadRegister(queries);
  const { memberships, notes } = describedMemberships(known, contents);
  const { asOf, synthetic, name, files } = source;
  const incoming = contents.schools.map((school) => ({ ...school, describedOn: school.describedOn ?? asOf }));
  const newest = await newestDays(queries);
  const changes = compareWithKnown(known, { ...contents, schools: incoming, memberships }, asOf, newest);
  const pupilCounts = await compareCounts(queries, contents.pupilCounts ?? []);
  const report: ImportReport = {
    schools: changes.schools.counts,
    groups: changes.groups.counts,
    memberships: changes.memberships.counts,
    links: changes.links.counts,
    pupilCounts: pupilCounts.counts,
    notes: [
      ...notes,
      ...overruled(known, contents, asOf, newest),
      ...undescribed(known, contents),
      ...contradictions(contents),
      ...doubles(known, incoming),
    ],
  };
  const names = formerNames(known.schools, changes.schools.changed, asOf);
  const described = incoming.map(({ urn }) => urn);
  await saveChanges(
    queries,
    { ...changes, pupilCounts, formerNames: names, described },
    { asOf, synthetic, source: name, files, report },
  );
  return ok(report);
}

/** The same in a transaction of its own, all or nothing. */
export function updateRegister(
  database: Database,
  contents: IncomingContents,
  source: RegisterSource,
): Promise<Result<ImportReport, readonly Problem[]>> {
  return database.queries.transaction((queries) => updateRegisterIn(queries, contents, source));
}

/** How many of a finding are named in a note. */
const namedInNotes = 5;

/** Open schools with one and the same number: one school under two URNs, which a person has to look at. */
function doubles(known: RegisterContents, incoming: readonly School[]): string[] {
  const schools = new Map([...known.schools, ...incoming].map((school) => [school.urn, school]));
  const fresh = new Set(incoming.map(({ urn }) => urn));
  return (["laestab", "ukprn"] as const).flatMap((number) => {
    const urnsOf = new Map<string, Urn[]>();
    for (const school of schools.values()) {
      const own = school[number];
      if (own === null || !isOpen(school.status)) continue;
      urnsOf.set(own, [...(urnsOf.get(own) ?? []), school.urn]);
    }
    const found = [...urnsOf].filter(([, urns]) => urns.length > 1 && urns.some((urn) => fresh.has(urn)));
    if (found.length === 0) return [];
    const named = found.slice(0, namedInNotes).map(([own, urns]) => `${own} (URN ${urns.join(", ")})`);
    const more = found.length > named.length ? `, and ${found.length - named.length} more` : "";
    return [
      `${number === "laestab" ? "LAESTAB" : "UKPRN"}s that several open schools share: ${named.join("; ")}${more}`,
    ];
  });
}

/** Schools of a census that the register doesn't describe; their counts are kept. */
function undescribed(known: RegisterContents, { schools, pupilCounts = [] }: IncomingContents): string[] {
  const urns = new Set([...known.schools, ...schools].map((school) => school.urn));
  const count = pupilCounts.filter(({ urn }) => !urns.has(urn)).length;
  return count === 0 ? [] : [`pupils of schools that the register doesn't describe, kept: ${count}`];
}

/** What became of a school: the open ones that follow it, where its chains end, where the register contradicts itself. */
export async function findSuccession(database: Database, urn: Urn): Promise<Succession> {
  const { links, schools } = await loadFamily(database.queries, urn);
  const statusOf = new Map(schools.map((school) => [school.urn, school.status]));
  return followSuccessors(urn, successorsOf(links), (school) => statusOf.get(school));
}
