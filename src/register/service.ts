import { type CivilDate, err, ok, type Problem, type Result, type Urn } from "../kernel/index.js";
import type { Database } from "../platform/database/index.js";
import {
  type ChangeCounts,
  compareRows,
  endedMemberships,
  endedWithGroup,
  later,
  linkKey,
  membershipKey,
  newerDescription,
} from "./changes.js";
import { problemCodes } from "./problem-codes.js";
import { followSuccessors, type Succession, successorsOf } from "./school-links.js";
import { beginImport, lastImport, loadFamily, loadRegister, type RegisterChanges, saveChanges } from "./store.js";
import type { Group, GroupMembership, RegisterContents, School } from "./types.js";

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
  /** Sentences on what was left out and why, with counts. */
  readonly notes: readonly string[];
}

function compareWithKnown(known: RegisterContents, incoming: RegisterContents, asOf: CivilDate): RegisterChanges {
  const hasClosed = (row: { status: string }) => row.status === "closed";
  const groups = new Map([...known.groups, ...incoming.groups].map((group) => [group.uid, group]));
  const covered = new Set(incoming.memberships.map((m) => groups.get(m.groupUid)?.type));
  const isCovered = (m: GroupMembership) => covered.has(groups.get(m.groupUid)?.type);
  const present = incoming.memberships.map((m) => endedWithGroup(m, groups.get(m.groupUid)?.closed ?? null));
  const ended = endedMemberships(known.memberships, present, isCovered, asOf);
  return {
    schools: compareRows<School>(known.schools, incoming.schools, {
      keyOf: (school) => school.urn,
      merge: newerDescription,
      isClosed: hasClosed,
    }),
    groups: compareRows<Group>(known.groups, incoming.groups, {
      keyOf: (group) => group.uid,
      merge: newerDescription,
      isClosed: hasClosed,
    }),
    memberships: compareRows(known.memberships, [...present, ...ended], {
      keyOf: membershipKey,
      merge: (_, newer) => newer,
      isClosed: (m) => m.left !== null,
    }),
    links: compareRows(known.links, incoming.links, {
      keyOf: linkKey,
      merge: (before, newer) => ({ ...newer, established: later(newer.established, before.established) }),
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

/**
 * Brings the register up to date with schools, groups, memberships and links, all or nothing. The same rows a second time change
 * nothing.
 *
 * @returns what was new, changed and the same; refused where made-up schools would stand among real ones
 */
export function updateRegister(
  database: Database,
  contents: RegisterContents,
  source: RegisterSource,
): Promise<Result<ImportReport, readonly Problem[]>> {
  return database.queries.transaction(async (queries) => {
    await beginImport(queries);
    const before = await lastImport(queries);
    if (before && before.synthetic !== source.synthetic) return err([mixedRegister(source.synthetic)]);
    const known = await loadRegister(queries);
    const { memberships, notes } = describedMemberships(known, contents);
    const changes = compareWithKnown(known, { ...contents, memberships }, source.asOf);
    const report: ImportReport = {
      schools: changes.schools.counts,
      groups: changes.groups.counts,
      memberships: changes.memberships.counts,
      links: changes.links.counts,
      notes: [...notes, ...contradictions(contents)],
    };
    const { asOf, synthetic, name, files } = source;
    await saveChanges(queries, changes, { asOf, synthetic, source: name, files, report });
    return ok(report);
  });
}

/** What became of a school: the open ones that follow it, where its chains end, where the register contradicts itself. */
export async function findSuccession(database: Database, urn: Urn): Promise<Succession> {
  const { links, schools } = await loadFamily(database.queries, urn);
  const statusOf = new Map(schools.map((school) => [school.urn, school.status]));
  return followSuccessors(urn, successorsOf(links), (school) => statusOf.get(school));
}
