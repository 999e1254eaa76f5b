import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seededRandom, silent } from "../../../kernel/index.js";
import { highsSolver } from "./assign-highs.js";
import { type Country, neighboursOf, partsOf } from "./country.js";
import { type DrawingOutcome, drawRegions, type Effort } from "./draw.js";
import { measureDrawing } from "./measure.js";
import { type DrawingSettings, type DrawingTask, taskOf, usualSettings } from "./settings.js";

const solver = await highsSolver();
const small: Effort = { searches: 2, steps: 3000, rounds: 30, branchings: 12, nodes: 1000, seconds: 60 };

/** Authorities on a grid, each row an office of today, with made-up counts. */
function grid(rows: number, columns: number, schools: (i: number) => number): Country {
  const units = Array.from({ length: rows * columns }, (_, i) => ({
    code: String(100 + i),
    name: `Place ${i}`,
    schools: schools(i),
    pupils: schools(i) * (200 + ((7 * i) % 5) * 20),
    today: Math.floor(i / columns),
  }));
  const borders = units.flatMap((_, i) => [
    ...((i + 1) % columns === 0 ? [] : [{ a: i, b: i + 1, km: 10 + (i % 3) }]),
    ...(i + columns < units.length ? [{ a: i, b: i + columns, km: 10 + (i % 4) }] : []),
  ]);
  const offices = Array.from({ length: rows }, (_, i) => ({ code: `R${i}`, name: `Row ${i}` }));
  return { units, borders, offices };
}

function taskFor(country: Country, settings: Partial<DrawingSettings>): DrawingTask {
  const task = taskOf(country, { ...usualSettings, borderWeight: 0.3, ...settings }, 1);
  if (!task.ok) throw new Error(JSON.stringify(task.error));
  return task.value;
}

/** The value of the best drawing, by trying every one; null where none holds. */
function bestOfAll(task: DrawingTask): number | null {
  const n = task.country.units.length;
  const slotOf = new Int32Array(n);
  const { slots, seats } = task;
  let best: number | null = null;
  for (let number = 0; number < slots ** n; number++) {
    for (let i = 0, rest = number; i < n; i++, rest = Math.floor(rest / slots)) slotOf[i] = rest % slots;
    if (seats.some((seat, slot) => slotOf.includes(slot) && slotOf[seat] !== slot)) continue;
    const { broken, value } = measureDrawing(task, slotOf);
    if (broken.length === 0 && (best === null || value < best)) best = value;
  }
  return best;
}

const anyCounts = fc.array(fc.integer({ min: 5, max: 60 }), { minLength: 9, maxLength: 9 });
const holds = ({ kind }: DrawingOutcome) => kind === "proven" || kind === "bounded";

