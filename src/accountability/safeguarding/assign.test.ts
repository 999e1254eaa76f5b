import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { civilDate, dayNumber, seededRandom, silent } from "../../kernel/index.js";
import { assignAudits, routeAudits } from "./assign.js";
import { charterNumberOf } from "./officer.js";
import {
  type AssignmentInput,
  assignmentCost,
  auditDays,
  datesOf,
  greedyAssignment,
  loadLimits,
  pairKey,
  schoolDays,
  visitCost,
} from "./plan.js";

/** A made-up region. */
function region(
  schools: number,
  officers: number,
  seed: number,
  change: Partial<AssignmentInput> = {},
): AssignmentInput {
  const random = seededRandom(seed);
  const side = Math.sqrt(schools) * 2.4;
  const point = () => ({ east: side * random.uniform(), north: side * random.uniform() });
  return {
    schools: Array.from({ length: schools }, (_, j) => ({
      urn: String(900_000 + j),
      at: point(),
      days: [0.5, 1, 1, 1.5, 2][random.below(5)]!,
      due: null,
    })),
    officers: Array.from({ length: officers }, (_, i) => ({
      charter: charterNumberOf(String(i).padStart(6, "0")),
      base: point(),
      days: 4 * (schools / officers),
    })),
    barred: new Set(),
    tolerance: 0.1,
    current: new Map(),
    changeKilometres: 60,
    ...change,
  };
}

/** The cheapest of all assignments within the limits, by trying each. */
function cheapest(input: AssignmentInput): number {
  const limits = loadLimits(input);
  const load = input.officers.map(() => 0);
  let best = Number.POSITIVE_INFINITY;
  const place = (j: number, cost: number): void => {
    if (cost >= best) return;
    const school = input.schools[j];
    if (!school) {
      if (load.every((days, i) => days >= limits[i]!.least && days <= limits[i]!.most)) best = cost;
      return;
    }
    input.officers.forEach((officer, i) => {
      if (input.barred.has(pairKey(officer.charter, school.urn))) return;
      load[i] = load[i]! + school.days;
      place(j + 1, cost + visitCost(input, officer, school));
      load[i] = load[i]! - school.days;
    });
  };
  place(0, 0);
  return best;
}

describe("the assignment", () => {
  it("is the cheapest of all that keep to loads and bars, and its bound is below it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(1000), fc.integer({ min: 2, max: 3 }), async (seed, officers) => {
        const plain = region(7, officers, seed, { tolerance: 0.4 });
        const input = { ...plain, barred: new Set([pairKey(plain.officers[0]!.charter, "900000")]) };
        const best = cheapest(input);
        const solved = await assignAudits(input, silent);
        if (!Number.isFinite(best)) {
          expect(solved.ok).toBe(false);
          return;
        }
        if (!solved.ok) throw new Error(solved.error[0]!.message);
        // The search stops within 0.02% of its own bound.
        expect(solved.value.cost).toBeGreaterThanOrEqual(best - 1e-6);
        expect(solved.value.cost).toBeLessThanOrEqual(best * (1 + 2.1e-4) + 1e-6);
        expect(solved.value.bound).toBeLessThanOrEqual(best + 1e-6);
      }),
      { numRuns: 25 },
    );
  });

  it("keeps every load within its limits, sends nobody where barred, and beats the greedy way", async () => {
    const plain = region(200, 6, 3);
    const barred = new Set(plain.schools.slice(0, 60).map(({ urn }) => pairKey(plain.officers[2]!.charter, urn)));
    const input = { ...plain, barred };
    const solved = await assignAudits(input, silent);
    if (!solved.ok) throw new Error(solved.error[0]!.message);
    const { assignment, cost, bound, split } = solved.value;
    const limits = loadLimits(input);
    input.officers.forEach((officer, i) => {
      const own = input.schools.filter((_, j) => assignment[j] === i);
      const load = own.reduce((sum, { days }) => sum + days, 0);
      expect(load).toBeGreaterThanOrEqual(limits[i]!.least);
      expect(load).toBeLessThanOrEqual(limits[i]!.most);
      expect(own.filter(({ urn }) => barred.has(pairKey(officer.charter, urn)))).toEqual([]);
    });
    expect(split).toBeLessThanOrEqual(input.officers.length);
    expect((cost - bound) / bound).toBeLessThan(0.01);
    expect(cost).toBeLessThan(assignmentCost(input, greedyAssignment(input)));
  });

  it("names the school from which everybody is barred, and the loads that can't be met", async () => {
    const input = region(5, 2, 1);
    const barred = new Set(input.officers.map(({ charter }) => pairKey(charter, "900003")));
    expect(await assignAudits({ ...input, barred }, silent)).toMatchObject({
      ok: false,
      error: [{ code: "assignment-nobody", place: "school 900003" }],
    });
    const idle = input.officers.map((officer) => ({ ...officer, days: 1 }));
    expect(await assignAudits({ ...input, officers: idle }, silent)).toMatchObject({
      ok: false,
      error: [{ code: "assignment-impossible" }],
    });
  });

  it("changes few schools when an officer falls ill: hers, and some to even the loads", async () => {
    const input = region(150, 6, 5);
    const before = await assignAudits(input, silent);
    if (!before.ok) throw new Error("no plan");
    const current = new Map(
      input.schools.map(({ urn }, j) => [urn, input.officers[before.value.assignment[j]!]!.charter]),
    );
    const officers = input.officers.slice(1);
    const after = await assignAudits({ ...input, officers, current }, silent);
    if (!after.ok) throw new Error("no plan");
    const hers = [...current.values()].filter((charter) => charter === input.officers[0]!.charter).length;
    const moved = input.schools.filter(
      ({ urn }, j) => current.get(urn) !== officers[after.value.assignment[j]!]!.charter,
    ).length;
    expect(moved).toBeGreaterThanOrEqual(hers);
    expect(moved).toBeLessThanOrEqual(hers * 1.5);
  });
});

