import { and, desc, eq, or, sql } from "drizzle-orm";
import { insertMany, type Queries } from "../../../platform/database/index.js";
import { enquiryTable } from "./tables.js";

/** An enquiry and its answer, as they are kept. */
export type Enquiry = typeof enquiryTable.$inferSelect;

/** The number of the newest enquiry about each of some schools; those that nobody has asked about are not in it. */
export async function enquiryNumbers(queries: Queries, urns: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const rows = await queries.execute<{ urn: string; version: number }>(
    sql`select urn, version from exemption.newest(${sql.param(urns)}::text[])`,
  );
  return new Map(rows.map(({ urn, version }) => [urn, version]));
}

/** Keeps enquiries. */
export async function saveEnquiries(queries: Queries, enquiries: readonly Enquiry[]): Promise<void> {
  await insertMany(queries, enquiryTable, enquiries);
}

/** The newest enquiries about a school under any of its URNs, that whoever asks may see. */
export function enquiriesAbout(queries: Queries, urn: string, limit: number): Promise<readonly Enquiry[]> {
  return queries
    .select()
    .from(enquiryTable)
    .where(or(eq(enquiryTable.urn, urn), eq(enquiryTable.countedUrn, urn)))
    .orderBy(desc(enquiryTable.askedAt), desc(enquiryTable.version))
    .limit(limit);
}

/** The newest enquiries about the schools of a region, that whoever asks may see. */
export function enquiriesOfRegion(queries: Queries, region: string, limit: number): Promise<readonly Enquiry[]> {
  return queries
    .select()
    .from(enquiryTable)
    .where(eq(enquiryTable.regionCode, region))
    .orderBy(desc(enquiryTable.askedAt), enquiryTable.urn)
    .limit(limit);
}

/** The newest enquiries of whoever asks. */
export function enquiriesOf(queries: Queries, agency: string, limit: number): Promise<readonly Enquiry[]> {
  return queries
    .select()
    .from(enquiryTable)
    .where(eq(enquiryTable.agencyId, agency))
    .orderBy(desc(enquiryTable.askedAt), enquiryTable.urn)
    .limit(limit);
}

/** One enquiry, or null where there is none that whoever asks may see. */
export async function findEnquiry(queries: Queries, urn: string, version: number): Promise<Enquiry | null> {
  const [row] = await queries
    .select()
    .from(enquiryTable)
    .where(and(eq(enquiryTable.urn, urn), eq(enquiryTable.version, version)));
  return row ?? null;
}
