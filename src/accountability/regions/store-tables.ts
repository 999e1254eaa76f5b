import { date, integer, jsonb, pgSchema, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { topology } from "topojson-server";
import type { CivilDate } from "../../kernel/index.js";
import type { AuthorityBorder } from "./drawing/boundaries.js";
import type { Country } from "./drawing/country.js";
import type { DrawingSettings } from "./drawing/settings.js";
import type { Scenario, ScenarioResult } from "./scenario.js";

// Drizzle's description of schema.sql; a test holds the two equal.

const regions = pgSchema("regions");

const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "string" });
const day = (name: string) => date(name).$type<CivilDate>();

export const drawingTable = regions.table("drawing", {
  version: integer("version").primaryKey(),
  title: text("title").notNull(),
  startsOn: day("starts_on").notNull(),
  scenarioId: integer("scenario_id"),
  adoptedBy: text("adopted_by").notNull(),
  adoptedAt: moment("adopted_at").notNull().defaultNow(),
  reasons: text("reasons").notNull().default(""),
});

export const officeTable = regions.table("office", {
  code: text("code").primaryKey(),
  name: text("name").notNull(),
  kind: text("kind").$type<"regional" | "national">().notNull(),
  contact: text("contact").notNull(),
  openedOn: day("opened_on").notNull(),
  closedOn: day("closed_on"),
});

export const drawingRegionTable = regions.table(
  "drawing_region",
  {
    version: integer("version").notNull(),
    code: text("region_code").notNull(),
    name: text("name").notNull(),
    office: text("office_code").notNull(),
  },
  (table) => [primaryKey({ columns: [table.version, table.code] })],
);

export const drawingAuthorityTable = regions.table(
  "drawing_authority",
  {
    version: integer("version").notNull(),
    authority: text("authority_code").notNull(),
    region: text("region_code").notNull(),
  },
  (table) => [primaryKey({ columns: [table.version, table.authority] })],
);

export const responsibilityTable = regions.table("responsibility", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  duty: text("duty").notNull(),
  region: text("region_code"),
  office: text("office_code").notNull(),
  post: text("post").notNull(),
  from: day("from_on").notNull(),
  to: day("to_on"),
});

export const officerTable = regions.table("officer", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  office: text("office_code").notNull(),
  post: text("post").notNull(),
  name: text("name").notNull(),
  contact: text("contact").notNull(),
  from: day("from_on").notNull(),
  to: day("to_on"),
});

export const delegationTable = regions.table("delegation", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  duty: text("duty").notNull(),
  region: text("region_code").notNull(),
  toOffice: text("to_office").notNull(),
  toPost: text("to_post").notNull(),
  from: day("from_on").notNull(),
  to: day("to_on").notNull(),
  reasons: text("reasons").notNull(),
});

export const scenarioTable = regions.table("scenario", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  title: text("title").notNull(),
  version: integer("version").notNull().default(1),
  settings: jsonb("settings").$type<DrawingSettings>().notNull(),
  country: jsonb("country").$type<Country>().notNull(),
  state: text("state").$type<Scenario["state"]>().notNull(),
  job: text("job"),
  result: jsonb("result").$type<ScenarioResult>(),
  madeBy: text("made_by").notNull(),
  madeAt: moment("made_at").notNull().defaultNow(),
});

export const boundaryFileTable = regions.table("boundary_file", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  name: text("name").notNull(),
  sha256: text("sha256").notNull(),
  importedAt: moment("imported_at").notNull().defaultNow(),
  importedBy: text("imported_by").notNull(),
  topology: jsonb("topology").$type<ReturnType<typeof topology>>().notNull(),
  borders: jsonb("borders").$type<readonly AuthorityBorder[]>().notNull(),
});
