import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { expectTablesMatch } from "../../../test/tables-match.js";
import { type AuthorityCode, civilDate, type Urn } from "../../kernel/index.js";
import { type Database, migrate } from "../../platform/database/index.js";
import { identityMigrations, publicActor, systemActor } from "../../platform/identity/index.js";
import { registerMigrations, schoolWith, updateRegister } from "../../register/index.js";
import { auditOutcomes, importOutcomes, safeguardingMigrations } from "./index.js";
import type { OutcomeLine } from "./outcomes.js";
import { outcomeTable, siteTable } from "./tables.js";

const now = new Date("2026-11-26T09:00:00Z");
const cli = systemActor("test");

/** A register of made-up schools 900000, 900001, … in one authority. */
async function withSchools(database: Database, count = 3): Promise<Database> {
  await migrate(database, [identityMigrations, registerMigrations, safeguardingMigrations]);
  const schools = Array.from({ length: count }, (_, i) =>
    schoolWith({
      urn: String(900_000 + i) as Urn,
      name: `Otterwick Primary ${i}`,
      authority: "330" as AuthorityCode,
      type: "Academy converter",
      status: "open",
    }),
  );
  const source = { name: "a test", asOf: civilDate("2026-09-01"), synthetic: true, files: [] };
  await updateRegister(database, { schools, groups: [], memberships: [], links: [] }, source);
  return database;
}

const line = (urn: string, outcome: OutcomeLine["outcome"], on: string, at = 2): OutcomeLine => ({
  ...{ urn, outcome, on: civilDate(on) },
  place: `outcomes.csv, line ${at}`,
});

describeStores("outcomes of safeguarding audits", (fresh) => {
  it("are the newest of each school that was signed within the year", async () => {
    const database = await withSchools(await fresh());
    const lines = [
      line("900000", "secure", "2025-11-26"),
      line("900000", "not-secure", "2026-03-01"),
      line("900001", "secure", "2025-11-26"),
      line("900002", "secure", "2025-11-27"),
    ];
    expect(await importOutcomes(database, cli, lines, "outcomes.csv", now)).toEqual({
      ok: true,
      value: { lines: 4, added: 4, unchanged: 0 },
    });
    const found = await auditOutcomes(database.queries, civilDate("2026-11-26"));
    expect([...found]).toEqual([
      ["900000", { outcome: "not-secure", on: "2026-03-01", audit: "import/900000/2026-03-01" }],
      ["900002", { outcome: "secure", on: "2025-11-27", audit: "import/900002/2025-11-27" }],
    ]);
    expect(await auditOutcomes(database.queries, civilDate("2026-02-01"), ["900000"])).toEqual(
      new Map([["900000", { outcome: "secure", on: "2025-11-26", audit: "import/900000/2025-11-26" }]]),
    );
    expect(await importOutcomes(database, cli, lines, "again.csv", now)).toMatchObject({
      value: { lines: 4, added: 0, unchanged: 4 },
    });
  });

  it("are refused whole where a line is wrong, each with its place", async () => {
    const database = await withSchools(await fresh());
    const lines = [
      line("900000", "secure", "2026-03-01", 2),
      line("123456", "secure", "2026-03-01", 3),
      line("900001", "secure", "2026-12-01", 4),
      line("900000", "not-secure", "2026-03-01", 5),
    ];
    const refused = await importOutcomes(database, cli, lines, "outcomes.csv", now);
    expect(refused.ok ? [] : refused.error.map(({ code, place }) => [code, place])).toEqual([
      ["outcome-school-unknown", "outcomes.csv, line 3"],
      ["outcome-in-future", "outcomes.csv, line 4"],
      ["outcome-contradictory", "outcomes.csv, line 5"],
    ]);
    expect(await database.queries.$count(outcomeTable)).toBe(0);
    expect((await importOutcomes(database, publicActor, lines.slice(0, 1), "outcomes.csv", now)).ok).toBe(false);
    expect(await database.queries.$count(outcomeTable)).toBe(0);
  });

  it("are kept in the tables that the code describes", async () => {
    await expectTablesMatch(await withSchools(await fresh()), [outcomeTable, siteTable]);
  });
});
