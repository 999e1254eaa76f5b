import { safeguardingMigrations } from "../src/accountability/safeguarding/index.js";
import { charterNumberOf } from "../src/accountability/safeguarding/officer.js";
import { type OfficerRow, registerOfficers } from "../src/accountability/safeguarding/service-officers.js";
import { saveSites } from "../src/accountability/safeguarding/store-plans.js";
import { type AuthorityCode, civilDate, seededRandom, type Urn } from "../src/kernel/index.js";
import { type Database, migrate } from "../src/platform/database/index.js";
import { httpMigrations } from "../src/platform/http/index.js";
import { type Actor, identityMigrations, type Role, type Scope, systemActor } from "../src/platform/identity/index.js";
import { jobsMigrations } from "../src/platform/jobs/index.js";
import { logMigrations } from "../src/platform/log/index.js";
import { registerMigrations, schoolWith, updateRegister } from "../src/register/index.js";

/** The made-up region of the tests: the West Midlands' code, one authority. */
export const region = "E12000005";
/** A day in term on which the tests' officers are chartered. */
export const morning = new Date("2026-10-05T08:00:00Z");

/** A person with one role. */
export function personWith(id: string, role: Role, scope: Scope): Actor {
  return { kind: "person", id, name: `${id} Made-Up`, grants: [{ role, scope }] };
}

/** The officer numbered so, signed in. */
export const officerActor = (n: number) =>
  personWith(`officer-${n}`, "safeguarding-officer", { kind: "region", code: region });
/** The regional officer, signed in. */
export const regionalOfficer = personWith("regional", "regional-officer", { kind: "region", code: region });
/** The regional director, signed in. */
export const director = personWith("director", "regional-director", { kind: "region", code: region });
/** A school's head or designated lead, signed in. */
export const leadOf = (urn: string) => personWith(`lead-${urn}`, "school", { kind: "school", urn: urn as Urn });

/** An officer of the tests. */
export function madeUpOfficer(n: number, change: Partial<OfficerRow> = {}): OfficerRow {
  const random = seededRandom(n);
  return {
    charter: charterNumberOf(String(n).padStart(6, "0")),
    name: `Bramble Officer ${n}`,
    person: `officer-${n}`,
    subject: `subject-${n}`,
    region,
    baseName: "Otterwick",
    base: { east: 20 * random.uniform(), north: 20 * random.uniform() },
    daysPerYear: 60,
    chartered: { from: civilDate("2025-09-01"), to: civilDate("2028-09-01") },
    suspensions: [],
    interests: [],
    ...change,
  };
}

/** A database with a made-up region of schools, their places and officers. */
export async function regionIn(
  database: Database,
  schools: number,
  officers: readonly OfficerRow[],
): Promise<Database> {
  await migrate(database, [
    identityMigrations,
    httpMigrations,
    logMigrations,
    jobsMigrations,
    registerMigrations,
    safeguardingMigrations,
  ]);
  const random = seededRandom(11);
  const list = Array.from({ length: schools }, (_, i) =>
    schoolWith({
      urn: String(900_000 + i) as Urn,
      name: `Otterwick ${i % 5 === 0 ? "High" : "Primary"} School ${i}`,
      authority: "330" as AuthorityCode,
      type: "Community school",
      status: "open",
      lowAge: i % 5 === 0 ? 11 : 4,
      highAge: i % 5 === 0 ? 16 : 11,
      pupils: i % 5 === 0 ? 900 : 60 + 40 * (i % 7),
      town: "Otterwick",
    }),
  );
  const source = { name: "a test", asOf: civilDate("2026-09-01"), synthetic: true, files: [] };
  const updated = await updateRegister(database, { schools: list, groups: [], memberships: [], links: [] }, source);
  if (!updated.ok) throw new Error(JSON.stringify(updated.error));
  await saveSites(
    database.queries,
    list.map(({ urn }) => ({
      urn,
      east: 20 * random.uniform(),
      north: 20 * random.uniform(),
      precision: "given" as const,
    })),
  );
  const registered = await registerOfficers(database, systemActor("test"), officers, morning);
  if (!registered.ok) throw new Error(JSON.stringify(registered.error));
  return database;
}
