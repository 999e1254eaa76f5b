import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { expectTablesMatch } from "../../../test/tables-match.js";
import { civilDate, type Urn } from "../../kernel/index.js";
import { type Database, migrate } from "../../platform/database/index.js";
import { identityMigrations } from "../../platform/identity/index.js";
import { openAuthorities, registerMigrations, schoolWith, updateRegister } from "../../register/index.js";
import { duties } from "./duties.js";
import { regionsMigrations, whoAnswers } from "./index.js";
import { checkRegister } from "./responsibility.js";
import { loadDutyRegister } from "./store-duties.js";
import * as tables from "./store-tables.js";

const on = civilDate("2026-11-26");

/** A register with a school in Hartlepool, one in a council that is no more, and one overseas. */
async function ready(fresh: () => Promise<Database>): Promise<Database> {
  const database = await fresh();
  await migrate(database, [identityMigrations, registerMigrations, regionsMigrations]);
  const school = (urn: string, authority: string) =>
    schoolWith({
      urn: urn as Urn,
      name: `School ${urn}`,
      authority: authority as never,
      type: "Community school",
      status: "open",
    });
  await updateRegister(
    database,
    {
      schools: [school("100001", "805"), school("100002", "909"), school("100003", "702")],
      groups: [],
      memberships: [],
      links: [],
    },
    { name: "made up", asOf: on, synthetic: true, files: [] },
  );
  return database;
}

describeStores("the register of duties", (fresh) => {
  it("has the tables that the program describes", async () => {
    await expectTablesMatch(await ready(fresh), Object.values(tables));
  });

  it("begins with the nine regions of the register and one office for every duty", async () => {
    const register = await loadDutyRegister((await ready(fresh)).queries, on);
    expect(register.drawing).toBe(1);
    expect(Object.fromEntries(register.regionOf)).toEqual(
      Object.fromEntries(openAuthorities.map(({ code, region }) => [code, region])),
    );
    const inForce = register.regions.map((region) => ({ ...region, from: civilDate("2022-09-01"), to: null }));
    expect(checkRegister(duties, inForce, register.held, register.delegations, on)).toEqual([]);
  });

  it("names one holder for every duty at a school", async () => {
    const { queries } = await ready(fresh);
    const answers = await whoAnswers(queries, "100001", on);
    expect(answers.map(({ dutyCode }) => dutyCode)).toEqual(duties.map(({ code }) => code));
    expect(answers.find(({ dutyCode }) => dutyCode === "accounts")).toMatchObject({
      office: "North East regional office",
      officer: null,
      post: "Trusts and accounts officer",
    });
    expect(answers.find(({ dutyCode }) => dutyCode === "school-places")).toMatchObject({ office: "Hartlepool" });
  });

  it("follows an abolished council to the region of its successors", async () => {
    const answers = await whoAnswers((await ready(fresh)).queries, "100002", on);
    expect(answers.find(({ dutyCode }) => dutyCode === "accounts")?.office).toBe("North West regional office");
  });

  it("gives a school overseas no regional office, and a day before the regions only the law", async () => {
    const { queries } = await ready(fresh);
    const overseas = (await whoAnswers(queries, "100003", on)).map(({ dutyCode }) => dutyCode);
    expect(overseas).not.toContain("accounts");
    expect(overseas).toContain("quality-mark-appeal");
    const before = await whoAnswers(queries, "100001", civilDate("2021-01-01"));
    expect(before.every(({ standing }) => standing === "law")).toBe(true);
    expect(await whoAnswers(queries, "999999", on)).toEqual([]);
  });
});
