import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { describeStores } from "../../test/databases.js";
import { expectTablesMatch } from "../../test/tables-match.js";
import { civilDate, describeProblem, type Problem, type Result, type Urn } from "../kernel/index.js";
import { type Database, migrate } from "../platform/database/index.js";
import { identityMigrations } from "../platform/identity/index.js";
import {
  findSchool,
  findSuccession,
  groupsOfSchool,
  importRegister,
  registerMigrations,
  updateRegister,
} from "./index.js";
import { loadRegister } from "./store.js";
import {
  authorityTable,
  formerNameTable,
  groupTable,
  importTable,
  linkTable,
  membershipTable,
  pupilCountTable,
  regionTable,
  schoolTable,
} from "./tables.js";

const folder = mkdtempSync(join(tmpdir(), "greenpaper-import-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function file(name: string, lines: readonly string[]): string {
  const path = join(folder, name);
  writeFileSync(path, `${lines.join("\n")}\n`);
  return path;
}

// Invented schools and trusts.
const schools = file("schools.csv", [
  "URN,LA,LANAME,ESTAB,SCHNAME,SCHOOLTYPE,MINORGROUP,SCHSTATUS,OPENDATE,CLOSEDATE,ISPRIMARY,ISSECONDARY,ISPOST16,TOWN",
  "900001,878,Devon,2001,Otter's Mead Primary School,Community school,Maintained school,Closed,,31-08-2021,1,0,0,Exmouth",
  "900002,878,Devon,2002,Otter's Mead Academy,Academy converter,Academy,Open,01-09-2021,,1,0,0,Exmouth",
  "900003,878,Devon,4001,Hollowell High School,Foundation school,Maintained school,Open,,,0,1,1,Bideford",
]);
const groups = file("groups.csv", [
  "Group UID,Group ID,Group Name,Companies House Number,Group Type,Group Status,Open date,Closed Date",
  "90001,TR90001,THE SANDPIPER TRUST,09900001,Multi-academy trust,Open,01/09/2015,",
  "90002,TR90002,OTTER TRUST,09900002,Single-academy trust,Closed,01/09/2021,31/08/2023",
]);
const groupLinks = file("group-links.csv", [
  "URN,Linked UID,Group Name,Group Type,Joined date",
  "900002,90001,THE SANDPIPER TRUST,Multi-academy trust,01-09-2023",
  "900002,90002,OTTER TRUST,Single-academy trust,01-09-2021",
  "900777,90001,THE SANDPIPER TRUST,Multi-academy trust,01-09-2023",
]);
const schoolLinks = file("school-links.csv", [
  "URN,LinkURN,LinkName,LinkType,LinkEstablishedDate",
  "900001,900002,Otter's Mead Academy,Successor,01-09-2021",
]);
const files = { schools, groups, groupLinks, schoolLinks };
const asOf = civilDate("2026-08-21");

function imported<T>(result: Result<T, readonly Problem[]>): T {
  if (!result.ok) throw new Error(result.error.map(describeProblem).join("\n"));
  return result.value;
}

describeStores("the register", (fresh) => {
  async function empty(): Promise<Database> {
    const database = await fresh();
    await migrate(database, [identityMigrations, registerMigrations]);
    return database;
  }

  it("is described to Drizzle as its SQL made it", async () => {
    const tables = [
      regionTable,
      authorityTable,
      schoolTable,
      groupTable,
      membershipTable,
      linkTable,
      importTable,
      formerNameTable,
      pupilCountTable,
    ];
    await expectTablesMatch(await empty(), tables);
  });

  it("takes the department's files, and the same files again change nothing", async () => {
    const database = await empty();
    const first = imported(await importRegister(database, files, asOf));
    expect(first).toMatchObject({
      schools: { added: 3, changed: 0, unchanged: 0 },
      groups: { added: 2 },
      memberships: { added: 2 },
      links: { added: 1 },
      notes: ["memberships left out because the register doesn't describe the school: 1"],
    });
    const before = await loadRegister(database.queries);
    const second = imported(await importRegister(database, files, asOf));
    expect(second).toMatchObject({
      schools: { added: 0, changed: 0, unchanged: 3, closed: 0 },
      groups: { added: 0, changed: 0, unchanged: 2 },
      memberships: { added: 0, changed: 0, unchanged: 2 },
      links: { added: 0, changed: 0, unchanged: 1 },
    });
    expect(await loadRegister(database.queries)).toEqual(before);
    const onlyLinks = imported(await importRegister(database, { groupLinks }, asOf));
    expect(onlyLinks.memberships).toEqual({ added: 0, changed: 0, unchanged: 2, closed: 0 });
  });

  it("answers what a school is, whose it was on a day, and what became of it", async () => {
    const database = await empty();
    imported(await importRegister(database, files, asOf));
    const { queries } = database;
    const [closed, open] = ["900001" as Urn, "900002" as Urn];
    expect(await findSchool(queries, open)).toMatchObject({
      name: "Otter's Mead Academy",
      authority: "878",
      phase: "primary",
    });
    expect(await findSchool(queries, "999999" as Urn)).toBeNull();
    const names = async (day: string) =>
      (await groupsOfSchool(queries, open, civilDate(day))).map((group) => group.name);
    expect(await names("2021-08-31")).toEqual([]);
    expect(await names("2023-08-30")).toEqual(["OTTER TRUST"]);
    expect(await names("2023-09-01")).toEqual(["THE SANDPIPER TRUST"]);
    expect(await findSuccession(database, closed)).toEqual({ open: [open], ended: [], circular: [] });
  });

  it("follows schools that close and trusts that are left", async () => {
    const database = await empty();
    imported(await importRegister(database, files, asOf));
    const laterSchools = file("schools-later.csv", [
      "URN,LA,SCHNAME,SCHOOLTYPE,SCHSTATUS,CLOSEDATE",
      "900003,878,Hollowell High School,Foundation school,Closed,31-12-2026",
    ]);
    const laterLinks = file("group-links-later.csv", [
      "URN,Linked UID,Joined date",
      "900003,90001,01-01-2027", // the only one left in a multi-academy trust
    ]);
    const changes = await importRegister(
      database,
      { schools: laterSchools, groupLinks: laterLinks },
      civilDate("2027-02-01"),
    );
    expect(imported(changes)).toMatchObject({
      schools: { added: 0, changed: 1, closed: 1 },
      memberships: { added: 1, changed: 1, closed: 1 },
    });
    expect(await findSchool(database.queries, "900003" as Urn)).toMatchObject({ status: "closed", town: "Bideford" });
    expect(await groupsOfSchool(database.queries, "900002" as Urn, civilDate("2027-01-31"))).toHaveLength(1);
    expect(await groupsOfSchool(database.queries, "900002" as Urn, civilDate("2027-02-01"))).toEqual([]);
  });

  it("takes nothing when one line of one file is wrong, and names every such line", async () => {
    const database = await empty();
    const wrong = file("schools-wrong.csv", [
      "URN,LA,SCHNAME,SCHOOLTYPE,SCHSTATUS",
      "900001,999,Somewhere School,Community school,Open",
      "900002,878,Fine School,Community school,Open",
    ]);
    const undated = file("group-links-undated.csv", ["URN,Linked UID,Joined date", "900002,90001,"]);
    const result = await importRegister(database, { ...files, schools: wrong, groupLinks: undated }, asOf);
    expect(result.ok ? [] : result.error.map(describeProblem)).toEqual([
      expect.stringMatching(/schools-wrong\.csv, line 2.*: no local authority has the code 999\. Correct the code/),
      expect.stringMatching(
        /group-links-undated\.csv, line 2.*: the date on which school 900002 joined group 90001 is missing/,
      ),
    ]);
    expect(await loadRegister(database.queries)).toEqual({ schools: [], groups: [], memberships: [], links: [] });
  });

  it("never puts made-up schools among real ones", async () => {
    const database = await empty();
    imported(await importRegister(database, files, asOf));
    const contents = await loadRegister(database.queries);
    const refused = await updateRegister(database, contents, { name: "made up", asOf, synthetic: true, files: [] });
    expect(refused).toMatchObject({ ok: false, error: [{ code: "register-mixed" }] });
  });

  it.each([
    [
      "a URN of five digits",
      sql`insert into register.school (urn, name, authority_code, type, status) values ('12345', 'A', '878', 'x', 'open')`,
    ],
    ["a status of its own", sql`update register.school set status = 'shut'`],
    ["a share above a hundred", sql`update register.school set free_school_meals_percent = 101`],
    ["a membership that ends before it begins", sql`update register.group_membership set left_on = '1999-01-01'`],
    [
      "a school that follows itself",
      sql`insert into register.school_link values ('900001', '900001', 'Successor', null)`,
    ],
  ])("refuses %s", async (_, statement) => {
    const database = await empty();
    imported(await importRegister(database, files, asOf));
    await expect(database.queries.execute(statement)).rejects.toMatchObject({ code: "database-check" });
  });

  it("refuses a school of an authority, or a membership of a group, that isn't there", async () => {
    const database = await empty();
    imported(await importRegister(database, files, asOf));
    const stray = [
      sql`update register.school set authority_code = '999'`,
      sql`insert into register.group_membership values ('900001', '99999', '2020-01-01', null)`,
      sql`delete from register.school`,
    ];
    for (const statement of stray)
      await expect(database.queries.execute(statement)).rejects.toMatchObject({ code: "database-reference" });
  });
});