describe("the journeys", () => {
  it("are never shorter than the floor that the assignment minimises, and pair half days where that saves", async () => {
    const input = region(80, 3, 9);
    const solved = await assignAudits(input, silent);
    if (!solved.ok) throw new Error("no plan");
    const outings = (await routeAudits(input, solved.value.assignment)).flat();
    const kilometres = outings.reduce((sum, outing) => sum + outing.kilometres, 0);
    expect(kilometres).toBeGreaterThanOrEqual(solved.value.cost - 1e-6);
    const halves = input.schools.filter(({ days }) => days % 1 !== 0).length;
    const paired = outings.filter(({ schools }) => schools.length === 2).length;
    expect(paired).toBeGreaterThan(0.4 * halves);
    const days = (j: number) =>
      outings
        .filter(({ schools }) => schools.includes(j))
        .reduce((sum, outing) => sum + outing.days / outing.schools.length, 0);
    input.schools.forEach((school, j) => void expect(days(j)).toBe(school.days));
  });

  it("fall on weekdays in term, the most urgent school first", () => {
    const days = schoolDays(2026);
    expect(days.length).toBeGreaterThan(170);
    for (const day of days)
      expect([5, 6]).not.toContain(
        new Date(`${day}T12:00:00Z`).getUTCDay() === 0 ? 6 : new Date(`${day}T12:00:00Z`).getUTCDay() - 1,
      );
    const school = (due: string | null) => ({
      urn: "900000",
      at: { east: 0, north: 0 },
      days: 1,
      due: due === null ? null : civilDate(due),
    });
    const schools = [school("2027-03-01"), school(null), school("2026-10-01")];
    const outings = [0, 1, 2].map((j) => ({ schools: [j], days: 1, kilometres: 0 }));
    const dated = datesOf(outings, schools, days);
    expect(dated.map(({ outing }) => outing.schools[0])).toEqual([1, 2, 0]);
    expect(dayNumber(dated[1]!.on)).toBeGreaterThan(dayNumber(dated[0]!.on));
  });

  it.each([
    [40, "mainstream", 0.5],
    [120, "mainstream", 0.5],
    [121, "mainstream", 1],
    [1500, "mainstream", 2],
    [40, "other", 1],
    [null, "mainstream", 1],
  ] as const)("take so many days with %s pupils in a %s school: %f", (pupils, kind, days) => {
    expect(auditDays(pupils, kind)).toBe(days);
  });
});
