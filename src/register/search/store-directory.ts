import { and, desc, eq, gt, isNull, lte, or } from "drizzle-orm";
import type { CivilDate, Urn } from "../../kernel/index.js";
import type { Queries } from "../../platform/database/index.js";
import { findAuthority } from "../authorities.js";
import { findRegion } from "../regions.js";
import { followSuccessors, isOpen, successorsOf } from "../school-links.js";
import { formerNameTable, groupTable, importTable, linkTable, membershipTable, schoolTable } from "../tables.js";
import { type ListedGroup, type ListedSchool, type SchoolDirectory, schoolDirectory } from "./directory.js";
import { inSlices } from "./slices.js";

async function membershipsOn(queries: Queries, on: CivilDate) {
  return queries
    .select({ urn: membershipTable.urn, uid: membershipTable.groupUid })
    .from(membershipTable)
    .where(and(lte(membershipTable.joined, on), or(isNull(membershipTable.left), gt(membershipTable.left, on))));
}

function gather<T>(rows: readonly T[], keyOf: (row: T) => string, textOf: (row: T) => string): Map<string, string[]> {
  const lists = new Map<string, string[]>();
  for (const row of rows) {
    const list = lists.get(keyOf(row));
    if (list) list.push(textOf(row));
    else lists.set(keyOf(row), [textOf(row)]);
  }
  return lists;
}

const columns = {
  urn: schoolTable.urn,
  name: schoolTable.name,
  status: schoolTable.status,
  closed: schoolTable.closed,
  phase: schoolTable.phase,
  type: schoolTable.type,
  authority: schoolTable.authority,
  locality: schoolTable.locality,
  town: schoolTable.town,
  postcode: schoolTable.postcode,
  laestab: schoolTable.laestab,
  ukprn: schoolTable.ukprn,
  easting: schoolTable.easting,
  northing: schoolTable.northing,
};

/** The whole register as a directory, with the groups of a day. */
export async function loadDirectory(queries: Queries, on: CivilDate): Promise<SchoolDirectory> {
  const rows = await queries.select(columns).from(schoolTable);
  const links = await queries.select().from(linkTable);
  const former = await queries.select().from(formerNameTable);
  const members = await membershipsOn(queries, on);
  const groups = await queries
    .select({ uid: groupTable.uid, name: groupTable.name, type: groupTable.type })
    .from(groupTable);
  const described = new Set<string>(rows.map(({ urn }) => urn));
  // A predecessor that the register doesn't describe can only be found as a name of the school that followed it.
  const earlier = links.filter(
    ({ linkType, linkUrn, linkName }) =>
      linkType.startsWith("Predecessor") && linkName !== null && !described.has(linkUrn),
  );
  const formerNames = gather(
    [...former, ...earlier.map(({ urn, linkName }) => ({ urn, name: linkName! }))],
    ({ urn }) => urn,
    ({ name }) => name,
  );
  const groupsOf = gather(
    members,
    ({ urn }) => urn,
    ({ uid }) => uid,
  );
  const schoolsOf = gather(
    members,
    ({ uid }) => uid,
    ({ urn }) => urn,
  );
  const listed = rows.map((school): ListedSchool => {
    const authority = findAuthority(school.authority);
    const region = findRegion(authority?.region ?? "");
    return {
      ...school,
      formerNames: formerNames.get(school.urn) ?? [],
      groups: groupsOf.get(school.urn) ?? [],
      authorityCode: school.authority,
      authority: authority?.name ?? school.authority,
      regionCode: region?.code ?? "",
      region: region?.name ?? "",
    };
  });
  const withSchools = groups.flatMap(({ uid, name, type }): ListedGroup[] => {
    const schools = schoolsOf.get(uid) ?? [];
    return schools.length === 0 ? [] : [{ uid, name, type, schools }];
  });
  const successors = successorsOf(links);
  const statusOf = new Map<string, ListedSchool["status"]>(listed.map(({ urn, status }) => [urn, status]));
  const followed = (urn: string) =>
    isOpen(statusOf.get(urn)) ? [] : followSuccessors(urn as Urn, successors, (next) => statusOf.get(next)).open;
  return inSlices(schoolDirectory(listed, withSchools, followed));
}

/** An import of the register: its number and its moment, 0 and empty before the first. */
interface Imported {
  readonly id: number;
  readonly at: string;
}

const noImport: Imported = { id: 0, at: "" };

async function newestImport(queries: Queries): Promise<Imported> {
  const { id, importedAt: at } = importTable;
  const [row] = await queries.select({ id, at }).from(importTable).orderBy(desc(id)).limit(1);
  return row ?? noImport;
}

/** Whether the register still has an import that was seen. */
async function stillHas(queries: Queries, { id, at }: Imported): Promise<boolean> {
  const [row] = await queries.select({ at: importTable.importedAt }).from(importTable).where(eq(importTable.id, id));
  return row?.at === at;
}

interface Keeping {
  current: { readonly key: string; readonly imported: Imported; readonly directory: SchoolDirectory } | null;
  making: { readonly key: string; readonly directory: Promise<SchoolDirectory> } | null;
}

/** One directory a register, whoever reads it. */
const keepings = new WeakMap<Queries, Keeping>();

function make(
  queries: Queries,
  keeping: Keeping,
  { key, imported }: { readonly key: string; readonly imported: Imported },
  on: CivilDate,
): Promise<SchoolDirectory> {
  if (keeping.making?.key === key) return keeping.making.directory;
  const directory = loadDirectory(queries, on).then((made) => {
    keeping.current = { key, imported, directory: made };
    return made;
  });
  keeping.making = { key, directory };
  const done = () => {
    if (keeping.making?.directory === directory) keeping.making = null; // after a failure it is tried again
  };
  directory.then(done, done);
  return directory;
}

/** A text that changes with the directory that answers; empty before there is one. Pages that were made of an older one end with it. */
export function directoryInUse(queries: Queries): string {
  return keepings.get(queries)?.current?.key ?? "";
}

/**
 * The directory of the register as it stands: made once an import, and while the next is made the last one answers. A register that was put back
 * to an earlier import is another one, and is waited for.
 * @param dayOf today, for the groups that schools are in
 */
export function directoryReader(queries: Queries, dayOf: () => CivilDate): () => Promise<SchoolDirectory> {
  const keeping: Keeping = keepings.get(queries) ?? { current: null, making: null };
  keepings.set(queries, keeping);
  return async () => {
    const on = dayOf();
    const imported = await newestImport(queries);
    const key = `${imported.id} ${imported.at} ${on}`;
    const { current } = keeping;
    if (current?.key === key) return current.directory;
    const made = make(queries, keeping, { key, imported }, on);
    if (current === null || !(await stillHas(queries, current.imported))) return made;
    made.catch(() => {}); // the next question tries again; this one has an answer
    return current.directory;
  };
}
