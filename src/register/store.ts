import { and, desc, eq, gt, inArray, isNull, lte, or, type SQL, sql } from "drizzle-orm";
import type { CivilDate, GroupUid, Urn } from "../kernel/index.js";
import { insertMany, type Queries } from "../platform/database/index.js";
import { authorities } from "./authorities.js";
import type { Changes } from "./changes.js";
import { regions } from "./regions.js";
import {
  authorityTable,
  formerNameTable,
  groupTable,
  importTable,
  linkTable,
  membershipTable,
  pupilCountTable,
  regionTable,
  schoolTable,
} from "./tables.js";
import type { Group, GroupMembership, PupilCount, RegisterContents, School, SchoolLink } from "./types.js";

/** The changes of an import, by kind. */
export interface RegisterChanges {
  readonly schools: Changes<School>;
  readonly groups: Changes<Group>;
  readonly memberships: Changes<GroupMembership>;
  readonly links: Changes<SchoolLink>;
  readonly pupilCounts: Changes<PupilCount>;
  readonly formerNames: readonly FormerName[];
  /** Every school that the import describes, changed or not. */
  readonly described: readonly Urn[];
}

/** What a school was called, up to and not on a day. */
export interface FormerName {
  readonly urn: Urn;
  readonly name: string;
  readonly until: CivilDate;
}

/** One import as the register remembers it. */
export interface ImportRecord {
  readonly asOf: CivilDate;
  readonly synthetic: boolean;
  readonly source: string;
  readonly files: unknown;
  readonly report: unknown;
}

/** Lets one import at a time work on the register, until the transaction ends; others wait. */
export async function beginImport(queries: Queries): Promise<void> {
  await queries.execute(sql`lock table ${importTable} in exclusive mode`);
}

/** Everything that the register knows. */
export async function loadRegister(queries: Queries): Promise<RegisterContents> {
  return {
    schools: await queries.select().from(schoolTable),
    groups: await queries.select().from(groupTable),
    memberships: await queries.select().from(membershipTable),
    links: await queries.select().from(linkTable),
  };
}

/** The pupils of every school in some years. */
export async function loadPupilCounts(queries: Queries, years: readonly string[]): Promise<readonly PupilCount[]> {
  if (years.length === 0) return [];
  return queries
    .select()
    .from(pupilCountTable)
    .where(inArray(pupilCountTable.academicYear, [...years]));
}

/** One school's pupils, the oldest census first. */
export async function pupilCountsOf(queries: Queries, urn: Urn): Promise<readonly PupilCount[]> {
  return queries
    .select()
    .from(pupilCountTable)
    .where(eq(pupilCountTable.urn, urn))
    .orderBy(pupilCountTable.academicYear);
}

/** The newest import, or null before the first. */
export async function lastImport(queries: Queries): Promise<(ImportRecord & { readonly importedAt: string }) | null> {
  const [row] = await queries.select().from(importTable).orderBy(desc(importTable.id)).limit(1);
  return row ?? null;
}

/** The newest day that imports of groups, and of memberships, described; null where there was none. */
export interface NewestDays {
  readonly groups: CivilDate | null;
  readonly memberships: CivilDate | null;
}

/** {@link NewestDays} of the imports so far. */
export async function newestDays(queries: Queries): Promise<NewestDays> {
  const had = (part: "groups" | "memberships") =>
    sql`max(as_of) filter (where (report #>> ${sql.raw(`'{${part},added}'`)})::integer
      + (report #>> ${sql.raw(`'{${part},changed}'`)})::integer + (report #>> ${sql.raw(`'{${part},unchanged}'`)})::integer > 0)::text`;
  const [row] = await queries.execute<{ groups: CivilDate | null; memberships: CivilDate | null }>(
    sql`select ${had("groups")} as groups, ${had("memberships")} as memberships from ${importTable}`,
  );
  return row ?? { groups: null, memberships: null };
}

/** Writes what an import changes; regions and authorities come with the program and are brought up to date first. */
export async function saveChanges(queries: Queries, changes: RegisterChanges, record: ImportRecord): Promise<void> {
  await insertMany(queries, regionTable, [...regions], "update");
  await insertMany(queries, authorityTable, [...authorities], "update");
  const rows = <Row>({ added, changed }: Changes<Row>) => [...added, ...changed];
  await insertMany(queries, schoolTable, rows(changes.schools), "update");
  await insertMany(queries, groupTable, rows(changes.groups), "update");
  await insertMany(queries, membershipTable, rows(changes.memberships), "update");
  await insertMany(queries, linkTable, rows(changes.links), "update");
  await insertMany(queries, pupilCountTable, rows(changes.pupilCounts), "update");
  await insertMany(queries, formerNameTable, [...changes.formerNames], "update");
  // What an import found unchanged is known to hold on its day too: an older extract must not overrule it.
  if (changes.described.length > 0)
    await queries.execute(
      sql`update ${schoolTable} set described_on = ${record.asOf}
        where urn in (select unnest(${sql.param(changes.described)}::text[])) and described_on < ${record.asOf}`,
    );
  await queries.insert(importTable).values(record);
  // Embedded PostgreSQL never does it by itself, and then plans badly.
  await queries.execute(
    sql`analyze ${schoolTable}, ${groupTable}, ${membershipTable}, ${linkTable}, ${pupilCountTable}`,
  );
}

