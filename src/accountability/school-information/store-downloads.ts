import { asc } from "drizzle-orm";
import { formatSheet } from "../../ingest/index.js";
import type { Queries } from "../../platform/database/index.js";
import { groupTable, linkTable, membershipTable, pupilCountTable, schoolTable } from "../../register/index.js";

type Row = Readonly<Record<string, unknown>>;

/** Columns of a file: its heading, and the property that fills it. */
type Columns = readonly (readonly [heading: string, property: string])[];

const same = (...names: readonly string[]): Columns => names.map((name) => [name, name]);

function fileOf(columns: Columns, rows: readonly Row[]): string {
  return formatSheet(
    columns.map(([heading]) => heading),
    rows.map((row) =>
      columns.map(([, property]) => {
        const value = row[property];
        return typeof value === "string" || typeof value === "number" ? value : null;
      }),
    ),
  );
}

const schoolColumns: Columns = [
  ...same("urn", "laestab", "ukprn", "name"),
  ...([["authority_code", "authority"]] as const),
  ...same("type", "status", "phase", "opened", "closed"),
  ...([
    ["low_age", "lowAge"],
    ["high_age", "highAge"],
  ] as const),
  ...same("gender", "admissions", "capacity", "street", "locality", "town", "county", "postcode", "website"),
  ...same("easting", "northing"),
  ...([["described_on", "describedOn"]] as const),
];

const pupilColumns: Columns = [
  ...same("urn"),
  ...([
    ["academic_year", "academicYear"],
    ["authority_code", "authority"],
  ] as const),
  ...same("kind", "pupils", "girls", "boys", "plans", "support"),
  ...([
    ["other_language", "otherLanguage"],
    ["meals_now", "mealsNow"],
  ] as const),
  ...([
    ["meals_six_years", "mealsSixYears"],
    ["meals_of", "mealsOf"],
  ] as const),
];

const groupColumns: Columns = [
  ...same("uid"),
  ...([["group_id", "groupId"]] as const),
  ...same("name", "type", "status"),
  ...([["company_number", "companyNumber"]] as const),
  ...same("ukprn", "opened", "closed"),
];

/** What of the register can be downloaded, by the name of its file. */
export const downloads: Readonly<Record<string, (queries: Queries) => Promise<string>>> = {
  schools: async (queries) =>
    fileOf(schoolColumns, await queries.select().from(schoolTable).orderBy(asc(schoolTable.urn))),
  groups: async (queries) => fileOf(groupColumns, await queries.select().from(groupTable).orderBy(asc(groupTable.uid))),
  memberships: async (queries) =>
    fileOf(
      [
        ["urn", "urn"],
        ["group_uid", "groupUid"],
        ["joined", "joined"],
        ["left", "left"],
      ],
      await queries.select().from(membershipTable).orderBy(asc(membershipTable.urn), asc(membershipTable.joined)),
    ),
  links: async (queries) =>
    fileOf(
      [
        ["urn", "urn"],
        ["link_urn", "linkUrn"],
        ["link_type", "linkType"],
        ["established", "established"],
        ["link_name", "linkName"],
      ],
      await queries.select().from(linkTable).orderBy(asc(linkTable.urn), asc(linkTable.linkUrn)),
    ),
  pupils: async (queries) =>
    fileOf(
      pupilColumns,
      await queries.select().from(pupilCountTable).orderBy(asc(pupilCountTable.urn), asc(pupilCountTable.academicYear)),
    ),
};
