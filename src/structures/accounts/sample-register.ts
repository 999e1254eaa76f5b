import { type CivilDate, civilDate, type GroupUid, type Urn } from "../../kernel/index.js";
import { type Database, migrate } from "../../platform/database/index.js";
import { identityMigrations } from "../../platform/identity/index.js";
import { logMigrations } from "../../platform/log/index.js";
import { registerMigrations, schoolWith, updateRegister } from "../../register/index.js";
import { accountsMigrations } from "./index.js";

// Made-up trusts and schools for the tests of this folder.

/** Three schools in Devon and one in Camden; 900002 left the trust before the year ended, 900001 after it. */
export async function sampleAccounts(database: Database): Promise<void> {
  await migrate(database, [identityMigrations, logMigrations, registerMigrations, accountsMigrations]);
  const school = (urn: string, authority: string) =>
    schoolWith({
      ...{ urn: urn as Urn, name: `Made-up School ${urn}`, authority: authority as never, type: "Academy converter" },
      ...{ status: "open", phase: "primary" },
    });
  const group = (uid: string, name: string) => ({
    ...{ uid: uid as GroupUid, groupId: null, name, type: "Multi-academy trust", status: "open" as const },
    ...{ companyNumber: null, ukprn: null, opened: null, closed: null, town: null, postcode: null },
  });
  const member = (urn: string, uid: string, left: string | null) => ({
    ...{ urn: urn as Urn, groupUid: uid as GroupUid, joined: civilDate("2016-09-01") },
    left: left as CivilDate | null,
  });
  const updated = await updateRegister(
    database,
    {
      schools: [school("900001", "878"), school("900002", "878"), school("900003", "878"), school("900004", "202")],
      groups: [group("90001", "The Heron Trust"), group("90002", "The Otter Trust"), group("90003", "Empty Trust")],
      memberships: [
        ...[member("900001", "90001", "2025-10-01"), member("900002", "90001", "2025-08-31")],
        ...[member("900002", "90002", null), member("900004", "90001", null)],
      ].map((one, i) => (i === 2 ? { ...one, joined: civilDate("2025-08-31") } : one)),
      links: [],
    },
    { name: "a test", asOf: civilDate("2025-12-01"), synthetic: true, files: [] },
  );
  if (!updated.ok) throw new Error(JSON.stringify(updated.error));
}
