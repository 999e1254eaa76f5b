import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { inventedPlaces } from "./places.js";

const shared = fileURLToPath(new URL("../../../shared/data/england", import.meta.url));
describe.skipIf(!existsSync(shared))("beside the published files (skipped where ../shared is not)", () => {
  it("the committed targets are what the script computes", async () => {
    const script = new URL("../../scripts/reference/england-targets.mjs", import.meta.url).href;
    const { computeTargets } = await import(script);
    const committed: Record<string, unknown> = await import("./targets/index.js");
    for (const [name, value] of Object.entries(computeTargets(shared))) expect(committed[name], name).toEqual(value);
  }, 120_000);

  it("no invented place is a town or stands in a school's name", async () => {
    const { readRows } = await import(new URL("../../scripts/reference/england/reading.mjs", import.meta.url).href);
    const rows: Record<string, string>[] = readRows(shared, "school_information_2022");
    const real = new Set(
      rows
        .flatMap((row) => [row.TOWN, row.LOCALITY, row.ADDRESS3, ...(row.SCHNAME ?? "").split(/[^A-Za-z]+/)])
        .map((word) => (word ?? "").trim().toLowerCase()),
    );
    expect(real.size).toBeGreaterThan(10_000);
    expect(inventedPlaces().filter((place) => real.has(place.toLowerCase()))).toEqual([]);
  }, 60_000);
});