/** The school with this URN, or null where the register describes none. */
export async function findSchool(queries: Queries, urn: Urn): Promise<School | null> {
  const [school] = await queries.select().from(schoolTable).where(eq(schoolTable.urn, urn));
  return school ?? null;
}

/** The groups that a school belongs to on a day, in order of name. */
export async function groupsOfSchool(queries: Queries, urn: Urn, on: CivilDate): Promise<readonly Group[]> {
  const rows = await queries
    .select({ group: groupTable })
    .from(membershipTable)
    .innerJoin(groupTable, eq(groupTable.uid, membershipTable.groupUid))
    .where(
      and(
        eq(membershipTable.urn, urn),
        lte(membershipTable.joined, on),
        or(isNull(membershipTable.left), gt(membershipTable.left, on)),
      ),
    )
    .orderBy(sql`${groupTable.name} collate "C"`);
  return rows.map(({ group }) => group);
}

/** A group that a school is in, and since when. */
export interface Membership {
  readonly group: Group;
  readonly joined: CivilDate;
}

/** The groups that a school belongs to on a day, with the day of joining; the latest last. */
export async function membershipsOfSchool(queries: Queries, urn: Urn, on: CivilDate): Promise<readonly Membership[]> {
  return queries
    .select({ group: groupTable, joined: membershipTable.joined })
    .from(membershipTable)
    .innerJoin(groupTable, eq(groupTable.uid, membershipTable.groupUid))
    .where(
      and(
        eq(membershipTable.urn, urn),
        lte(membershipTable.joined, on),
        or(isNull(membershipTable.left), gt(membershipTable.left, on)),
      ),
    )
    .orderBy(membershipTable.joined, sql`${groupTable.name} collate "C"`);
}

/** The URNs of the families of schools, near and far, as a subquery. */
const familyOf = (urns: readonly string[]): SQL => sql`with recursive family(urn) as (
    select unnest(${sql.param(urns)}::text[])
    union
    select case when l.urn = f.urn then l.link_urn else l.urn end
    from family f join ${linkTable} l on l.urn = f.urn or l.link_urn = f.urn)
  select urn from family`;

/** The links of a school's whole family, near and far, and the family's schools that the register describes. */
export async function loadFamily(
  queries: Queries,
  urn: Urn,
): Promise<{ readonly links: readonly SchoolLink[]; readonly schools: readonly School[] }> {
  return {
    links: await linksOfFamilies(queries, [urn]),
    schools: await queries
      .select()
      .from(schoolTable)
      .where(sql`${schoolTable.urn} in (${familyOf([urn])})`),
  };
}

/** The links of many schools' whole families. */
export function linksOfFamilies(queries: Queries, urns: readonly string[]): Promise<SchoolLink[]> {
  return queries
    .select()
    .from(linkTable)
    .where(sql`${linkTable.urn} in (${familyOf(urns)})`);
}

/** What stands beside a school's decision. */
export type SchoolDescription = Pick<School, "urn" | "name" | "phase" | "authority" | "town" | "type"> & {
  /** The trust that the school is in on the day; the first by name where there are several. */
  readonly trust: string | null;
};

/** The schools with these URNs that the register describes, with the trust of each on a day. */
export async function describeSchools(
  queries: Queries,
  urns: readonly string[],
  on: CivilDate,
): Promise<readonly SchoolDescription[]> {
  const { urn, name, phase, authority, town, type } = schoolTable;
  const asked = sql`(select unnest(${sql.param(urns)}::text[]))`;
  const schools = await queries
    .select({ urn, name, phase, authority, town, type })
    .from(schoolTable)
    .where(sql`${urn} in ${asked}`);
  const trusts = await trustsOfSchools(queries, urns, on);
  return schools.map((school) => ({ ...school, trust: trusts.get(school.urn)?.name ?? null }));
}

/** The trust that each of these schools is in on a day, by URN; the first by name where there are several, none where there is none. */
export async function trustsOfSchools(
  queries: Queries,
  urns: readonly string[],
  on: CivilDate,
): Promise<ReadonlyMap<string, { readonly uid: GroupUid; readonly name: string }>> {
  const rows = await queries
    .select({ urn: membershipTable.urn, uid: groupTable.uid, name: groupTable.name })
    .from(membershipTable)
    .innerJoin(groupTable, eq(groupTable.uid, membershipTable.groupUid))
    .where(
      and(
        sql`${membershipTable.urn} in (select unnest(${sql.param(urns)}::text[]))`,
        sql`${groupTable.type} ilike '%trust%'`,
        lte(membershipTable.joined, on),
        or(isNull(membershipTable.left), gt(membershipTable.left, on)),
      ),
    )
    .orderBy(sql`${groupTable.name} collate "C" desc`);
  return new Map(rows.map(({ urn, ...trust }) => [urn, trust]));
}
