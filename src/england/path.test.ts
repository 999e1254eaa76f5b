import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rollStatus, sharesFromSpells } from "../accountability/value-added/index.js";
import { seededRandom } from "../kernel/index.js";
import { nearestCount, neighboursOf } from "./neighbours.js";
import { drawPath } from "./path.js";
import { emptyPerson } from "./person.js";
import { placeKind, type Roll } from "./roll.js";
import { roomForSpells } from "./rows.js";
import { windowOf } from "./specification.js";

const schools = 20;

/** A region of twenty schools on a line, the last two special and alternative, with effects that no sum can hide. */
function rollOfTwenty(phase: "primary" | "secondary", joining: number): Roll {
  const numbers = (value: (s: number) => number) => Float64Array.from({ length: schools }, (_, s) => value(s));
  const mainstream = Int32Array.from({ length: schools - 2 }, (_, s) => s);
  const kind = new Uint8Array(schools);
  kind[schools - 2] = placeKind.special;
  kind[schools - 1] = placeKind.alternative;
  const sites = Array.from({ length: schools }, (_, s) => ({ town: 0, east: s, north: 0 }));
  return {
    phase,
    school: Int32Array.from({ length: schools }, (_, s) => s),
    kind,
    cohort: new Int32Array(schools).fill(10),
    fsm: numbers(() => 0.2),
    eal: numbers(() => 0.2),
    support: numbers(() => 0.1),
    plan: numbers(() => 0.05),
    idaci: numbers(() => 0.2),
    prior: numbers(() => 0),
    startsHere: new Uint8Array(schools).fill(phase === "secondary" ? 1 : 0),
    joining: numbers(() => joining),
    persistent: numbers((s) => 2 ** s),
    ofYear: numbers((s) => 3 ** -s),
    authority: numbers(() => 0),
    contrast: numbers(() => 0),
    ...neighboursOf(
      sites,
      mainstream,
      numbers(() => 1),
    ),
    mainstream,
    alternative: Int32Array.of(schools - 1),
  };
}

describe("the schools that a pupil goes through", () => {
  it("add their effects by the shares that the rules of membership give the same spells", () => {
    fc.assert(
      fc.property(
        fc.nat(1e9),
        fc.constantFrom("primary" as const, "secondary" as const),
        fc.nat(schools - 1),
        fc.constantFrom(0, 0.5, 1),
        fc.boolean(),
        (seed, phase, last, joining, late) => {
          const roll = rollOfTwenty(phase, joining);
          const window = windowOf(phase, 2024);
          const spells = roomForSpells(4);
          const person = { ...emptyPerson(), arrivesLate: late };
          const effect = drawPath(person, roll, last, 0, window, 0, roll.school, spells, seededRandom(seed));
          const count = spells.count;
          const shares = sharesFromSpells(
            {
              pupil: new Int32Array(count),
              school: spells.school.slice(0, count),
              entered: spells.entered.slice(0, count),
              left: spells.left.slice(0, count),
              status: Uint8Array.from(spells.status.slice(0, count), (code) =>
                code === 0 ? rollStatus.main : rollStatus.subsidiary,
              ),
            },
            1,
            { from: Int32Array.of(window.from), to: Int32Array.of(window.to) },
            "days",
          );
          if (!shares.ok) throw new Error("the spells have no meaning");
          const { school, share, counts } = shares.value;
          const expected = share.reduce(
            (sum, part, k) => sum + part * (roll.persistent[school[k]!]! + roll.ofYear[school[k]!]!),
            0,
          );
          // Effects reach 2^19: relative, for the sums' rounding.
          expect(Math.abs(effect - expected)).toBeLessThan(1e-9 * (1 + expected));
          expect(counts["spells-overlap"]).toBe(0);
          expect(share.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 600 },
    );
  });

  it("stay one school for a pupil who never moved", () => {
    const roll = { ...rollOfTwenty("secondary", 0), alternative: new Int32Array(0) };
    const spells = roomForSpells(4);
    const window = windowOf("secondary", 2024);
    expect(drawPath(emptyPerson(), roll, 3, 0, window, 7, roll.school, spells, seededRandom(1))).toBe(8 + 3 ** -3);
    expect([spells.count, spells.pupil[0], spells.school[0], spells.entered[0]]).toEqual([1, 7, 3, window.from]);
  });
});

describe("neighbours", () => {
  it("are the nearest mainstream schools but not the school itself, nearest first, weights ending in one", () => {
    const { nearest, nearestWeight } = rollOfTwenty("secondary", 0);
    expect([...nearest.slice(0, 4)]).toEqual([1, 2, 3, 4]);
    expect(nearest.slice(5 * nearestCount, 6 * nearestCount).includes(5)).toBe(false);
    for (let s = 0; s < schools; s++) {
      const weights = nearestWeight.slice(s * nearestCount, (s + 1) * nearestCount);
      expect(weights[nearestCount - 1]).toBeCloseTo(1, 12);
      expect([...weights]).toEqual([...weights].sort((a, b) => a - b));
    }
  });

  it("are fewer where a region has fewer", () => {
    const sites = [0, 1, 2].map((east) => ({ town: 0, east, north: 0 }));
    const { nearest } = neighboursOf(sites, Int32Array.of(0, 2), Float64Array.of(1, 1, 1));
    expect([...nearest.slice(nearestCount, nearestCount + 3)]).toEqual([0, 2, -1]);
  });
});
