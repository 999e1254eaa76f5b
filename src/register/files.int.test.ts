import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { describeStores } from "../../test/databases.js";
import { civilDate, describeProblem, type GroupUid, type Problem, type Result, type Urn } from "../kernel/index.js";
import { type Database, migrate } from "../platform/database/index.js";
import { identityMigrations } from "../platform/identity/index.js";
import {
  findSchool,
  findSuccession,
  importFiles,
  pupilCountsOf,
  registerMigrations,
  schoolHistory,
  updateRegister,
} from "./index.js";
import { loadRegister } from "./store.js";
import type { Group, GroupMembership } from "./types.js";

const ok = (name: string) => fileURLToPath(new URL(`../../test/ok/register-${name}`, import.meta.url));
const notOk = (name: string) => fileURLToPath(new URL(`../../test/not-ok/register-${name}`, import.meta.url));
const asOf = civilDate("2026-08-21");

function imported<T>(result: Result<T, readonly Problem[]>): T {
  if (!result.ok) throw new Error(result.error.map(describeProblem).join("\n"));
  return result.value;
}

/** One defect a file: where it is found, its code and place, and what its message and remedy say. */
const defects: readonly (readonly [name: string, code: string, place: RegExp, words: RegExp])[] = [
  ["cut-in-half.csv", "field-count", /line 4$/, /ends in the middle of this line.*it was cut off/],
  ["two-encodings.csv", "encoding-invalid", /line 3$/, /mixes two encodings/],
  ["urn-twice.csv", "id-twice", /line 3$/, /URN 900001 is already on/],
  ["authority.csv", "authority-unknown", /line 2$/, /no local authority has the code 999/],
  ["other-columns.csv", "file-kind-unknown", /line 1$/, /"Pupil", "Score"/],
  ["census-2023-cut-at-a-line.csv", "total-differs", /cut-at-a-line\.csv$/, /national rows at the end.*missing/],
  ["census-2023-cut-in-half.csv", "field-count", /line 3$/, /ends in the middle of this line/],
  ["census-2023-total.csv", "total-differs", /line 6, column "NOR"$/, /says 900 pupils.* have 0/],
  ["census-2023-number.csv", "number-expected", /line 2, column "NOR"$/, /"2l0" is neither/],
  ["census-2024-other-year.csv", "authority-of-another-year", /line 2$/, /909 \(Cumbria\) did not exist/],
  ["census-undated.csv", "year-unclear", /undated\.csv$/, /of which January/],
  ["extract-cut.zip", "archive-unreadable", /\.zip$/, /no directory at its end: it is cut off/],
  ["extract-damaged.zip", "archive-unreadable", /\.zip$/, /edubasealldata20240101\.csv is damaged/],
  ["extract-without-csv.zip", "archive-unreadable", /\.zip$/, /no CSV file/],
];

