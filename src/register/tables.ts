import {
  boolean,
  date,
  doublePrecision,
  integer,
  jsonb,
  pgSchema,
  primaryKey,
  text,
  timestamp,
} from "drizzle-orm/pg-core";
import type { AuthorityCode, CivilDate, CompanyNumber, GroupUid, Laestab, Ukprn, Urn } from "../kernel/index.js";
import type { RegionCode } from "./regions.js";
import type { PupilCount, RegisterStatus, SchoolPhase } from "./types.js";

// Drizzle's description of schema.sql; a test holds the two equal. Property names are those of types.ts.

/** The register's schema. */
export const register = pgSchema("register");

export const regionTable = register.table("region", {
  code: text("code").$type<RegionCode>().primaryKey(),
  name: text("name").notNull(),
});

export const authorityTable = register.table("authority", {
  code: text("code").$type<AuthorityCode>().primaryKey(),
  name: text("name").notNull(),
  gssCode: text("gss_code"),
  region: text("region_code").$type<RegionCode>(),
  abolished: date("abolished_on").$type<CivilDate>(),
});

export const schoolTable = register.table("school", {
  urn: text("urn").$type<Urn>().primaryKey(),
  laestab: text("laestab").$type<Laestab>(),
  ukprn: text("ukprn").$type<Ukprn>(),
  name: text("name").notNull(),
  authority: text("authority_code").$type<AuthorityCode>().notNull(),
  type: text("type").notNull(),
  typeGroup: text("type_group"),
  status: text("status").$type<RegisterStatus>().notNull(),
  phase: text("phase").$type<SchoolPhase>(),
  opened: date("opened_on").$type<CivilDate>(),
  closed: date("closed_on").$type<CivilDate>(),
  lowAge: integer("low_age"),
  highAge: integer("high_age"),
  gender: text("gender"),
  religiousCharacter: text("religious_character"),
  admissions: text("admissions"),
  boarders: text("boarders"),
  sixthForm: text("sixth_form"),
  capacity: integer("capacity"),
  pupils: integer("pupils"),
  freeSchoolMealsPercent: doublePrecision("free_school_meals_percent"),
  street: text("street"),
  locality: text("locality"),
  town: text("town"),
  county: text("county"),
  postcode: text("postcode"),
  website: text("website"),
  constituency: text("constituency"),
  easting: integer("easting"),
  northing: integer("northing"),
  describedOn: date("described_on").$type<CivilDate>(),
});

export const groupTable = register.table("school_group", {
  uid: text("uid").$type<GroupUid>().primaryKey(),
  groupId: text("group_id"),
  name: text("name").notNull(),
  type: text("type").notNull(),
  status: text("status").$type<RegisterStatus>().notNull(),
  companyNumber: text("company_number").$type<CompanyNumber>(),
  ukprn: text("ukprn").$type<Ukprn>(),
  opened: date("opened_on").$type<CivilDate>(),
  closed: date("closed_on").$type<CivilDate>(),
  town: text("town"),
  postcode: text("postcode"),
});

export const membershipTable = register.table(
  "group_membership",
  {
    urn: text("urn").$type<Urn>().notNull(),
    groupUid: text("group_uid").$type<GroupUid>().notNull(),
    joined: date("joined_on").$type<CivilDate>().notNull(),
    left: date("left_on").$type<CivilDate>(),
  },
  (table) => [primaryKey({ columns: [table.urn, table.groupUid, table.joined] })],
);

export const linkTable = register.table(
  "school_link",
  {
    urn: text("urn").$type<Urn>().notNull(),
    linkUrn: text("link_urn").$type<Urn>().notNull(),
    linkType: text("link_type").notNull(),
    established: date("established_on").$type<CivilDate>(),
    linkName: text("link_name"),
  },
  (table) => [primaryKey({ columns: [table.urn, table.linkUrn, table.linkType] })],
);

export const formerNameTable = register.table(
  "former_name",
  {
    urn: text("urn").$type<Urn>().notNull(),
    name: text("name").notNull(),
    until: date("until_on").$type<CivilDate>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.urn, table.name] })],
);

export const pupilCountTable = register.table(
  "pupil_count",
  {
    urn: text("urn").$type<Urn>().notNull(),
    academicYear: text("academic_year").notNull(),
    authority: text("authority_code").$type<AuthorityCode>().notNull(),
    laestab: text("laestab").$type<Laestab>(),
    kind: text("kind").notNull(),
    pupils: integer("pupils"),
    girls: integer("girls"),
    boys: integer("boys"),
    plans: integer("plans"),
    support: integer("support"),
    otherLanguage: integer("other_language"),
    mealsNow: integer("meals_now"),
    mealsSixYears: integer("meals_six_years"),
    mealsOf: integer("meals_of"),
    missing: jsonb("missing").$type<PupilCount["missing"]>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.urn, table.academicYear] })],
);

export const importTable = register.table("import", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  importedAt: timestamp("imported_at", { withTimezone: true, mode: "string" }).notNull().defaultNow(),
  asOf: date("as_of").$type<CivilDate>().notNull(),
  synthetic: boolean("synthetic").notNull(),
  source: text("source").notNull(),
  files: jsonb("files").notNull(),
  report: jsonb("report").notNull(),
});
