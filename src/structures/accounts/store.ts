import { and, desc, eq, isNull, type SQL, sql } from "drizzle-orm";
import type { CivilDate } from "../../kernel/index.js";
import { insertMany, type Queries } from "../../platform/database/index.js";
import { type AccountsBody, keyOfBody } from "./body.js";
import type { Opinion, OpinionFiling } from "./opinion.js";
import { documentTable, filingTable } from "./tables.js";

/** A filing as it is kept. */
export interface KeptFiling extends OpinionFiling {
  /** As `trust-1234/2025-08-31/1`. */
  readonly id: string;
  readonly body: string;
  /** 1 is the first filing, each correction one more; equal to the version of its stream of events. */
  readonly version: number;
  readonly filedOn: CivilDate;
  readonly filedAt: string;
  readonly filedBy: string;
  /** When a correction took its place, or null. */
  readonly supersededAt: string | null;
}

/** The id of a version of the filing of a body and year. */
export const idOfFiling = (body: AccountsBody, yearEnd: CivilDate, version: number) =>
  `${keyOfBody(body)}/${yearEnd}/${version}`;

/** Saves further versions; what they take the place of is marked. */
export async function saveFilings(
  queries: Queries,
  filings: readonly { readonly body: AccountsBody; readonly filing: OpinionFiling; readonly version: number }[],
  by: { readonly on: CivilDate; readonly at: string; readonly name: string },
): Promise<void> {
  const rows = filings.map(({ body, filing, version }) => ({
    id: idOfFiling(body, filing.yearEnd, version),
    body: keyOfBody(body),
    trustUid: body.kind === "trust" ? body.uid : null,
    urn: body.kind === "school" ? body.urn : null,
    ...filing,
    version,
    ...{ filedOn: by.on, filedAt: by.at, filedBy: by.name },
  }));
  const before = rows.filter(({ version }) => version > 1);
  for (const { body, yearEnd } of before)
    await queries
      .update(filingTable)
      .set({ supersededAt: by.at })
      .where(and(eq(filingTable.body, body), eq(filingTable.yearEnd, yearEnd), isNull(filingTable.supersededAt)));
  await insertMany(queries, filingTable, rows);
}

const keptColumns = {
  ...{ id: filingTable.id, body: filingTable.body, version: filingTable.version, yearEnd: filingTable.yearEnd },
  ...{ opinion: filingTable.opinion, grounds: filingTable.grounds, regularity: filingTable.regularity },
  ...{ regularityGrounds: filingTable.regularityGrounds, signedOn: filingTable.signedOn, auditor: filingTable.auditor },
  ...{ documentSha256: filingTable.documentSha256, filedOn: filingTable.filedOn, filedAt: filingTable.filedAt },
  ...{ filedBy: filingTable.filedBy, supersededAt: filingTable.supersededAt },
};

/** Every version of the filing of a body and year, newest first. */
export function loadFilings(queries: Queries, body: AccountsBody, yearEnd: CivilDate): Promise<readonly KeptFiling[]> {
  return queries
    .select(keptColumns)
    .from(filingTable)
    .where(and(eq(filingTable.body, keyOfBody(body)), eq(filingTable.yearEnd, yearEnd)))
    .orderBy(desc(filingTable.version));
}

/** Keeps the document of a filing. */
export async function saveDocument(
  queries: Queries,
  document: { readonly filingId: string; readonly name: string; readonly bytes: Uint8Array; readonly storedAt: string },
): Promise<void> {
  await queries.insert(documentTable).values(document);
}

/** The document of a filing, or null where it has not come. */
export async function loadDocument(
  queries: Queries,
  filingId: string,
): Promise<{ readonly name: string; readonly bytes: Uint8Array } | null> {
  const [row] = await queries
    .select({ name: documentTable.name, bytes: documentTable.bytes })
    .from(documentTable)
    .where(eq(documentTable.filingId, filingId));
  return row ?? null;
}

/** The filings of a list whose document is kept. */
export async function documentsKept(queries: Queries, filings: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await queries
    .select({ id: documentTable.filingId })
    .from(documentTable)
    .where(sql`${documentTable.filingId} in (select unnest(${sql.param(filings)}::text[]))`);
  return new Set(rows.map(({ id }) => id));
}

/** Schools and the trust of each on a day; a school that is in several is there once for each. */
const memberOn = (on: CivilDate) => sql`(
  select m.urn, m.group_uid as uid from register.group_membership m join register.school_group g on g.uid = m.group_uid
  where g.type ilike '%trust%' and m.joined_on <= ${on}::date and (m.left_on is null or m.left_on > ${on}::date))`;

/**
 * The opinion on a year that reaches each school: of the trust that it was in at the year end, else its own. Where the register has it
 * in several trusts whose opinions differ, the worse counts.
 */