describeStores("files of the department", (fresh) => {
  async function empty(): Promise<Database> {
    const database = await fresh();
    await migrate(database, [identityMigrations, registerMigrations]);
    return database;
  }
  const files = (database: Database, ...paths: string[]) => importFiles(database, paths, asOf);

  it.each(defects)("%s is refused with %s, and nothing is saved", async (name, code, place, words) => {
    const database = await empty();
    const refused = await files(database, ok("gias-windows-1252.csv"), notOk(name));
    if (refused.ok) throw new Error("it was taken");
    expect(refused.error.map((found) => found.code)).toContain(code);
    const found = refused.error.find((one) => one.code === code)!;
    expect(found.place).toMatch(place);
    expect(describeProblem(found)).toMatch(words);
    expect((await loadRegister(database.queries)).schools).toEqual([]);
  });

  it("are known by their columns, unpacked, and described by the day in their name", async () => {
    const database = await empty();
    const report = imported(await files(database, ok("census-2023.csv"), ok("extract.zip")));
    expect(report).toMatchObject({ schools: { added: 4 }, links: { added: 4 }, pupilCounts: { added: 4 } });
    const school = await findSchool(database.queries, "900004" as Urn);
    expect(school).toMatchObject({ name: "St Ebb\u2019s Church of England Primary School", describedOn: "2024-01-01" });
    expect(school).toMatchObject({ easting: 245_500, northing: 126_500 });
    const again = imported(await files(database, ok("extract.zip"), ok("census-2023.csv")));
    expect(again).toMatchObject({
      schools: { added: 0, changed: 0, unchanged: 4 },
      links: { added: 0, changed: 0 },
      pupilCounts: { added: 0, changed: 0, unchanged: 4 },
    });
  });

  it("count pupils, and say why a count is not there", async () => {
    const database = await empty();
    imported(await files(database, ok("gias-windows-1252.csv"), ok("census-2023.csv")));
    const counts = async (urn: string) => (await pupilCountsOf(database.queries, urn as Urn))[0];
    expect(await counts("900002")).toMatchObject({
      ...{ academicYear: "2022/23", pupils: 210, girls: 100, boys: 110, plans: 4, support: 31, otherLanguage: 12 },
      ...{ mealsNow: 40, mealsSixYears: 52, mealsOf: 180, missing: {} },
    });
    expect(await counts("900003")).toMatchObject({ otherLanguage: null, missing: { otherLanguage: "suppressed" } });
    expect(await counts("900006")).toMatchObject({
      mealsNow: 9,
      missing: { mealsSixYears: "not-published", mealsOf: "not-published" },
    });
    expect((await counts("900008"))?.missing).toEqual({
      ...{ otherLanguage: "not-collected", mealsNow: "not-collected" },
      ...{ mealsSixYears: "not-collected", mealsOf: "not-collected" },
    });
  });

  it("open a school again that had closed, and close nothing by being older", async () => {
    const database = await empty();
    imported(await files(database, ok("gias-windows-1252.csv")));
    const urn = "900004" as Urn;
    expect(await findSchool(database.queries, urn)).toMatchObject({ status: "closed", closed: "2023-08-31" });
    imported(await files(database, ok("reopened.csv")));
    expect(await findSchool(database.queries, urn)).toMatchObject({ status: "open", closed: null });
    imported(await files(database, ok("extract.zip"))); // of 2024, older than what is known
    expect(await findSchool(database.queries, urn)).toMatchObject({ status: "open", closed: null });
  });

  it("of an older day fill gaps in groups and memberships, end none, and say so", async () => {
    const database = await empty();
    imported(await files(database, ok("gias-windows-1252.csv")));
    const [urn, uid, other] = ["900004" as Urn, "90001" as GroupUid, "90002" as GroupUid];
    const trust = (name: string, more: Partial<Group> = {}): Group => ({
      ...{ uid, name, type: "Multi-academy trust", status: "open", opened: null, closed: null },
      ...{ groupId: null, companyNumber: null, ukprn: null, town: null, postcode: null },
      ...more,
    });
    const member = (groupUid: GroupUid, joined: string) => ({ urn, groupUid, joined: civilDate(joined), left: null });
    const bring = (day: string, groups: Group[], memberships: GroupMembership[]) =>
      updateRegister(
        database,
        { schools: [], groups, memberships, links: [] },
        { name: "a test", asOf: civilDate(day), synthetic: false, files: [] },
      );
    const closed = trust("The New Name", { status: "closed", closed: civilDate("2026-01-01") });
    const second = trust("Another", { uid: other });
    imported(await bring("2026-08-21", [closed, second], [member(other, "2026-01-01")]));
    const report = imported(
      await bring(
        "2025-08-21",
        [trust("The Old Name", { opened: civilDate("2015-09-01") })],
        [member(uid, "2015-09-01")],
      ),
    );
    expect(report.notes.filter((note) => note.includes("21 August 2025"))).toHaveLength(2);
    const { groups, memberships } = await loadRegister(database.queries);
    expect(groups.find((group) => group.uid === uid)).toEqual({ ...closed, opened: "2015-09-01" });
    expect(memberships.map(({ groupUid, left }) => [groupUid, left]).sort()).toEqual([
      [uid, "2026-01-01"],
      [other, null],
    ]);
  });

  it("name schools that stand under two URNs, and keep what a school was called", async () => {
    const database = await empty();
    imported(await files(database, ok("gias-windows-1252.csv")));
    const report = imported(await files(database, ok("two-urns.csv")));
    expect(report.notes).toContain("LAESTABs that several open schools share: 8784001 (URN 900003, 900005)");
    const history = await schoolHistory(database.queries, "900003" as Urn);
    expect(history.formerNames).toEqual([{ name: "Hollowell High School", until: asOf }]);
    expect(history.sameNumber).toEqual(["900005"]);
  });

  it("lead from a school to those before and after it, with dates and the names of those not described", async () => {
    const database = await empty();
    imported(await files(database, ok("extract.zip")));
    const history = await schoolHistory(database.queries, "900004" as Urn);
    expect(history.successors).toEqual([
      { urn: "900003", name: "Hollowell High School", on: "2023-09-01", kind: "merged", status: "open" },
    ]);
    expect(history.predecessors).toEqual([
      { urn: "900777", name: "Ebbside Dame School", on: "1988-09-01", kind: null, status: null },
    ]);
    // The other way round: only the closed school's row has the link.
    expect((await schoolHistory(database.queries, "900003" as Urn)).predecessors).toMatchObject([{ urn: "900004" }]);
    expect((await findSuccession(database, "900777" as Urn)).open).toEqual(["900003"]);
  });
});
