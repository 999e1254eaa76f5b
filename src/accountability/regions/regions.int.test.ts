import { expect, it } from "vitest";
import { describeStores } from "../../../test/databases.js";
import { personWith } from "../../../test/signed-in.js";
import { civilDate, type Urn } from "../../kernel/index.js";
import { type Database, migrate } from "../../platform/database/index.js";
import { actingAs, identityMigrations, publicActor } from "../../platform/identity/index.js";
import { jobsMigrations, runToEnd } from "../../platform/jobs/index.js";
import { logMigrations, readStream } from "../../platform/log/index.js";
import { openAuthorities, registerMigrations, schoolWith, updateRegister } from "../../register/index.js";
import { usualSettings } from "./drawing/settings.js";
import { regionsMigrations, whoAnswers } from "./index.js";
import { drawJob } from "./jobs.js";
import { adjustByHand, askForDrawing, readScenario, tryMoves } from "./service.js";
import { adoptGiven, adoptScenario } from "./service-adopt.js";
import { importBoundaries } from "./service-boundaries.js";
import { appoint, delegate } from "./service-posts.js";
import { listDrawings, loadDrawing } from "./store-drawings.js";
import { loadDutyRegister } from "./store-duties.js";
import { findScenario, listScenarios, newestBoundaries } from "./store-scenarios.js";

const now = new Date("2026-11-26T10:00:00Z");
const later = civilDate("2027-09-01");
const director = personWith({ role: "regional-director", scope: { kind: "country" } });
const northern = personWith({ role: "regional-director", scope: { kind: "region", code: "E12000001" } });
const officer = personWith({ role: "regional-officer", scope: { kind: "country" } });
const wish = { title: "Nine even regions", startsOn: later, reasons: "Even loads." };

/** A register with as many schools in each authority as is odd enough: the code's digits. */
async function ready(fresh: () => Promise<Database>): Promise<Database> {
  const database = await fresh();
  await migrate(database, [identityMigrations, logMigrations, jobsMigrations, registerMigrations, regionsMigrations]);
  const schools = openAuthorities.flatMap(({ code }, i) =>
    Array.from({ length: 1 + (Number(code) % 4) }, (_, k) =>
      schoolWith({
        ...{
          urn: String(100_000 + i * 10 + k) as Urn,
          name: `School ${code} ${k}`,
          authority: code,
          pupils: 200 + (i % 7) * 20,
        },
        ...{ type: "Community school", status: "open" },
      }),
    ),
  );
  const source = { name: "made up", asOf: civilDate("2026-11-01"), synthetic: true, files: [] };
  await updateRegister(database, { schools, groups: [], memberships: [], links: [] }, source);
  return database;
}

async function drawn(database: Database, settings = usualSettings) {
  const asked = await askForDrawing(database, director, { title: "Even", settings }, now);
  if (!asked.ok) throw new Error(JSON.stringify(asked.error));
  const state = await runToEnd(database, asked.value.job, [drawJob]);
  expect(state).toMatchObject({ state: "succeeded", error: null });
  return asked.value.id;
}

const codesOf = (result: { ok: boolean; error?: readonly { code: string }[] }) =>
  result.ok ? [] : result.error!.map(({ code }) => code);
const wide = { ...usualSettings, schoolsTolerancePercent: 60, pupilsTolerancePercent: 70 };

