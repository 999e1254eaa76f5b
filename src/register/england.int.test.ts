import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { describeStores } from "../../test/databases.js";
import { civilDate, describeProblem, type Urn } from "../kernel/index.js";
import { migrate } from "../platform/database/index.js";
import { identityMigrations } from "../platform/identity/index.js";
import { findSchool, findSuccession, importFiles, importRegister, registerMigrations } from "./index.js";

const shared = fileURLToPath(new URL("../../../shared/data/england/", import.meta.url));
const missing = !existsSync(shared);
const files = {
  schools: `${shared}school_information_2022.csv.gz`,
  groups: `${shared}gias_groups_2026-08-21.csv.gz`,
  groupLinks: `${shared}gias_grouplinks_academies_2024-03-29.csv.gz`,
  schoolLinks: `${shared}gias_links_2026-08-21.csv.gz`,
};

describe.skipIf(missing)(`the real register${missing ? " (skipped: ../shared/data/england is not here)" : ""}`, () => {
  describeStores("imported", (fresh) => {
    // published: counts of the files themselves, and of open trusts in the register of 21 August 2026
    it("has the published numbers of schools, trusts and links, in seconds, and a second import changes nothing", async () => {
      const database = await fresh();
      await migrate(database, [identityMigrations, registerMigrations]);
      const asOf = civilDate("2026-08-21");
      const first = await importRegister(database, files, asOf);
      if (!first.ok) throw new Error(first.error.slice(0, 20).map(describeProblem).join("\n"));
      expect(first.value).toMatchObject({
        schools: { added: 26_545 },
        groups: { added: 7177 },
        links: { added: 35_239 },
        memberships: { added: 18_934 - 1255 - 1 },
        notes: expect.arrayContaining([
          expect.stringMatching(/school: 1255$/),
          expect.stringMatching(/group: 1$/),
          expect.stringMatching(/^groups .*: 5$/),
        ]),
      });
      const count = async (statement: ReturnType<typeof sql>) =>
        (await database.queries.execute<{ n: number }>(statement))[0]?.n;
      const trusts = (type: string) =>
        count(sql`select count(*) as n from register.school_group where type = ${type} and status = 'open'`);
      expect(await trusts("Multi-academy trust")).toBe(1323);
      expect(await trusts("Single-academy trust")).toBe(921);
      expect(await trusts("Federation")).toBe(742);
      expect(await count(sql`select count(*) as n from register.school where status <> 'closed'`)).toBe(24_033);
      const second = await importRegister(database, files, asOf);
      expect(second).toMatchObject({
        ok: true,
        value: {
          schools: { added: 0, changed: 0, unchanged: 26_545 },
          groups: { added: 0, changed: 0 },
          memberships: { added: 0, changed: 0 },
          links: { added: 0, changed: 0 },
        },
      });
      // published: the register's own links; 103312 was followed by 145243, which closed too, and that by 146701
      expect(await findSuccession(database, "100012" as Urn)).toEqual({ open: ["100021"], ended: [], circular: [] });
      expect((await findSuccession(database, "103312" as Urn)).open).toEqual(["146701"]);
      // published: 122057 and 122060 each name the other as their successor
      expect((await findSuccession(database, "122057" as Urn)).circular).toEqual(["122057"]);
    });

    // published: national rows of the census files, and facts computed from them in the department's own tables
    it("takes every file in one go, whatever the order, and has the published numbers of pupils", async () => {
      const database = await fresh();
      await migrate(database, [identityMigrations, registerMigrations]);
      const report = await importFiles(
        database,
        [
          ...["census_2023.csv.gz", "gias_links_2026-08-21.csv.gz", "school_information_2022.csv.gz"],
          ...["gias_academies_2021-12-31.csv.gz", "census_2022.csv.gz", "sap_establishments_1924.csv.gz"],
          ...["gias_groups_2026-08-21.csv.gz", "gias_grouplinks_academies_2024-03-29.csv.gz"],
        ].map((name) => `${shared}${name}`),
        civilDate("2022-09-01"),
      );
      if (!report.ok) throw new Error(report.error.slice(0, 20).map(describeProblem).join("\n"));
      expect(report.value.memberships.added).toBeGreaterThan(18_934 - 1255 - 1);
      expect(report.value.pupilCounts).toMatchObject({ added: 24_445 + 24_433 });
      const [sums] = await database.queries.execute<Record<string, number>>(sql`
        select sum(pupils)::int as pupils, sum(meals_six_years)::int as meals, count(*) filter (where missing ->> 'mealsNow' = 'not-collected') as unasked
        from register.pupil_count where academic_year = '2022/23' and kind in ('State-funded primary', 'Independent school')`);
      expect(sums).toEqual({ pupils: 4_647_851 + 591_954, meals: 1_131_847, unasked: 2_408 });
      const cumbria = await database.queries.execute(
        sql`select count(*) as n from register.pupil_count where authority_code = '909'`,
      );
      expect(cumbria).toEqual([{ n: 340 + 339 }]);
      const placed = await database.queries.execute(sql`select count(*) as n from register.school where easting > 0`);
      expect(placed).toEqual([{ n: 1924 }]);
      expect(await findSchool(database.queries, "105135" as Urn)).toMatchObject({
        ...{ name: "St Paul's Academy", website: "http://www.stpaulsacademy.org.uk/", ukprn: "10017649" },
      });
    });
  });
});