describe("drawing regions", () => {
  it("finds and proves the best of all drawings of a small country, or that there is none", () => {
    const wishes: Partial<DrawingSettings>[] = [
      {},
      { together: [["100", "103"]] },
      { apart: [["101", "102"]], changeBy: "pupils" },
      { fixed: [{ authority: "105", region: "R2" }] },
      { borderWeight: 0 },
    ];
    fc.assert(
      fc.property(anyCounts, fc.constantFrom(...wishes), fc.integer({ min: 8, max: 45 }), (counts, wish, tolerance) => {
        const settings = {
          regions: 3,
          schoolsTolerancePercent: tolerance,
          pupilsTolerancePercent: tolerance + 10,
          ...wish,
        };
        const made = taskOf(
          grid(3, 3, (i) => counts[i]!),
          { ...usualSettings, borderWeight: 0.3, ...settings },
          1,
        );
        if (!made.ok) return; // a wish that moves a seat contradicts itself
        const outcome = drawRegions(made.value, solver, silent, small);
        const best = bestOfAll(made.value);
        if (best === null) expect(holds(outcome)).toBe(false);
        else {
          expect(outcome.kind).toBe("proven");
          expect(outcome.measure.value).toBeCloseTo(best, 4);
        }
      }),
      { numRuns: 25, seed: 20261126 },
    );
  }, 120_000);

  it.each([2, 4])("closes or opens offices: %i regions where there are three", (regions) => {
    const task = taskFor(
      grid(3, 3, (i) => 20 + ((i * 13) % 17)),
      { regions, schoolsTolerancePercent: 60, pupilsTolerancePercent: 70 },
    );
    const outcome = drawRegions(task, solver, silent, { ...small, steps: 20_000 });
    expect(outcome.measure.regions).toHaveLength(regions);
    expect(outcome.measure.value).toBeCloseTo(bestOfAll(task)!, 4);
    expect(outcome.bound!).toBeLessThanOrEqual(outcome.measure.value + 1e-6);
  });

  it("never leaves a region in pieces, and never claims more than it found", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1_000_000 }), fc.integer({ min: 6, max: 10 }), (seed, regions) => {
        const random = seededRandom(seed);
        const country = grid(8, 6, () => 5 + random.below(50));
        const task = taskFor(country, { regions, schoolsTolerancePercent: 45, pupilsTolerancePercent: 60, seed });
        const outcome = drawRegions(task, solver, silent, { ...small, steps: 20_000, branchings: 0 });
        const neighbours = neighboursOf(country);
        for (const { units } of outcome.measure.regions) expect(partsOf(neighbours, units)).toHaveLength(1);
        expect(outcome.measure.regions.flatMap(({ units }) => units)).toHaveLength(48);
        if (holds(outcome)) expect(outcome.gap).toBeGreaterThanOrEqual(0);
      }),
      { numRuns: 8, seed: 4 },
    );
  }, 60_000);

  it("gives the same answer twice, and the same value whatever the order of the authorities", () => {
    const country = grid(3, 3, (i) => 20 + ((i * 29) % 31));
    const settings = { regions: 3, schoolsTolerancePercent: 20, pupilsTolerancePercent: 30 };
    const first = drawRegions(taskFor(country, settings), solver, silent, small);
    expect(drawRegions(taskFor(country, settings), solver, silent, small)).toEqual(first);
    const last = country.units.length - 1;
    const turned: Country = {
      ...country,
      units: country.units.toReversed(),
      borders: country.borders.map(({ a, b, km }) => ({ a: last - a, b: last - b, km })),
    };
    const other = drawRegions(taskFor(turned, settings), solver, silent, small);
    expect(other.measure.value).toBeCloseTo(first.measure.value, 6);
    expect(other.kind).toBe(first.kind);
  });

  it("says by how much a tolerance is too narrow, and which wish stands in the way", () => {
    const uneven = grid(2, 2, (i) => [90, 10, 10, 10][i]!);
    const tight = taskFor(uneven, { regions: 2, schoolsTolerancePercent: 20, pupilsTolerancePercent: 200 });
    const outcome = drawRegions(tight, solver, silent, small);
    expect(outcome.kind).toBe("impossible");
    // The seat with 90 of 120 schools stands alone with half as many again as the average, 60.
    expect(outcome.impossible!.schoolsTolerancePercent).toBeCloseTo(50, 6);
    expect(outcome.impossible!.pupilsTolerancePercent).toBeNull();
    const even = { regions: 2, schoolsTolerancePercent: 5, pupilsTolerancePercent: 60 };
    const fixed = ["100", "103"].map((authority) => ({ authority, region: "R1" }));
    const wished = drawRegions(
      taskFor(
        grid(2, 2, () => 30),
        { ...even, fixed },
      ),
      solver,
      silent,
      small,
    );
    expect(wished.kind).toBe("impossible");
    expect(wished.impossible!.wishes).toEqual(["that Place 0 is served by Row 1", "that Place 3 is served by Row 1"]);
  });

  it("refuses settings that no counts can satisfy, each with its reason", () => {
    const country = grid(3, 3, () => 30);
    const codes = (settings: Partial<DrawingSettings>) => {
      const task = taskOf(country, { ...usualSettings, ...settings }, 1);
      return task.ok ? [] : task.error.map(({ code }) => code);
    };
    expect(codes({ regions: 16 })).toEqual(["setting-out-of-range"]);
    expect(codes({ schoolsTolerancePercent: Number.NaN })).toEqual(["setting-out-of-range"]);
    expect(codes({ together: [["100", "909"]] })).toEqual(["drawing-authority-unknown"]);
    expect(codes({ fixed: [{ authority: "100", region: "R9" }] })).toEqual(["drawing-region-unknown"]);
    expect(codes({ together: [["101", "102"]], apart: [["101", "102"]] })).toEqual(["settings-exclude-each-other"]);
    const split = { ...country, borders: country.borders.filter(({ a, b }) => a !== 8 && b !== 8) };
    const alone = taskOf(split, usualSettings, 1);
    expect(alone.ok ? [] : alone.error.map(({ code }) => code)).toEqual(["authority-touches-none"]);
  });
});
