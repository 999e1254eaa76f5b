import { and, asc, eq, isNull, sql } from "drizzle-orm";
import { insertMany, type Queries } from "../../platform/database/index.js";
import type { CharterNumber, Officer } from "./officer.js";
import { officerTable } from "./tables.js";

type OfficerRow = typeof officerTable.$inferSelect;

/** An officer with the version of the row. */
export interface KeptOfficer extends Officer {
  readonly version: number;
  readonly subject: string | null;
}

function officerOf(row: OfficerRow): KeptOfficer {
  const { baseEast, baseNorth, charteredFrom, charteredTo, ...others } = row;
  return {
    ...others,
    base: { east: baseEast, north: baseNorth },
    chartered: { from: charteredFrom, to: charteredTo },
  };
}

/** The row of an officer. */
export function rowOf(officer: Officer & { readonly subject: string | null }, version: number): OfficerRow {
  const { base, chartered, ...others } = officer;
  return {
    ...others,
    baseEast: base.east,
    baseNorth: base.north,
    charteredFrom: chartered.from,
    charteredTo: chartered.to,
    version,
  };
}

/** The officer of a charter number, or null. */
export async function findOfficer(queries: Queries, charter: string): Promise<KeptOfficer | null> {
  const [row] = await queries
    .select()
    .from(officerTable)
    .where(eq(officerTable.charter, charter as CharterNumber));
  return row ? officerOf(row) : null;
}

/** The officer that a person is, or null. */
export async function officerOfPerson(queries: Queries, person: string): Promise<KeptOfficer | null> {
  const [row] = await queries.select().from(officerTable).where(eq(officerTable.person, person));
  return row ? officerOf(row) : null;
}

/**
 * Ties a person to the officer whom the provider of sign-ins knows by the same name, once. Not for a transaction that is held to
 * row-level security: who people are is not theirs to read.
 */
export async function tiePerson(queries: Queries, person: string): Promise<void> {
  await queries
    .update(officerTable)
    .set({ person, version: sql`${officerTable.version} + 1` })
    .where(
      and(
        isNull(officerTable.person),
        eq(officerTable.subject, sql`(select subject from platform_identity.person where id = ${person})`),
      ),
    );
}

/** Officers in order of name; of one region, or of all. */
export async function listOfficers(queries: Queries, region?: string): Promise<readonly KeptOfficer[]> {
  const rows = await queries
    .select()
    .from(officerTable)
    .where(region === undefined ? undefined : eq(officerTable.region, region))
    .orderBy(asc(officerTable.name), asc(officerTable.charter));
  return rows.map(officerOf);
}

/** Adds officers. */
export async function addOfficers(
  queries: Queries,
  officers: readonly (Officer & { readonly subject: string | null })[],
): Promise<void> {
  await insertMany(
    queries,
    officerTable,
    officers.map((officer) => rowOf(officer, 1)),
  );
}

/** Changes an officer whose version was seen; false where somebody else was first. */
export async function changeOfficer(
  queries: Queries,
  officer: Officer & { readonly subject: string | null },
  seen: number,
): Promise<boolean> {
  const { charter, ...row } = rowOf(officer, seen + 1);
  const changed = await queries
    .update(officerTable)
    .set(row)
    .where(and(eq(officerTable.charter, charter), eq(officerTable.version, seen)))
    .returning({ charter: officerTable.charter });
  return changed.length > 0;
}
