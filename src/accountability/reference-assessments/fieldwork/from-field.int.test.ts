import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, it } from "vitest";
import { accept, itemsFile, schoolsIn, statistician } from "../../../../test/assessment-fieldwork.js";
import {
  abilityIn,
  answersOfPupil,
  describeCycle,
  drawCycle,
  type FieldCycle,
  filesOfCycle,
  idOf,
  paperOfCycle,
} from "../../../../test/field-cycles.js";
import { parseCsv } from "../../../ingest/index.js";
import { civilDate, silent } from "../../../kernel/index.js";
import { type Database, openDatabase } from "../../../platform/database/index.js";
import { answersIn, apiBase, buildServer, type Server } from "../../../platform/http/index.js";
import { publicActor } from "../../../platform/identity/index.js";
import { siteAssets } from "../../../platform/pages/index.js";
import { runStudyFile } from "../service.js";
import { publishStudy } from "../service-publish.js";
import { writeReport } from "../service-report.js";
import { referenceAssessmentsPages } from "../web.js";
import { fieldworkApi } from "./api.js";
import { importItems } from "./service-items.js";
import { loadPupils, loadSchools } from "./store.js";

const first: FieldCycle = { cycle: 2027, schools: 24, pupilsPerSchool: 8, shift: 0 };
const second: FieldCycle = { ...first, cycle: 2031, shift: 0.5 };
const today = civilDate("2031-10-01");
let [folder, clock] = ["", new Date()];
let database: Database;
let server: Server;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "greenpaper-from-field-"));
  database = await schoolsIn(await openDatabase({ kind: "pglite-in-memory", image: inject("pgliteImage") }), 120);
  accept(await importItems(database, statistician, itemsFile(16), "items.csv", new Date("2026-12-01T10:00:00Z")));
  const site = {
    ...{ product: "Greenpaper", assets: siteAssets(), navigation: [], footer: [], colophon: [] },
    phase: { tag: "Alpha", text: "A test." },
  };
  const context = { database, site, band: async () => null, clock: () => clock, answers: answersIn(database) };
  server = await buildServer({
    ...{ version: "test", site, band: context.band },
    routes: [fieldworkApi(context), referenceAssessmentsPages({ ...context, version: "test" })],
    identify: async () => publicActor,
    places: { school: async () => null, trust: async () => null },
  });
});
afterAll(async () => {
  await server?.close();
  await database?.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A pupil's session as a tablet holds it, through the interface. */
async function onTablet(order: FieldCycle, code: string): Promise<void> {
  clock = new Date(`${order.cycle}-05-11T09:00:00Z`);
  const pupil = (await loadPupils(database.queries, idOf(order))).find((one) => one.code === code)!;
  const path = `${apiBase}/assessment-fieldwork/sessions/${code}`;
  const send = async (method: "POST" | "PUT", step: string, payload: object) => {
    const answer = await server.inject({ method, url: `${path}/${step}`, payload });
    expect({ step, status: answer.statusCode, body: answer.body }).toMatchObject({ step, status: 200 });
  };
  await send("POST", "begin", { device: "tablet-1" });
  for (const [n, { item, answer }] of (await answersOfPupil(database, order, pupil)).entries())
    await send("PUT", `answers/${item}`, { answer, device: "tablet-1", sequence: n + 1 });
  await send("POST", "finish", {});
}

/** Files into a folder, and the chain over them. */
async function runFiles(name: string, files: Readonly<Record<string, string>>) {
  const own = join(folder, name);
  mkdirSync(own);
  for (const [file, text] of Object.entries(files)) writeFileSync(join(own, file), text);
  const order = { path: join(own, "study.yaml"), stage: "run", folder: own, today, version: "test" } as const;
  return accept(await runStudyFile(order, silent));
}

describe("an assessment from the field to the published figure", () => {
  it("runs on its own as schools have said nothing yet of sex and disadvantage, without figures by them, and says so", async () => {
    await drawCycle(database, first);
    const [tablet] = await loadPupils(database.queries, idOf(first));
    await onTablet(first, tablet!.code!);
    await paperOfCycle(database, first, [tablet!.code!]);
    const files = await filesOfCycle(database, first, { with: [], curricula: [] });
    expect(files["study.yaml"]).not.toContain("groups:");
    expect(files["cautions.txt"]).toContain(
      "The study file asks for no figures by sex: schools have named no two levels of it",
    );
    const { results } = await runFiles("alone", files);
    expect(results.calibration!.converged).toBe(true);
    expect(results.disclosed.figures.map(({ statistic, group }) => [statistic, group])).toContainEqual(["mean", null]);
    expect(results.disclosed.figures.every(({ group }) => group === null)).toBe(true);
  });

  it("links two cycles by their common questions, with weights that say what they are made of, and is published with its report", async () => {
    await describeCycle(database, first);
    await drawCycle(database, second);
    await describeCycle(database, second);
    await paperOfCycle(database, second);
    const wanted = {
      with: [idOf(first)],
      curricula: [
        { cycle: 2027, version: "2014" },
        { cycle: 2031, version: "2028" },
      ],
    };
    const files = await filesOfCycle(database, second, wanted);
    const columns = ["cycle", "base_weight", "school_factor", "pupil_factor", "weight"] as const;
    const rows = accept(parseCsv(Buffer.from(files["pupils.csv"]!), "pupils.csv", columns));
    for (const { fields } of rows) {
      const [base, school, pupil, weight] = columns.slice(1).map((name) => Number(fields[name]));
      expect(base! * school! * pupil!).toBeCloseTo(weight!, 6);
    }
    const record = JSON.parse(files["weights.json"]!);
    for (const cycle of record.cycles) {
      const own = rows.filter(({ fields }) => fields.cycle === String(cycle.cycle));
      const sum = own.reduce((total, { fields }) => total + Number(fields.weight), 0);
      expect(sum / cycle.weighted).toBeCloseTo(1, 9);
      expect(cycle.pupils.tookPart).toBe(own.length);
      expect(cycle.schools).toMatchObject({ unitsDrawn: 24, unitsTakingPart: 24 });
      expect(cycle.pupils.notOfPopulation).toBeGreaterThan(0);
    }
    expect(files["cautions.txt"]).toMatch(/2031: sex is not known of \d+ of \d+ pupils; they are in no group/);
    expect(files["cautions.txt"]).toMatch(/they count among the others/);
    const answer = await runFiles("both", files);
    const { results } = answer;
    const change = results.disclosed.trends.find(({ statistic, group }) => statistic === "mean" && group === null)!;
    expect(change).toMatchObject({ from: "2027", to: "2031" });
    // Against the pupils who took part, whose abilities the answers were made with (recovery): measurement and items alone err.
    const [was, is] = [await abilityIn(database, first), await abilityIn(database, second)];
    const { measurement, items } = change.parts;
    expect(Math.abs(change.value - (100 * (is.mean - was.mean)) / was.sd)).toBeLessThan(
      3 * Math.sqrt(measurement + items),
    );
    expect(results.links).toMatchObject([{ from: "2027", to: "2031" }]);
    // The same schools in both cycles make the change more certain.
    expect(change.covariance).not.toBeNull();
    expect(results.curriculum!.favoured).toEqual(["Q0", "Q10", "Q15", "Q5"]);
    expect(
      results.disclosed.figures.some(({ statistic, group }) => statistic === "gap" && group === "disadvantage"),
    ).toBe(true);
    for (const { urn } of await loadSchools(database.queries, idOf(first)))
      expect(`${JSON.stringify(results)}${files["pupils.csv"]}`).not.toMatch(new RegExp(`["\n,]${urn}[",]`));
    const report = join(folder, "report.html");
    accept(await writeReport({ folder: join(folder, "both"), file: report, synthetic: true, version: "test" }));
    const heading = { assessment: "year-4-mathematics", phase: "Year 4", place: 1, subject: "mathematics" };
    accept(
      await publishStudy(
        database,
        statistician,
        { ...heading, synthetic: true, reason: null },
        answer,
        new Date(today),
      ),
    );
    const page = await server.inject({ url: "/reference-assessments/year-4-mathematics" });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("2031");
    expect(page.body).toContain("disadvantaged");
  });
});
