import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runSampleStudy } from "../../../test/sample-assessment.js";
import { writeReport } from "./service-report.js";

let folder = "";
let written = { results: "", record: "" };
const results = () => join(folder, "results.json");
const record = () => join(folder, "record.json");
const report = (from = folder) =>
  writeReport({ folder: from, file: join(folder, "out.html"), synthetic: true, version: "next" });

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "greenpaper-report-"));
  const answer = await runSampleStudy(folder, folder);
  if (!answer.ok) throw new Error(answer.error[0]!.message);
  written = { results: readFileSync(results(), "utf8"), record: readFileSync(record(), "utf8") };
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Writes other results with a record that fits or doesn't. */
function change(text: string, fitting: boolean): void {
  writeFileSync(results(), text);
  const resultsSha256 = createHash("sha256").update(text).digest("hex");
  const own = JSON.parse(written.record) as object;
  writeFileSync(record(), fitting ? JSON.stringify({ ...own, resultsSha256 }) : written.record);
}

describe("the technical report of a folder", () => {
  it("is the published page's, without a publication", async () => {
    expect(await report()).toMatchObject({ ok: true });
    const html = readFileSync(join(folder, "out.html"), "utf8");
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(html).toContain("Not published; calculated on 26 November 2026, made by version test");
    expect(html).toContain("These pupils, schools and answers are made up");
    for (const heading of ["Sample and errors", "Calibration", "Disclosure control", "Questions", "pupils.csv"])
      expect(html).toContain(heading);
  });

  it.each([
    ["study-results-changed", "with a figure changed", () => written.results.replace("mathematics", "reading"), false],
    ["study-results-unreadable", "cut in half", () => written.results.slice(0, written.results.length / 2), false],
    ["study-results-other-version", "of another form", () => written.results.replace('"disclosed"', '"open"'), true],
    ["study-results-not-disclosed", "of few pupils", () => written.results.replace(/"n": 450/, '"n": 29'), true],
    [
      "study-results-not-disclosed",
      "by another rule",
      () => written.results.replace('Pupils": 30', 'Pupils": 5'),
      true,
    ],
  ])("is refused as %s of results %s", async (code, _, text, fitting) => {
    expect(text()).not.toBe(written.results);
    change(text(), fitting);
    expect(await report()).toMatchObject({
      ok: false,
      error: [{ code, place: expect.stringContaining("results.json") }],
    });
  });

  it("names both versions where the record has no fingerprint, and both files where there are none", async () => {
    change(written.results, true);
    const { resultsSha256: _, ...older } = JSON.parse(readFileSync(record(), "utf8")) as { resultsSha256: string };
    writeFileSync(record(), JSON.stringify(older));
    const message = expect.stringContaining("it was written by version test, and this is next");
    expect(await report()).toMatchObject({ ok: false, error: [{ code: "study-results-other-version", message }] });
    const missing = { code: "study-results-missing" };
    expect(await report(join(folder, "nowhere"))).toMatchObject({ ok: false, error: [missing, missing] });
  });
});