export async function loadOpinions(
  queries: Queries,
  yearEnd: CivilDate,
  urns: readonly string[] | undefined,
): Promise<ReadonlyMap<string, { opinion: Opinion; on: CivilDate; filing: string }>> {
  const asked = urns === undefined ? sql`true` : sql`urn in (select unnest(${sql.param(urns)}::text[]))`;
  const rows = (await queries.execute(sql`
    with member as ${memberOn(yearEnd)},
    reached as (
      select member.urn, f.opinion, f.signed_on as "on", f.id as filing from member join accounts.filing f
        on f.trust_uid = member.uid and f.year_end = ${yearEnd}::date and f.superseded_at is null
      union all
      select f.urn, f.opinion, f.signed_on, f.id from accounts.filing f
      where f.urn is not null and f.year_end = ${yearEnd}::date and f.superseded_at is null
        and not exists (select from member where member.urn = f.urn)
    )
    select distinct on (urn) urn, opinion, "on", filing from reached where ${asked}
    order by urn, array_position(array['adverse', 'disclaimer', 'qualified', 'unqualified'], opinion), filing`)) as {
    urn: string;
    opinion: Opinion;
    on: CivilDate;
    filing: string;
  }[];
  return new Map(rows.map(({ urn, ...opinion }) => [urn, opinion]));
}

/** A trust or school that has to file for a year. */
export interface BodyDue {
  readonly body: string;
  readonly name: string;
  /** Schools that the accounts reach. */
  readonly schools: number;
  /** The region of the school, or of most of the trust's schools. */
  readonly region: string | null;
  readonly opinion: Opinion | null;
  readonly filing: string | null;
  readonly signedOn: CivilDate | null;
  /** When the first version was filed. */
  readonly filedOn: CivilDate | null;
}

/** Kinds of establishment that are no state-funded school, and of whom nobody asks accounts here. */
const otherKinds = sql`('Independent schools', 'Independent special school', 'Universities', 'Colleges', 'Other types',
  'Online provider', 'Children''s Centres', 'Welsh schools', 'Higher education institutions')`;

/**
 * The trusts with schools at a year end and the schools outside any, with their filing; in order of name.
 * @param narrowed to a region (the school's, or one of the trust's schools'), or to some bodies
 */
export async function loadDue(
  queries: Queries,
  yearEnd: CivilDate,
  narrowed: { readonly region?: string; readonly bodies?: readonly string[] } = {},
): Promise<readonly BodyDue[]> {
  const inRegion = narrowed.region === undefined ? sql`true` : sql`bool_or(s.region_code = ${narrowed.region})`;
  const ownRegion = narrowed.region === undefined ? sql`true` : sql`s.region_code = ${narrowed.region}`;
  const { bodies } = narrowed;
  const asked = (column: SQL, kind: AccountsBody["kind"]) => {
    const codes = bodies?.flatMap((body) => (body.startsWith(`${kind}-`) ? [body.slice(kind.length + 1)] : []));
    return codes ? sql`${column} in (select unnest(${sql.param(codes)}::text[]))` : sql`true`;
  };
  // Some bodies are found by their index; for all of them the members and schools are gone through once.
  const within = bodies ? sql`not materialized` : sql`materialized`;
  return (await queries.execute(sql`
    with member as ${within} ${memberOn(yearEnd)},
    school as ${within} (
      select s.urn, s.name, a.region_code from register.school s join register.authority a on a.code = s.authority_code
      where (s.opened_on is null or s.opened_on <= ${yearEnd}::date) and (s.closed_on is null or s.closed_on > ${yearEnd}::date)
        and s.status <> 'proposed-to-open' and (s.status <> 'closed' or s.closed_on is not null)
        and (s.type_group is null or s.type_group not in ${otherKinds})),
    body as (
      select 'trust-' || g.uid as body, g.name, count(*)::int as schools,
        mode() within group (order by s.region_code) as region
      from member m join school s on s.urn = m.urn join register.school_group g on g.uid = m.uid
      where ${asked(sql`m.uid`, "trust")}
      group by g.uid, g.name having ${inRegion}
      union all
      select 'school-' || s.urn, s.name, 1, s.region_code from school s
      where ${ownRegion} and ${asked(sql`s.urn`, "school")} and not exists (select from member m where m.urn = s.urn)),
    first as (select body, min(filed_on) as filed_on from accounts.filing where year_end = ${yearEnd}::date group by body)
    select b.body, b.name, b.schools, b.region, f.opinion, f.id as filing, f.signed_on as "signedOn", first.filed_on as "filedOn"
    from body b
      left join accounts.filing f on f.body = b.body and f.year_end = ${yearEnd}::date and f.superseded_at is null
      left join first on first.body = b.body
    order by b.name collate "C", b.body`)) as { [K in keyof BodyDue]: BodyDue[K] }[];
}

/** The name of the trust that a school was in on a day, or null. */
export async function trustOn(queries: Queries, urn: string, on: CivilDate): Promise<string | null> {
  const [row] = (await queries.execute(sql`
    select g.name from ${memberOn(on)} m join register.school_group g on g.uid = m.uid where m.urn = ${urn}
    order by g.name collate "C" limit 1`)) as { name: string }[];
  return row?.name ?? null;
}

/** Whether the register describes the trust or school at all. */
export async function registerKnows(queries: Queries, body: AccountsBody): Promise<boolean> {
  const rows = await queries.execute(
    body.kind === "trust"
      ? sql`select from register.school_group where uid = ${body.uid} and type ilike '%trust%'`
      : sql`select from register.school where urn = ${body.urn}`,
  );
  return rows.length > 0;
}