describeStores("drawing and adopting regions", (fresh) => {
  it("draws in a job, adopts from a day on, and answers before and after", async () => {
    const database = await ready(fresh);
    const id = await drawn(database, { ...wide, regions: 10, effort: "quick" });
    const read = await readScenario(database, director, id);
    if (!read.ok) throw new Error();
    const { scenario, measure, gap } = read.value;
    expect(measure!.regions).toHaveLength(10);
    expect(measure!.broken).toEqual([]);
    expect(gap).toBeGreaterThanOrEqual(0);
    const made = await adoptScenario(database, director, { id, version: scenario.version, wish }, now);
    expect(made).toEqual({ ok: true, value: 2 });
    const changedUnit = scenario.country.units[measure!.changed[0]!]!;
    const urn = `${100_000 + openAuthorities.findIndex(({ code }) => code === changedUnit.code) * 10}`;
    const officeOn = async (day: string) =>
      (await whoAnswers(database.queries, urn, civilDate(day))).find(({ dutyCode }) => dutyCode === "accounts")?.office;
    const before = await officeOn("2027-08-31");
    expect(before).toBe(`${scenario.country.offices[changedUnit.today]!.name} regional office`);
    expect(await officeOn("2027-09-01")).not.toBe(before);
    expect((await loadDrawing(database.queries, 2)).regionOf.size).toBe(153);
    expect((await findScenario(database.queries, id))?.state).toBe("adopted");
    expect((await readStream(database.queries, `regions/scenario/${id}`)).map(({ kind }) => kind)).toEqual([
      "drawing-asked-for",
      "regions-drawn",
      "drawing-adopted",
    ]);
    expect((await readStream(database.queries, "regions/drawing/2")).map(({ kind }) => kind)).toEqual([
      "regions-adopted",
    ]);
  });

  it("refuses a day that has begun, one before the newest drawing, and a drawing that moved on", async () => {
    const database = await ready(fresh);
    const id = await drawn(database, wide);
    const adopt = (startsOn: string, version = 2) =>
      adoptScenario(database, director, { id, version, wish: { ...wish, startsOn } }, now);
    expect(codesOf(await adopt("2026-11-26"))).toEqual(["drawing-starts-too-early"]);
    expect(codesOf(await adopt("2022-09-01"))).toEqual(["drawing-starts-too-early", "drawing-dates-overlap"]);
    expect(codesOf(await adopt("soon"))).toEqual(["period-unreadable"]);
    await expect(adopt("2027-09-01", 1)).rejects.toMatchObject({ code: "changed-meanwhile" });
    expect((await adopt("2027-09-01")).ok).toBe(true);
    await expect(adopt("2028-09-01")).rejects.toMatchObject({ code: "changed-meanwhile" });
    expect(codesOf(await adopt("2027-09-01", 3))).toEqual(["drawing-dates-overlap"]);
    expect(await listDrawings(database.queries)).toHaveLength(2);
  });

  it("says at once what a move by hand breaks, and keeps it as a drawing of its own", async () => {
    const database = await ready(fresh);
    const id = await drawn(database, wide);
    const read = await readScenario(database, director, id);
    if (!read.ok) throw new Error();
    const london = read.value.scenario.country.offices.findIndex(({ name }) => name === "London");
    const moves = [{ authority: "908", slot: london }];
    const tried = tryMoves(read.value, moves);
    // Cornwall cuts the Isles of Scilly off and stands alone in London.
    expect(tried.ok && tried.value.measure.broken.filter((words) => words.includes("parts"))).toHaveLength(2);
    const kept = await adjustByHand(database, director, { from: id, title: "By hand", moves }, now);
    expect(kept.ok).toBe(true);
    const adopted = await adoptScenario(database, director, { id: kept.ok ? kept.value : 0, version: 1, wish }, now);
    expect(codesOf(adopted)).toEqual(["scenario-not-drawn"]);
    expect(codesOf(tryMoves(read.value, [{ authority: "909", slot: 99 }]))).toEqual(["drawing-authority-unknown"]);
    expect(codesOf(tryMoves(read.value, [{ authority: "908", slot: 99 }]))).toEqual(["drawing-region-unknown"]);
  });

  it("takes given regions, and names every wrong line with no half-saved state", async () => {
    const database = await ready(fresh);
    const file = (
      change: (code: string, region: string) => string = (code, region) =>
        `${code},${region},${region} region,${region === "E12000007" ? "New London office" : officeOf[region]}`,
    ) =>
      new TextEncoder().encode(
        [
          "authority,region_code,region_name,office",
          ...openAuthorities.map(({ code, region }) => change(code, region!)),
        ].join("\n"),
      );
    const { regions } = await loadDrawing(database.queries, 1);
    const officeOf = Object.fromEntries(regions.map(({ code, office }) => [code, office]));
    const adopt = (bytes: Uint8Array, actor = director) =>
      adoptGiven(database, actor, { bytes, shown: "given.csv", wish }, now);
    const noOffice = await adopt(
      file((code, region) => `${code},${region},${region} region,${code === "201" ? "" : officeOf[region]}`),
    );
    expect(codesOf(noOffice)).toContain("region-without-office");
    expect(noOffice.ok ? "" : noOffice.error[0]!.place).toBe("given.csv, line 2");
    const old = await adopt(
      file((code, region) => `${code === "942" ? "909" : code},${region},${region} region,${officeOf[region]}`),
    );
    expect(codesOf(old)).toEqual(["authority-not-drawn"]);
    expect(codesOf(await adopt(file().slice(0, 3000)))).not.toEqual([]);
    expect(codesOf(await adopt(file(), officer))).toEqual(["drawing-not-yours"]);
    expect(await listDrawings(database.queries)).toHaveLength(1);
    expect(await adopt(file())).toEqual({ ok: true, value: 2 });
    const register = await loadDutyRegister(database.queries, later);
    expect(register.regions.find(({ code }) => code === "E12000007")?.office).toBe("new-london-office");
    expect(register.held.filter(({ region, duty }) => region === "E12000007" && duty === "accounts")).toMatchObject([
      { office: "new-london-office" },
    ]);
  });

  it("fills posts and delegates duties within the region, with its history", async () => {
    const database = await ready(fresh);
    const someone = {
      office: "north-east",
      post: "trusts",
      name: "Thimble Wagstaff (invented)",
      contact: "trusts@north-east.invalid",
      from: "2026-12-01",
    };
    expect((await appoint(database, northern, someone, now)).ok).toBe(true);
    expect(codesOf(await appoint(database, northern, { ...someone, office: "london" }, now))).toEqual([
      "drawing-not-yours",
    ]);
    expect(codesOf(await appoint(database, northern, { ...someone, name: "" }, now))).toEqual(["region-words-missing"]);
    expect(codesOf(await appoint(database, northern, { ...someone, from: "2026-11-30" }, now))).toEqual(["post-taken"]);
    expect(
      (await appoint(database, northern, { ...someone, name: "Pippin Quill (invented)", from: "2027-03-01" }, now)).ok,
    ).toBe(true);
    const hartlepool = `${100_000 + openAuthorities.findIndex(({ code }) => code === "805") * 10}`;
    const answer = async (day: string) =>
      (await whoAnswers(database.queries, hartlepool, civilDate(day))).find(({ dutyCode }) => dutyCode === "accounts")!;
    expect((await answer("2026-11-30")).officer).toBeNull();
    expect((await answer("2027-02-28")).officer).toBe("Thimble Wagstaff (invented)");
    expect((await answer("2027-03-01")).officer).toBe("Pippin Quill (invented)");
    const typed = {
      duty: "accounts",
      region: "E12000001",
      toOffice: "north-west",
      toPost: "trusts",
      from: "2027-01-01",
      to: "2027-02-01",
      reasons: "Illness",
    };
    expect((await delegate(database, northern, typed, now)).ok).toBe(true);
    expect(codesOf(await delegate(database, northern, { ...typed, from: "2027-01-15" }, now))).toEqual([
      "delegation-overlaps",
    ]);
    expect(
      codesOf(
        await delegate(
          database,
          northern,
          { ...typed, toOffice: "north-east", from: "2027-03-01", to: "2027-04-01" },
          now,
        ),
      ),
    ).toEqual(["delegation-to-itself"]);
    expect(codesOf(await delegate(database, northern, { ...typed, region: "E12000002" }, now))).toEqual([
      "drawing-not-yours",
    ]);
    expect(await answer("2027-01-31")).toMatchObject({
      office: "North West regional office",
      delegated: { by: "North East regional office", reasons: "Illness" },
    });
    expect((await answer("2027-02-01")).delegated).toBeNull();
  });

  it("lets nobody else draw, in the service and in the database", async () => {
    const database = await ready(fresh);
    for (const actor of [officer, northern, publicActor])
      expect(codesOf(await askForDrawing(database, actor, { title: "Mine", settings: usualSettings }, now))).toEqual([
        "drawing-not-yours",
      ]);
    await askForDrawing(database, director, { title: "Even", settings: usualSettings }, now);
    expect(await actingAs(database, director, listScenarios)).toHaveLength(1);
    expect(await actingAs(database, officer, listScenarios)).toEqual([]);
    expect(codesOf(await askForDrawing(database, director, { title: "", settings: usualSettings }, now))).toEqual([
      "region-words-missing",
    ]);
    expect(
      codesOf(
        await askForDrawing(database, director, { title: "Bad", settings: { ...usualSettings, regions: 5 } }, now),
      ),
    ).toEqual(["setting-out-of-range"]);
  });

  it("refuses a file of boundaries that was cut in half, and keeps nothing of it", async () => {
    const database = await ready(fresh);
    const bytes = new TextEncoder().encode('{"type":"FeatureCollection","features":[{"type":"Feature","prop');
    expect(codesOf(await importBoundaries(database, director, { name: "map.geojson", bytes }, now))).toEqual([
      "boundaries-unreadable",
    ]);
    const packed = Uint8Array.from([0x1f, 0x8b, 8, 0, 1, 2, 3]);
    expect(codesOf(await importBoundaries(database, director, { name: "map.geojson.gz", bytes: packed }, now))).toEqual(
      ["boundaries-unreadable"],
    );
    expect(await newestBoundaries(database.queries)).toBeNull();
  });
});
