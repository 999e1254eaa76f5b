import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { registerOfReview, reviewDay, reviewForStore } from "../../../test/saved-review.js";
import { expectTablesMatch } from "../../../test/tables-match.js";
import { type Database, migrate } from "../../platform/database/index.js";
import { identityMigrations } from "../../platform/identity/index.js";
import { findAuthority, registerMigrations, updateRegister } from "../../register/index.js";
import { qualityMarkMigrations } from "./index.js";
import type { SchoolLine, SchoolPage } from "./published.js";
import { loadReviewRecord, reviewReader, saveReview } from "./store.js";
import type { ReviewedSchool } from "./store-input.js";
import { decisionTable, explanationTable, measureTable, reviewTable } from "./store-tables.js";

/** The line of a page, as lists and charts have it. */
function lineOf(page: SchoolPage): SchoolLine {
  const { urn, name, phase, authority, region, decision, valueAdded, lower, upper, pupilEquivalents } = page;
  return { urn, name, phase, authority, region, decision, valueAdded, lower, upper, pupilEquivalents };
}

describeStores("the published review", (fresh) => {
  async function withRegister(schools: readonly ReviewedSchool[]): Promise<Database> {
    const database = await fresh();
    await migrate(database, [identityMigrations, registerMigrations, qualityMarkMigrations]);
    const contents = registerOfReview(schools);
    await updateRegister(database, contents, { name: "invented", asOf: reviewDay, synthetic: true, files: [] });
    return database;
  }

  it("is described to Drizzle as its SQL made it", async () => {
    await expectTablesMatch(await withRegister([]), [reviewTable, measureTable, decisionTable, explanationTable]);
  });

  it("is nothing before the first", async () => {
    const reader = reviewReader((await withRegister([])).queries);
    expect(await reader.review()).toBeNull();
    expect(await reader.country()).toMatchObject({ schools: 0, decisions: { awarded: 0 } });
    expect(await reader.regions()).toEqual([]);
    expect(await reader.region("E12000007")).toBeNull();
    expect(await reader.schools({ offset: 0, limit: 10 })).toEqual({ total: 0, lines: [] });
    expect(await reader.measured("primary", null)).toEqual([]);
    expect(await reader.school("800001")).toBeNull();
  });

  it("comes back as it was saved: heading, fit, counts, charts and every school's page", async () => {
    const { heading, schools, pages } = reviewForStore(150);
    const { queries } = await withRegister(schools);
    const id = await saveReview(queries, heading, schools);
    const reader = reviewReader(queries);

    const { decidedOn: _d, codeVersion: _c, inputs: _i, parameters: _p, ...published } = heading;
    expect(await reader.review()).toEqual({ id, standing: "nobody-heard", ...published });

    const country = await reader.country();
    expect(country).toMatchObject({ code: "E92000001", name: "England", schools: pages.length });
    const byRegion = await reader.regions();
    expect(byRegion.map((r) => r.name)).toEqual([...new Set(pages.map((p) => p.region))].sort());
    for (const found of byRegion) {
      const own = pages.filter((page) => page.regionCode === found.code);
      expect(found.schools).toBe(own.length);
      for (const [decision, count] of Object.entries(found.decisions))
        expect(count).toBe(own.filter((page) => page.decision === decision).length);
      const inside = await reader.region(found.code);
      expect(inside?.region).toEqual(found);
      expect(inside?.authorities.map((a) => a.name)).toEqual([...new Set(own.map((page) => page.authority))].sort());
      expect(inside?.authorities.reduce((sum, a) => sum + a.schools, 0)).toBe(own.length);
      for (const a of inside!.authorities) expect(findAuthority(a.code)?.name).toBe(a.name);
    }

    const inOrder = (list: readonly SchoolPage[]) =>
      list
        .filter((page) => page.phase === "primary" && page.valueAdded !== null)
        .toSorted((a, b) => a.valueAdded! - b.valueAdded! || (a.urn < b.urn ? -1 : 1))
        .map(lineOf);
    expect(await reader.measured("primary", null)).toEqual(inOrder(pages));
    expect(await reader.measured("primary", "E12000007")).toEqual(
      inOrder(pages.filter((p) => p.regionCode === "E12000007")),
    );
    expect(await reader.measured("nursery", null)).toEqual([]);

    for (const page of pages) expect(await reader.school(page.urn)).toEqual(page);
    expect(await reader.school("999999")).toBeNull();
  });

  it("is searched by the beginnings of words of name and town, and by URN, and narrowed", async () => {
    const { heading, schools } = reviewForStore(120);
    const named = schools.map((school, i) =>
      i === 5 ? { ...school, name: "Otter's Mead École", town: "Saltford-on-Merrow" } : school,
    );
    const { queries } = await withRegister(named);
    await saveReview(queries, heading, named);
    const reader = reviewReader(queries);
    const names = async (text: string) =>
      (await reader.schools({ text, offset: 0, limit: 5 })).lines.map((line) => line.name);
    for (const text of ["otters mead", "MEAD, otter", "ecole", "Otter's", "saltford", "merrow otter", named[5]!.urn])
      expect(await names(text), text).toEqual(["Otter's Mead École"]);
    for (const text of ["tters", "otter nowhere", "' | !", "\\"]) expect(await names(text), text).toEqual([]);
    const all = await reader.schools({ text: " ", offset: 0, limit: 1000 });
    expect(all.total).toBe(named.length);
    const phase = await reader.schools({ phase: "secondary", offset: 0, limit: 1000 });
    expect(phase.total).toBe(named.filter((school) => school.phase === "secondary").length);
    const refused = await reader.schools({ decision: "refused", region: "E12000007", offset: 0, limit: 1000 });
    const london = named.filter((school) => findAuthority(school.authorityCode)?.region === "E12000007");
    expect(refused.total).toBe(london.filter((school) => school.decision === "refused").length);
    expect(refused.lines.every((line) => line.decision === "refused" && line.region === "London")).toBe(true);
  });

  it("is paged in order of name without a school twice or left out", async () => {
    const { heading, schools } = reviewForStore(95);
    const { queries } = await withRegister(schools);
    await saveReview(queries, heading, schools);
    const reader = reviewReader(queries);
    const seen: string[] = [];
    for (let offset = 0; offset < schools.length; offset += 20) {
      const { total, lines } = await reader.schools({ offset, limit: 20 });
      expect(total).toBe(schools.length);
      seen.push(...lines.map((line) => line.urn));
    }
    expect(seen.toSorted()).toEqual(schools.map((school) => school.urn as string).toSorted());
    const whole = await reader.schools({ offset: 0, limit: 1000 });
    expect(whole.lines.map((line) => line.urn)).toEqual(seen);
    const plain = whole.lines.map((line) => line.name.toLowerCase().replace(/[^a-z0-9]+/g, " "));
    expect(plain[0]! <= plain.at(-1)!).toBe(true);
  });

  it("gives way to a newer one, which shows at once, and is kept", async () => {
    const { heading, schools } = reviewForStore(30);
    const { queries } = await withRegister(schools);
    const reader = reviewReader(queries);
    const first = await saveReview(queries, heading, schools);
    expect(await reader.review()).toMatchObject({ id: first, academicYear: heading.academicYear });
    const fewer = schools.slice(0, 12);
    const second = await saveReview(queries, { ...heading, academicYear: "2026/27" }, fewer);
    expect(second).toBeGreaterThan(first);
    expect(await reader.review()).toMatchObject({ id: second, academicYear: "2026/27" });
    expect((await reader.country()).schools).toBe(12);
    const kept = await queries.execute(sql`select count(*) as n from quality_mark.decision where review_id = ${first}`);
    expect(kept).toEqual([{ n: schools.length }]);
  });

  it("keeps what it was made from: files, parameters with their dates, the program, each decision's words and hash", async () => {
    const { heading, schools } = reviewForStore(20);
    const { queries } = await withRegister(schools);
    const id = await saveReview(queries, heading, schools);
    const record = await loadReviewRecord(queries, id);
    const { measures, ...rest } = heading;
    expect(record).toMatchObject({ id, ...rest });
    expect(record?.savedAt).toMatch(/^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/);
    expect(record?.fits).toEqual(measures.map(({ phase, model }) => ({ phase, model })));
    expect(record?.decisions).toHaveLength(schools.length);
    for (const found of record!.decisions)
      expect(schools.find((school) => school.urn === found.urn)).toMatchObject(found);
    expect(await loadReviewRecord(queries, id + 1)).toBeNull();
  });

  it("is saved whole or not at all", async () => {
    const { heading, schools } = reviewForStore(20);
    const { queries } = await withRegister(schools);
    const wrong = schools.map((school, i) => (i === 19 ? { ...school, inputsHash: "short" } : school));
    await expect(saveReview(queries, heading, wrong)).rejects.toMatchObject({ code: "database-check" });
    expect(await reviewReader(queries).review()).toBeNull();
  });

  it("names a school that the register doesn't hold", async () => {
    const { heading, schools } = reviewForStore(20);
    const { queries } = await withRegister(schools.slice(1));
    await expect(saveReview(queries, heading, schools)).rejects.toThrow(
      `1 schools of the review are not in the register, first ${schools[0]!.urn}`,
    );
  });

  it.each([
    ["a figure without an interval", { lower: null }],
    ["a figure outside its interval", { valueAdded: 1, lower: 2, upper: 3 }],
    ["a figure that is not a number", { valueAdded: Number.NaN, lower: Number.NaN, upper: Number.NaN }],
    ["an award without a figure", { decision: "awarded" as const, valueAdded: null, lower: null, upper: null }],
    ["a refusal without a reason", { decision: "refused" as const, reasons: [] }],
    ["a probability above one", { probabilityBelow: 1.01 }],
  ])("refuses %s", async (_, change) => {
    const { heading, schools } = reviewForStore(12);
    const measured = schools.find((school) => school.valueAdded !== null)!;
    const { queries } = await withRegister([measured]);
    await expect(saveReview(queries, heading, [{ ...measured, ...change }])).rejects.toMatchObject({
      code: "database-check",
    });
  });

  it("holds the whole country and answers every question about it", async () => {
    const { heading, schools } = reviewForStore(24_000);
    const { queries } = await withRegister(schools);
    await saveReview(queries, heading, schools);
    const reader = reviewReader(queries);
    const { urn, name } = schools[777]!;
    expect((await reader.school(urn))?.name).toBe(name);
    expect((await reader.schools({ offset: 12_000, limit: 50 })).lines).toHaveLength(50);
    const found = await reader.schools({ text: "bri", region: "E12000007", decision: "awarded", offset: 0, limit: 50 });
    for (const school of found.lines) expect(school.decision).toBe("awarded");
    expect((await reader.measured("primary", null)).length).toBeGreaterThan(5_000);
  });
});
